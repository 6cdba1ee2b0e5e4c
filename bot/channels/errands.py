"""What a callback leads to beside its being stored: a greeting, a card that changes. Nothing waits for it, and it is tried once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import structlog

from bot.channels.channel import SendError

log = structlog.get_logger()


FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 30.0
"""In seconds, between two tries of what must not be forgotten."""


async def insist(channel: str, act: Callable[[], Awaitable[None]]) -> None:
    """Do what must not be forgotten, until the store takes it."""
    wait = FIRST_WAIT
    while True:
        try:
            await act()
        except Exception as failure:  # noqa: BLE001  (whatever it was, it is tried again)
            log.error("the store does not take what happened, it is tried again", channel=channel, error=type(failure).__name__)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


class Errands:
    """Runs each in a task of its own; one that fails leaves a line in the log."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin one; `name` says what it is, for the log."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self, seconds: float | None = None) -> None:
        """Wait for those under way; what takes longer than so many seconds is left undone."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            reason = str(failure) if isinstance(failure, SendError) else type(failure).__name__
            log.warning("a callback came to nothing", channel=self._channel, callback=task.get_name(), reason=reason)
