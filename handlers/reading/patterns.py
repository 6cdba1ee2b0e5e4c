"""The small language of the lexicon's patterns.

In a pattern ``…`` is a gap of up to 10 characters within a sentence, ``……`` one of up to 24, ``~`` one of up to 3, ``#`` a number in
digits or Chinese numerals, ``(a|b)`` a choice, ``{kin}`` one of a class of words (classes.yaml), ``?`` makes the character or choice
before it optional, ``[一二]`` is one of the characters, ``^`` and ``$`` are the ends of the text. Everything else stands for itself.
Gaps are bounded, so every expression runs in linear time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from handlers.reading import pieces
from handlers.reading.pieces import Piece

_NUMBER = r"(?:\d{1,6}(?:\.\d{1,2})?|[一二三四五六七八九十两几半百千俩仨零]{1,5})"
_MOST_GAPS = 3
_SIGNS = {
    "……": pieces.gap(r"[^。!?\n]{0,24}?"),
    "…": pieces.gap(r"[^。!?\n]{0,10}?"),
    "~": pieces.gap(r"[^。!?\n]{0,3}?"),
    "#": pieces.gap(_NUMBER),
    "^": pieces.edge(r"\A"),
    "$": pieces.edge(r"\Z"),
}
_CLASS = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"……|[^\[]|\[[^\]]*\]?", re.DOTALL)


class PatternError(ValueError):
    """A pattern of the lexicon cannot be understood; the text says why."""


class Pattern(NamedTuple):
    """One pattern: its expression, and what a text must contain one of to match it (None: unknown); twice, if there are two such."""

    expression: re.Pattern[str]
    anchors: frozenset[str] | None
    others: frozenset[str] | None


def compiled(patterns: Iterable[str], table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> list[Pattern]:
    """Several patterns; where two match at the same place, the first counts. Raises `PatternError`."""
    parsed = (parse(pattern, table, classes) for pattern in patterns)
    return [
        Pattern(re.compile(p.expression), p.anchors and pieces.shortest(p.anchors), p.others and pieces.shortest(p.others)) for p in parsed
    ]


def parse(pattern: str, table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> Piece:
    """What one pattern means. Raises `PatternError`."""
    if not pattern.strip():
        raise PatternError("is empty")
    whole = _CLASS.sub(lambda m: _class(m.group(1), classes or {}), pattern)
    if whole.count("…") > _MOST_GAPS:
        raise PatternError(f"{whole!r} has more than {_MOST_GAPS} gaps '…'")
    try:
        parsed = _Parser(_PART.findall(whole), table).whole()
        compiled = re.compile(parsed.expression)
    except (re.error, IndexError) as error:
        raise PatternError(f"{whole!r} is no pattern: {error}") from error
    if compiled.match("") and not whole.startswith("^"):
        raise PatternError(f"{whole!r} would match nothing at all")
    return parsed


def _class(name: str, classes: Mapping[str, Sequence[str]]) -> str:
    if name not in classes:
        raise PatternError(f"{{{name}}} is no class of words; known are {', '.join(sorted(classes))}")
    return f"({'|'.join(classes[name])})"


class _Parser:
    """Turns the parts of a pattern (characters, gaps, sets) into one piece."""

    def __init__(self, parts: list[str], table: Mapping[int, str]) -> None:
        self._parts = parts[::-1]
        self._table = table

    def whole(self) -> Piece:
        """The whole pattern."""
        parsed = self._choice()
        if self._parts:
            raise re.error("unbalanced parenthesis")
        return parsed

    def _choice(self) -> Piece:
        """Sequences parted by bars, up to a closing parenthesis or the end."""
        options: list[list[Piece]] = [[]]
        while self._parts and self._parts[-1] != ")":
            part = self._parts.pop()
            if part == "|":
                options.append([])
            elif part == "?":
                if not options[-1]:
                    raise re.error("nothing to repeat")
                options[-1].append(pieces.optional(options[-1].pop()))
            else:
                options[-1].append(self._piece(part))
        return pieces.choice([pieces.sequence(option) for option in options])

    def _piece(self, part: str) -> Piece:
        if part == "(":
            inner = self._choice()
            if not self._parts:
                raise re.error("missing ), unterminated subpattern")
            self._parts.pop()
            return inner._replace(expression=f"(?:{inner.expression})")
        if part in _SIGNS:
            return _SIGNS[part]
        letters = part.translate(self._table).removeprefix("[").removesuffix("]") if part[0] == "[" else part.translate(self._table)
        made = "".join(map(re.escape, letters))
        return pieces.characters(letters, f"[{made}]" if part[0] == "[" else made)
