"""Setting the stage of a story otherwise than the fixtures do: other settings, a clock that is not moved by hand, a channel that fails."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from bot.bot import Bot
from bot.channels import registry
from bot.channels.channel import Door, Limit, Outgoing, Sent, State
from bot.channels.registry import CHANNELS, ChannelKind
from bot.channels.sandbox.adapter import CAPABILITIES
from bot.channels.settings import Channels
from bot.settings import ClockSettings, Settings
from models.capabilities import Capabilities
from models.clock import Clock
from models.outbox import NoticeKind
from models.policies import Policies, Schedule
from models.tables.base import Base
from models.tables.queue import NoticeRow
from models.tables.unit import AccountRow
from services.office import Office
from services.work import Work
from tests.moving_in import seed_demo
from tests.story import Story

Row = TypeVar("Row", bound=Base)


def changed(settings: Settings, **sections: dict[str, Any]) -> Settings:
    """The settings with some keys of some sections replaced."""
    return settings.model_copy(update={name: getattr(settings, name).model_copy(update=keys) for name, keys in sections.items()})


def with_ladder(settings: Settings, kind: str, urgency: str, **ladder: Any) -> Settings:
    """The settings with some keys of one ladder replaced, as config.yaml would."""
    policies = settings.policies.model_dump()
    policies[kind][urgency] |= ladder
    return changed(settings, policies=Policies.model_validate(policies).__dict__)


def only_jobs(settings: Settings, **jobs: dict[str, Any]) -> Settings:
    """The settings with no job but the named ones, changed as given."""
    plans = Schedule().jobs()
    schedule = {name: plan.model_copy(update=jobs.get(name, {"enabled": False})) for name, plan in plans.items()}
    return changed(settings, schedule=schedule)


def starting(settings: Settings, moment: str) -> Settings:
    """The settings with a clock that starts elsewhere, in China's time."""
    return changed(settings, clock={"start": datetime.fromisoformat(f"{moment}:00+08:00")})


@asynccontextmanager
async def told(settings: Settings) -> AsyncIterator[Story]:
    """The demo unit with those settings, running."""
    seed_demo(settings)
    story = Story(settings)
    await story.open()
    try:
        yield story
    finally:
        await story.close()


class WallClock:
    """Stands for the machine's clock: it goes on while the bot is down, and the bot cannot move it."""

    def __init__(self, moment: str) -> None:
        self.to(moment)

    def to(self, moment: str) -> None:
        """It becomes this time in China."""
        self._now = datetime.fromisoformat(f"{moment}:00+08:00")

    def now(self) -> datetime:
        """The present moment."""
        return self._now


def by_the_wall_clock(settings: Settings, clock: Clock) -> Bot:
    """A bot that follows a clock like the machine's. The unit must be seeded."""
    bot = Bot(settings.model_copy(update={"clock": ClockSettings()}))
    bot.office.clock = clock
    return bot


async def tick(bot: Bot) -> None:
    """What the bot does every second: all that is due, then everything that is to be sent."""
    await bot._tick()
    for sender in bot._senders:
        await sender.drain()


async def rows(story_or_bot: Story | Bot, table: type[Row]) -> list[Row]:
    """Every row of a table, in the order of writing."""
    bot = story_or_bot.bot if isinstance(story_or_bot, Story) else story_or_bot
    order = list(table.__mapper__.primary_key)
    return await bot.store.read(lambda session: list(session.scalars(select(table).order_by(*order))))


async def notices(story_or_bot: Story | Bot, kind: NoticeKind) -> list[NoticeRow]:
    """Every notice of a kind, in the order of decision."""
    return [row for row in await rows(story_or_bot, NoticeRow) if row.kind == kind]


class Courier:
    """A platform that is not ours: it notes what is handed to it, and fails when `trouble` says so."""

    max_bytes: int | None = None

    def __init__(
        self, office: Office, per_minute: int | None = None, name: str = "sandbox", capabilities: Capabilities = CAPABILITIES
    ) -> None:
        self.name = name
        self.capabilities = capabilities
        self.limits = () if per_minute is None else (Limit(per_minute, timedelta(minutes=1)),)
        self.tries: list[tuple[datetime, Outgoing]] = []
        self.sent: list[tuple[datetime, Outgoing]] = []
        self.trouble: Callable[[Outgoing], Awaitable[None]] | None = None
        self.state = State.ONLINE
        self._office = office

    async def start(self, door: Door) -> None:
        """Nothing is heard from here."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Take a notice, or fail."""
        self.tries.append((self._office.clock.now(), outgoing))
        if self.trouble is not None:
            await self.trouble(outgoing)
        self.sent.append((self._office.clock.now(), outgoing))
        return Sent()

    def fails(self, error: Exception, *, to: str | None = None) -> None:
        """From now on every sending (to one member) fails with `error`."""

        async def trouble(outgoing: Outgoing) -> None:
            if to is None or outgoing.address == to:
                raise error

        self.trouble = trouble

    def works(self) -> None:
        """From now on sending works."""
        self.trouble = None

    def received(self, who: str) -> list[tuple[datetime, str]]:
        """What arrived at one member, and when."""
        return [(at, outgoing.text) for at, outgoing in self.sent if outgoing.address == who]


def hire(monkeypatch: pytest.MonkeyPatch, per_minute: int | None = None, limits: tuple[Limit, ...] = ()) -> list[Courier]:
    """Every bot that is built from now on sends through a courier; they are added to the list in that order."""
    couriers: list[Courier] = []

    def build(_channels: Channels, office: Office) -> Courier:
        couriers.append(Courier(office, per_minute))
        couriers[-1].limits += limits
        return couriers[-1]

    monkeypatch.setattr(registry, "CHANNELS", (ChannelKind("sandbox", lambda _channels: True, lambda _channels: CAPABILITIES, build),))
    return couriers


class Ways:
    """Couriers for other channels, which come before the sandbox; every member has an account on each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **kinds: Capabilities) -> None:
        self.couriers: dict[str, Courier] = {}
        self.limits: tuple[Limit, ...] = ()
        self.max_bytes: int | None = None
        made = tuple(self._kind(name, able) for name, able in kinds.items())
        monkeypatch.setattr(registry, "CHANNELS", (*made, CHANNELS[0]))

    def _kind(self, name: str, able: Capabilities) -> ChannelKind:
        def build(_channels: Channels, office: Office) -> Courier:
            courier = Courier(office, name=name, capabilities=able)
            courier.limits, courier.max_bytes = self.limits, self.max_bytes
            self.couriers[name] = courier
            return courier

        return ChannelKind(name, lambda _channels: True, lambda _channels: able, build)

    async def give_accounts(self, story: Story) -> None:
        def give(work: Work) -> None:
            for person in work.directory.people.values():
                for name in self.couriers:
                    work.session.add(AccountRow(channel=name, address=person.name, member_id=person.id, confirmed_at=work.now))
            work.directory_changed = True

        await story.bot.office.write(give)


def seconds(times: list[datetime]) -> list[float]:
    """The spans between moments that follow each other."""
    return [(later - earlier) / timedelta(seconds=1) for earlier, later in pairwise(times)]
