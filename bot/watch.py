"""The audit every five minutes, by the bot's clock, and the sign of life after each one that finds nothing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot import settings
from bot.channels.channel import Channel, State
from bot.desk import Desk
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.platform_time import PlatformTime
from models.store import room_left, why
from scheduler.runner import Runner
from services import moving
from services.audit import Fault, Finding, InTime, Surroundings, audit
from services.office import Office

log = structlog.get_logger()

EVERY = timedelta(minutes=5)


class Watch:
    """Audits when it is time. `spoken` is called after one that may have decided notices.

    It is asked whenever the bot looks what is due, and is no timer of its own: on a clock that is moved by weeks nothing can go wrong
    between two things that are due, and an audit every five minutes of them would take longer than all else.
    """

    def __init__(
        self,
        office: Office,
        runner: Runner,
        desk: Desk,
        channels: Mapping[str, Channel],
        platform_time: PlatformTime,
        setting: settings.Watch,
        database: str,
        metrics: Metrics,
        spoken: Callable[[], None],
    ) -> None:
        self._office = office
        self._runner = runner
        self._desk = desk
        self._channels = channels
        self._platform_time = platform_time
        self._heartbeat = Heartbeat(setting.heartbeat_file, setting.heartbeat_url)
        self._metrics = metrics
        self._database = database
        self._spoken = spoken
        self._last: datetime | None = None
        self._awake_since: datetime | None = None
        self._in_time: set[InTime] = set()
        self.found: Counter[Fault] = Counter()
        """How many audits have found each fault since the start."""

    async def stop(self) -> None:
        """No more signs of life."""
        await self._heartbeat.stop()

    async def look(self) -> bool:
        """Audit if it is time; whether there may be something to do or to send now."""
        now = self._office.clock.now()
        if self._last is not None and timedelta(0) <= now - self._last < EVERY:
            return False
        if self._last is not None and now < self._last:
            self._in_time.clear()  # what was in time for a clock that was ahead is not
        if self._last is None or self._awake_since is None or not timedelta(0) <= now - self._last < 2 * EVERY:
            self._awake_since = now  # started, or the machine slept, or the clock was moved: nothing was done until now
        self._last = now
        try:
            missed = await self._runner.make_up()
            followed = await self._office.write(moving.follow)
            online = frozenset(name for name, channel in self._channels.items() if channel.state is State.ONLINE)
            clock_off, left = self._platform_time.off(), room_left(self._database)
            around = Surroundings(self._awake_since, online, missed, self._in_time, clock_off, left)
            found = await self._office.write(partial(audit, around=around))
        except Exception as failure:  # noqa: BLE001  (what watches must not stop what it watches; without a sign of life others notice)
            log.error("audit failed", error=why(failure))
            return False
        refused, self._desk.refused = self._desk.refused, False
        self._show(found, now, refused=refused)
        if followed:
            self._spoken()
        return bool(found or followed)

    def _show(self, found: Sequence[Finding], now: datetime, *, refused: bool) -> None:
        """`refused`: the last messages before could not be stored, which nothing in the database tells."""
        counts = {finding.fault: finding.count for finding in found}
        self.found.update(counts.keys())
        for fault in Fault:
            self._metrics.findings.labels(fault).set(counts.get(fault, 0))
        if found:
            log.warning("audit", **{str(fault): count for fault, count in counts.items()})
            self._spoken()
        if refused:
            log.warning("audit", refused=True)
        if found or refused:
            return
        self._metrics.last_clean.set(now.timestamp())
        self._heartbeat.beat(now)
