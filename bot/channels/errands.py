"""What a callback leads to beside its being stored: a greeting, a card that changes. Nothing waits for it, and it is tried once."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.channels.channel import SendError

log = structlog.get_logger()


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

    async def finish(self) -> None:
        """Wait for those under way."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            reason = str(failure) if isinstance(failure, SendError) else type(failure).__name__
            log.warning("a callback came to nothing", channel=self._channel, callback=task.get_name(), reason=reason)
