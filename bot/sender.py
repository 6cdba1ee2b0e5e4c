"""A sender: one loop a channel, from the outbox to the platform.

It claims notices with a lease, looks again whether each is still wanted, keeps the platform's pace, sends outside any transaction,
and marks. At least once: what was sent but not marked is sent again after its lease, which is renewed while a platform takes its time.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.channels.channel import NOT_A_FRIEND, Channel, SendError, Sent, conversation
from bot.claims import BATCH, Claims, only_answers
from bot.metrics import Metrics
from bot.pace import Pace
from bot.parcels import Claimed, Parcel, pack
from bot.settings import Queue
from models import inbox, leases, outbox
from models.budget import said_with
from models.outbox import NoticeState, Priority
from models.store import why
from services import reach, undelivered
from services.office import Office
from services.work import Work

log = structlog.get_logger()

POLL_SECONDS = 1.0
SHORTEST_POLL_SECONDS = 0.05
SEND_SECONDS = 30.0
"""A platform that does not answer within this time has failed."""
LONG = timedelta(hours=1)
"""What would wait so long at least goes by the next channel, where there is one."""
MARK_WITHIN = timedelta(seconds=1)
"""So long at most what a platform has taken is not marked yet."""

_Mark = Callable[[Work], None]


class _Failed(Exception):  # noqa: N818  (it is caught here and never seen outside)
    """The platform did not take a parcel: why, and how its notices are to be marked."""

    def __init__(self, failure: SendError, marks: list[_Mark]) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.marks = marks


class Sender:
    """Sends what was decided for one channel. `moved` is called when a notice was moved to another one."""

    def __init__(self, office: Office, channel: Channel, queue: Queue, metrics: Metrics, moved: Callable[[], None]) -> None:
        self._office = office
        self._channel = channel
        self._queue = queue
        self._metrics = metrics
        self._moved = moved
        self._claims = Claims(office, channel, queue, metrics)
        self._pace = Pace(channel.limits)
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None
        self._stopping = False

    async def remember(self) -> None:
        """Count what was sent before the bot was started into the windows of the platform's pace."""
        since = self._office.clock.now() - self._pace.memory
        for row in await self._office.store.read(lambda session: outbox.sent_since(session, self._channel.name, since)):
            if row.finished_at is not None:
                self._note(conversation(row.room, row.address), row.finished_at, len((row.platform_id or "").split()))

    def start(self) -> None:
        """Begin to send."""
        self._loop = asyncio.create_task(self._run(), name=f"sender {self._channel.name}")

    async def stop(self) -> None:
        """Finish the parcel at hand, then stop."""
        if self._loop is not None:
            self._stopping = True
            async with self._one_at_a_time:
                self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
            self._loop, self._stopping = None, False

    def opens(self) -> datetime | None:
        """When the platform's pace lets an ordinary notice go again, whomever it is for; None: now."""
        now = self._office.clock.now()
        pause = self._pace.pause(now)
        return now + pause if pause else None

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await self.drain()
            except Exception as failure:  # noqa: BLE001  (a store that is busy for a moment must not end the sending)
                log.error("sending stopped for a moment", channel=self._channel.name, error=why(failure))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._poll()):  # not wait_for: in Python 3.11 it may swallow the cancelling of `stop`
                    await self._wake.wait()
            self._wake.clear()

    def _poll(self) -> float:
        """In how many seconds to look again: no later than a pause ends, or its length would be one of a few."""
        pause = self._pace.pause(self._office.clock.now()).total_seconds()
        return max(min(pause, POLL_SECONDS), SHORTEST_POLL_SECONDS) if pause else POLL_SECONDS

    async def drain(self) -> int:
        """Send everything that is due now; how many notices were finished, moved or put back."""
        count = 0
        async with self._one_at_a_time:
            while True:
                looked_at, items = await self._office.write(self._claim)
                count += looked_at
                if items:
                    now = self._office.clock.now()
                    able = self._channel.capabilities
                    parcels = pack(items, self._channel.max_bytes, partial(self._left, items, now), captions=able.captions)
                    await self._send_all(parcels)
                if looked_at < BATCH or self._stopping:
                    return count

    def _left(self, items: Sequence[Claimed], now: datetime, name: str) -> int | None:
        """How many messages a conversation may get now: as the pace allows and, where it can only be answered, one for each handle."""
        of_pace = self._pace.left(name, now)
        mine = [item for item in items if item.conversation == name]
        if not only_answers(self._channel, mine[0].room):
            return of_pace
        handles = sum(item.reply is not None for item in mine)
        return handles if of_pace is None else min(handles, of_pace)

    def _claim(self, work: Work) -> tuple[int, list[Claimed]]:
        """As long as the pace lets nothing but alerts go to anybody, the others are left where they are."""
        return self._claims.next(work, Priority.ALERT if self._pace.pause(work.now) else Priority.DIGEST)

    async def _send_all(self, parcels: Sequence[Parcel]) -> None:
        """Send a batch and mark it: at once where it is answered at once, else what is answered by then, so that little is sent twice.

        After a platform has said nothing the rest waits: each try may take long. What is left is given back when the sender stops.
        """
        marks: list[_Mark] = []
        marked_at, lease_until, silent = self._office.clock.now(), parcels[0].first.lease_until, False
        rest = list(parcels)
        while rest:
            parcel = rest.pop(0)
            if silent:
                until = self._office.clock.now() + self._queue.backoff_first
                marks += [self._waits(item, until, "no_answer", item.parts_sent) for item in parcel.claimed]
                continue
            if self._stopping:
                marks.append(partial(_given_back, parcel))
                continue
            try:
                marks += await self._send(parcel, lease_until)
            except _Failed as failed:
                silent = not failed.failure.answered
                marks += failed.marks
            now = self._office.clock.now()
            if rest and not timedelta(0) <= now - marked_at < MARK_WITHIN:
                numbers = [item.notice_id for each in rest for item in each.claimed]
                lease = (numbers, lease_until, now + self._queue.lease)
                mine = await self._office.write(partial(_mark_and_keep, marks, lease))
                rest = [each for each in rest if mine.issuperset(item.notice_id for item in each.claimed)]
                marks, marked_at, lease_until = [], now, now + self._queue.lease
        await self._office.write(partial(_mark_all, marks))

    async def _send(self, parcel: Parcel, lease_until: datetime) -> list[_Mark]:
        """Send one parcel; how its notices are to be marked. Raises `_Failed`, which says the same, where the platform did not take it."""
        item, marks, now = parcel.first, list[_Mark](), self._office.clock.now()
        for number in range(item.parts_sent, len(parcel.parts)):
            now = self._office.clock.now()
            if now >= lease_until:  # it took so long that another sender may have it by now
                return marks
            if number > item.parts_sent and now + timedelta(seconds=SEND_SECONDS) > lease_until:  # the rest of it comes next
                return marks + [self._waits(one, now, "lease", number) for one in parcel.claimed]
            wait = self._pace.wait(item.conversation, now, alert=item.alert)
            if wait > timedelta(0):
                return marks + [self._waits(one, now + wait, "pace", number) for one in parcel.claimed]
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    sent = await self._channel.send(parcel.outgoing(number))
            except SendError as failure:
                raise self._failed(parcel, failure, now, number, marks) from failure
            except TimeoutError as failure:
                raise self._failed(parcel, SendError("timeout", retry=True, answered=False), now, number, marks) from failure
            except Exception as failure:  # (an unforeseen failure of one notice must not hold up the others)
                raise self._failed(parcel, SendError(type(failure).__name__, retry=True), now, number, marks) from failure
            self._note(item.conversation, self._office.clock.now(), sent.messages)
            if number + 1 < len(parcel.parts):
                marks.append(partial(_handed, parcel, now))
            if sent.platform_ids:
                marks.append(partial(_arrived, parcel, sent))
            if sent.reply_used:
                marks.append(partial(_used_up, parcel))
        self._metrics.notices.labels(self._channel.name, NoticeState.SENT).inc(len(parcel.claimed))
        return [*marks, partial(_sent, parcel, now)]

    def _note(self, name: str, moment: datetime, messages: int) -> None:
        """A conversation got something: so many messages, and one at least."""
        for _ in range(max(messages, 1)):
            self._pace.note(name, moment)

    def _waits(self, item: Claimed, until: datetime, reason: str, parts_sent: int) -> _Mark:
        """It cannot be sent now: an alert goes another way where there is one, everything else waits."""

        def mark(work: Work) -> None:
            if parts_sent == 0 and item.alert and undelivered.elsewhere(work, item.notice_id, reason):
                self._moved()
            else:
                outbox.put_back(work.session, item.notice_id, until, item.waited or reason, tried=False, parts_sent=parts_sent)

        return mark

    def _failed(self, parcel: Parcel, failure: SendError, now: datetime, parts_sent: int, marks: list[_Mark]) -> "_Failed":
        if failure.paced and failure.after is not None and failure.after < LONG:  # for longer there may be another way, each time anew
            self._pace.refused(parcel.first.conversation, now, failure.after)
        handed = [partial(_handed, parcel, now)] if failure.tried and not failure.paced else []
        marks = [*marks, *handed, *(self._failed_one(item, failure, now, parts_sent) for item in parcel.claimed)]
        if failure.reply_used:
            marks.append(partial(_used_up, parcel))
        return _Failed(failure, marks)

    def _failed_one(self, item: Claimed, failure: SendError, now: datetime, parts_sent: int) -> _Mark:
        wait = failure.after if failure.after is not None else backoff(self._queue, item.attempts)

        def mark(work: Work) -> None:
            patient = failure.paced or item.attempts < self._queue.attempts or undelivered.nobody_has_it(work, item.notice_id)
            again = failure.retry and patient
            log.warning("sending failed", channel=self._channel.name, notice=item.notice_id, reason=failure.reason, again=again)
            if failure.reason == NOT_A_FRIEND and item.address is not None:
                reach.forget(work, self._channel.name, item.address)
            moves = parts_sent == 0 and (item.alert or not again or wait >= LONG)
            if moves and undelivered.elsewhere(work, item.notice_id, failure.reason):
                self._moved()
            elif again:
                why = item.waited or failure.reason
                tried = failure.tried and not failure.paced
                outbox.put_back(work.session, item.notice_id, now + wait, why, tried=tried, parts_sent=parts_sent)
            else:
                self._metrics.notices.labels(self._channel.name, NoticeState.FAILED).inc()
                undelivered.given_up(work, item.notice_id, failure.reason)

        return mark


