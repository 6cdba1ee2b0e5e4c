"""Where the lines of a chain stand: by number, stroke or line break; without the example and the words around the list."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from handlers.reading.chain.owners import Owners, owners
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.text.solitaire import Line, Solitaire

_HEADER = re.compile(r"#?接龙|#\s?group note")
_NUMBER = (
    r"[(\[【]?\d{1,3}(?:[ \t]*[.、,):\]】](?!\d)|[ \t]+)"
    r"|[(]?[一二三四五六七八九十]{1,3}[)、.]"
    r"|no\.?[ \t]?\d{1,3}(?:[.、,):]|[ \t])"
    r"|[①-⒛㉑-㉟㊱-㊿❶-➓🔟]|\+1"
)
_NUMBERED = re.compile(rf"^[ \t]*(?:{_NUMBER})[ \t]*", re.MULTILINE)
_EXAMPLE = re.compile(r"[ \t]*[(【]?(?:例(?!假|会|行)|范例|示例|样例|样板|举例|格式|模板|(?:比如|如)[ \t]*[:,、 ])")
_MARKED = re.compile(r"[(【](?:例|示例|样例|范例|举例|模板)[)】]")
_PARTED = re.compile(r"[/\n]|$")
_DIGIT = re.compile(r"\d")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
# a line below the list with which its starter speaks to all
_CLOSING = re.compile(r"\n[ \t]*(?:请|烦请|麻烦|大家|各位|以上|未报|没报|还没|尚未|注[::]|备注|截止|温馨|辛苦|谢谢|提醒|收到)")


class Chain(NamedTuple):
    """The title of a chain, all its lines, and with their people those that are somebody's; what is left out, and why."""

    title: str
    lines: list[Line]
    owned: list[tuple[Line, Owners]]
    left: list[Place]


def pasted(message: Message) -> Chain | None:
    """The chain in a text; None where it is none."""
    text = message.text
    header = _HEADER.search(text) if "接龙" in text or "group note" in text else None
    lines = _numbered(text)
    if header is None and len(lines) < 2:  # noqa: PLR2004
        return None
    found, left = _owned(message, lines)
    if header is None and (len(found) < 2 or _is_counted(message, lines)):  # noqa: PLR2004
        return None
    if header is not None and not lines:
        lines = _loose(message, header.end())
        found, left = _owned(message, lines)
        if not text.startswith("#", header.start()) and len(found) < 2:  # noqa: PLR2004
            return None
    return Chain(text[: lines[0].start if lines else len(text)], lines, found, left)


def _is_counted(message: Message, lines: Sequence[Line]) -> bool:
    """Whether a line says how many of a group there should be: then it is the group's report in points, and no chain."""
    return any(
        message.search.at("group.expected", message.text, line.start) and _DIGIT.search(message.text, line.start, line.end)
        for line in lines
    )


def native(message: Message, chain: Solitaire) -> Chain:
    """The chain that a platform sent: its lines with their authors; a numbered line beside them is read by its name."""
    text = message.text
    starts = [e.start for e in chain.lines]
    beside = [
        e
        for e in _numbered(text)
        if chain.title <= e.start < chain.tail
        and not ((before := bisect_right(starts, e.start) - 1) >= 0 and e.start < chain.lines[before].end)
    ]
    every = sorted([*chain.lines, *beside], key=lambda e: e.start)
    ends = [*(e.start for e in every), chain.tail][1:]
    every = [e._replace(end=min(e.end, end)) for e, end in zip(every, ends, strict=False)]
    title_end = chain.title or (every[0].start if every else chain.tail)
    return Chain(text[:title_end], every, *_owned(message, every))


def _numbered(text: str) -> list[Line]:
    """The lines that begin with a number; what stands below one belongs to it."""
    if "\n" not in text and _NUMBERED.match(text) is None:
        return []
    marks = list(_NUMBERED.finditer(text))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [Line(m.end(), end) for m, end in zip(marks, ends, strict=False)]


def _loose(message: Message, start: int) -> list[Line]:
    """Lines without numbers: parted by strokes or line breaks; the first begins at the first name that is no example's."""
    text = message.text
    for token in message.tokens:
        if token.kind != "person" or token.start < start:
            continue
        line = max(start, text.rfind("\n", 0, token.start) + 1)
        if _EXAMPLE.match(text, line):
            continue
        position = token.start if line == start else line
        found: list[Line] = []
        for cut in _PARTED.finditer(text, position):
            while position < cut.start() and text[position] == " ":
                position += 1
            if position < cut.start():
                found.append(Line(position, cut.start()))
            position = cut.end()
        return found
    return []


def _owned(message: Message, lines: Sequence[Line]) -> tuple[list[tuple[Line, Owners]], list[Place]]:
    """The lines that are somebody's. What stands in the others is nobody's and is not read."""
    text = message.text
    found: list[tuple[Line, Owners]] = []
    left: list[Place] = []
    for number, whole in enumerate(lines):
        line = whole._replace(end=whole.start + len(text[whole.start : whole.end].rstrip()))
        if line.start == line.end:
            continue
        span = line.start, line.end
        if _EXAMPLE.match(text, *span) or _MARKED.search(text, *span):
            left.append(Place(*span, "chain.example"))
            continue
        whose = owners(message, *span, line.author)
        if whose is None:
            # the author has no known account and no name of the roster stands in it
            left.append(Place(*span, "chain.nobody"))
            continue
        if number == len(lines) - 1 and (end := _without_closing(text, whose.after, line.end)) < line.end:
            left.append(Place(end, line.end, "chain.closing"))
            line = line._replace(end=end)
        found.append((line, whose))
    return found, left


def _without_closing(text: str, start: int, end: int) -> int:
    """Where the last line ends: before a blank line below its words, or before a line that speaks to all."""
    words = next((i for i in range(start, end) if not text[i].isspace()), end)
    cuts = [m.start() for m in (_BLANK.search(text, words, end), _CLOSING.search(text, words, end)) if m is not None]
    return min(cuts, default=end)
