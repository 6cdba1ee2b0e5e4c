"""On which days people work: the Chinese calendar, with its holidays and the weekends that are worked instead. Pure.

The State Council publishes the days of a year late in the year before; chinesecalendar holds them.
"""

from datetime import date, timedelta
from itertools import count
from typing import Final

import chinese_calendar
from chinese_calendar import Holiday

FIRST_YEAR: Final[int] = min(chinese_calendar.holidays).year
LAST_YEAR: Final[int] = max(chinese_calendar.holidays).year
SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=390)
"""From a holiday to the next of its kind, at the most: one by the moon comes after 384 days."""
# For years that are not published yet: month, day and usual length of those that have their place in the year …
_USUAL = {
    Holiday.new_years_day: (1, 1, 3),
    Holiday.tomb_sweeping_day: (4, 4, 3),
    Holiday.labour_day: (5, 1, 5),
    Holiday.national_day: (10, 1, 7),
}
# … and of those that follow the moon the first day (of the Spring Festival its eve) and how many days are free at least
_MOON = {
    Holiday.spring_festival: (
        "2027-02-05 2028-01-25 2029-02-12 2030-02-02 2031-01-22 2032-02-10 2033-01-30 2034-02-18 2035-02-07 2036-01-27",
        4,
    ),
    Holiday.dragon_boat_festival: (
        "2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12 2033-06-01 2034-06-20 2035-06-10 2036-05-30",
        1,
    ),
    Holiday.mid_autumn_festival: (
        "2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27 2035-09-16 2036-10-04",
        1,
    ),
}


def is_published(day: date) -> bool:
    """Whether it is known of that day's year when people are free."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_workday(day: date) -> bool:
    """Whether people work on that day; in a year that is not published yet from Monday to Friday, but for its usual holidays."""
    return bool(chinese_calendar.is_workday(day)) if is_published(day) else day.weekday() < SATURDAY and not _is_usually_free(day)


def usual(holiday: Holiday, today: date) -> tuple[date, date] | None:
    """The first and last day of a holiday that is not over on `today`, in a year that is not published yet; None where nobody knows."""
    if holiday in _MOON:
        written, length = _MOON[holiday]
        firsts = [date.fromisoformat(day) for day in written.split()]
    else:
        month, day, length = _USUAL[holiday]
        firsts = [date(year, month, day) for year in (today.year, today.year + 1)]
    spans = ((first, first + (length - 1) * _DAY) for first in firsts)
    return next((span for span in spans if today <= span[1] < today + _YEAR), None)


def _is_usually_free(day: date) -> bool:
    return any(span is not None and span[0] <= day for span in (usual(holiday, day) for holiday in (*_USUAL, *_MOON)))


def next_workday(day: date) -> date:
    """The first day after that one on which people work."""
    return next(later for number in count(1) if is_workday(later := day + timedelta(days=number)))
