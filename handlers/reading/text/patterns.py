"""The small language of the lexicon's patterns.

In a pattern ``…`` is a gap of up to 10 characters within a sentence, ``……`` one of up to 24, ``~`` one of up to 3, ``#`` a number in
digits or Chinese numerals, ``(a|b)`` a choice, ``{kin}`` one of a class of words (classes.yaml), ``?`` makes the character or choice
before it optional, ``[一二]`` is one of the characters, ``^`` and ``$`` are the ends of the text. Everything else stands for itself.
Gaps are bounded, so every expression runs in linear time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from handlers.reading.text import pieces
from handlers.reading.text.lazy import lazy
from handlers.reading.text.pieces import Piece

_NUMBER = r"(?:\d{1,6}(?:\.\d{1,2})?|[一二三四五六七八九十两几半百千俩仨零]{1,5})"
_MOST_GAPS = 3
_SIGNS = {
    "……": pieces.gap(r"[^。!?\n]{0,24}?"),
    "…": pieces.gap(r"[^。!?\n]{0,10}?"),
    "~": pieces.gap(r"[^。!?\n]{0,3}?"),
    "#": pieces.gap(_NUMBER, empty=False),
    "^": pieces.edge(r"\A"),
    "$": pieces.edge(r"\Z"),
}
_NEVER_OPTIONAL = ("", "|", "?", "……", "…", "~", "^", "$")
_CLASS = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"……|\[[^\]]*\]?|[^…~#^$()|?\[ ※]+(?!\?)|.", re.DOTALL)  # a ? takes only the letter before it from a word


class PatternError(ValueError):
    """A pattern of the lexicon cannot be understood; the text says why."""


class Pattern:
    """One pattern: what a text must contain one of to match it (`anchors`, None: unknown; `others` as well, if there are two such)."""

    def __init__(self, piece: Piece) -> None:
        self._source = piece.expression
        self.anchors = piece.anchors and pieces.shortest(piece.anchors)
        self.others = piece.others and pieces.shortest(piece.others)

    @lazy
    def expression(self) -> re.Pattern[str]:
        """What finds it. Made when it is first looked for: a lexicon holds thousands of patterns, of which a day meets few."""
        return re.compile(self._source)


def compiled(patterns: Iterable[str], table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> list[Pattern]:
    """Several patterns; where two match at the same place, the first counts. Raises `PatternError`."""
    return [Pattern(parse(pattern, table, classes)) for pattern in patterns]


def parse(pattern: str, table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> Piece:
    """What one pattern means. Raises `PatternError`."""
    if not pattern.strip():
        raise PatternError("is empty")
    whole = _CLASS.sub(lambda m: _class(m.group(1), classes or {}), pattern)
    if whole.count("…") > _MOST_GAPS:
        raise PatternError(f"{whole!r} has more than {_MOST_GAPS} gaps '…'")
    parsed = _Parser(whole, table).parsed()
    if parsed.empty and not whole.startswith("^"):
        raise PatternError(f"{whole!r} would match nothing at all")
    return parsed


def _class(name: str, classes: Mapping[str, Sequence[str]]) -> str:
    if name not in classes:
        raise PatternError(f"{{{name}}} is no class of words; known are {', '.join(sorted(classes))}")
    return f"({'|'.join(classes[name])})"


class _Parser:
    """Turns a pattern, part by part (letters, gaps, sets, choices), into one piece."""

    def __init__(self, pattern: str, table: Mapping[int, str]) -> None:
        self._pattern = pattern
        self._parts = _PART.findall(pattern)[::-1]
        self._table = table

    def parsed(self) -> Piece:
        """The whole pattern."""
        parsed = self._choice()
        if self._parts:
            raise self._error("a ) too many")
        return parsed

    def _error(self, what: str) -> PatternError:
        return PatternError(f"{self._pattern!r} is no pattern: {what}")

    def _choice(self) -> Piece:
        """Sequences parted by bars, up to a closing parenthesis or the end."""
        options: list[list[Piece]] = [[]]
        before = ""
        while self._parts and self._parts[-1] != ")":
            part = self._parts.pop()
            if part == "|":
                options.append([])
            elif part == "?":
                if before in _NEVER_OPTIONAL:
                    raise self._error("before a ? there is nothing, or something that may be missing anyway")
                options[-1].append(pieces.optional(options[-1].pop()))
            else:
                options[-1].append(self._piece(part))
            before = part
        return pieces.choice([pieces.sequence(option) for option in options])

    def _piece(self, part: str) -> Piece:
        if part == "(":
            inner = self._choice()
            if not self._parts:
                raise self._error("a ( is not closed")
            self._parts.pop()
            return inner._replace(expression=f"(?:{inner.expression})")
        if part in _SIGNS:
            return _SIGNS[part]
        letters = part.translate(self._table)
        if part[0] != "[":
            return pieces.letters(letters, re.escape(letters))
        if part[-1] != "]" or len(part) == len("[]"):
            raise self._error("a [ is not closed, or there is nothing in it")
        letters = letters[1:-1]
        return pieces.one_of(letters, f"[{''.join(map(re.escape, letters))}]")
