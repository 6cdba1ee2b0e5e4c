"""The words as data: what is wrong in a file is said with its file and key; a unit adds words without code."""

import copy
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import ContentError, load_lexicon
from handlers.reading.lexicon import Lexicon, LexiconError
from handlers.reading.reader import read
from handlers.reading.text.patterns import PatternError, parse
from handlers.reading.text.words import words_expression
from models.roster import Roster
from tests.reading.conftest import MORNING

FOLDER = REPOSITORY / "content" / "lexicon"


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.yaml")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the words that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "lexicon"))


def spoiled(tables: dict[str, Any], table: str, key: str, value: object) -> dict[str, Any]:
    copied = copy.deepcopy(tables)
    copied[table][key] = value
    return copied


def test_an_unknown_table_is_named_with_the_nearest_known_one(tables: dict[str, Any]) -> None:
    with pytest.raises(LexiconError, match=re.escape("symptom: no such table; did you mean 'symptoms'?")):
        Lexicon.from_data(tables | {"symptom": {}})


def test_a_missing_table_and_a_missing_key_are_named(tables: dict[str, Any]) -> None:
    with pytest.raises(LexiconError, match="leave: this table is missing"):
        Lexicon.from_data({k: v for k, v in tables.items() if k != "leave"})
    with pytest.raises(LexiconError, match=re.escape("days.past: this key is missing")):
        Lexicon.from_data(tables | {"days": {k: v for k, v in tables["days"].items() if k != "past"}})


@pytest.mark.parametrize(
    ("table", "key", "value", "message"),
    [
        ("days", "past", "去年", "days.past: must be a list of texts, not str"),
        ("days", "past", ["去年", 3], "days.past: entry 2 is 3, not a text"),
        ("days", "words", {"heute": ["今天"]}, "days.words.heute: the key must be a whole number of days"),
        ("symptoms", "terms", {False: ["恶心"]}, "symptoms.terms: the key False is not a text"),
        ("symptoms", "compounds", {"headache": ["head"]}, "symptoms.compounds.headache: 'head' is not part+sign"),
        ("frames", "joke", ["哈(哈"], "frames.joke: '哈(哈' is no pattern"),
        ("characters", "traditional", "發发燒", "characters.traditional: has an odd number of characters"),
        ("judge", "weights", {"report": "今=x"}, "judge: bias and weights must be mappings with the same questions"),
    ],
)
def test_bad_words_are_named_with_their_place(tables: dict[str, Any], table: str, key: str, value: object, message: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(message)):
        Lexicon.from_data(spoiled(tables, table, key, value))


def test_an_error_in_a_file_names_the_file_and_the_key(folder: Path) -> None:
    (folder / "days.yaml").write_text("words: {}\npast: 去年\nlong_past: []\nseveral: {}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"days\.yaml at past: must be a list of texts") as caught:
        load_lexicon(folder)
    assert (caught.value.file.name, caught.value.key) == ("days.yaml", "past")


def test_a_file_that_is_no_yaml_is_named_with_its_line(folder: Path) -> None:
    (folder / "days.yaml").write_text("words: {\n  a: [\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"days.yaml at line \d+: is no YAML"):
        load_lexicon(folder)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "days.yaml").write_bytes("past: [去年]".encode("gbk"))
    with pytest.raises(ContentError, match=r"days\.yaml: is not UTF-8"):
        load_lexicon(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no such folder"):
        load_lexicon(tmp_path / "nowhere")


def test_a_unit_adds_a_dialect_word_without_code(folder: Path, roster: Roster, lexicon: Lexicon) -> None:
    moment = datetime.fromisoformat(MORNING)
    assert read("今天麻爪爪，36.5", "张伟", moment, roster, lexicon).checkins[0].symptoms == ()
    file = folder / "symptoms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  dizziness: [", "  dizziness: [麻爪爪, ", 1), encoding="utf-8")
    extended = load_lexicon(folder)
    assert read("今天麻爪爪，36.5", "张伟", moment, roster, extended).checkins[0].symptoms == ("dizziness",)


def test_the_words_are_built_anew_only_when_a_file_has_changed(folder: Path) -> None:
    before = load_lexicon(folder)
    assert load_lexicon(folder) is before
    file = folder / "days.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load_lexicon(folder) is not before


def test_a_pattern_has_gaps_choices_numbers_and_ends() -> None:
    made = re.compile("|".join(parse(p, {ord("："): ":"}).expression for p in ["还差…(万|千)", "^改：", "睡(不)?着", "摔了~#次"]))
    assert made.search("手术费还差三万来块")
    assert not made.search("还差。来一万")
    assert made.search("改:36.6")
    assert not made.search("更改:36.6")
    assert made.search("摔了好几次")


def test_a_pattern_with_too_many_gaps_or_an_unknown_class_is_refused() -> None:
    with pytest.raises(PatternError, match="more than 3 gaps"):
        parse("一…二…三…四…五", {})
    with pytest.raises(PatternError, match="no class of words; known are kin"):
        parse("{child}病了", {}, {"kin": ("妈",)})


@pytest.mark.parametrize("pattern", ["(病)?", "…", "(病|~)", "$", "(…|#?)~"])
def test_a_pattern_that_matches_everything_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="would match nothing at all"):
        parse(pattern, {})


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("哈(哈", "a ( is not closed"),
        ("哈)哈", "a ) too many"),
        ("[哈", "a [ is not closed"),
        ("哈[]", "a [ is not closed, or there is nothing in it"),
        ("?哈", "before a ? there is nothing"),
        ("哈…?", "something that may be missing anyway"),
    ],
)
def test_what_is_no_pattern_is_said(pattern: str, what: str) -> None:
    with pytest.raises(PatternError, match=re.escape(what)):
        parse(pattern, {})


@settings(max_examples=3000, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="病了一[]()|?…~#^$\\.*+-{} ※", min_size=1, max_size=12))
def test_what_is_taken_for_a_pattern_can_be_looked_for_later(pattern: str) -> None:
    """Expressions are made when they are first needed, so nothing may be wrong with them by then."""
    try:
        made = parse(pattern, {})
    except PatternError:
        return
    assert not re.compile(made.expression).match("") or pattern.startswith("^")


def test_the_longest_word_wins() -> None:
    made = re.compile(words_expression(["发", "发热", "发热发光", "烧"]))
    assert [m.group() for m in made.finditer("发热发光发烧")] == ["发热发光", "发", "烧"]
