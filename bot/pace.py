"""Keeping a platform's pace: how long a conversation must wait for its next message. Pure but for its own memory."""

from bisect import bisect_right, insort
from collections import defaultdict
from datetime import datetime, timedelta

from bot.channels.channel import Limit


class Pace:
    """Sliding windows for each conversation. Ordinary messages leave the reserved part of each window to alerts."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        self._sent: dict[str, list[datetime]] = defaultdict(list)
        self._longest = max((limit.per for limit in limits), default=timedelta(0))

    @property
    def memory(self) -> timedelta:
        """How far back a message still counts."""
        return self._longest

    def wait(self, conversation: str, now: datetime, *, alert: bool = False) -> timedelta:
        """How long until this conversation may get another message; zero: now."""
        sent = self._sent.get(conversation, [])
        waits = [timedelta(0)]
        for limit in self._limits:
            allowed = _allowed(limit, alert=alert)
            if len(sent) - bisect_right(sent, now - limit.per) >= allowed:
                waits.append(sent[-allowed] + limit.per - now)
        return max(waits)

    def left(self, conversation: str, now: datetime) -> int | None:
        """How many ordinary messages the conversation may get now; None: any number."""
        sent = self._sent.get(conversation, [])
        rooms = [_allowed(limit, alert=False) - len(sent) + bisect_right(sent, now - limit.per) for limit in self._limits]
        return max(min(rooms), 0) if rooms else None

    def note(self, conversation: str, moment: datetime) -> None:
        """A message was sent."""
        if self._limits:
            sent = self._sent[conversation]
            insort(sent, moment)
            del sent[: bisect_right(sent, moment - self._longest)]


def _allowed(limit: Limit, *, alert: bool) -> int:
    return limit.count if alert else limit.count - limit.reserved
