"""What the pieces of a pattern mean: their regular expression, and what every text that they match contains.

From these anchors follows which patterns need not be looked for in a text (search.py).
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

BLANKS = frozenset(" ※")  # written in the place of what the sender does not say (surface.py), so they speak for no pattern
_MOST_WAYS = 80
_WORDS = (
    "今天 体温 正常 没有 一个 大家 不是 明天 上午 下午 晚上 同志 班长 36 37 家里 自己 今晚 孩子 "
    "医院 现在 昨天 老家 请假 出来 夜里 回来 建议 一个人 一天 昨晚 没人 个月 值班 休假 马上 宿舍 儿子 "
    "三十 登记 电话 心里 半夜 一直 食堂 出差 今早 手机 起来 个人 小时 早上 发烧 咳嗽 症状"
)
_COMMON = frozenset(_WORDS.split())
_COMMONEST = frozenset("的了一不人在有我到没个上天来就是他大家好也都今要说去:36")
# how often words, those of two letters, common ones, a single character and one of the commonest are found, in proportion
_RARE, _SHORT, _OFTEN, _SINGLE, _ALL_OVER = 1, 3, 20, 40, 400


class Piece(NamedTuple):
    """A part of a pattern, or a whole one.

    `ways`: all texts it can be; None: too many. `empty`: it matches where there is nothing.
    `anchors`: words, or single characters, of which every text that it matches contains one; None: there are no such.
    `others`: more of the kind, of which it contains one as well, at another place or at least not within an anchor.
    """

    expression: str
    ways: frozenset[str] | None
    anchors: frozenset[str] | None
    others: frozenset[str] | None = None
    empty: bool = False


def letters(text: str, expression: str) -> Piece:
    """Letters that stand for themselves."""
    ways = None if BLANKS & set(text) else frozenset({text})
    return Piece(expression, ways, ways)


def one_of(characters: str, expression: str) -> Piece:
    """One of several characters."""
    ways = None if BLANKS & set(characters) else frozenset(characters)
    return Piece(expression, ways, ways)


def gap(expression: str, *, empty: bool = True) -> Piece:
    """Anything, or one of very many texts; `empty`: or nothing at all."""
    return Piece(expression, None, None, empty=empty)


def edge(expression: str) -> Piece:
    """An end of the text."""
    return Piece(expression, frozenset({""}), None, empty=True)


def optional(piece: Piece) -> Piece:
    """A piece that may be missing."""
    ways = None if piece.ways is None else piece.ways | {""}
    return Piece(f"{piece.expression}?", ways, None, empty=True)


def choice(options: Sequence[Piece]) -> Piece:
    """One of several pieces."""
    ways = _union(option.ways for option in options)
    return Piece(
        "|".join(option.expression for option in options),
        ways if ways is not None and len(ways) <= _MOST_WAYS else None,
        _union(option.anchors for option in options),
        _union(option.others for option in options),
        any(option.empty for option in options),
    )


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
    candidates += [part.others for part in parts if part.others is not None]
    candidates += [frozenset(run) for run in runs if all(run)]
    anchors = min(candidates, key=_cost, default=None)
    others = [each for each in candidates if anchors is not None and not any(part in anchor for part in each for anchor in anchors)]
    return Piece(
        "".join(part.expression for part in parts),
        frozenset(runs[0]) if whole else None,
        anchors,
        min(others, key=_cost, default=None),
        all(part.empty for part in parts),
    )


def shortest(anchors: frozenset[str]) -> frozenset[str]:
    """Those that contain no other one: whoever contains one of all contains one of them."""
    kept: set[str] = set()
    for anchor in sorted(anchors, key=len):
        if not any(anchor[start:end] in kept for start in range(len(anchor)) for end in range(start + 1, len(anchor) + 1)):
            kept.add(anchor)
    return frozenset(kept)


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """All members of all sets; None where one of them is unknown."""
    known: frozenset[str] = frozenset()
    for each in sets:
        if each is None:
            return None
        known |= each
    return known


def _cost(anchors: frozenset[str]) -> tuple[int, list[str]]:
    """How often anchors are found in texts that do not match; the letters decide between equals."""
    return sum(map(_often, anchors)), sorted(anchors)


def _often(anchor: str) -> int:
    if len(anchor) == 1:
        return _ALL_OVER if anchor in _COMMONEST else _SINGLE
    if anchor in _COMMON:
        return _OFTEN
    return _SHORT if len(anchor) == 2 else _RARE  # noqa: PLR2004
