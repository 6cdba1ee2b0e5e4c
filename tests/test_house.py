"""The rules of the house that neither the linter nor the layers check."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "models", "scheduler", "services")
OURS = (*PACKAGES, "tests", "benchmarks")
NOT_OURS = {"data", "build", "node_modules", "__pycache__"}

LONGEST = 300
LONGER: dict[str, str] = {}
"""Files of the product that may be longer than LONGEST lines, each with the reason."""

DATABASES = {"sqlalchemy", "sqlite3", "psycopg"}
NETWORK = {"aiohttp", "socket", "ssl", "http.client", "http.server", "urllib.request", "websockets", "httpx", "requests", "grpc", "nats"}

# Built from parts, or this file would break the rule that it checks.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/",
            r"(?<!no-emit-)index" + r"-url",
            "pypi" + r"\.org",
            "python" + "hosted",
            "registry" + r"\.npmjs",
        ]
    )
)


def files(*suffixes: str, under: tuple[str, ...] = ("",)) -> list[Path]:
    """Every file of the tree, or of the folders `under`, that a person of the project wrote."""
    found = []
    for folder in under:
        for here, folders, names in os.walk(ROOT / folder):
            folders[:] = [name for name in folders if _is_ours(name)]
            found += [Path(here, name) for name in names if name != ".git" and (not suffixes or Path(name).suffix in suffixes)]
    return sorted(found)


def _is_ours(folder: str) -> bool:
    return folder == ".ci" or not (folder.startswith(".") or folder in NOT_OURS or folder.endswith(".egg-info"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every import at any depth as (module, name); name is empty for a whole module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def taken_from(wanted: set[str], tree: ast.Module) -> list[str]:
    """List the imports out of the modules `wanted`, those below them included."""
    found = []
    for module, name in imports(tree):
        whole = f"{module}.{name}" if name else module
        if any(whole == one or whole.startswith(f"{one}.") for one in wanted):
            found.append(whole)
    return found


def spells_sql(tree: ast.Module) -> list[str]:
    return [name for name in taken_from(DATABASES, tree) if name != "sqlalchemy.orm.Session"]


def prints(tree: ast.Module) -> list[int]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"print", "breakpoint"}]


def holds_only_a_docstring(tree: ast.Module) -> bool:
    return len(tree.body) == 1 and ast.get_docstring(tree) is not None


def product(*, outside: str | None = None) -> list[Path]:
    """Every file of code that is shipped, without those whose path begins with `outside`."""
    return [path for path in files(".py", under=PACKAGES) if outside is None or not name_of(path).startswith(outside)]


def test_the_tree_is_found() -> None:
    names = {name_of(path) for path in files()}
    assert {"Makefile", ".ci/run", "bot/config.py", "tests/test_house.py", "requirements.lock", "config.yaml"} <= names
    assert not any(name.startswith((".venv/", ".git/")) for name in names)


@pytest.mark.parametrize("path", [path for path in files(".py", under=OURS) if path.name == "__init__.py"], ids=name_of)
def test_an_init_file_holds_a_docstring_and_nothing_else(path: Path) -> None:
    assert holds_only_a_docstring(parsed(path))


@pytest.mark.parametrize("folder", PACKAGES)
def test_every_folder_of_code_is_a_package(folder: str) -> None:
    bare = {name_of(path.parent) for path in files(".py", under=(folder,)) if not (path.parent / "__init__.py").exists()}
    assert {name for name in bare if "migrations" not in name} == set()


def test_a_file_can_be_read_in_one_sitting() -> None:
    read = product(outside="models/migrations/versions/")  # a migration is written once and never worked on again
    long = {name_of(path) for path in read if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST}
    assert long == set(LONGER), "split it into the two things it has become, or say in LONGER why not"


def test_the_product_logs_and_never_prints() -> None:
    assert {name_of(path): lines for path in product() if (lines := prints(parsed(path)))} == {}


def test_only_models_spell_sql() -> None:
    assert {name_of(path): found for path in product(outside="models/") if (found := spells_sql(parsed(path)))} == {}


def test_only_the_runner_knows_the_scheduler_library() -> None:
    knows = {name_of(path) for path in product() if taken_from({"apscheduler"}, parsed(path))}
    assert knows <= {"scheduler/runner.py"}


def test_only_bot_opens_connections() -> None:
    assert {name_of(path): found for path in product(outside="bot/") if (found := taken_from(NETWORK, parsed(path)))} == {}


def test_no_file_names_the_machine_it_was_written_on_or_an_index_of_packages() -> None:
    found = {}
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a table: nobody types an address into it
        if match := FOREIGN.search(text):
            found[name_of(path)] = match.group()
    assert found == {}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_everything_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert [pin for pin in pins if not re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:", pin, re.DOTALL)] == []


def test_the_locks_agree_with_each_other() -> None:
    def pins(name: str) -> set[str]:
        return {line.split(" \\")[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "==" in line and line[0] != " "}

    assert pins("requirements.lock") < pins("requirements-dev.lock")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from sqlalchemy.orm import Session", []),
        ("from sqlalchemy.orm import Session, sessionmaker", ["sqlalchemy.orm.sessionmaker"]),
        ("from sqlalchemy import select", ["sqlalchemy.select"]),
        ("def late():\n    import sqlalchemy as sa", ["sqlalchemy"]),
        ("import sqlite3", ["sqlite3"]),
        ("import psycopg.rows", ["psycopg.rows"]),
        ("from sqlalchemy_views import x", []),
    ],
)
def test_the_rule_on_sql_sees_what_it_should(source: str, found: list[str]) -> None:
    assert spells_sql(ast.parse(source)) == found


def test_the_other_rules_see_what_they_should() -> None:
    assert prints(ast.parse("x = 1\nprint(x)")) == [2]
    assert prints(ast.parse("console.print(x)")) == []
    assert holds_only_a_docstring(ast.parse('"""Fine."""'))
    assert not holds_only_a_docstring(ast.parse('"""Not fine."""\nimport os'))
    assert not holds_only_a_docstring(ast.parse(""))
    assert taken_from(NETWORK, ast.parse("from urllib import request, parse")) == ["urllib.request"]
    assert FOREIGN.search("cd /" + "work/main")
    assert FOREIGN.search("pip install --index" + "-url x")
    assert not FOREIGN.search("the homework/lessons folder")
