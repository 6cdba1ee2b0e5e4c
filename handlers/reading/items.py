"""What the walk goes through: known words, numbers and days, in the order of the text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from handlers.reading import dates
from handlers.reading.scan import Token
from handlers.reading.temperature import Temperature

Item = Token | Temperature | dates.Day
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


def long_ago(tokens: list[Token], text: str, today: date) -> list[Token]:
    """The words, with the years that are over and the time of what is told as words of old times ("零八年救灾那会儿")."""
    old = dates.years(text, today)
    return sorted([*tokens, *(Token("long_past", "", *span) for span in old)], key=attrgetter("start")) if old else tokens


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
