"""The long connection: one live link to WeCom, opened again whenever it ends, except when another one took its place."""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

import structlog
from aiohttp import ClientSession, ClientWSTimeout, DummyCookieJar

from bot.channels.channel import SendError
from bot.channels.errands import insist
from bot.channels.wecom.errors import Policy, WeComError, no_answer
from bot.channels.wecom_aibot.incoming import NAME
from bot.channels.wecom_aibot.link import TAKEN_OVER, Heard, Link

log = structlog.get_logger()

SOON: Final = timedelta(seconds=5)
"""When to try again what could not be sent for want of a connection."""
UNREACHABLE: Final = "unreachable"


@dataclass(frozen=True)
class Patience:
    """How long a connection waits for what, in seconds of the machine's own clock."""

    open: float = 10.0
    ack: float = 5.0
    ping: float = 30.0
    missed_pings: int = 2
    first_wait: float = 1.0
    longest_wait: float = 30.0
    """Before the next connection: twice as long each time, up to this. A connection that lasts as long starts anew."""
    frequency_wait: float = 180.0
    """Where WeCom says that we subscribe too often."""
    refusals: int = 3
    """How often it must refuse us in a row until somebody is told."""
    refused_wait: float = 600.0
    """After that: what an administrator sets right on WeCom's side works again without a restart."""
    unreached: float = 60.0
    """Out of reach for so long, somebody is told: nothing that is said meanwhile is delivered later."""


class Connection:
    """Keeps one link open. `out_of_order` is called with the reason when a human must act, `in_order` whenever WeCom accepts a link."""

    def __init__(
        self,
        url: str,
        credentials: Mapping[str, str],
        heard: Heard,
        out_of_order: Callable[[str], Awaitable[None]],
        patience: Patience,
        in_order: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._heard = heard
        self._out_of_order = out_of_order
        self._patience = patience
        self._in_order = in_order
        self._link: Link | None = None
        self._session: ClientSession | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether WeCom takes what is sent now."""
        return self._link is not None and not self._link.ended.is_set()

    async def start(self) -> None:
        """Begin to connect; returns at once."""
        self._session = ClientSession(cookie_jar=DummyCookieJar())
        self._running = asyncio.create_task(self._run(self._session), name="wecom_aibot connection")

    async def stop(self) -> None:
        """Close the connection for good."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        if self._session is not None:
            await self._session.close()

    async def ask(self, command: str, body: Mapping[str, Any], *, answers: str | None = None) -> dict[str, Any]:
        """As Link.ask; raises SendError "not_connected" where there is no link that WeCom has accepted."""
        if self._link is None or self._link.ended.is_set():
            raise SendError("not_connected", retry=True, after=SOON, tried=False)
        return await self._link.ask(command, body, answers=answers)

    async def _run(self, session: ClientSession) -> None:
        failed = refused = 0
        last_good, told = time.monotonic(), ""
        while True:
            began = time.monotonic()
            accepted, end = await self._live(session)
            if end.reason == TAKEN_OVER:
                # Whoever connects again now takes the other's place, and is sent away in turn, for ever.
                log.error("connection refused", channel=NAME, reason=str(end))
                await insist(NAME, partial(self._out_of_order, TAKEN_OVER))
                return
            now = time.monotonic()
            if accepted:
                refused, last_good, told = 0, now, ""
            refused += end.policy is Policy.STOP
            reason = self._to_tell(end, refused, now - last_good)
            if reason not in ("", told) and await self._tell(reason, end):
                told = reason
            failed = 1 if now - began >= self._patience.longest_wait else failed + 1
            wait = wait_before_next(self._patience, end, failed, refused)
            log.warning("connection ended", channel=NAME, reason=str(end), seconds_until_next=round(wait, 3))
            await asyncio.sleep(wait)

    async def _live(self, session: ClientSession) -> tuple[bool, WeComError]:
        """One link from its opening to its end: whether WeCom accepted it, and why it ended."""
        patience = self._patience
        link, tasks = None, []
        try:
            async with asyncio.timeout(patience.open):
                socket = await session.ws_connect(self._url, timeout=ClientWSTimeout(ws_close=1.0))
            link = Link(socket, self._heard, patience.ack)
            tasks.append(asyncio.create_task(link.read()))
            await link.ask("aibot_subscribe", self._credentials)
            log.info("connected", channel=NAME)
            self._link = link
            tasks.append(asyncio.create_task(link.beat(patience.ping, patience.missed_pings)))
            await self._say_that_it_works()
            await link.ended.wait()
            return True, no_answer(link.reason)
        except WeComError as error:
            return False, error
        except Exception as failure:  # noqa: BLE001  (no address, no certificate, no WebSocket: whatever it is, it is tried again)
            return False, no_answer(type(failure).__name__)
        finally:
            self._link = None
            for task in tasks:
                task.cancel()
            if link is not None:
                await link.close()

    async def _say_that_it_works(self) -> None:
        try:
            if self._in_order is not None:
                await self._in_order()
        except Exception as failure:  # noqa: BLE001  (the store may be busy; the connection must go on)
            log.error("nobody could be told", channel=NAME, error=type(failure).__name__)

    def _to_tell(self, end: WeComError, refused: int, unreached: float) -> str:
        """The reason for which a human must act, "" where none must: WeCom has refused us so often, or was out of reach so long."""
        if end.policy is Policy.STOP:
            return end.reason if refused >= self._patience.refusals else ""
        return UNREACHABLE if unreached >= self._patience.unreached else ""

    async def _tell(self, reason: str, end: WeComError) -> bool:
        """Whether it could be told."""
        log.error("connection refused", channel=NAME, reason=str(end))
        try:
            await self._out_of_order(reason)
        except Exception as failure:  # noqa: BLE001  (the store may be busy; it is told after the next try, and the connection must go on)
            log.error("nobody could be told", channel=NAME, error=type(failure).__name__)
            return False
        return True


def wait_before_next(patience: Patience, end: WeComError, failed: int, refused: int) -> float:
    """How many seconds to wait after a link ended: the `failed`-th in a row, of which WeCom refused so many."""
    if end.policy is Policy.STOP and refused >= patience.refusals:
        return patience.refused_wait
    if end.policy is Policy.RETRY_AFTER:
        return patience.frequency_wait
    doubled: float = patience.first_wait * 2.0 ** min(failed - 1, 30)
    return min(doubled, patience.longest_wait) * random.uniform(0.75, 1.25)  # noqa: S311  (so that not all return at once)
