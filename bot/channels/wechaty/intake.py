"""What comes in from a gateway, one thing after the other: a message is named by its id only, and fetched ahead of its turn."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from bot.channels.wechaty.rpc import Payload
from bot.channels.wechaty.wire import NAME

log = structlog.get_logger()

AHEAD: Final = 64
"""How many messages are fetched at most before it is their turn. Once half of them are used up, the next are asked for all together:
one write to the network instead of one for each."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened: `act` is what to do about it, or (`message_id`) a message that is to be fetched first.

    Whatever was said before `at` came in before it; None where that cannot be said.
    """

    at: datetime | None
    message_id: str | None = None
    act: Callable[[], Awaitable[None]] | None = None


class Intake:
    """Does everything in the order in which it came in.

    `fetch` gives a message, None where it is gone; `take` handles it. Neither may raise; what does is logged, and the next one follows.
    """

    def __init__(self, fetch: Callable[[str], Coroutine[Any, Any, Payload | None]], take: Callable[[Payload], Awaitable[None]]) -> None:
        self._fetch = fetch
        self._take = take
        self._waiting: deque[Item] = deque()
        self._fetching: deque[tuple[Item, asyncio.Task[Payload | None] | None]] = deque()
        self._there = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        self._running = asyncio.create_task(self._run(), name="wechaty intake")

    async def stop(self) -> None:
        """Stop where it is."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        tasks = [task for _, task in self._fetching if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def message(self, message_id: str, at: datetime | None) -> None:
        """A message is there."""
        self._put(Item(at, message_id=message_id))

    def do(self, act: Callable[[], Awaitable[None]], at: datetime | None) -> None:
        """Do something when it is its turn."""
        self._put(Item(at, act=act))

    async def idle(self) -> None:
        """Returns once everything that came in was done."""
        await self._idle.wait()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._fetching)

    @property
    def next(self) -> Item | None:
        """The first thing that is not done yet."""
        if self._fetching:
            return self._fetching[0][0]
        return self._waiting[0] if self._waiting else None

    @property
    def unread(self) -> int:
        """How many messages were announced and not taken yet."""
        ahead = [item for item, _ in self._fetching]
        return sum(item.message_id is not None for item in (*ahead, *self._waiting))

    def _put(self, item: Item) -> None:
        self._waiting.append(item)
        self._idle.clear()
        self._there.set()

    async def _run(self) -> None:
        while True:
            if len(self._fetching) <= AHEAD // 2:
                while self._waiting and len(self._fetching) < AHEAD:
                    item = self._waiting.popleft()
                    self._fetching.append((item, self._begin(item)))
            if not self._fetching:
                self._there.clear()
                self._idle.set()
                await self._there.wait()
                continue
            item, task = self._fetching[0]
            try:
                await self._do(item, task)
            except Exception as failure:  # noqa: BLE001  (whatever one thing does, the others follow)
                log.error("something that came in was not handled", channel=NAME, error=type(failure).__name__)
            self._fetching.popleft()

    def _begin(self, item: Item) -> asyncio.Task[Payload | None] | None:
        return None if item.message_id is None else asyncio.create_task(self._fetch(item.message_id))

    async def _do(self, item: Item, task: asyncio.Task[Payload | None] | None) -> None:
        if task is not None:
            payload = await task
            if payload is not None:
                await self._take(payload)
        if item.act is not None:
            await item.act()
