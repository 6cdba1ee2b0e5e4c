"""Running a client that others wrote: it is told what to do and tells what happens, a line of JSON each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

SECONDS = 20.0


class Program:
    """A running client. `events` are what it told of so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.events: list[dict[str, Any]] = []
        self._told = 0
        self._ended = False
        self._changed = asyncio.Condition()
        self._process = process
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._changed:
                self.events.append(json.loads(line))
                self._changed.notify_all()
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def tell(self, do: str, **facts: Any) -> None:
        """Give it something to do."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **facts}).encode() + b"\n")
        await self._process.stdin.drain()

    async def hears(self, event: str) -> dict[str, Any]:
        """The next event of a kind; those before it are passed over."""

        def found() -> int | None:
            return next((n for n in range(self._told, len(self.events)) if self.events[n]["event"] == event), None)

        async with asyncio.timeout(SECONDS), self._changed:
            while (place := found()) is None:
                assert not self._ended, f"the program ended before it told of {event!r}"
                await self._changed.wait()
        self._told = place + 1
        return self.events[place]

    async def does(self, do: str, **facts: Any) -> Any:
        """Have it do something, and wait until it says what came of it."""
        await self.tell(do, **facts)
        return (await self.hears("done"))["result"]

    async def stop(self) -> None:
        """End it."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reader


@asynccontextmanager
async def running(*words: str | Path) -> AsyncIterator[Program]:
    """Start a program, and end it however the test ends."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*map(str, words), stdin=pipe, stdout=pipe)
    program = Program(process)
    try:
        yield program
    finally:
        await program.stop()
