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
        self._blocked: dict[Hashable, datetime] = {}

    def take(self, key: Hashable, now: datetime, *limits: tuple[int, timedelta], blocks: bool = False) -> bool:
        """Count one more if every limit still allows it; whether it does.

        `blocks`: whoever goes beyond is then taken nothing from for as long as the limit counts, as where the code is 45009.
        """
        if now < self._blocked.get(key, now):
            return False
        taken = self._taken[key]
        longest = max(span for _, span in limits)
        while taken and taken[0] <= now - longest:
            taken.popleft()
        full = [span for most, span in limits if len(taken) >= most and taken[-most] > now - span]
        if full:
            if blocks:
                self._blocked[key] = now + max(full)
            return False
        taken.append(now)
        return True
