"""Keeping a platform's pace: how long a conversation must wait for its next message. Pure but for its own memory."""

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channels.channel import Limit

_NOTHING = timedelta(0)
_Message = tuple[datetime, tuple[float, ...]]
"""When it was sent, and what was drawn for each limit; with one chance for all, each minute would have the rhythm of the last."""
_ALL = None
"""What all conversations together are remembered under."""


class Pace:
    """Sliding windows, for each conversation and for all together. Ordinary messages leave the reserved part of each to alerts.

    A limit of a single message is a pause: it has no part to reserve, so that alerts do not keep it, but what follows an alert does.
    Where the platform refused something all the same, the conversation waits for as long as it said. Alerts are tried nevertheless: it
    may count otherwise, and a refusal sends them another way.
    `chance` gives numbers from 0 to 1: by what part of each limit's jitter a message counts longer, drawn once, when it was sent.
    """

    def __init__(self, limits: tuple[Limit, ...], chance: Callable[[], float] = random.random) -> None:
        self._limits = limits
        self._chance = chance
        self._sent: dict[str | None, list[_Message]] = defaultdict(list)
        self._refused: dict[str, tuple[datetime, datetime]] = {}
        """Since when, and until when, the platform takes nothing there."""
        self._longest = max((limit.per + limit.jitter for limit in limits), default=_NOTHING)
        self._counts = {limit.whole for limit in limits}

    @property
    def memory(self) -> timedelta:
        """How far back a message still counts."""
        return self._longest

    def wait(self, conversation: str, now: datetime, *, alert: bool = False) -> timedelta:
        """How long until this conversation may get another message; zero: now."""
        kept = [number for number, limit in enumerate(self._limits) if not (alert and limit.count == 1)]
        waits = (self._wait(number, conversation, now, alert=alert) for number in kept)
        return max((_NOTHING if alert else self._until_taken(conversation, now), *waits))

    def pause(self, now: datetime) -> timedelta:
        """How long until any conversation at all may get an ordinary message; zero: now."""
        whole = [number for number, limit in enumerate(self._limits) if limit.whole]
        return max((self._wait(number, _ALL, now, alert=False) for number in whole), default=_NOTHING)

    def left(self, conversation: str, now: datetime) -> int | None:
        """How many ordinary messages the conversation may get now; None: any number."""
        if self._until_taken(conversation, now):
            return 0
        rooms = [_allowed(limit, alert=False) - len(self._ends(number, conversation, now)) for number, limit in enumerate(self._limits)]
        return max(min(rooms), 0) if rooms else None

    def note(self, conversation: str, moment: datetime) -> None:
        """A message was sent."""
        message = (moment, tuple(self._chance() for _ in self._limits))
        for whole in self._counts:
            sent = self._sent[_ALL if whole else conversation]
            del sent[bisect_right(sent, moment, key=_moment) :]
            sent.append(message)
            del sent[: bisect_right(sent, moment - self._longest, key=_moment)]

    def refused(self, conversation: str, moment: datetime, span: timedelta) -> None:
        """The platform has said that it takes nothing there for so long: others may write there too, or it counts otherwise."""
        self._refused[conversation] = moment, moment + span

    def _until_taken(self, conversation: str, now: datetime) -> timedelta:
        since, until = self._refused.get(conversation, (now, now))
        if since <= now < until:
            return until - now
        self._refused.pop(conversation, None)  # it is over, or was said by a clock that was ahead
        return _NOTHING

    def _wait(self, number: int, conversation: str | None, now: datetime, *, alert: bool) -> timedelta:
        ends, allowed = self._ends(number, conversation, now), _allowed(self._limits[number], alert=alert)
        return ends[-allowed] - now if len(ends) >= allowed else _NOTHING

    def _ends(self, number: int, conversation: str | None, now: datetime) -> list[datetime]:
        """When each message that the limit of that number counts now will count no more, in order.

        What was sent later than now, by a clock that was ahead, does not count: the next message that is noted lets it be forgotten.
        """
        limit = self._limits[number]
        sent = self._sent.get(_ALL if limit.whole else conversation, [])
        recent = sent[bisect_right(sent, now - limit.per - limit.jitter, key=_moment) : bisect_right(sent, now, key=_moment)]
        return sorted(end for moment, chances in recent if (end := moment + limit.per + chances[number] * limit.jitter) > now)


def _moment(message: _Message) -> datetime:
    return message[0]


def _allowed(limit: Limit, *, alert: bool) -> int:
    return limit.count if alert else limit.count - limit.reserved
