"""Handing messages to the bot: who an account is, is asked first; what cannot be stored now is kept and tried again."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.channels.channel import Door
from bot.channels.wecom_aibot.incoming import NAME
from models.message import Message

log = structlog.get_logger()

APP: Final = "wecom_app"
MOST_WAITING: Final = 10_000
"""How many messages are kept while the store takes none, some 10 MB."""

Identify = Callable[[str], Awaitable[str | None]]
"""The plain userid of an encrypted one; None where there is none. Raises where it could not be found out now."""


class Reception:
    """Takes messages in. The waits between two tries are in seconds of the machine's clock."""

    def __init__(
        self, door: Door, identify: Identify | None, *, first_wait: float = 1.0, longest_wait: float = 60.0, last_wait: float = 10.0
    ) -> None:
        self._door = door
        self._identify = identify
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._last_wait = last_wait
        self._asking = asyncio.Lock()
        self._userids: dict[str, str | None] = {}
        self._waiting: deque[Message] = deque()
        self._trying: asyncio.Task[None] | None = None

    async def receive(self, message: Message) -> None:
        """Returns once a message is stored, or dropped; raises what kept it from being stored."""
        if self._identify is not None and not self._door.knows(NAME, message.account):
            await self._introduce(message.account, self._identify)
        await self._door.receive(message)

    async def keep(self, message: Message) -> bool:
        """Whether a message is stored by now. Otherwise it waits and is tried again, since WeCom will not deliver it again."""
        if not any(one.account == message.account for one in self._waiting):  # nobody's words overtake each other
            try:
                await self.receive(message)
            except Exception as failure:  # noqa: BLE001  (whatever it was, the message must not be lost)
                reason = type(failure).__name__
            else:
                return True
        else:
            reason = "others_wait"
        if len(self._waiting) >= MOST_WAITING:
            log.error("a message was lost: too many wait to be stored", channel=NAME, waiting=len(self._waiting))
            return False
        self._waiting.append(message)
        log.error("a message could not be stored, it waits", channel=NAME, reason=reason, waiting=len(self._waiting))
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._try_again(), name="wecom_aibot reception")
        return False

    async def stop(self) -> None:
        """A last try with what waits."""
        if self._trying is not None:
            self._trying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._trying
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._last_wait):  # a store that is gone takes its time to say so for each
                await self._try_all()
        if self._waiting:
            log.error("messages were lost: they could not be stored until the end", channel=NAME, lost=len(self._waiting))

    async def _try_again(self) -> None:
        wait = self._first_wait
        while self._waiting:
            await asyncio.sleep(wait)
            wait = min(2 * wait, self._longest_wait)
            await self._try_all()
            log.info("messages that wait were tried again", channel=NAME, waiting=len(self._waiting))

    async def _try_all(self) -> None:
        """One try for each, in order; one that fails keeps only those of the same account behind it."""
        behind: set[str] = set()
        for message in list(self._waiting):
            if message.account in behind:
                continue
            try:
                await self.receive(message)
            except Exception:  # noqa: BLE001  (it was logged when it began to wait)
                behind.add(message.account)
            else:
                self._waiting.remove(message)

    async def _introduce(self, account: str, identify: Identify) -> None:
        """Find out whether an unknown account is somebody's encrypted id; each is asked about once."""
        async with self._asking:
            if account not in self._userids:
                try:
                    self._userids[account] = await identify(account)
                except Exception as failure:  # noqa: BLE001  (the message counts as a stranger's, and the next one asks again)
                    log.warning("an account could not be identified", channel=NAME, reason=type(failure).__name__)
        userid = self._userids.get(account)
        if userid is not None and self._door.knows(APP, userid):
            await self._door.same_person(NAME, account, APP, userid)
