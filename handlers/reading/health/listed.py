"""Whole degrees in a row of names and values without a word between: "王磊38高强37.5"; alone, such a number may count anything."""

import re
from collections.abc import Mapping, Sequence

from handlers.reading.health.temperature import Temperature
from handlers.reading.scan import Token

_BARE = re.compile(r"\s?[:=]?\s?(?P<number>3[5-9]|4[0-2]|3[4-9]\d)(?![\d.])")
_BETWEEN = re.compile(r"\s?[、,;]?\s?")
_ENDS = re.compile(r"$|[\s、,。;!)]")
_TENFOLD = 100  # 365 is taken for 36.5


def listed(text: str, tokens: Sequence[Token], values: list[Temperature]) -> list[Temperature]:
    """The values, and the bare numbers of each row of names and numbers in which one is a value by itself."""
    if not values:
        return values
    people = [token for token in tokens if token.kind == "person"]
    names, known = {token.start for token in people}, {value.start: value for value in values}
    rows: list[list[Temperature]] = []
    for token in people:
        value = _behind(text, token.end, names, known)
        if value is None:
            continue
        if rows and _BETWEEN.fullmatch(text, rows[-1][-1].end, token.start) is not None:
            rows[-1].append(value)
        else:
            rows.append([value])
    found = [value for row in rows if any(one.start in known for one in row) for value in row if value.start not in known]
    return sorted([*values, *found], key=lambda value: value.start) if found else values


def _behind(text: str, end: int, names: set[int], known: Mapping[int, Temperature]) -> Temperature | None:
    """The value that stands right behind a name that ends there, or the bare number that ends with its clause or before another name."""
    for start in (end, end + 1):
        if start in known and known[start].kind in ("exact", "guessed"):
            return known[start]
    bare = _BARE.match(text, end)
    if bare is None or not (bare.end() in names or _ENDS.match(text, bare.end())):
        return None
    start, after = bare.span("number")
    number = float(bare["number"])
    kind, celsius = ("guessed", number / 10) if number > _TENFOLD else ("exact", number)
    return Temperature(kind, celsius, start, after, labelled=False, written=bare["number"])
