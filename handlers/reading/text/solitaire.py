"""接龙 as WeChat itself sends it: an XML message of type 53 that names the author and time of every line.

Nothing here parses XML in general: the few elements that are needed are looked for by name, each text is decoded once, and no
entity can be declared. What does not fit is left out; without any author the text is read like a pasted chain.

    <title>    the chain as people see it: title, example, blank line, "1. …" lines, blank line, closing words
    <tt> <tl>  where title and closing words stand in it: start and length in UTF-16 code units
    <i>        a line: <u> user id, <t> unix time, <r> where it stands; <c> its words where the platform did not find them

The sender's own program looks for the words of a line in the whole chain, so a range may point to the same words further up;
in copies that lost an emoji it is a few units off. Therefore a range only helps to choose among the numbered lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple

from handlers.reading.text.normalise import Normal, normalise

Known = Callable[[str], str | None]
"""Whose a user id is: a full name."""

LONGEST = 400_000  # characters of a raw message that are looked at
_LONGEST_CHAIN = 20_000
_MOST = 500  # lines of a chain; the platform allows no more
_HEAD = 2000  # characters in which a message must show that it is one
_NEAR = 3  # how far off a range may be
_TYPE = re.compile(r"<type>\s{0,9}53\s{0,9}</type>")
_CDATA = re.compile(r"\s{0,9}<!\[CDATA\[")
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));|<br ?/?>", re.IGNORECASE)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NUMBER = re.compile(r"^[ \t]{0,9}([0-9]{1,3})[ \t]{0,9}(?:[^\w\s]|_)?[ \t]{0,9}", re.MULTILINE)
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_RANGE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
_TIME = re.compile(r"[0-9]{9,13}")
_SECONDS = 10  # digits; more are milliseconds
_LATEST = 2**33  # seconds since 1970; beyond, a time is no time


class Line(NamedTuple):
    """A line `start:end` of a chain, with the number cut off.

    `account`, `author` and `at`: who wrote it (user id and full name) and when, where the platform says so; `author` is "" where nobody
    is known to have that account.
    """

    start: int
    end: int
    account: str = ""
    author: str = ""
    at: datetime | None = None


def nobody(_account: str) -> None:
    """Nobody's accounts are known."""
    return


class Solitaire(NamedTuple):
    """A chain taken out of its message, written uniformly; `normal` leads back to the places in the message.

    The title ends at `title`, the closing words begin at `tail`; `lines` are those that have an author, in order.
    """

    normal: Normal
    title: int
    tail: int
    lines: tuple[Line, ...]


class _Item(NamedTuple):
    account: str
    author: str
    at: datetime | None
    span: tuple[int, int] | None
    words: str


def unpack(message: str, table: Mapping[int, str], known: Known, sent_at: datetime) -> Solitaire | None:
    """The chain in a raw message; None where it is no message of that kind. Linear; never raises."""
    head = message[:_HEAD]
    if "<appmsg" in head:
        raw = message[:LONGEST]
        places: Sequence[int] = range(len(raw))
    elif "&lt;appmsg" in head:
        raw, places = _decoded(message, range(len(message)), 0, min(len(message), LONGEST))
    else:
        return None
    title = _element(raw, "title", raw.find("<appmsg"), len(raw))
    if title is None or _TYPE.search(raw, title[1]) is None:
        return None
    start, end, plain = title
    text, places = (raw[start:end], places[start:end]) if plain else _decoded(raw, places, start, end)
    text = text[:_LONGEST_CHAIN]
    info = _info(raw, end)
    units = _Units(text)
    first, last = _around(info, units, len(text))
    items = _items(info, units, known, sent_at)
    if items and (span := items[0].span) is not None and span[0] < first:
        first = 0  # a chain without a title: its first line stands for one
    return _uniform(text, places, table, (first, last), _placed(text, items, first, last))


def _uniform(text: str, places: Sequence[int], table: Mapping[int, str], around: tuple[int, int], lines: tuple[Line, ...]) -> Solitaire:
    """The chain written uniformly, with everything moved to where it stands then."""
    plain = normalise(text, table)
    kept = range(len(text)) if plain.offsets is None else plain.offsets
    first, last = (bisect_left(kept, place) for place in around)
    moved = (line._replace(start=bisect_left(kept, line.start), end=bisect_left(kept, line.end)) for line in lines)
    normal = Normal(plain.text, tuple(places[place] for place in kept) or (0,))
    return Solitaire(normal, first, last, tuple(line for line in moved if line.start < line.end))


