"""The bot as a whole: builds its parts, starts them in order, stops them in reverse, and moves with a manual clock."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.channels import registry as channel_registry
from bot.channels.channel import State
from bot.channels.registry import ChannelKind
from bot.desk import Desk
from bot.door import Door
from bot.metrics import Metrics
from bot.platform_time import PlatformTime, passed_beside
from bot.sender import Sender
from bot.settings import Settings
from bot.unit import build_receiver, build_unit
from bot.watch import Watch
from bot.wiring import CLOCK, build_clock, open_store
from handlers.receive import Receiver
from models import outbox, promises
from models.clock import ManualClock
from models.promises import TimerKind
from models.store import Store, why
from models.tables.queue import TimerRow
from models.workdays import LAST_YEAR, is_published
from scheduler.registry import JOBS
from scheduler.runner import Runner, TimerAction
from services import follow_up, rounds
from services.office import Office
from services.work import Work

log = structlog.get_logger()

TICK_SECONDS = 1.0
AHEAD = timedelta(days=31)
"""So long before the working days end that this version knows, the log says so at each start."""


class ClockError(ValueError):
    """The clock cannot be moved so; the text says why."""


class Bot:
    """Everything that runs, but the web server. `kinds`: its channels, where they are not those that the settings turn on."""

    def __init__(
        self,
        settings: Settings,
        receiver: Receiver | None = None,
        kinds: Sequence[ChannelKind] | None = None,
        store: Store | None = None,
    ) -> None:
        kinds = channel_registry.enabled(settings.channels) if kinds is None else kinds
        self.settings = settings
        self.metrics = Metrics()
        self.store = store or open_store(settings)
        unit = build_unit(settings, {kind.name: kind.capabilities(settings.channels) for kind in kinds})
        self.office = Office(self.store, build_clock(settings, self.store), unit, settings.organization.name)
        self.receiver = receiver or build_receiver(settings)
        self.desk = Desk(self.office, self.receiver, self.metrics, self._wake)
        gap_from, site = settings.channels.gap_from, settings.web.own_site
        self.door = Door(self.office, self.desk, self.metrics, settings.queue.max_text, gap_from, site, self._wake)
        self.channels = {kind.name: kind.build(settings.channels, self.office) for kind in kinds}
        self._senders = [Sender(self.office, channel, settings.queue, self.metrics, self._wake) for channel in self.channels.values()]
        self.runner = Runner(self.office, settings.schedule, JOBS, self._timers(), self._wake)
        self.platform_time = PlatformTime(self.office.clock, passed_beside(self.office.clock))
        self.watch = Watch(
            self.office,
            self.runner,
            self.desk,
            self.channels,
            self.platform_time,
            settings.watch,
            settings.database.url,
            self.metrics,
            self._wake,
        )
        self._moving = asyncio.Lock()

    def _timers(self) -> dict[TimerKind, TimerAction]:
        return {
            TimerKind.CASE_CLIMB: _climb,
            TimerKind.CASE_LAPSE: _lapse,
            TimerKind.CASE_ASK_AGAIN: _ask_again,
            TimerKind.MESSAGE_RETRY: self._retry,
            TimerKind.HEALTH_LOST: _lost,
        }

    def _retry(self, work: Work, timer: TimerRow) -> str:
        received = self.receiver.retry(work, timer.ref)
        return "not_needed" if received is None else str(received.status)

    def _wake(self) -> None:
        for sender in self._senders:
            sender.wake()

    def states(self) -> dict[str, State]:
        """How each channel stands with its platform."""
        refusing = self.platform_time.refusing()
        return {name: State.CLOCK_OFF if name in refusing else channel.state for name, channel in self.channels.items()}

    async def start(self, *, by_itself: bool = True) -> None:
        """Read the directory, do what fell due while the bot was down, then receive, send and tick.

        Not `by_itself`: it only receives, and whoever moves the clock has it `catch_up`.
        """
        await self.office.reload()
        if isinstance(self.office.clock, ManualClock):
            # only one process moves a manual clock, and a clock that stands still never ends a lease
            await self.store.write(outbox.release_leases)
        await self.runner.open()
        self.desk.start()
        for channel in self.channels.values():
            await channel.start(self.door)
        await self.runner.run_due()
        await self.watch.look()
        for sender in self._senders:
            await sender.remember()
            if by_itself:
                sender.start()
        if by_itself:
            self.runner.start(self._tick, TICK_SECONDS)
        if not is_published(self.office.clock.now().date() + AHEAD):
            log.warning(
                "this version does not know the coming working days: holidays are taken as they usually are", until=f"{LAST_YEAR}-12-31"
            )
        log.info("started", channels=list(self.office.unit.channels), members=len(self.office.directory.people))

    async def stop(self) -> None:
        """Take nothing more, finish what is at hand, close the store."""
        async with self._moving:  # no tick and no move of the clock is under way
            self.runner.stop()
        await self.watch.stop()
        for sender in self._senders:
            await sender.stop()
        for channel in self.channels.values():
            await channel.stop()
        await self.desk.stop()
        self.store.close()
        log.info("stopped")

    async def _tick(self) -> None:
        if self._moving.locked():
            return  # whoever moves the clock does what is due
        async with self._moving:
            try:
                await self.office.reload_if_changed()
                await self.runner.run_due()
                await self.watch.look()
            except Exception as failure:  # noqa: BLE001  (a tick that fails is followed by the next one)
                log.error("tick failed", error=why(failure))

    async def move_clock(self, target: datetime) -> datetime:
        """Move a manual clock to `target` and do, in order, everything that falls due on the way.

        Back in time nothing is done and nothing is undone: the clock is set, and days that were done already are not done again.
        """
        clock = self.office.clock
        if not isinstance(clock, ManualClock):
            raise ClockError("this bot follows the machine's clock (clock.kind: system); only a manual clock can be moved")
        async with self._moving:
            if target < clock.now():
                clock.set(target)
                await self.runner.reset()
            else:
                await self._go(clock, target)
            await self.store.write(lambda session: promises.set_moment(session, CLOCK, target))
        return target

    async def _go(self, clock: ManualClock, target: datetime) -> None:
        while True:
            due_at = await self.catch_up()
            if clock.now() == target and (due_at is None or due_at > target):
                return
            clock.set(max(clock.now(), min(due_at or target, target)))

    async def catch_up(self) -> datetime | None:
        """Do and say everything that is due at the clock's present moment; when the next thing is due."""
        while True:
            await self.runner.run_due()
            for sender in self._senders:
                await sender.drain()
            if not await self.watch.look():  # else what it has put right may be due now
                return await self.next_due()

    async def next_due(self) -> datetime | None:
        """When the clock has something to do next: a slot, a timer, a notice that waits, a pace. Not later than now: at once."""
        now = self.office.clock.now()

        def ask(session: Session) -> list[datetime | None]:
            return [promises.next_timer(session), outbox.next_due(session, now, self.channels)]

        moments = [self.runner.next_slot(), *await self.store.read(ask), *[sender.opens() for sender in self._senders]]
        return min((moment for moment in moments if moment is not None), default=None)


def _climb(work: Work, timer: TimerRow) -> str:
    return follow_up.climb(work, timer.ref, timer.step, timer.due_at)


def _lapse(work: Work, timer: TimerRow) -> str:
    return follow_up.lapse(work, timer.ref, timer.step, timer.due_at)


def _lost(work: Work, timer: TimerRow) -> str:
    return rounds.lost(work, timer.ref, timer.due_at)


def _ask_again(work: Work, timer: TimerRow) -> str:
    return follow_up.ask_again(work, timer.ref, timer.step)
