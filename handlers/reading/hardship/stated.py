"""Where words of difficulty are stated: told, of somebody who matters, as it is now."""

import re

from handlers.reading.hardship.others import is_long_ago, is_supposed, of_animal, of_others
from handlers.reading.message import LONGEST, Message
from handlers.reading.reasons import Place

DESPAIR, URGENT, PRESSING = "hardships.despair", "hardships.urgent", "hardships.pressing"
ONCE = "hardships.once"
_UNSAID, _ANSWERED = "hardships.unsaid", "hardships.answered"
_CALLS = (URGENT, PRESSING, "hardships.plea")  # an order does not undo them: "讨债的人在砸门", "赶紧派人"
_QUOTED = (DESPAIR, URGENT, "hardships.strong.psychological")  # also where somebody's own words are quoted: “对不起大家”
_AGAIN = re.compile(r"又(?:走|丢|不见|晕|昏|没|找|跑|摔|失)|到现在|还没|找不|没找|没回|不见了")  # it happens now as well
_LEAD = 6  # characters before a word in which its denial begins ("没有什么困难")
_LABEL = 2  # characters of a word that ends a label (困难, 问题)
_LITTLE = 4  # characters behind an event in which it may be said to have been once


def first_place(message: Message, key: str) -> Place | None:
    """The first place where a pattern occurs in a clause that supposes or orders nothing."""
    for match in message.search.all(key, message.surface.spoken[:LONGEST]) if key in _QUOTED else message.all(key):
        against = _against(message, key, match.start()) or _unsaid(message, key, *match.span())
        if not against:
            return Place(*match.span(), key)
        message.leave_out(_field(key), match.span(), against)
    return None


def _unsaid(message: Message, key: str, start: int, end: int) -> str:
    """What asks or denies within words of difficulty ("够不够"), or says that it was urgent once; "" where nothing does."""
    denied = message.search.all(_UNSAID, message.head, max(0, start - _LEAD), end)
    if any(m.start() >= start or m.end() == end for m in denied):
        return _UNSAID
    if any(message.search.at(_ANSWERED, message.head, place) is not None for place in (end, end - _LABEL)):
        return _ANSWERED
    once = message.search.first(ONCE, message.head, start, end + _LITTLE) if key == URGENT else None
    return "" if once is None or _AGAIN.search(message.head, once.end()) else ONCE


def _field(key: str) -> str:
    """The value for which a list of the lexicon speaks."""
    kind, _, category = key.removeprefix("hardships.").partition(".")
    return f"categories:{category}" if category else "urgent" if kind in ("urgent", "pressing", "plea") else "hardship"


def _against(message: Message, key: str, position: int) -> str:
    """Why words of difficulty do not count there; "" where they do."""
    speech = message.speech
    number = speech.at(position)
    if ".weak." in key and number in speech.questions:
        return "frames.question"
    told = of_others(message, number, position)
    if told or key == DESPAIR:
        return told
    if (key.endswith(".health") or key == URGENT) and of_animal(message, position):
        return "family.outsiders"
    if key == URGENT and is_long_ago(message, number):
        return "days.past"
    if is_supposed(message, number, position):
        return "frames.condition"
    return "frames.order" if number in speech.orders and key not in _CALLS else ""
