"""What to do when the platform says that the app calls too often: it does not say which of its limits that is, of the minute or the day."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SPENT: Final = 45009
"""The code with which every one of these limits refuses."""
WAITS: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""After the first refusals in a row; what refuses still is a limit of the day."""
ASKED_FOR_ALERTS: Final = timedelta(minutes=10)
"""So often an alert that no other channel takes is tried all the same."""
_PLATFORM: Final = ZoneInfo("Asia/Shanghai")
"""By the day of its zone the platform counts."""


class Allowance:
    """How long one way of speaking (to people, or into rooms) is closed: a minute, ten, an hour, then until the next day.

    `over_night` gives the end of the quiet hours for a moment within them: what was kept for long is not said in the night.
    """

    def __init__(self, over_night: Callable[[datetime], datetime]) -> None:
        self._over_night = over_night
        self._refusals = 0
        self._until: datetime | None = None

    @property
    def is_long(self) -> bool:
        """Whether it is more than some minutes."""
        return self._refusals >= len(WAITS)

    def left(self, now: datetime) -> timedelta | None:
        """How long it is still closed; None where it is open."""
        return None if self._until is None or now >= self._until else self._until - now

    def refused(self, now: datetime) -> timedelta:
        """The platform has refused; for how long it is closed. What was under way at the time of an earlier refusal says nothing new."""
        if self._until is None or now >= self._until:
            self._refusals += 1
            self._until = self._reopens(now)
        return self._until - now

    def _reopens(self, now: datetime) -> datetime:
        if not self.is_long:
            return now + WAITS[self._refusals - 1]
        day = datetime.combine(now.astimezone(_PLATFORM).date() + timedelta(days=1), time(), _PLATFORM)
        return self._over_night(day if self._refusals > len(WAITS) else min(now + WAITS[-1], day))

    def works(self) -> None:
        """The platform took something: whatever the limit was, it is over."""
        self._refusals, self._until = 0, None
