"""Who is under watch, since when, and who is well again; and whose temperature has risen. Pure: days in, what follows from them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median

from models.policies import Watching

REMEMBERED = timedelta(days=60)
"""How far back an illness may have begun."""
OWN_DAYS = timedelta(days=14)
"""The days before a temperature with which it is compared."""
FEWEST = 5
"""With fewer temperatures there is nothing to compare with."""


class Health(Enum):
    """How somebody was on a day."""

    WELL = "well"
    UNCERTAIN = "uncertain"
    """Heard of, but neither well nor ill: 好多了."""
    ILL = "ill"
    """Anything abnormal on that day, whatever was measured afterwards."""


@dataclass(frozen=True)
class Illness:
    """A time under watch: from the first abnormal day to the last of the normal ones; `over` None: it lasts."""

    since: date
    over: date | None = None


def illnesses(days: Mapping[date, Health], today: date, normal_days: int) -> list[Illness]:
    """Every time under watch, in order. Today cannot end one: it may still bring a relapse. A day without a word is no normal day."""
    found: list[Illness] = []
    since: date | None = None
    normal = 0
    for day in _each(min(days, default=today), today):
        health = days.get(day)
        if health is Health.ILL:
            since, normal = since or day, 0
        elif since is not None and day < today:
            normal = normal + 1 if health is Health.WELL else 0
            if normal == normal_days:
                found.append(Illness(since, day))
                since = None
    return found if since is None else [*found, Illness(since)]


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class State(Enum):
    """How it stands with somebody who is under watch."""

    WATCHED = "watched"
    OVERDUE = "overdue"
    """What was asked waits for its answer for too long."""
    LOST = "lost"
    """Not heard of at all for too long."""


@dataclass(frozen=True)
class Contact:
    """When somebody under watch was last heard of and asked.

    `reported`: the last check-in; `heard`: the last word of any kind; `asked`: the rounds, in order; `away`: on leave or in hospital.
    """

    reported: datetime
    heard: datetime
    asked: Sequence[datetime]
    away: bool

    def state(self, now: datetime, policy: Watching) -> State:
        """How it stands at a moment. Of one who is away no answer is overdue: they are looked after where they are."""
        lost_at = self.lost_at(policy)
        if lost_at is not None and lost_at <= now:
            return State.LOST
        overdue = self.waits_since is not None and self.waits_since + policy.answer_within <= now
        return State.OVERDUE if overdue and not self.away else State.WATCHED

    @property
    def waits_since(self) -> datetime | None:
        """Since when a round's question waits for its answer."""
        return self._first_asked(self.reported)

    def lost_at(self, policy: Watching) -> datetime | None:
        """From when on somebody counts as lost who says no more; None where nobody has asked since. A question before it gets its time."""
        lost_at: datetime | None = None
        for asked in self.asked:
            if asked > self.heard and (lost_at is None or asked < lost_at):
                silent = self.heard + policy.lost_after * (2 if self.away else 1)
                lost_at = max(lost_at or silent, asked + policy.answer_within)
        return lost_at

    def _first_asked(self, since: datetime) -> datetime | None:
        return next((at for at in self.asked if at > since), None)


def rise(temperature: float, earlier: Sequence[float], policy: Watching, fever: float) -> float | None:
    """By how much a temperature that is no fever lies above the median of earlier ones; None where that is not worth a word.

    In halves of a tenth, in which medians of tenths are whole numbers, so that 0.6 is 0.6.
    """
    if temperature >= fever or len(earlier) < FEWEST:
        return None
    above = round(temperature * 20) - round(median(round(t * 10) for t in earlier) * 2)
    return above / 20 if above >= round(policy.rise * 20) else None
