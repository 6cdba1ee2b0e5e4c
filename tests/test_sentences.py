"""The bot's sentences: both languages say the same, the code and the files agree, and a mistake in a file is named at the start."""

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from bot.sentences import SentenceError, load_texts
from models.case_states import CaseState
from models.reading import Doubt
from services.texts import Texts

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "content" / "sentences"
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Use:
    """A sentence that the code says: where, which, and with which facts (None: not to be seen in the source)."""

    place: str
    key: str
    facts: frozenset[str] | None


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("bot", "handlers", "scheduler", "services"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def uses(path: Path, module: ast.Module) -> Iterator[Use]:
    scopes = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for scope in scopes:
        for call in ast.walk(scope):
            if isinstance(call, ast.Call) and call.args and spoken(call.func):
                given = names_before(call, scope)
                for key in keys_in(call.args[0], given):
                    yield Use(f"{path}:{call.lineno}", key, facts_of(call, given))


def names_before(call: ast.Call, scope: ast.AST) -> dict[str, ast.expr]:
    """What each name of the function was given last above the call."""
    above = [node for node in ast.walk(scope) if isinstance(node, ast.Assign) and node.lineno < call.lineno]
    above.sort(key=lambda node: node.lineno)
    return {target.id: node.value for node in above for target in node.targets if isinstance(target, ast.Name)}


def spoken(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    return name in {"say", "texts"}


def keys_in(argument: ast.expr, given: dict[str, ast.expr]) -> list[str]:
    """The keys an argument may stand for: a literal, a choice of two, or a name that was given one of these."""
    match argument:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp(body=one, orelse=other):
            return keys_in(one, given) + keys_in(other, given)
        case ast.Name(id=name) if name in given:
            return keys_in(given[name], {})
        case _:
            return []


def facts_of(call: ast.Call, given: dict[str, ast.expr]) -> frozenset[str] | None:
    found: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is not None:
            found.add(keyword.arg)
        elif isinstance(keyword.value, ast.Name) and isinstance(table := given.get(keyword.value.id), ast.Dict):
            found |= {str(key.value) for key in table.keys if isinstance(key, ast.Constant)}
        else:
            return None
    return frozenset(found)


def families(module: ast.Module) -> Iterator[str]:
    """The groups whose names are values that the code holds in data: texts.word("symptom", code), say(f"doubt.{kind}")."""
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and call.args:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "word":
                yield from (str(part.value) for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
            elif (
                spoken(call.func) and isinstance(call.args[0], ast.JoinedStr) and isinstance(first := call.args[0].values[0], ast.Constant)
            ):
                yield str(first.value).partition(".")[0]


ALL_USES = [use for path, module in sources() for use in uses(path, module) if "." in use.key]


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return load_texts(FOLDER, request.param)


def test_both_languages_have_the_same_keys_and_the_same_facts() -> None:
    chinese, english = (load_texts(FOLDER, language) for language in LANGUAGES)
    keys = chinese.keys()
    assert keys == english.keys()
    assert {key: chinese.facts(key) for key in keys} == {key: english.facts(key) for key in keys}


def test_every_sentence_that_the_code_says_is_in_the_file(texts: Texts) -> None:
    keys = texts.keys()
    assert len(ALL_USES) > 80, "the code was not read"
    assert [f"{use.place}: {use.key}" for use in ALL_USES if use.key not in keys] == []


def test_the_code_hands_every_sentence_the_facts_that_it_takes(texts: Texts) -> None:
    keys = texts.keys()
    lacking = [
        f"{use.place}: {use.key} needs {sorted(texts.facts(use.key) - use.facts)}"
        for use in ALL_USES
        if use.facts is not None and use.key in keys and not texts.facts(use.key) <= use.facts
    ]
    assert lacking == []


def test_no_sentence_is_there_for_nothing(texts: Texts) -> None:
    literals: set[object] = set()
    coded: set[str] = set()
    for _, module in sources():
        literals |= {node.value for node in ast.walk(module) if isinstance(node, ast.Constant)}
        coded |= set(families(module))
    assert {"symptom", "doubt"} <= coded, "the code was not read"
    assert [key for key in sorted(texts.keys()) if key not in literals and key.partition(".")[0] not in coded] == []


def test_every_value_that_the_code_holds_has_its_word(texts: Texts) -> None:
    kinds = get_args(Doubt.model_fields["kind"].annotation)
    wanted = {f"case_state.{state}" for state in CaseState} | {f"doubt.{kind}" for kind in kinds}
    assert wanted - texts.keys() == set()


def test_sentences_fill_their_facts_in(texts: Texts) -> None:
    for key in sorted(texts.keys()):
        filled = texts(key, **{fact: f"<{fact}>" for fact in texts.facts(key)})
        assert all(f"<{fact}>" in filled for fact in texts.facts(key)), key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "sentences"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace the only `old` of the file by `new`; the line where it stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  nobody: 都报齐了，不用催。\n", "", "remind.nobody: is missing; en.yaml has it in line"),
        ("  many: ", "  mny: ", "receipt.many: is missing"),
        ("接龙记下了 {count} 人", "接龙记下了 {cuont} 人", "receipt.many: {cuont} is no fact of this sentence; known: {count}"),
        ("接龙记下了 {count} 人", "接龙记下了 {count 人", "receipt.many: a brace is not closed"),
        ("接龙记下了 {count} 人", "接龙记下了 {count.__class__} 人", "receipt.many: braces hold the plain name of a fact"),
        ("  nobody: 都报齐了，不用催。\n", "  nobody: 12:40\n", "remind.nobody: is not text; put it in quotes"),
        ("  nobody: 都报齐了，不用催。\n", "  nobody:\n", "remind.nobody: is not text"),
        ("  nobody: 都报齐了，不用催。\n", "  nobody: 好\n  nobody: 好\n", "remind.nobody: stands here twice, first in line"),
        ("remind:\n  nobody: 都报齐了，不用催。\n", "remind: 好\nmore:\n", "remind: is a group; write its sentences below it"),
        ("remind:\n", "remind\n", "is not YAML"),
    ],
)
def test_a_slip_in_the_unit_s_own_words_is_one_line_with_file_and_key(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "zh-CN.yaml"
    edit(path, old, new)
    with pytest.raises(SentenceError) as error:
        load_texts(folder, "zh-CN")
    assert any(line.startswith(str(path)) and says in line for line in str(error.value).splitlines()), str(error.value)


def test_a_mistake_names_its_line(folder: Path) -> None:
    line = edit(folder / "zh-CN.yaml", "接龙记下了 {count} 人", "接龙记下了 {cuont} 人")
    with pytest.raises(SentenceError, match=rf"zh-CN\.yaml:{line}: receipt\.many: "):
        load_texts(folder, "zh-CN")


def test_a_key_that_chinese_does_not_have_is_unknown_and_the_nearest_is_named(folder: Path) -> None:
    edit(folder / "en.yaml", "  many: ", "  mny: ")
    with pytest.raises(SentenceError) as error:
        load_texts(folder, "en")
    assert "receipt.mny: unknown key; did you mean receipt.many?" in str(error.value)
    assert "receipt.many: is missing" in str(error.value)


def test_a_unit_may_change_words_and_leave_facts_out(folder: Path) -> None:
    edit(folder / "zh-CN.yaml", "接龙记下了 {count} 人，都正常。", "收到接龙，大家都好。")
    assert load_texts(folder, "zh-CN")("receipt.many", count=3) == "收到接龙，大家都好。"


def test_chinese_works_where_english_was_removed(folder: Path) -> None:
    (folder / "en.yaml").unlink()
    assert load_texts(folder, "zh-CN")("word.day", month=3, day=8) == "3月8日"


def test_a_file_that_is_not_there_or_not_utf8_is_said(folder: Path) -> None:
    with pytest.raises(SentenceError, match=r"fr\.yaml: cannot be read"):
        load_texts(folder, "fr")
    (folder / "zh-CN.yaml").write_bytes((folder / "zh-CN.yaml").read_text(encoding="utf-8").encode("gbk", "ignore"))
    with pytest.raises(SentenceError, match=r"zh-CN\.yaml: is not written in UTF-8"):
        load_texts(folder, "zh-CN")
