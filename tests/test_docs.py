"""The documents name only what is there: files, links, commands, tables; and the two READMEs tell the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli import Late, app
from models.policies import Schedule
from models.roster_sheet import COLUMNS
from models.tables import cases, queue, records, unit
from models.tables.base import Base, Sealed

ROOT = Path(__file__).parent.parent
TABLES = (unit, records, cases, queue)  # imported so that the metadata knows every table
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LONGEST_DECISION = 40
EXAMPLES = {"content/lessons/13-gas-leak.md"}
"""Files that a document tells the reader to write."""

FOLDERS = ("bot", "handlers", "scheduler", "services", "models", "content", "tests", "docs", "benchmarks", "deploy", ".ci")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"`(?P<code>[^`\n]+)`")
COMMAND = re.compile(r"python -m bot (?P<words>[a-z-]+(?: [\w./-]+)*)")
MAKE = re.compile(r"(?:^ {4,}|[`\"])make (?P<target>[a-z]+)", re.MULTILINE)
CLASS = re.compile(r"(?P<name>[A-Z][A-Za-z]*[a-z])(?:\.\w+)?")
BACKGROUND = re.compile(r"```.*?```", re.DOTALL)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def links(text: str) -> list[str]:
    found = (match["target"] for match in LINK.finditer(BACKGROUND.sub("", text)))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(text: str) -> set[str]:
    """The names by which headings can be linked, as the usual viewers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", BACKGROUND.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(document: Path, text: str) -> Iterator[str]:
    for target in links(text):
        file, _, anchor = target.partition("#")
        path = document.parent / file if file else document
        if not path.exists() or (anchor and anchor not in anchors(text_of(path))):
            yield target


