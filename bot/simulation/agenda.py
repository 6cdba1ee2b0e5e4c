"""What is going to happen, in order of time. Of two things at the same moment the one that was noted first comes first."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

from models.message import Message

Act = Callable[[], Message | None]
"""Something somebody does when its time comes; the message, where it says something to the bot."""


class Agenda:
    """Things to come: those of people. What the bot has promised is in its own rows."""

    def __init__(self) -> None:
        self._things: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def note(self, moment: datetime, act: Act) -> None:
        """Something will happen at a moment."""
        heapq.heappush(self._things, (moment, next(self._numbers), act))

    @property
    def next_at(self) -> datetime | None:
        """When the next thing happens; None where nothing will."""
        return self._things[0][0] if self._things else None

    def due(self, now: datetime) -> Iterator[Act]:
        """What happens by now, in order; also what is noted for now meanwhile."""
        while self._things and self._things[0][0] <= now:
            yield heapq.heappop(self._things)[2]
