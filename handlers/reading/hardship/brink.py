"""Who stays in a high place or at an edge, alone or at night, and neither sleeps nor wants to come away.

Such a person says nothing of dying, and every word is an everyday one (天台, 一宿, 不想下来): together they frighten.
People also stand there on duty, at work and for fun; where the words say so, nothing is the matter.
"""

from handlers.reading.frame import is_laughing
from handlers.reading.hardship.others import is_told_now
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_LIST = "hardships.brink"
_THERE, _EASE, _DUTY, _HANDED = f"{_LIST}.there", f"{_LIST}.ease", f"{_LIST}.duty", f"{_LIST}.handed"
_SIGNS = ("stays", "long", "night", "alone", "sleepless", "refuses", "listless")
_AROUND = 60  # characters before and behind the place in which the rest is told
_MOST = 8  # places that are looked at


def brink(message: Message) -> Place | None:
    """The place where somebody is said to stay so, or None."""
    if _THERE not in message.search.possible:
        return None
    for there in message.search.all(_THERE, message.head)[:_MOST]:
        signs = _signs(message, there.start(), there.end())
        if not _frightens(signs) or not is_told_now(message, there.start()):
            continue
        if _is_at_ease(message, signs, there.start(), there.end()):
            message.leave_out("categories:psychological", there.span(), "hardship.ease")
            continue
        return Place(*there.span(), _THERE)
    return None


def _around(message: Message, key: str, start: int, end: int) -> bool:
    """Whether words of a list stand near the place."""
    return message.search.first(key, message.head, max(0, start - _AROUND), end + _AROUND) is not None


def _signs(message: Message, start: int, end: int) -> frozenset[str]:
    return frozenset(name for name in _SIGNS if _around(message, f"{_LIST}.{name}", start, end))


def _frightens(signs: frozenset[str]) -> bool:
    """Whether what is told of somebody's being there is more than a look from above."""
    if "refuses" in signs:
        return not signs.isdisjoint(("alone", "long", "night", "sleepless", "listless"))
    if "sleepless" in signs:
        return not signs.isdisjoint(("stays", "alone", "listless"))
    if "listless" in signs:
        return not signs.isdisjoint(("alone", "long", "night"))
    return {"stays", "alone", "long"} <= signs


def _is_at_ease(message: Message, signs: frozenset[str], start: int, end: int) -> bool:
    """Whether whoever is there enjoys it, has work there or was brought away. Duty explains no refusal with the wish for nothing."""
    if message.search.finds(_HANDED, message.head) or _around(message, _EASE, start, end):
        return True
    if {"refuses", "listless"} <= signs:
        return False
    return _around(message, _DUTY, start, end) or (is_laughing(message) and signs.isdisjoint(("sleepless", "listless")))
