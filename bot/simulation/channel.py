"""The channels of a simulated unit. They take what the bot says, and are out of order for a while as the seed has it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.channels.channel import Door, Limit, Outgoing, SendError, Sent, State
from bot.channels.registry import ChannelKind
from bot.simulation.script import Trouble, in_minutes
from models.capabilities import Capabilities, Hears, Push
from models.roster_accounts import SANDBOX, WECOM_APP
from services.office import Office

FIRST, SECOND = SANDBOX, WECOM_APP
"""Everybody is heard and reached on the first one, some are reached on the second too; the roster gives accounts on both."""
DAY_MINUTES = 24 * 60

CAPABILITIES = {
    FIRST: Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS, images=True, captions=True),
    SECOND: Capabilities(hears=Hears.NOTHING, private=True, rooms=Push.NEVER, people=Push.ALWAYS),
}


@dataclass(frozen=True)
class Outage:
    """A time in which a channel neither hears nor sends."""

    begin: datetime
    end: datetime


@dataclass
class Post:
    """What was handed over on all channels. `failed_first`: when a notice that did not go through was tried first.

    `late`: how long those that went through later had waited by then; `twice`: how many the platform took more than once.
    """

    delivered: list[int] = field(default_factory=list)
    failed_first: dict[int, datetime] = field(default_factory=dict)
    late: dict[int, timedelta] = field(default_factory=dict)
    twice: int = 0
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def take(self) -> list[int]:
        """The notices that arrived since this was asked last."""
        delivered, self.delivered = self.delivered, []
        return delivered

    def arrived(self, outgoing: Outgoing, now: datetime) -> None:
        """A platform took it."""
        part = (outgoing.notice_id, outgoing.part)
        if part in self._taken:
            self.twice += 1
            return
        self._taken.add(part)
        tried_at = self.failed_first.get(outgoing.notice_id)
        if tried_at is not None:
            self.late[outgoing.notice_id] = now - tried_at
        if outgoing.part == 0:
            self.delivered.append(outgoing.notice_id)

    def refused(self, outgoing: Outgoing, now: datetime) -> None:
        """A platform did not take it."""
        self.failed_first.setdefault(outgoing.notice_id, now)


class SimulatedChannel:
    """One platform that fails as told."""

    limits: tuple[Limit, ...] = ()
    max_bytes: int | None = None

    def __init__(self, name: str, office: Office, post: Post, outages: tuple[Outage, ...], failures: float, chance: Random) -> None:
        self.name = name
        self.capabilities = CAPABILITIES[name]
        self.outages = outages
        self._office = office
        self._post = post
        self._failures = failures
        self._chance = chance

    @property
    def state(self) -> State:
        """Whether it works now."""
        return State.ONLINE if self.back_at(self._office.clock.now()) is None else State.CONNECTING

    def back_at(self, moment: datetime) -> datetime | None:
        """When it works again, where it is out of order at a moment."""
        return next((outage.end for outage in self.outages if outage.begin <= moment < outage.end), None)

    async def start(self, door: Door) -> None:
        """What people say is handed to the door by the simulation."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Take something, or fail."""
        now = self._office.clock.now()
        if self.back_at(now) is not None:
            self._post.refused(outgoing, now)
            raise SendError("out_of_order", retry=True)
        if self._chance.random() < self._failures:
            self._post.refused(outgoing, now)
            raise SendError("busy", retry=True)
        self._post.arrived(outgoing, now)
        return Sent()


def kinds(post: Post, trouble: Trouble, seed: int, begin: datetime, days: int) -> tuple[ChannelKind, ...]:
    """Both channels, as the bot builds them."""
    return tuple(_kind(name, post, trouble, seed, begin, days) for name in CAPABILITIES)


def _kind(name: str, post: Post, trouble: Trouble, seed: int, begin: datetime, days: int) -> ChannelKind:
    outages = tuple(_outages(trouble, Random(f"{seed}/outages of {name}"), begin, days))  # noqa: S311  (the same for the same seed)
    chance = Random(f"{seed}/{name}")  # noqa: S311
    return ChannelKind(
        name,
        lambda _channels: True,
        lambda _channels: CAPABILITIES[name],
        lambda _channels, office: SimulatedChannel(name, office, post, outages, trouble.single_failures, chance),
    )


def _outages(trouble: Trouble, chance: Random, begin: datetime, days: int) -> Iterator[Outage]:
    """As many as usual; one begins after the other is over."""
    moment, end = begin, begin + timedelta(days=days)
    while trouble.outages:
        moment += timedelta(minutes=round(chance.expovariate(trouble.outages) * DAY_MINUTES))
        if moment >= end:
            return
        lasts = in_minutes(trouble.outage.median) * chance.lognormvariate(0, trouble.outage.spread)
        outage = Outage(moment, moment + timedelta(minutes=round(min(lasts, in_minutes(trouble.outage.longest))) + 1))
        yield outage
        moment = outage.end
