"""On which days a job runs."""

from datetime import date
from typing import Literal

from models.workdays import is_workday


def runs_on(day: date, days: Literal["workdays", "daily"]) -> bool:
    """Whether a job with that setting runs on a day."""
    return days == "daily" or is_workday(day)
