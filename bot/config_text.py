"""The text of a configuration as plain values: YAML with little in it, and what is wrong with a text that is none."""

import re
from collections.abc import Collection
from typing import Any

import yaml

Where = tuple[str | int, ...]
"""The way to a value: names of keys, and numbers of items in lists from 0."""
_UNFIT = (ValueError, AttributeError, KeyError, IndexError, TypeError)
"""What PyYAML raises where a tag does not fit its value."""
_FULL_WIDTH = (
    (re.compile(r"[\s\-{,]*[A-Za-z_]\w*\s*：(?!//)"), "：", "“: ”, the half-width colon and a space"),
    (re.compile(r"[ \t-]*\u3000"), "space (U+3000)", "half-width spaces"),
    (re.compile(r"[^#]*?:[ \t]*\u3000"), "space (U+3000)", "a half-width space"),
)
_QUOTED = re.compile(r"[^#]*?[:\[{,-]\s*(?P<sign>[“”‘’])")


class TextError(Exception):
    """A text that is not YAML as it is used here."""

    def __init__(self, line: int | None, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


class _Reader(yaml.SafeLoader):
    """YAML 1.2 scalars only: in PyYAML's 1.1 an unquoted 12:40 is the number 760, `no` is false and a date is no text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - declared so by PyYAML

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise TextError(self.line + 1, "aliases (*name) are not supported; write the value out")
        return super().compose_node(parent, index)


for _tag, _scalar, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]+", list("-+0123456789")),
):
    _Reader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_scalar})$"), _first)


class Document:
    """A YAML text as plain values, with the line of every key and the keys that stand there twice."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Where, int] = {}
        self.repeated: list[tuple[Where, int]] = []
        try:
            self._reader = _Reader(text)
            node = self._reader.get_single_node()
            self.value = None if node is None else self._plain(node, ())
        except yaml.reader.ReaderError as error:
            before = text.count("\n", 0, error.position)
            raise TextError(
                before + 1, f"holds the character U+{ord(text[error.position]):04X}, which cannot stand in YAML; remove it"
            ) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise TextError(
                line, f"is not YAML: {error.problem}; look at the indentation (spaces, no tabs), quotes and colons here"
            ) from error
        except RecursionError as error:
            raise TextError(None, "is nested too deeply to be a configuration") from error

    def _plain(self, node: yaml.Node, where: Where) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*where, number)) for number, item in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            try:
                return self._reader.construct_object(node)
            except _UNFIT:
                raise TextError(
                    node.start_mark.line + 1, f"has a value that is no {_short(node.tag)}; write the value without it"
                ) from None
        plain: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise TextError(line, "has a key that is not a word; write keys as name: value")
            if key.value in plain:
                self.repeated.append(((*where, key.value), line))
            self.lines[(*where, key.value)] = line
            plain[key.value] = self._plain(value, (*where, key.value))
        return plain


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def full_width(text: str, wrong: Collection[int]) -> list[tuple[int, str]]:
    """The lines of a text that holds mistakes where a sign of Chinese typing stands for one of YAML; quotes only in the lines `wrong`."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = next(((sign, instead) for pattern, sign, instead in _FULL_WIDTH if pattern.match(line)), None)
        if said is None and number in wrong and (quoted := _QUOTED.match(line)):
            said = quoted["sign"], 'the half-width "'
        if said is not None:
            found.append((number, f"holds the full-width {said[0] if len(said[0]) > 1 else f'“{said[0]}”'}; write {said[1]}"))
    return found
