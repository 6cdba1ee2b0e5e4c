# The commands of this project. `make help` lists them; `make PYTHON=python3.12 …` chooses
# the interpreter that .venv is made with (after `make clean`, where there is one already).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check score bench format lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/installed-run ## set up what is needed and start the demo unit on http://127.0.0.1:8080
	$(BIN)/python -m bot demo

test: $(VENV)/installed-dev ## set up what is needed and run all tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/installed-dev ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: $(VENV)/installed-run ## how well messages are read: facets, harm, confusions
	$(BIN)/python -m benchmarks.reading_score

bench: $(VENV)/installed-dev ## how fast: the callback and WeChat beside their floors, receiving, reading; some minutes
	$(BIN)/python -m benchmarks.callback --rival-python $(RIVAL)
	$(BIN)/python -m benchmarks.wechaty
	$(BIN)/python -m benchmarks.receiving
	$(BIN)/python -m benchmarks.reading
# Flask, gunicorn and wechatpy are no part of the locks: make RIVAL=X/bin/python bench
RIVAL := $(BIN)/python

format: $(VENV)/installed-dev ## put the code into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# uv is no part of the locks: it only writes them.
lock: $(VENV)/created ## write requirements*.lock anew from pyproject.toml
	$(PIP) install uv
	$(BIN)/uv pip compile $(LOCK) --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --output-file requirements-dev.lock --extra dev pyproject.toml
LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

clean: ## remove .venv and every cache; data/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/created:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv), or name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1), but Sanwei needs Python 3.11 or newer. Name a newer one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment here. As root: apt-get install python3-venv — then run the same command again."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed-run: requirements.lock $(VENV)/created
	@echo "Installing what Sanwei needs into $(VENV) (only when requirements.lock changed) …"
	$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/created
	@echo "Installing what the tests need into $(VENV) (only when requirements-dev.lock changed) …"
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
