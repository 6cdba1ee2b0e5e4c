"""A sender: one loop a channel, from the outbox to the platform.

It claims notices with a lease, looks again whether each is still wanted, keeps the platform's pace, sends outside any transaction,
and marks. At least once: what was sent but not marked is sent again after its lease.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.channels.channel import Channel, Outgoing, SendError
from bot.metrics import Metrics
from bot.pace import Pace
from bot.settings import Queue
from models import outbox
from models.outbox import NoticeState
from models.tables.queue import NoticeRow
from services.office import Office
from services.undelivered import given_up
from services.wanted import unwanted
from services.work import Work

log = structlog.get_logger()

BATCH = 16
"""How many notices are leased at once: few, so that the second look is fresh."""
POLL_SECONDS = 1.0
SEND_SECONDS = 30.0
"""A platform that does not answer within this time has failed."""


@dataclass(frozen=True)
class _Claimed:
    outgoing: Outgoing
    attempts: int
    lease_until: datetime


_Mark = Callable[[Work], None]


class Sender:
    """Sends what was decided for one channel."""

    def __init__(self, office: Office, channel: Channel, queue: Queue, metrics: Metrics) -> None:
        self._office = office
        self._channel = channel
        self._queue = queue
        self._metrics = metrics
        self._pace = Pace(channel.per_minute)
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._loop = asyncio.create_task(self._run(), name=f"sender {self._channel.name}")

    async def stop(self) -> None:
        """Finish the batch at hand, then stop."""
        if self._loop is not None:
            async with self._one_at_a_time:
                self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
            self._loop = None

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await self.drain()
            except Exception as failure:  # noqa: BLE001  (a store that is busy for a moment must not end the sending)
                log.error("sending stopped for a moment", channel=self._channel.name, error=type(failure).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):  # not wait_for: in Python 3.11 it may swallow the cancelling of `stop`
                    await self._wake.wait()
            self._wake.clear()

    async def drain(self) -> int:
        """Send everything that is due now; how many notices were finished or put back."""
        count = 0
        async with self._one_at_a_time:
            while True:
                looked_at, claimed = await self._office.write(self._claim)
                count += looked_at
                if claimed:
                    marks = {item.outgoing.notice_id: await self._send(item) for item in claimed}
                    await self._office.write(partial(_mark_all, marks))
                if looked_at < BATCH:
                    return count

    def _claim(self, work: Work) -> tuple[int, list[_Claimed]]:
        """Lease the next notices and drop those that are no longer wanted; how many were looked at, and which are to be sent."""
        lease_until = work.now + self._queue.lease
        rows = outbox.claim(work.session, self._channel.name, work.now, lease_until, BATCH)
        claimed = []
        for row in rows:
            reason = unwanted(work, row)
            if reason is None:
                claimed.append(_Claimed(_outgoing(row), row.attempts, lease_until))
            else:
                outbox.finish(work.session, [row.id], NoticeState.DROPPED, work.now, reason)
                self._metrics.notices.labels(self._channel.name, NoticeState.DROPPED).inc()
        return len(rows), claimed

    async def _send(self, claimed: _Claimed) -> _Mark | None:
        """Send one notice; None where it was sent, else how it is to be marked."""
        outgoing = claimed.outgoing
        now = self._office.clock.now()
        if now >= claimed.lease_until:  # those before it took so long that another sender may have it by now
            return _leave
        wait = self._pace.wait(outgoing.conversation, now)
        if wait > timedelta(0):
            return lambda work: outbox.put_back(work.session, outgoing.notice_id, now + wait, "pace", counts=False)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._channel.send(outgoing)
        except SendError as failure:
            return self._failed(claimed, failure, now)
        except TimeoutError:
            return self._failed(claimed, SendError("timeout", retry=True), now)
        except Exception as failure:  # noqa: BLE001  (an unforeseen failure of one notice must not hold up the others)
            return self._failed(claimed, SendError(type(failure).__name__, retry=True), now)
        self._pace.note(outgoing.conversation, now)
        self._metrics.notices.labels(self._channel.name, NoticeState.SENT).inc()
        return None

    def _failed(self, claimed: _Claimed, failure: SendError, now: datetime) -> Callable[[Work], None]:
        notice_id = claimed.outgoing.notice_id
        again = failure.retry and claimed.attempts < self._queue.attempts
        log.warning("sending failed", channel=self._channel.name, notice=notice_id, reason=failure.reason, again=again)
        if not again:
            self._metrics.notices.labels(self._channel.name, NoticeState.FAILED).inc()
            return lambda work: given_up(work, notice_id, failure.reason)
        wait = failure.after if failure.after is not None else backoff(self._queue, claimed.attempts)
        return lambda work: outbox.put_back(work.session, notice_id, now + wait, failure.reason, counts=True)


def _leave(_work: Work) -> None:
    """Mark nothing: whoever claims it next sends it."""


def _mark_all(marks: Mapping[int, _Mark | None], work: Work) -> None:
    outbox.finish(work.session, [notice_id for notice_id, mark in marks.items() if mark is None], NoticeState.SENT, work.now)
    for mark in marks.values():
        if mark is not None:
            mark(work)


def backoff(queue: Queue, attempts: int) -> timedelta:
    """How long to wait after that many tries: twice as long each time, up to the longest wait."""
    doublings: int = 2 ** min(attempts - 1, 30)
    return min(queue.backoff_first * doublings, queue.backoff_max)


def _outgoing(row: NoticeRow) -> Outgoing:
    return Outgoing(row.id, row.room, row.address, row.text)
