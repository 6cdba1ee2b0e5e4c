"""What looks too regular to be said with care: a sign that the daily question costs too much, never that somebody is at fault.

Pure. Nothing of it is kept: what people wrote is compared in memory, and only a number of people comes out.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

CHECKIN_DAYS = 14
"""How many check-in days are looked at."""
SAME_DAYS = 10
"""On so many of them the same makes a habit …"""
SAME_SHARE = 0.9
"""… where it is so much of what was said at all."""
REPORT_DAYS = 7
"""How many daily reports of one person are looked at."""
OWN_DAYS = 5
"""So many of them repeat the one before."""
OTHERS_DAYS = 4
"""So many of them are those of somebody else of that day."""

Reports = Mapping[date, str]
"""The daily reports of one person, as `plain` makes them."""


def always_the_same(values: Sequence[object]) -> bool:
    """Whether what was reported on the last check-in days (a temperature, a minute) is nearly always the same."""
    ((_, most),) = Counter(values).most_common(1) or ((None, 0),)
    return most >= SAME_DAYS and most >= SAME_SHARE * len(values)


def plain(*parts: str | None) -> str:
    """A report without what does not make it another one: spaces, punctuation, wide and capital letters. "" where it says nothing."""
    texts = (unicodedata.normalize("NFKC", part or "").lower() for part in parts)
    found = ["".join(letter for letter in text if letter.isalnum()) for text in texts]
    return "\n".join(found) if any(found) else ""


def repeats_itself(own: Reports) -> bool:
    """Whether most of the last reports are the one before them again."""
    days = sorted(own, reverse=True)[: REPORT_DAYS + 1]
    return sum(own[day] == own[before] for day, before in pairwise(days)) >= OWN_DAYS


def repeats_others(own: Reports, others: Sequence[Reports]) -> bool:
    """Whether many of the last reports are word for word those of somebody else of the same day."""
    days = sorted(own, reverse=True)[:REPORT_DAYS]
    return sum(any(other.get(day) == own[day] for other in others) for day in days) >= OTHERS_DAYS
