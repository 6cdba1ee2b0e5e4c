"""The connection to a gateway: one live stream of events, opened again whenever it ends, and watched for a gateway that hangs."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import structlog

from bot.channels.channel import SendError
from bot.channels.wechaty.rivals import ENDED, Rivals
from bot.channels.wechaty.rpc import CERTIFICATE, TAKEN_OVER, TIMEOUT, UNAUTHENTICATED, UNREACHABLE, Event, GatewayError, Rpc, failure_of
from bot.channels.wechaty.wire import NAME

log = structlog.get_logger()

SOON: Final = timedelta(seconds=5)
"""When to try again what could not be sent for want of a connection."""
REFUSALS: Final = frozenset({UNAUTHENTICATED, CERTIFICATE})
"""It does not take our token, or we do not take its certificate: nothing but a human helps."""
HUNG: Final = "hung"
"""The gateway says nothing any more, not even when it is asked."""


@dataclass(frozen=True)
class Patience:
    """How long a connection waits for what, in seconds of the machine's own clock."""

    start: float = 20.0
    """For the account's own program to start, to which a gateway gives 15 s."""
    call: float = 10.0
    """For the answer to one call."""
    echo: float = 3.0
    """For the echo of something that was sent without an answer, before it counts as failed."""
    silence: float = 40.0
    """Without any event; heartbeats come every 15 s or so. Then the gateway is asked for a sign of life."""
    sign: float = 10.0
    """For that sign."""
    first_wait: float = 0.2
    longest_wait: float = 30.0
    """Before the next connection: twice as long each time, up to this. A connection that lasts as long starts anew."""
    refused_wait: float = 60.0
    """Where nothing but a human helps."""
    unreached: float = 60.0
    """Out of reach for so long, somebody is told."""
    taken: float = 10.0
    """So long another program may listen until we take its place: our own last connection often stands for a while."""
    take_again: float = 600.0
    """At the earliest once more."""


def wait_before_next(patience: Patience, end: str, failed: int) -> float:
    """How many seconds to wait after a connection ended for that reason: the `failed`-th in a row."""
    if end in REFUSALS:
        return patience.refused_wait
    doubled: float = patience.first_wait * 2.0 ** min(failed - 1, 30)
    return min(doubled, patience.longest_wait) * random.uniform(0.75, 1.25)  # noqa: S311  (so that not all return at once)


class Watcher(Protocol):
    """Whoever is told of what happens. Nothing here may block."""

    def happened(self, event: Event) -> None:
        """An event came in."""
        ...

    def down(self) -> None:
        """A stream of events that was open has ended, or says nothing any more; it may be told twice of one."""
        ...

    def out_of_order(self, reason: str) -> None:
        """A human must act."""
        ...