def _element(text: str, name: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Where the content of the first element of that name stands, and whether it is written plainly (CDATA)."""
    opened = text.find(f"<{name}>", start, end)
    if opened < 0:
        return None
    first = opened + len(name) + 2
    marked = _CDATA.match(text, first, end)
    if marked is not None:
        first = marked.end()
    last = text.find("]]>" if marked is not None else f"</{name}>", first, end)
    return None if last < 0 else (first, last, marked is not None)


def _decoded(text: str, places: Sequence[int], start: int, end: int) -> tuple[str, Sequence[int]]:
    """`text[start:end]` with its entities as the characters they stand for, and the place of each."""
    letters: list[str] = []
    kept: list[int] = []
    position = start
    for found in _ENTITY.finditer(text, start, end):
        letters.append(text[position : found.start()])
        kept.extend(places[position : found.start()])
        letter = _letter(found)
        letters.append(letter)
        kept.extend(places[found.start() : found.start() + len(letter)])  # one, or none
        position = found.end()
    letters.append(text[position:end])
    kept.extend(places[position:end])
    return "".join(letters), kept


def _letter(entity: re.Match[str]) -> str:
    name, decimal, hexadecimal = entity.groups()
    if name is not None:
        return _NAMED[name.lower()]
    if decimal is None and hexadecimal is None:
        return "\n"  # <br/>
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if not 0 < code <= 0x10FFFF:  # noqa: PLR2004 - the last code point
        return ""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - half an emoji still counts as one unit


def _info(raw: str, start: int) -> str:
    """What the message says of its lines; "" where that is missing."""
    found = _element(raw, "solitaire_info", start, len(raw))
    if found is None:
        return ""
    info = raw[found[0] : found[1]]
    return info if "<solitaire>" in info else _decoded(info, range(len(info)), 0, len(info))[0]


class _Units:
    """Places counted in UTF-16 code units, turned into places counted in characters."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        wide = any(letter > "\uffff" for letter in text)
        self._before = [0, *accumulate(2 if letter > "\uffff" else 1 for letter in text)] if wide else None

    def span(self, value: str) -> tuple[int, int] | None:
        """The span that "start-length" means; None for anything else, and for a span of nothing."""
        found = _RANGE.fullmatch(value.strip())
        if found is None:
            return None
        start, length = int(found.group(1)), int(found.group(2))
        first, last = self._at(start), self._at(start + length)
        return (first, last) if first < last else None

    def _at(self, unit: int) -> int:
        return min(unit, self._length) if self._before is None else bisect_right(self._before, unit) - 1


def _field(info: str, name: str, start: int, end: int) -> str:
    found = _element(info, name, start, end)
    return "" if found is None else info[found[0] : found[1]]


def _around(info: str, units: _Units, length: int) -> tuple[int, int]:
    """Where the title ends and where the closing words begin."""
    opened = info.find("<content>")
    end = len(info) if opened < 0 else opened
    spans = [units.span(_field(info, name, 0, end)) for name in ("tt", "ex")]
    first = max((span[1] for span in spans if span is not None), default=0)
    tail = units.span(_field(info, "tl", 0, end))
    return first, tail[0] if tail is not None and tail[0] > first else length


def _items(info: str, units: _Units, known: Known, sent_at: datetime) -> list[_Item]:
    found: list[_Item] = []
    closed = max(info.find("<content>"), 0)
    while len(found) < _MOST:
        opened = info.find("<i>", closed)
        closed = info.find("</i>", opened)
        if opened < 0 or closed < 0:
            break
        account = _field(info, "u", opened, closed).strip()
        at = _moment(_field(info, "t", opened, closed).strip(), sent_at)
        words = _field(info, "c", opened, closed)
        words = _decoded(words, range(len(words)), 0, len(words))[0].strip()
        found.append(_Item(account, known(account) or "", at, units.span(_field(info, "r", opened, closed)), words))
    return found


def _moment(value: str, sent_at: datetime) -> datetime | None:
    """The time of a line in the zone of the message; None where it cannot be, because the message was sent before."""
    if _TIME.fullmatch(value) is None:
        return None
    seconds = int(value) // 1000 if len(value) > _SECONDS else int(value)
    if seconds >= _LATEST:
        return None
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(sent_at.tzinfo or UTC)
    return moment if moment.date() <= sent_at.date() else None


def _placed(text: str, items: list[_Item], first: int, last: int) -> tuple[Line, ...]:
    """The lines of the items, in order. Each begins behind a number: that one at its range, else the next one with its own number."""
    numbers = list(_NUMBER.finditer(text, max(0, first - _NEAR), last))
    begins = [m.end() for m in numbers]
    by_number: dict[int, list[int]] = {}
    for index, match in enumerate(numbers):
        by_number.setdefault(int(match.group(1)), []).append(index)
    placed: list[tuple[_Item, int, int]] = []  # item, where its words begin, where its line begins
    used = -1
    for number, item in enumerate(items, start=1):
        choice = _choice(begins, by_number.get(number, []), used, item.span)
        if choice is not None:
            used = choice
            placed.append((item, begins[choice], numbers[choice].start()))
            continue
        begin = item.span[0] if item.span is not None else text.find(item.words, first, last) if item.words else -1
        if begin >= (placed[-1][1] + 1 if placed else first):
            placed.append((item, begin, begin))
            used = max(used, bisect_right(begins, begin) - 1)
    lines = []
    for index, (item, begin, _) in enumerate(placed):
        follow = placed[index + 1][2] if index + 1 < len(placed) else last
        end = follow
        if follow == last and item.span is not None and last == len(text):
            end = _line_end(text, begin, begin + item.span[1] - item.span[0])
        if item.account and begin < end:
            lines.append(Line(begin, end, item.account, item.author, item.at))
    return tuple(lines)


def _choice(begins: list[int], own: list[int], used: int, span: tuple[int, int] | None) -> int | None:
    """Which numbered line an item is, of those behind the last one `used`; `own`: those with the item's own number."""
    own = own[bisect_right(own, used) :]
    if span is None:
        return own[0] if own else None
    nearest = sorted(
        range(max(used + 1, bisect_left(begins, span[0] - _NEAR)), bisect_right(begins, span[0] + _NEAR)),
        key=lambda i: abs(begins[i] - span[0]),
    )
    if nearest and begins[nearest[0]] == span[0]:
        return nearest[0]
    if own:
        return min(own, key=lambda i: abs(begins[i] - span[0]))
    return nearest[0] if nearest else None


def _line_end(text: str, begin: int, end: int) -> int:
    """The end of the last line: that of the line in which its range ends, give or take what the range is off."""
    found = _LINE_END.search(text, max(begin, min(end, len(text)) - _NEAR))
    return len(text) if found is None else found.start()
