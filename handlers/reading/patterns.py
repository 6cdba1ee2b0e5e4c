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

_NUMERALS = "一二三四五六七八九十两几半百千俩仨零"
_NUMBER = rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,2}})?|[{_NUMERALS}]{{1,5}})"
_MOST_GAPS = 3
_SIGNS = {
    "……": pieces.gap(r"[^。!?\n]{0,24}?"),
    "…": pieces.gap(r"[^。!?\n]{0,10}?"),
    "~": pieces.gap(r"[^。!?\n]{0,3}?"),
    "#": pieces.gap(_NUMBER, begins=frozenset("0123456789" + _NUMERALS)),
    "^": pieces.edge(r"\A"),
    "$": pieces.edge(r"\Z"),
}
_CLASS = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"……|[^\[]|\[[^\]]*\]?", re.DOTALL)


class PatternError(ValueError):
    """A pattern of the lexicon cannot be understood; the text says why."""


class Pattern(NamedTuple):
    """The patterns of one key: an expression that finds the first of them, and what a text must contain one of (None: unknown)."""

    expression: re.Pattern[str]
    anchors: frozenset[str] | None


def any_of(patterns: Iterable[str], table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> Pattern:
    """One expression that finds the first of `patterns`; of an empty list one that finds nothing. Raises `PatternError`.

    A look at the first character comes before the patterns, so that most places of a text cost next to nothing.
    """
    parsed = [parse(pattern, table, classes) for pattern in patterns]
    guarded = [piece for piece in parsed if piece.begins is not None]
    expressions = [piece.expression for piece in parsed if piece.begins is None]
    if guarded:
        first = "".join(map(re.escape, sorted(frozenset().union(*(piece.begins or () for piece in guarded)))))
        expressions.insert(0, f"(?=[{first}])(?:{'|'.join(piece.expression for piece in guarded)})")
    return Pattern(re.compile("|".join(expressions) or "(?!)"), pieces.any_anchor(parsed))


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
