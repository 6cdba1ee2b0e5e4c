"""Handing over messages that a platform delivers but once: what cannot be stored now is kept and tried again."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import structlog

from bot.channels.channel import Door
from models.message import Message

log = structlog.get_logger()

MOST_WAITING: Final = 10_000
"""How many messages are kept while the store takes none, some 10 MB."""

Introduce = Callable[[Message], Awaitable[None]]
"""What must be done before a message is handed over, at every try: to find out who its sender is. What it raises counts as a failure."""


class Reception:
    """Takes the messages of a channel in. The waits between two tries are in seconds of the machine's clock."""

    def __init__(
        self,
        channel: str,
        door: Door,
        introduce: Introduce | None = None,
        *,
        first_wait: float = 1.0,
        longest_wait: float = 60.0,
        last_wait: float = 10.0,
    ) -> None:
        self._channel = channel
        self._door = door
        self._introduce = introduce
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._last_wait = last_wait
        self._waiting: deque[Message] = deque()
        self._trying: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many messages could not be stored yet."""
        return len(self._waiting)

    async def receive(self, message: Message) -> None:
        """Returns once a message is stored, or dropped; raises what kept it from being stored."""
        if self._introduce is not None:
            await self._introduce(message)
        await self._door.receive(message)

    async def keep(self, message: Message) -> bool:
        """Whether a message is stored by now. Otherwise it waits and is tried again, since nobody will deliver it again."""
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
            log.error("a message was lost: too many wait to be stored", channel=self._channel, waiting=len(self._waiting))
            return False
        self._waiting.append(message)
        log.error("a message could not be stored, it waits", channel=self._channel, reason=reason, waiting=len(self._waiting))
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._try_again(), name=f"{self._channel} reception")
        return False

    def take_back(self, message_ids: Collection[str]) -> None:
        """What waits and was taken back in the chat is not to be stored any more."""
        self._waiting = deque(message for message in self._waiting if message.id not in message_ids)

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
            log.error("messages were lost: they could not be stored until the end", channel=self._channel, lost=len(self._waiting))

    async def _try_again(self) -> None:
        wait = self._first_wait
        while self._waiting:
            await asyncio.sleep(wait)
            wait = min(2 * wait, self._longest_wait)
            await self._try_all()
            log.info("messages that wait were tried again", channel=self._channel, waiting=len(self._waiting))

    async def _try_all(self) -> None:
        """One try for each, in order; one that fails keeps only those of the same account behind it."""
        behind: set[str] = set()
        for message in list(self._waiting):
            if message.account in behind or message not in self._waiting:
                continue
            try:
                await self.receive(message)
            except Exception:  # noqa: BLE001  (it was logged when it began to wait)
                behind.add(message.account)
            else:
                if message in self._waiting:  # or it was taken back meanwhile
                    self._waiting.remove(message)
