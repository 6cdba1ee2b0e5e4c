"""docs/configuration.md says of every key what is true, and of nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.config import load_settings
from bot.settings import Settings, known_keys

DOCUMENT = Path(__file__).parent.parent / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(?P<key>[\w.\[\]]+)` \| (?P<default>`.+?`|—) \| (?P<meaning>.+) \|$", re.MULTILINE)
HEADING = re.compile(r"^#+ `(?P<section>[\w.]+)`\n\n(?P<meaning>.+)$", re.MULTILINE)

TEXT = DOCUMENT.read_text(encoding="utf-8")
ROWS = [row.groupdict() for row in ROW.finditer(TEXT)]


def sections(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield prefix + name, field.description
            yield from sections(field.annotation, f"{prefix}{name}.")


def test_the_document_lists_every_key_once_and_no_other() -> None:
    assert sorted(row["key"] for row in ROWS) == sorted(known_keys())


def test_no_row_of_the_document_escapes_this_test() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("|") and not line.startswith(("| key |", "| --- |"))]
    assert len(rows) == len(ROWS)


def test_the_document_gives_each_key_the_meaning_that_the_code_gives_it() -> None:
    assert {row["key"]: row["meaning"] for row in ROWS} == {key: field.description for key, field in known_keys().items()}


def test_the_document_gives_each_section_the_meaning_that_the_code_gives_it() -> None:
    assert [(found["section"], found["meaning"]) for found in HEADING.finditer(TEXT)] == list(sections(Settings))


@pytest.mark.parametrize("row", [row for row in ROWS if row["default"] != "—"], ids=lambda row: row["key"])
def test_the_documented_default_set_by_the_environment_changes_nothing(row: dict[str, str]) -> None:
    name = "SANWEI__" + row["key"].upper().replace(".", "__")
    assert load_settings(None, {name: row["default"].strip("`")}) == load_settings(None, {})


def test_only_the_keys_of_list_items_have_no_default() -> None:
    assert {row["key"] for row in ROWS if row["default"] == "—"} == {key for key in known_keys() if "[]" in key}
