"""A gateway as a machine: it is started, killed and frozen, it has trouble, and it tells what the bot did."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals
from typing import Any

from tests.gateway.process import Process, free_port
from tests.gateway.world import Item, Sent, World, contact

PAUSE = 0.02


class Machine:
    """A gateway, whether it runs or not.

    `tls` are the files of a certificate and its key; `beats` are milliseconds between heartbeats, 0 for none; `clock` gives the moment
    at which something is said where a test does not say it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        token: str | None = None,
        tls: tuple[Path, Path] | None = None,
        beats: int = 1000,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.token = token or f"puppet_{secrets.token_hex(8)}"
        self.port = 0
        self._folder, self._clock = folder, clock
        self._tls = {"serverCert": tls[0].read_text(), "serverKey": tls[1].read_text()} if tls else None
        self._beats, self._milliseconds, self._ids = beats, beats, True
        self._account, self._logged_in = "bot", True
        self._scan: Item | None = None
        self._world = World(folder / "journal")
        self._world.contacts["bot"] = contact("bot", "小微")
        self._process: Process | None = None
        self._forgotten = self._count = 0
        self._frozen = False

    @property
    def endpoint(self) -> str:
        """Where a client connects, as host:port."""
        return f"127.0.0.1:{self.port}"

    async def start(self, *, logged_in: bool | None = None) -> None:
        """Start it; returns when it listens. `logged_in`: None as it was before, the first time logged in."""
        assert self._process is None, "it runs already"
        if logged_in is not None:
            self._logged_in = logged_in
        self._world.catch_up(ended=True)
        self.port = self.port or free_port()
        self._process = await Process.start(
            {
                "port": self.port,
                "token": self.token,
                "tls": self._tls,
                "folder": str(self._folder),
                "journal": str(self._world.journal),
                "account": self._account if self._logged_in else "",
                "scan": self._scan,
                "put": self._world.put(),
                "sent": len(self._world.sent),
                "ids": self._ids,
                "milliseconds": self._milliseconds,
            }
        )

    async def stop(self) -> None:
        """End it as an operator would; connections are closed."""
        await self._end(SIGTERM)

    async def kill(self) -> None:
        """The power fails."""
        await self._end(SIGKILL)

    async def close(self) -> None:
        """The test is over."""
        process, self._process = self._process, None
        if process is not None:
            await (process.end(SIGKILL) if self._frozen else process.close())

    async def _end(self, number: Signals) -> None:
        process, self._process = self._process, None
        self._frozen = False
        if process is not None:
            await process.end(number)

    async def restart(self) -> None:
        """Kill it and start it again."""
        await self.kill()
        await self.start()

    async def freeze(self) -> None:
        """It hangs: connections stay open and nothing is answered, nor is anything that a test wants of it."""
        assert self._process is not None
        self._process.notify(SIGSTOP)
        self._frozen = True

    async def thaw(self) -> None:
        """It goes on."""
        assert self._process is not None
        self._process.notify(SIGCONT)
        self._frozen = False

    # What the bot did

    def outbox(self) -> list[Sent]:
        """What the bot sent, in order, since the last `forget`."""
        self._world.catch_up()
        return self._world.sent[self._forgotten :]

    def forget(self) -> None:
        """Begin with an empty outbox."""
        self._forgotten += len(self.outbox())

    def accepted(self) -> list[str]:
        """The friendships that the bot accepted."""
        self._world.catch_up()
        return list(self._world.accepted)

    def recalled(self) -> list[str]:
        """The messages that the bot took back."""
        self._world.catch_up()
        return list(self._world.recalled)

    async def until(self, predicate: Callable[[list[Sent]], Any], seconds: float = 10.0) -> list[Sent]:
        """Wait until the outbox is as it must be, and return it."""
        for _ in range(round(seconds / PAUSE)):
            if predicate(outbox := self.outbox()):
                return outbox
            await asyncio.sleep(PAUSE)
        raise AssertionError(f"the outbox is not what it should be after {seconds} s: {[(one.conversation, one.text) for one in outbox]}")

    # Trouble. What is counted ends with the process.

    async def fail_sends(self, times: int, error: str = "the platform refuses") -> None:
        """The next sends are answered by an error and reach nobody."""
        await self._command("trouble", failures=[error] * times)

    async def swallow_sends(self, times: int) -> None:
        """The next sends arrive, and are not answered."""
        await self._command("trouble", swallows=times)

    async def lose_sends(self, times: int) -> None:
        """The next sends reach nobody, and are not answered."""
        await self._command("trouble", losses=times)

    async def payload_fails(self, times: int) -> None:
        """The next times that a message is asked for, there is an error in its place."""
        await self._command("trouble", payloadFailures=times)

    async def no_ids(self, on: bool = True) -> None:
        """Sends are answered without the id of the message."""
        self._ids = not on
        await self._command("trouble", ids=self._ids)

    async def beats(self, on: bool | int) -> None:
        """The heart stops, or beats; a number is that of milliseconds between two beats."""
        self._milliseconds = (self._beats if on else 0) if isinstance(on, bool) else on
        await self._command("beats", milliseconds=self._milliseconds)

    async def _command(self, command: str, **options: Any) -> None:
        if self._process is not None:
            await self._process.command(command, **options)

    async def _tell(self, *events: tuple[str, Any], **put: list[Item]) -> None:
        await self._command("tell", put=put, emit=events)

    async def _emit(self, event: str, payload: Any) -> None:
        await self._tell((event, payload))