class Connection:
    """Keeps one stream open, which `dial` begins, and tells a watcher."""

    def __init__(self, dial: Callable[[], Rpc], patience: Patience) -> None:
        self._dial = dial
        self._patience = patience
        self._rpc: Rpc | None = None
        self._open = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._last_event = 0.0
        self._opened = False
        self._rivals = Rivals(patience.taken, patience.take_again)

    @property
    def ready(self) -> bool:
        """Whether events come in, and calls are answered as far as is known."""
        return self._rpc is not None

    def start(self, watcher: Watcher) -> None:
        """Begin to connect; returns at once."""
        self._watcher = watcher
        self._running = asyncio.create_task(self._run(), name="wechaty connection")

    async def stop(self) -> None:
        """Hang up. The account stays logged in at the gateway."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running

    def rpc(self) -> Rpc:
        """For calls; raises SendError "not_connected" where no stream is open."""
        if self._rpc is None:
            raise SendError("not_connected", retry=True, after=SOON, tried=False)
        return self._rpc

    async def opened(self) -> Rpc:
        """For calls, once a stream is open."""
        while self._rpc is None:
            await self._open.wait()
        return self._rpc

    def heard_since(self, rpc: Rpc, moment: float) -> bool:
        """Whether events came in on that connection since a moment by the machine's own clock: it is alive."""
        return self._rpc is rpc and self._last_event > moment

    async def _run(self) -> None:
        failed = 0
        last_good = time.monotonic()
        told: str | None = None
        while True:
            began = time.monotonic()
            was_open, end = await self._live()
            now = time.monotonic()
            if was_open:
                last_good, told = now, None
            failed = 1 if was_open and now - began >= self._patience.longest_wait else failed + 1
            wait = wait_before_next(self._patience, end, failed)
            if self._rivals.to_send_away(end, now):
                await self._send_away()
                wait = 0.0  # or somebody else is there before us
            log.warning("connection ended", channel=NAME, reason=end, seconds_until_next=round(wait, 3))
            reason = self._to_tell(end, now, last_good)
            if reason is not None and reason != told:
                told = reason
                self._watcher.out_of_order(reason)
            await asyncio.sleep(wait)

    def _to_tell(self, end: str, now: float, last_good: float) -> str | None:
        """The reason for which a human must act, where one must."""
        if end in REFUSALS:
            return end
        if self._rivals.stays(now):
            return TAKEN_OVER
        return UNREACHABLE if now - last_good >= self._patience.unreached else None

    async def _send_away(self) -> None:
        log.warning("another program listens, it is sent away", channel=NAME)
        rpc = self._dial()
        try:
            await rpc.stop()
        except GatewayError as error:
            log.warning("it could not be sent away", channel=NAME, reason=error.reason)
        finally:
            rpc.close()

    async def _live(self) -> tuple[bool, str]:
        """One stream from its opening to its end: whether it was open, and why it ended."""
        tasks: list[asyncio.Task[None]] = []
        rpc = self._dial()
        self._last_event, self._opened = time.monotonic(), False
        try:
            await rpc.start(self._patience.start)
            tasks = [asyncio.create_task(self._read(rpc)), asyncio.create_task(self._watch(rpc))]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            ended = next(task for task in tasks if task.done())
            await ended  # raises why
        except Exception as error:  # noqa: BLE001  (whatever it is, it is tried again)
            return self._opened, failure_of(error).reason
        else:
            return self._opened, ENDED
        finally:
            self._rpc = None
            self._open.clear()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            rpc.close()
            if self._opened:
                self._watcher.down()

    async def _read(self, rpc: Rpc) -> None:
        async for event in rpc.events():
            self._last_event = time.monotonic()
            if not self._opened:
                self._rpc, self._opened = rpc, True
                self._rivals.gone()
                self._open.set()
                log.info("connected", channel=NAME)
            try:
                self._watcher.happened(event)
            except Exception as failure:  # noqa: BLE001  (one event must not end the reading of all others)
                log.error("an event could not be taken", channel=NAME, kind=event.kind, reason=type(failure).__name__)

    async def _watch(self, rpc: Rpc) -> None:
        """Returns never; raises GatewayError "hung" once the gateway says nothing any more."""
        patience = self._patience
        while True:
            quiet = time.monotonic() - self._last_event
            if quiet < patience.silence:
                await asyncio.sleep(patience.silence - quiet)
                continue
            asked = time.monotonic()
            with contextlib.suppress(GatewayError, TimeoutError):
                async with asyncio.timeout(patience.sign):
                    await rpc.ding()  # a gateway without heartbeats answers with an event
            await asyncio.sleep(max(0.0, asked + patience.sign - time.monotonic()))
            if self._last_event < asked:
                log.warning("the gateway hangs", channel=NAME)
                self._rpc = None
                self._open.clear()
                self._watcher.down()
                await self._wakes(asked)
                raise GatewayError(HUNG, retry=True, answered=False)

    async def _wakes(self, asked: float) -> None:
        """Returns once it does anything again and has told this stream what it did last: no other hears of a send without an answer."""
        while self._last_event < asked and time.monotonic() - asked < self._patience.unreached:
            probe = self._dial()
            try:
                await probe.start(self._patience.start)
                break
            except GatewayError as error:
                if error.reason != TIMEOUT:
                    return
            finally:
                probe.close()
        await asyncio.sleep(self._patience.echo)
