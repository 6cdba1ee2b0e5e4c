"""Working days by the Chinese calendar, with its holidays and the weekends that are worked instead."""

from datetime import date
from typing import Literal

import chinese_calendar

SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether people work on that day. For years whose holidays are not published yet: Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # what the package says of a year that is not published
        return day.weekday() < SATURDAY


def runs_on(day: date, days: Literal["workdays", "daily"]) -> bool:
    """Whether a job with that setting runs on a day."""
    return days == "daily" or is_workday(day)
