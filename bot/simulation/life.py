"""A unit lives: the real bot on a clock that jumps from one thing to the next, of people's agenda and of what the bot has promised.

Nothing of the bot is replaced but its channels. It does nothing by itself meanwhile, so that the same seed leads to the same life.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.bot import Bot, ClockError
from bot.settings import ClockSettings, Settings, Watch
from bot.simulation.agenda import Agenda
from bot.simulation.channel import Post, SimulatedChannel, kinds
from bot.simulation.days import Days
from bot.simulation.reactions import Reactions
from bot.simulation.script import Script
from bot.simulation.unit import Unit, make
from bot.simulation.voice import Voice
from bot.wiring import open_store
from models import lived
from models.clock import ManualClock
from models.message import Message
from models.roster_rows import apply, difference
from services.audit import Fault

DAWN = time(5, 0)
"""When a simulated life begins and ends: before anybody is expected to check in."""


@dataclass(frozen=True)
class Plan:
    """How many members for how many days from which day, and the seed of all chance."""

    members: int
    days: int
    seed: int
    first: date


@dataclass(frozen=True)
class Past:
    """A life that was lived. `told`: the ids of the messages that reached the bot, `refused`: how many of these it did not take.

    `found`: how many of its own audits have found each fault; `moments`: at how many the clock stopped.
    """

    plan: Plan
    unit: Unit
    post: Post
    channels: tuple[SimulatedChannel, ...]
    said: Mapping[str, int]
    begin: datetime
    told: tuple[str, ...]
    refused: int
    found: Mapping[Fault, int]
    moments: int


Progress = Callable[[date, float], None]
"""Told which day it is and what share of the time has passed."""


def prepared(settings: Settings, folder: Path, keep: Path | None = None) -> Settings:
    """The unit's own rules over a database and a key of their own; no channel of the settings, nobody who hears a sign of life."""
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update={"url": f"sqlite:///{keep or folder / 'simulated.db'}"}),
            "privacy": settings.privacy.model_copy(
                update={"key_file": keep.with_name(keep.name + ".key") if keep is not None else folder / "simulated.key"}
            ),
            "watch": Watch(),
        }
    )


class Life:
    """One life of one unit."""

    def __init__(self, settings: Settings, plan: Plan, script: Script) -> None:
        self._zone = settings.organization.timezone
        self._plan = plan
        self._script = script
        self._begin = datetime.combine(plan.first, DAWN, self._zone)
        self._end = self._begin + timedelta(days=plan.days)
        self._settings = settings.model_copy(update={"clock": ClockSettings(kind="manual", start=self._begin)})
        self._unit = make(self._script, plan.members, plan.seed)
        self._post, self._voice, self._agenda = Post(), Voice(self._script), Agenda()
        self._days = Days(self._unit, self._script, self._voice, self._agenda, self._zone, plan.seed)
        self._told: list[str] = []
        self._refused = 0
        self._moments = 0

    async def live(self, progress: Progress) -> Past:
        """Live to the end; what is left of it is in the database."""
        store = open_store(self._settings, durable=False)
        await store.write(lambda session: apply(session, difference(session, self._unit.lines), self._begin))
        made = kinds(self._post, self._script.habits.channels, self._plan.seed, self._begin, self._plan.days)
        bot = Bot(self._settings, kinds=made, store=store)
        channels = tuple(channel for channel in bot.channels.values() if isinstance(channel, SimulatedChannel))
        await bot.start(by_itself=False)
        try:
            await self._go_on(bot, channels[0], progress)
        finally:
            await bot.stop()
        return Past(
            plan=self._plan,
            unit=self._unit,
            post=self._post,
            channels=channels,
            said=self._voice.said,
            begin=self._begin,
            told=tuple(self._told),
            refused=self._refused,
            found=bot.watch.found,
            moments=self._moments,
        )

    async def _go_on(self, bot: Bot, first: SimulatedChannel, progress: Progress) -> None:
        clock = bot.office.clock
        if not isinstance(clock, ManualClock):
            raise ClockError("a simulated life needs a clock that is moved")
        people = {person.id: self._unit.people[person.name] for person in bot.office.directory.people.values()}
        reactions = Reactions(people, self._script, self._days, self._voice, self._agenda)
        for number in range(self._plan.days + 1):
            day = self._plan.first + timedelta(days=number)
            begins = max(datetime.combine(day, time(), self._zone), self._begin)
            self._agenda.note(begins, partial(self._days.plan, day, begins))
        while True:
            due_at = await bot.catch_up()
            await self._hear(bot, reactions)
            now = min(moment for moment in (due_at, self._agenda.next_at, self._end) if moment is not None)
            progress(now.astimezone(self._zone).date(), (now - self._begin) / (self._end - self._begin))
            if now >= self._end:
                return
            clock.set(max(now, clock.now()))
            self._moments += 1
            await self._speak(bot, first, clock.now())

    async def _hear(self, bot: Bot, reactions: Reactions) -> None:
        """People hear what has just arrived at them."""
        arrived = self._post.take()
        if not arrived:
            return
        heard = await bot.store.read(partial(lived.heard, notice_ids=arrived))
        members = {notice.member_id for notice in heard}
        asked = await bot.store.read(partial(lived.asked, member_ids=members)) if members else []
        reactions.hear(heard, asked, bot.office.clock.now().astimezone(self._zone))

    async def _speak(self, bot: Bot, first: SimulatedChannel, now: datetime) -> None:
        """People do what they do now. What is said while the channel is out of order arrives when it works again."""
        messages = [message for act in self._agenda.due(now) if (message := act()) is not None]
        back_at = first.back_at(now)
        if back_at is not None:
            for message in messages:
                self._agenda.note(back_at, partial(_arrives, message))
            return
        self._told += [message.id for message in messages]
        outcomes = await asyncio.gather(*(bot.door.receive(message) for message in messages), return_exceptions=True)
        self._refused += sum(outcome is not None for outcome in outcomes)


def _arrives(message: Message) -> Message:
    return message