def paths_in(text: str) -> list[str]:
    """What is written as `code` and looks like a file or folder of the tree. NAME stands for any name: then the folder counts."""
    found = []
    for match in CODE.finditer(BACKGROUND.sub("", text)):
        code = match["code"]
        if re.fullmatch(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./*-]*", code):
            found.append(code.partition("NAME")[0])
        elif re.fullmatch(r"[\w-]+\.(?:md|toml|lock|yaml)|Makefile|LICENSE", code) and "NAME" not in code:
            found.append(code)
    return found


def is_there(path: str, document: Path) -> bool:
    return any(next(folder.glob(path.rstrip("/")), None) is not None for folder in (ROOT, document.parent))


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every command below `command` as its words, with its options."""
    command = command.loaded() if isinstance(command, Late) else command
    yield path, {name for option in command.params for name in option.opts}
    for word, inner in getattr(command, "commands", {}).items():
        yield from walk(inner, (*path, word))


KNOWN = dict(walk(typer.main.get_command(app)))
GROUPS = {known[:-1] for known in KNOWN if known}


def invocations(text: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Each `python -m bot …` of a text: the words of its command, whether there is such a one or not; and all its words."""
    for match in COMMAND.finditer(text):
        words = match["words"].split()
        path: tuple[str, ...] = ()
        while path in GROUPS and len(path) < len(words):
            path = (*path, words[len(path)])
        yield path, words


def commands(text: str) -> set[tuple[str, ...]]:
    """The commands of the command line that a text names, each as its words: ("roster", "import")."""
    return {path for path, _ in invocations(text)}


def unknown_options(text: str) -> list[str]:
    """The options that are named behind a command and that it does not have."""
    return [
        f"{' '.join(path)} {word}"
        for path, words in invocations(text)
        for word in words
        if word.startswith("--") and word not in KNOWN.get(path, set())
    ]


def test_the_documents_are_found() -> None:
    names = {name_of(path) for path in DOCUMENTS}
    assert {"README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/privacy.md", "docs/decisions/README.md"} <= names
    assert len(DECISIONS) >= 9


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(document: Path) -> None:
    assert list(broken_links(document, text_of(document))) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_and_folder_that_a_document_names_is_there(document: Path) -> None:
    assert [path for path in paths_in(text_of(document)) if path not in EXAMPLES and not is_there(path, document)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_that_a_document_names_exists_with_its_options(document: Path) -> None:
    text = text_of(document)
    assert commands(text) - KNOWN.keys() == set()
    assert unknown_options(text) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_target_of_make_that_a_document_names_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {match["target"] for match in MAKE.finditer(text_of(document))} - targets == set()


def test_both_readmes_name_the_same_commands_files_and_hours() -> None:
    english, chinese = (text_of(path) for path in READMES)
    assert commands(english) == commands(chinese)
    assert {("roster", "import"), ("check-config",), ("run",)} <= commands(english)
    for pattern in (MAKE, re.compile(r"\b\d\d:\d\d\b"), re.compile(r"^ {4,}(?!make )[^#\n]+", re.MULTILINE)):
        assert set(pattern.findall(english)) == set(pattern.findall(chinese))
    assert set(links(english)) - {"README.zh-CN.md"} == set(links(chinese)) - {"README.md"}


def test_the_readmes_show_the_roster_s_real_header() -> None:
    for path in READMES:
        assert f"       {','.join(COLUMNS)}\n" in text_of(path)


def test_the_readmes_show_the_hours_of_the_house() -> None:
    hours = {f"{job.at:%H:%M}" for job in Schedule().jobs().values()}
    for path in READMES:
        assert set(re.findall(r"\b\d\d:\d\d\b", text_of(path))) == hours


def test_each_row_of_where_does_my_line_go_names_a_place() -> None:
    text = text_of(ROOT / "CONTRIBUTING.md")
    table = text[text.index("| I want to … |") :].split("\n\n")[0].splitlines()[2:]
    assert len(table) >= 15
    assert [row for row in table if not paths_in(row.split("|")[2])] == []


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_page_is_short_and_has_its_three_parts(page: Path) -> None:
    lines = text_of(page).splitlines()
    assert len(lines) <= LONGEST_DECISION
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]


def test_decisions_are_numbered_without_a_gap_and_all_listed() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    index = text_of(ROOT / "docs" / "decisions" / "README.md")
    assert [target for target in links(index) if re.match(r"\d", target)] == [page.name for page in DECISIONS]


def test_the_glossary_knows_every_table_and_names_only_classes_and_tables_that_exist() -> None:
    text = text_of(ROOT / "docs" / "glossary.md")
    named = {match["code"] for match in CODE.finditer(text)}
    tables = set(Base.metadata.tables)
    assert tables - named == set()
    classes = {
        node.name
        for package in ("bot", "handlers", "models", "scheduler", "services")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.ClassDef)
    }
    assert {match["name"] for code in named if (match := CLASS.fullmatch(code))} - classes == set()
    rows = {table.__name__ for table in Base.__subclasses__()}
    assert rows - named == set()


def test_the_privacy_page_lists_every_table_with_exactly_its_sealed_columns() -> None:
    text = text_of(ROOT / "docs" / "privacy.md")
    told: dict[str, set[str]] = {}
    for row in re.findall(r"^\| `.+$", text, re.MULTILINE):
        names, _, sealed = (CODE.findall(cell) for cell in row.strip("| ").split(" | "))
        told |= {name: set(sealed) for name in names}
    assert told == {
        name: {column.name for column in table.columns if isinstance(column.type, Sealed)} for name, table in Base.metadata.tables.items()
    }


def test_these_checks_see_what_they_should(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Where it is\n\n[a](gone.md) [b](#where-it-is) [c](#nowhere) [d](page.md) <https://example.org>\n", encoding="utf-8")
    assert list(broken_links(page, text_of(page))) == ["gone.md", "#nowhere"]
    assert paths_in("`bot/nothing.py`, `handlers/NAME.py`, `36.5`, `data/sanwei.db`") == ["bot/nothing.py", "handlers/"]
    assert not is_there("bot/nothing.py", page)
    assert is_there("content/sentences/*.yaml", page)
    assert commands("run `python -m bot roster export x.csv` and python -m bot bake bread") == {("roster", "export"), ("bake",)}
    assert ("roster", "export") in KNOWN
    assert ("bake",) not in KNOWN
    assert unknown_options("python -m bot roster import x.csv --dry-run --force") == ["roster import --force"]
    assert MAKE.findall("    make run\n`make bake`; please make sure") == ["run", "bake"]
