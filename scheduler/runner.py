"""The runner: finds what is due, in order, and does each thing once. APScheduler gives the arithmetic of daily times.

A slot is claimed in the transaction that runs it, so any number of processes runs it once. One found late says how late; one found
after its window is noted as stale and dropped. Timers are never dropped.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial

import structlog
from apscheduler.triggers.cron import CronTrigger

from models import promises
from models.policies import JobSchedule, Schedule
from models.promises import TOLD_AFTER, SlotOutcome, TimerKind
from models.store import why
from models.tables.queue import TimerRow
from scheduler.calendar import runs_on
from scheduler.job import Job, Slot
from services import operations
from services.office import Office
from services.set_back import take_back
from services.work import Work

log = structlog.get_logger()

SLOT_RETRY = timedelta(minutes=1)
TIMER_BATCH = 100
TIMER_RETRY = timedelta(minutes=1)
SLOT_GRACE = timedelta(minutes=5)
"""So long after its time a slot that no process has taken counts as forgotten."""

LONG_AGO = datetime.min.replace(tzinfo=UTC) + timedelta(days=2)
SET_BACK = timedelta(minutes=1)
"""A clock that goes back further than this was wrong before."""

TimerAction = Callable[[Work, TimerRow], str]


@dataclass(frozen=True)
class Due:
    """A job and the slot at which it is due."""

    job: Job
    schedule: JobSchedule
    slot_at: datetime


class Runner:
    """Does what is due at the clock's time. `spoken` is called after work that may have decided notices."""

    def __init__(
        self,
        office: Office,
        schedule: Schedule,
        jobs: Sequence[Job],
        timers: Mapping[TimerKind, TimerAction],
        spoken: Callable[[], None],
    ) -> None:
        self._office = office
        self._jobs = [(job, schedule.jobs()[job.name]) for job in jobs if schedule.jobs()[job.name].enabled]
        self._plans = {job.name: (job, plan) for job, plan in self._jobs}
        self._triggers = {
            job.name: CronTrigger(hour=plan.at.hour, minute=plan.at.minute, timezone=office.unit.zone) for job, plan in self._jobs
        }
        self._known_fires: dict[str, tuple[datetime, datetime]] = {}
        self._timers = timers
        self._spoken = spoken
        self._cursor: datetime | None = None
        self._owed: list[Due] = []
        self._looked_until: datetime | None = None
        self._scopes: deque[frozenset[tuple[str, str]]] = deque(maxlen=2)
        self._try_again_at: datetime | None = None
        self._failed_looked_at = LONG_AGO
        self._ticks: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Learn how far the schedule was done; at the very first start nothing before now is owed."""
        self._cursor = await self._office.store.read(lambda session: promises.get_moment(session, promises.DONE_UNTIL))
        if self._cursor is None:
            await self.reset()
        self._looked_until = self._cursor
        self._owed = await self._of_new_hours()
        self._scopes.extend([self._all_scopes()] * 2)
        self._try_again_at = self._office.clock.now()  # an earlier process may have left slots that failed

    async def _of_new_hours(self) -> list[Due]:
        """What would have been due today if its hour had been what it is now; whoever ran at the old one is left out later."""
        hours = {job.name: f"{plan.at:%H:%M}" for job, plan in self._jobs}
        moved = await self._office.store.write(partial(promises.note_hours, hours=hours))
        if self._cursor is None or not moved:
            return []
        midnight, _ = self._day_of(self._office.clock.now())
        return [due for due in self.slots(midnight - timedelta(microseconds=1), self._cursor) if due.job.name in moved]

    def _day_of(self, moment: datetime) -> tuple[datetime, datetime]:
        """Where the local day of a moment begins and ends."""
        zone = self._office.unit.zone
        day = moment.astimezone(zone).date()
        return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)

    async def reset(self) -> None:
        """Nothing before the clock's present moment is owed: the first start, or the sandbox's clock was set back."""
        self._cursor = self._looked_until = now = self._office.clock.now()
        await self._office.store.write(lambda session: promises.set_moment(session, promises.DONE_UNTIL, now))

    def start(self, tick: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Call `tick` again and again until `stop`, so many seconds after it was done, whatever the machine's clock is set to meanwhile."""

        async def ticking() -> None:
            while True:
                await asyncio.sleep(seconds)
                await tick()

        self._ticks = asyncio.create_task(ticking(), name="ticks")

    def stop(self) -> None:
        """No more ticks."""
        if self._ticks is not None:
            self._ticks.cancel()
            self._ticks = None

    async def run_due(self) -> int:
        """Do everything that is due now, in the order of its time; how many things were done."""
        now = self._office.clock.now()
        if self._cursor is None:
            raise RuntimeError("the runner is not open yet: await open() first")
        if now < self._cursor - SET_BACK:
            counts = await self._office.write(take_back)
            log.warning("clock went back", ahead=str(self._cursor - now), **counts)
            await self.reset()
            self._try_again_at = self._failed_looked_at = now
        slots = [*self._owed, *self.slots(self._cursor, now)]
        self._owed = []
        done = 0
        if (self._try_again_at is not None and self._try_again_at <= now) or self._failed_looked_at <= now - SLOT_RETRY:
            done += await self._run_failed_slots(now)
        for due in slots:
            done += await self._run_timers(until=due.slot_at)
            done += await self._run_slot(due)
        done += await self._run_timers(until=now)
        self._cursor = now
        if slots or done:
            await self._office.store.write(lambda session: promises.set_moment(session, promises.DONE_UNTIL, now))
        if done:
            self._spoken()
        return done

    async def make_up(self) -> list[str]:
        """Run what was due a while ago since the last look, and which no process has taken; the name of the job of each such slot.

        What was due before this process began to look is not known: another configuration may have had other hours. Of a group that is
        new nothing was due: only those count that were there two looks ago, which is before what is looked at.
        """
        until = self._office.clock.now() - SLOT_GRACE
        if self._looked_until is None or until <= self._looked_until:
            return []
        found: list[str] = []
        for due in list(self.slots(self._looked_until, until)):
            scopes = [scope for scope in due.job.scopes(self._office.directory) if (due.job.name, scope) in self._scopes[0]]
            taken = await self._office.store.read(partial(promises.slots_taken, job=due.job.name, slot_at=due.slot_at, scopes=scopes))
            forgotten = [scope for scope in scopes if scope not in taken]
            found += [due.job.name for scope in forgotten if await self._run_scope(due, scope, again=False)]
        self._looked_until = until
        self._scopes.append(self._all_scopes())
        return found

    def _all_scopes(self) -> frozenset[tuple[str, str]]:
        return frozenset((job.name, scope) for job, _ in self._jobs for scope in job.scopes(self._office.directory))

    def slots(self, after: datetime, until: datetime) -> Iterator[Due]:
        """The slots of all jobs in (after, until], in order of time, then of the registry."""
        due = [Due(job, plan, at) for job, plan in self._jobs for at in self._fires(job, plan, after, until)]
        return iter(sorted(due, key=lambda item: item.slot_at))

    def _fires(self, job: Job, plan: JobSchedule, after: datetime, until: datetime) -> Iterator[datetime]:
        fire = self._next_fire(job, plan, after)
        while fire is not None and fire <= until:
            yield fire
            fire = self._next_fire(job, plan, fire)

    def _next_fire(self, job: Job, plan: JobSchedule, after: datetime) -> datetime | None:
        """The job's first run after a moment. Remembered, because the same question is asked at every tick."""
        known = self._known_fires.get(job.name)
        if known is not None and known[0] <= after < known[1]:
            return known[1]
        trigger = self._triggers[job.name]
        fire: datetime | None = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
        while fire is not None and not runs_on(fire.date(), plan.days):
            fire = trigger.get_next_fire_time(fire, fire + timedelta(microseconds=1))
        if fire is not None:
            self._known_fires[job.name] = (after, fire)
        return fire

    def next_slot(self) -> datetime | None:
        """When the next job runs, for the first time or again after it failed."""
        now = self._office.clock.now()
        fires = [self._next_fire(job, plan, now) for job, plan in self._jobs]
        return min((at for at in (self._try_again_at, *fires) if at is not None), default=None)

    async def _run_slot(self, due: Due) -> int:
        done = 0
        for scope in due.job.scopes(self._office.directory):
            done += await self._run_scope(due, scope, again=False)
        return done

    async def _run_scope(self, due: Due, scope: str, *, again: bool) -> bool:
        try:
            outcome = await self._office.write(partial(self._claim_and_run, due, scope, again=again))
        except Exception as failure:  # noqa: BLE001  (one job must not stop the others; it is tried again)
            log.error("job failed", job=due.job.name, scope=scope, error=why(failure))
            await self._office.write(partial(_note_failure, due, scope))
            again_at = self._office.clock.now() + SLOT_RETRY
            self._try_again_at = min(self._try_again_at or again_at, again_at)
            return True
        if outcome is not None:
            log.info("job", job=due.job.name, scope=scope, outcome=outcome)
        return outcome is not None

    def _claim_and_run(self, due: Due, scope: str, work: Work, *, again: bool) -> SlotOutcome | None:
        """Take the slot and run it in one transaction; None where another process took it."""
        expires_at = due.slot_at + due.schedule.window
        outcome = SlotOutcome.STALE if work.now > expires_at else SlotOutcome.DONE
        if not again and promises.ran_between(work.session, due.job.name, scope, *self._day_of(due.slot_at)):
            outcome = SlotOutcome.MOVED
        if again:
            if not promises.mend_slot(work.session, due.job.name, scope, due.slot_at, work.now, outcome):
                return None
        elif not promises.claim_slot(work.session, due.job.name, scope, due.slot_at, work.now, outcome):
            return None
        if outcome is SlotOutcome.DONE:
            day = due.slot_at.astimezone(self._office.unit.zone).date()
            due.job.run(work, scope, Slot(due.slot_at, day, expires_at))
        return outcome

    async def _run_failed_slots(self, now: datetime) -> int:
        """Try again what has failed; also what did so in a process that lives no more."""
        self._failed_looked_at = now
        rows = await self._office.store.read(lambda session: promises.failed_slots(session, TOLD_AFTER))
        known = [row for row in rows if row.job in self._plans]
        self._try_again_at = min((row.run_at + SLOT_RETRY for row in known if row.run_at + SLOT_RETRY > now), default=None)
        done = 0
        for row in known:
            if row.run_at + SLOT_RETRY <= now:
                job, plan = self._plans[row.job]
                done += await self._run_scope(Due(job, plan, row.slot_at), row.scope, again=True)
        return done

    async def _run_timers(self, until: datetime) -> int:
        done = 0
        while True:
            found = await self._office.store.read(lambda session: promises.due_timers(session, until, TIMER_BATCH))
            fired = [await self._run_timer(timer_id) for timer_id, _ in found]
            done += sum(fired)
            if len(found) < TIMER_BATCH or not any(fired):  # that was all, or another process has what is left
                return done

    async def _run_timer(self, timer_id: int) -> bool:
        try:
            return await self._office.write(partial(self._fire, timer_id))
        except Exception as failure:  # noqa: BLE001  (a promise is never dropped: it is tried again)
            log.error("timer failed", timer=timer_id, error=why(failure))
            await self._office.write(partial(_put_off, timer_id))
            return False

    def _fire(self, timer_id: int, work: Work) -> bool:
        timer = promises.take_timer(work.session, timer_id)
        if timer is None:
            return False
        timer.done_at = work.now
        timer.outcome = self._timers[TimerKind(timer.kind)](work, timer)
        log.info("timer", kind=timer.kind, ref=timer.ref, outcome=timer.outcome)
        return True


def _note_failure(due: Due, scope: str, work: Work) -> None:
    attempts = promises.fail_slot(work.session, due.job.name, scope, due.slot_at, work.now)
    if attempts >= TOLD_AFTER:
        _tell_of_failure(work, work.say(f"event.{due.job.name}"))


def _put_off(timer_id: int, work: Work) -> None:
    timer = promises.take_timer(work.session, timer_id)
    if timer is not None:
        timer.attempts += 1
        timer.due_at = work.now + TIMER_RETRY
        if timer.attempts == TOLD_AFTER:
            _tell_of_failure(work, work.say(f"event.{timer.kind}", number=timer.ref))


def _tell_of_failure(work: Work, what: str) -> None:
    operations.tell_duty_officers(work, work.say("operation.job_failed", job=what))
