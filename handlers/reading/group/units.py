"""Which group a report is of, and the others that are listed with it: "一班、二班全部正常"."""

import re

from handlers.reading.message import Message
from handlers.reading.reasons import Place

_COUNTED = re.compile(r"\s?(?:今天|今早|今日)?\s?(?:[:|]|[\d一二两三四五六七八九十]{1,3}\s?(?:个|人|名|员)|\d{1,2}\s?[到/缺]|应到)")
_AND = re.compile(r"\s?(?:[、,/和跟与及]|以及)?\s?")
_SHORTENED = re.compile(r"(?:[一二三四五六七八九1-9]\s?[、,/和跟与及]?\s?)+$")  # "一、二班"
_NUMERAL = re.compile(r"[一二三四五六七八九1-9]")


def unit(message: Message) -> tuple[str, Place] | None:
    """The group that is named, and where; at the beginning its name may be short ("后勤六个")."""
    for token in message.tokens:
        if token.kind == "group":
            return token.value, Place(token.start, token.end, "group.name")
    text = message.text
    for short, group in message.people.short_groups if text.startswith(message.people.shorts) else ():
        if text.startswith(short) and _COUNTED.match(text, len(short)):
            return group, Place(0, len(short), "group.name")
    return None


def beside(message: Message, name: tuple[str, Place] | None) -> dict[str, Place]:
    """The other groups that are listed with the one that is named, of which the same is said."""
    if name is None:
        return {}
    text, (first, place) = message.text, name
    found = {first: place}
    shortened = _SHORTENED.search(text, 0, place.start) if _NUMERAL.match(text, place.start) is not None else None
    for numeral in _NUMERAL.finditer(text, *shortened.span()) if shortened is not None else ():
        group = message.people.groups.get(numeral.group() + text[place.start + 1 : place.end])
        if group is not None:
            found.setdefault(group, Place(*numeral.span(), "group.name"))
    end = place.end
    for token in message.tokens:
        if token.kind == "group" and token.start >= end and _AND.fullmatch(text, end, token.start) is not None:
            found.setdefault(token.value, Place(token.start, token.end, "group.name"))
            end = token.end
    del found[first]
    return found
