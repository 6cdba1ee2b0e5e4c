"""What the walk goes through: known words, numbers and days, in the order of the text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from handlers.reading.health.temperature import Temperature
from handlers.reading.scan import Token
from handlers.reading.text import dates

Item = Token | Temperature | dates.Day
_PAST = ("past", "long_past")
# where the past is over, in speech without stops too
_NOW = re.compile(
    "(?<![年月周那])(?:这[两几]天|最近(?!的|那|一次)|近来|这阵子?|这会儿?|刚才|刚刚|刚(?=又|把|给|被|让|发现|量|测)|此刻|如今)"
)
_ROW = re.compile(r"[\s、,和及跟/;]{1,3}")


def merge(tokens: list[Token], values: list[Temperature], said: list[dates.Day]) -> list[Item]:
    """Words, numbers and days in order; a number wins over a day, both over words that stand inside them."""
    if not values and not said:
        return list(tokens)
    taken = [(v.start, v.end) for v in values]
    days = [d for d in said if not _overlaps(d, taken)]
    taken = sorted([*taken, *((d.start, d.end) for d in days)])
    words = [t for t in tokens if not _overlaps(t, taken)]
    return sorted([*words, *values, *days], key=attrgetter("start"))


def times(tokens: list[Token], text: str, today: date) -> list[Token]:
    """The words, with years that are over as words of old times ("零八年救灾那会儿"), and where the past ends ("…腰疼这两天头疼")."""
    found = [Token("long_past", "", *span) for span in dates.years(text, today)]
    if any(token.kind in _PAST or (token.kind == "day" and token.value < 0) for token in tokens):
        taken = [(t.start, t.end) for t in tokens]
        now = (Token("day", 0, *m.span()) for m in _NOW.finditer(text))
        found += [t for t in now if not _overlaps(t, taken)]
    return sorted([*tokens, *found], key=attrgetter("start")) if found else tokens


def _overlaps(item: Item, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an item overlaps one of the spans, which are in order and apart."""
    index = bisect_left(spans, (item.start + 1,))
    before = index > 0 and spans[index - 1][1] > item.start
    return before or (index < len(spans) and spans[index][0] < item.end)


def rows(text: str, items: list[Item]) -> dict[int, tuple[int, int]]:
    """Of values said one after the other: the number of each in its row and the length of the row, by its place."""
    rows: list[list[Temperature]] = []
    for item in items:
        if isinstance(item, Temperature):
            if rows and _ROW.fullmatch(text, rows[-1][-1].end, item.start):
                rows[-1].append(item)
            else:
                rows.append([item])
    return {item.start: (number, len(row)) for row in rows if len(row) > 1 for number, item in enumerate(row)}
