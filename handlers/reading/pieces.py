"""What the pieces of a pattern mean: their regular expression, how they begin, and what every text that they match contains.

From the last, their anchors, follows which patterns need not be looked for in a text (search.py).
"""

from collections.abc import Iterable, Sequence
from itertools import product
from operator import add
from typing import NamedTuple

BLANKS = frozenset(" ※")  # written in the place of what the sender does not say (surface.py), so they speak for no pattern
PAIR = 2  # characters of the longer anchors
_MOST_WAYS = 80
_COMMON = frozenset(["今天", "体温", "正常", "没有", "一个", "大家", "不是", "明天", "上午", "下午", "晚上", "同志", "班长"])
_RARE, _OFTEN, _SINGLE = 1, 20, 40  # how often a pair, a common pair and a single character are found, in proportion


class Piece(NamedTuple):
    """A part of a pattern, or a whole one.

    `begins`: the characters with which it can begin; None: any. `ways`: all texts it can be; None: too many.
    `anchors`: pairs of characters, or single ones, of which every text that it matches contains one; None: there are no such.
    """

    expression: str
    begins: frozenset[str] | None
    ways: frozenset[str] | None
    anchors: frozenset[str] | None
    optional: bool = False


def characters(letters: str, expression: str) -> Piece:
    """One of several characters."""
    ways = None if BLANKS & set(letters) else frozenset(letters)
    return Piece(expression, frozenset(letters), ways, ways)


def gap(expression: str, begins: frozenset[str] | None = None) -> Piece:
    """Anything, or one of very many texts."""
    return Piece(expression, begins, None, None)


def edge(expression: str) -> Piece:
    """An end of the text."""
    return Piece(expression, None, frozenset({""}), None)


def optional(piece: Piece) -> Piece:
    """A piece that may be missing."""
    ways = None if piece.ways is None else piece.ways | {""}
    return Piece(f"{piece.expression}?", piece.begins, ways, None, optional=True)


def choice(options: Sequence[Piece]) -> Piece:
    """One of several pieces."""
    ways = _union(option.ways for option in options)
    return Piece(
        "|".join(option.expression for option in options),
        _union(option.begins for option in options),
        ways if ways is not None and len(ways) <= _MOST_WAYS else None,
        any_anchor(options),
    )


def any_anchor(options: Iterable[Piece]) -> frozenset[str] | None:
    """The anchors of a text that matches one of several pieces."""
    return _union(option.anchors for option in options)


def sequence(parts: Sequence[Piece]) -> Piece:
    """Pieces that follow each other."""
    runs: list[list[str]] = [[""]]  # what stands together, in all ways it can be written
    whole = True
    for part in parts:
        if part.ways is None:
            whole = False
            runs.append([""])
        elif len(runs[-1]) * len(part.ways) <= _MOST_WAYS:
            runs[-1] = ["".join(pair) for pair in product(runs[-1], part.ways)]
        else:
            whole = False
            runs.append(list(part.ways))
    candidates = [part.anchors for part in parts if part.anchors is not None]
    candidates += [frozenset(map(_pair, run)) for run in runs if all(run)]
    return Piece(
        "".join(part.expression for part in parts),
        _beginning(parts),
        frozenset(runs[0]) if whole else None,
        min(candidates, key=_cost, default=None),
    )


def _beginning(parts: Sequence[Piece]) -> frozenset[str] | None:
    """The characters with which a sequence can begin."""
    found: frozenset[str] = frozenset()
    for part in parts:
        if part.begins is None:
            return None
        found |= part.begins
        if not part.optional:
            return found
    return None


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """All members of all sets; None where one of them is unknown."""
    known: frozenset[str] = frozenset()
    for each in sets:
        if each is None:
            return None
        known |= each
    return known


def _pair(way: str) -> str:
    """The rarest two characters of a text that stand beside each other; a single character as it is."""
    return min(map(add, way, way[1:]), key=_often, default=way)


def _cost(anchors: frozenset[str]) -> tuple[int, list[str]]:
    """How often anchors are found in texts that do not match; the letters decide between equals."""
    return sum(map(_often, anchors)), sorted(anchors)


def _often(anchor: str) -> int:
    return _SINGLE if len(anchor) < PAIR else _OFTEN if anchor in _COMMON else _RARE
