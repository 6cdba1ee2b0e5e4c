"""Keeping a platform's pace: how long a conversation must wait for its next message. Pure but for its own memory."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)


class Pace:
    """A sliding window of one minute for each conversation."""

    def __init__(self, per_minute: int | None) -> None:
        self._limit = per_minute
        self._sent: dict[str, deque[datetime]] = defaultdict(deque)

    def wait(self, conversation: str, now: datetime) -> timedelta:
        """How long until this conversation may get another message; zero: now."""
        if self._limit is None:
            return timedelta(0)
        sent = self._sent[conversation]
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        return sent[0] + WINDOW - now if len(sent) >= self._limit else timedelta(0)

    def note(self, conversation: str, now: datetime) -> None:
        """A message was sent."""
        if self._limit is not None:
            self._sent[conversation].append(now)