def _arrived(parcel: Parcel, sent: Sent, work: Work) -> None:
    outbox.arrived(work.session, [item.notice_id for item in parcel.claimed], sent.platform_ids)


def _handed(parcel: Parcel, at: datetime, work: Work) -> None:
    outbox.handed(work.session, [item.notice_id for item in parcel.claimed], at)


def _sent(parcel: Parcel, handed_at: datetime, work: Work) -> None:
    first, *others = [item.notice_id for item in parcel.claimed]
    outbox.finish(work.session, [first, *others], NoticeState.SENT, work.now, parcel.waited, handed_at)
    said_with(work.session, first, others)


def _given_back(parcel: Parcel, work: Work) -> None:
    for item in parcel.claimed:
        outbox.put_back(work.session, item.notice_id, work.now, item.waited or "stopped", tried=False, parts_sent=item.parts_sent)


def _used_up(parcel: Parcel, work: Work) -> None:
    if parcel.first.reply is not None:
        inbox.used_up(work.session, parcel.first.reply[0])


def _mark_all(marks: Sequence[_Mark], work: Work) -> None:
    for mark in marks:
        mark(work)


def _mark_and_keep(marks: Sequence[_Mark], lease: tuple[Sequence[int], datetime, datetime], work: Work) -> set[int]:
    """Mark what was answered, and renew the lease of what was not sent yet; which of that is still this sender's."""
    _mark_all(marks, work)
    return leases.renew(work.session, *lease)


def backoff(queue: Queue, attempts: int) -> timedelta:
    """How long to wait after that many tries: twice as long each time, up to the longest wait."""
    doublings: int = 2 ** min(attempts - 1, 30)
    return min(queue.backoff_first * doublings, queue.backoff_max)
