"""Reading the bot's sentences: one YAML file a language, of groups with sentences. Every mistake is one line: where, and what to do.

zh-CN is the yardstick: another language has exactly its keys, and no fact in braces that zh-CN has not. zh-CN itself, which units
edit most, is held against English where that file is there, so that a lost line or a mistyped fact is found at the start, not in a chat.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import yaml

from bot.content import LOADER
from services.texts import Texts

YARDSTICK = "zh-CN"
SECOND = "en"
_TEXT = "tag:yaml.org,2002:str"


class SentenceError(ValueError):
    """Sentences that cannot be used. Its text holds one line for each mistake: the file, its line, the key, what to do."""


class _Sentence(NamedTuple):
    text: str
    line: int
    facts: frozenset[str]


_Sentences = dict[str, _Sentence]


def load_texts(folder: Path, language: str) -> Texts:
    """The sentences of ``folder/<language>.yaml`` by "group.key"; raise `SentenceError` where they cannot be used."""
    path = folder / f"{language}.yaml"
    sentences = _read(path)
    other = folder / f"{SECOND if language == YARDSTICK else YARDSTICK}.yaml"
    if language != YARDSTICK or other.is_file():
        _refuse(_differences(path, sentences, other, _read(other)))
    return Texts({key: sentence.text for key, sentence in sentences.items()})


def _refuse(mistakes: list[str]) -> None:
    if mistakes:
        raise SentenceError("\n".join(mistakes))


def _differences(path: Path, sentences: _Sentences, other: Path, known: _Sentences) -> list[str]:
    mistakes = [f"{path}: {key}: is missing; {other.name} has it in line {known[key].line}" for key in known if key not in sentences]
    for key, sentence in sentences.items():
        place = f"{path}:{sentence.line}: {key}"
        if key in known:
            facts = " ".join(f"{{{fact}}}" for fact in sorted(known[key].facts)) or "none"
            mistakes += [
                f"{place}: {{{fact}}} is no fact of this sentence; known: {facts}" for fact in sorted(sentence.facts - known[key].facts)
            ]
        elif path.stem != YARDSTICK:
            nearest = get_close_matches(key, known, n=1)
            mistakes.append(f"{place}: unknown key; " + (f"did you mean {nearest[0]}?" if nearest else f"{other.name} has none like it"))
    return mistakes


def _read(path: Path) -> _Sentences:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), LOADER)
    except OSError as error:
        raise SentenceError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SentenceError(f"{path}: is not written in UTF-8; save it as UTF-8 (编码选 UTF-8)") from None
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SentenceError(f"{path}{line}: is not YAML: {error.problem}; look at the indentation, quotes and colons here") from None
    except yaml.YAMLError as error:
        raise SentenceError(f"{path}: is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(root, yaml.MappingNode):
        raise SentenceError(f"{path}: holds no groups of sentences")
    found: _Sentences = {}
    mistakes: list[str] = []
    for group, content in root.value:
        if not isinstance(content, yaml.MappingNode):
            mistakes.append(f"{path}:{_line(group)}: {group.value}: is a group; write its sentences below it, indented")
            continue
        for name, node in content.value:
            key = f"{group.value}.{name.value}"
            place = f"{path}:{_line(name)}: {key}"
            if key in found:
                mistakes.append(f"{place}: stands here twice, first in line {found[key].line}; keep one")
            elif not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT:
                mistakes.append(f"{place}: is not text; put it in quotes")
            else:
                found[key] = _Sentence(node.value, _line(name), frozenset(_facts(place, node.value, mistakes)))
    _refuse(mistakes)
    return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _facts(place: str, text: str, mistakes: list[str]) -> Iterator[str]:
    """The names in braces; a brace of any other kind is a mistake."""
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is None:
                continue
            if form or conversion or not name.isidentifier():
                mistakes.append(f"{place}: braces hold the plain name of a fact, like {{name}}, and nothing else")
            yield name
    except ValueError:
        mistakes.append(f"{place}: a brace is not closed or not opened; facts are written like {{name}}")
