"""On which days people work: the Chinese calendar, with its holidays and the weekends that are worked instead. Pure.

The State Council publishes the days of a year late in the year before; chinesecalendar holds them.
"""

from datetime import date, timedelta
from itertools import count
from typing import Final

import chinese_calendar

FIRST_YEAR: Final[int] = min(chinese_calendar.holidays).year
LAST_YEAR: Final[int] = max(chinese_calendar.holidays).year
SATURDAY: Final = 5


def is_published(day: date) -> bool:
    """Whether it is known of that day's year when people are free."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_workday(day: date) -> bool:
    """Whether people work on that day; in a year that is not published yet from Monday to Friday."""
    return bool(chinese_calendar.is_workday(day)) if is_published(day) else day.weekday() < SATURDAY


def next_workday(day: date) -> date:
    """The first day after that one on which people work."""
    return next(later for number in count(1) if is_workday(later := day + timedelta(days=number)))
