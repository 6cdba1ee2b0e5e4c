"""Limits of frequency: so many in so long, by whom they are counted."""

from collections import defaultdict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Windows:
    """Sliding windows, one for each key."""

    def __init__(self) -> None:
        self._taken: dict[Hashable, deque[datetime]] = defaultdict(deque)

    def take(self, key: Hashable, now: datetime, *limits: tuple[int, timedelta]) -> bool:
        """Count one more if every limit still allows it; whether it does."""
        taken = self._taken[key]
        longest = max(span for _, span in limits)
        while taken and taken[0] <= now - longest:
            taken.popleft()
        if any(len(taken) >= most and taken[-most] > now - span for most, span in limits):
            return False
        taken.append(now)
        return True
