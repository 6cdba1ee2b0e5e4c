"""What keeps people alive at work (breathing apparatus, ropes, radios, brakes) fails, and the next duty is tonight or tomorrow morning.

A set that leaks may be sent to the workshop; where somebody must go in with it in an hour, that cannot wait. What is mended is no need.
"""

import re

from handlers.reading.frame import is_laughing
from handlers.reading.hardship.others import is_told_now
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_LIST = "hardships.gear"
_FAILS, _SOON, _MENDED = f"{_LIST}.fails", f"{_LIST}.soon", f"{_LIST}.mended"
_APART = 30  # characters between what fails and the duty for which it is needed
_MOST = 20  # places of either that are looked at


def failing(message: Message) -> Place | None:
    """Where gear is said to fail before the next duty, or None."""
    search, head = message.search, message.head
    if not {_FAILS, _SOON} <= search.possible.keys() or is_laughing(message):
        return None
    duties = search.all(_SOON, head)[:_MOST]
    for fails in search.all(_FAILS, head)[:_MOST] if duties else ():
        ordered = message.speech.at(fails.start()) in message.speech.orders
        if ordered or not any(_is_near(fails, soon) for soon in duties) or not is_told_now(message, fails.start()):
            continue
        if search.finds(_MENDED, head):
            message.leave_out("categories:supplies", fails.span(), "hardship.mended")
            return None
        return Place(*fails.span(), _FAILS)
    return None


def _is_near(fails: re.Match[str], soon: re.Match[str]) -> bool:
    """Whether the duty is told beside what fails, in a breath ("一会儿就断，昨天演练" is none)."""
    apart = max(soon.start() - fails.end(), fails.start() - soon.end())
    return apart <= _APART and "," not in soon.group()
