"""The process of a gateway: Node, with the port that other programs connect to, and one that obeys the tests.

Loading its packages takes Node most of a second of work. So a process whose gateway was closed in good order is kept for the next test.
"""

import asyncio
import atexit
import json
import os
import random
import select
import socket
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from signal import SIGCONT, SIGKILL, Signals
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout

SCRIPT = Path(__file__).with_name("gateway.mjs")
PORTS = range(20_000, 30_000)
"""Below those that systems give to outgoing connections: nobody takes the port of a dead gateway before it is started again."""
SECONDS = 60


def free_port() -> int:
    """A port on which nobody listens."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Node:
    """A process that is or was a gateway, or will be one."""

    def __init__(self) -> None:
        environment = {"PATH": os.environ["PATH"], "WECHATY_LOG": "silent", "GRPC_VERBOSITY": "NONE"}
        pipe, words = subprocess.PIPE, ("node", str(SCRIPT))
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=errors, env=environment)
            assert self._process.stdout is not None
            readable, _, _ = select.select([self._process.stdout], [], [], SECONDS)
            line = self._process.stdout.readline() if readable else b""
            if not line:
                self.end(SIGKILL)
                errors.seek(0)
                raise RuntimeError(f"the gateway did not start: {errors.read().decode()}")
        self.url = f"http://127.0.0.1:{json.loads(line)['control']}/"

    def notify(self, number: Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def end(self, number: Signals) -> None:
        """End it by a signal, whatever it was doing."""
        self._process.send_signal(number)
        self._process.send_signal(SIGCONT)  # it may be frozen
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()


_idle: list[Node] = []


def _take() -> Node:
    """One that can become a gateway."""
    return _idle.pop() if _idle else Node()


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().end(SIGKILL)


class Process:
    """A gateway that runs."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._http = ClientSession(timeout=ClientTimeout(total=SECONDS))

    @classmethod
    async def start(cls, world: dict[str, Any]) -> Self:
        """One with this world; returns when it listens."""
        process = cls(await asyncio.to_thread(_take))
        try:
            await process.command("open", **world)
        except BaseException:
            await process.end(SIGKILL)
            raise
        return process

    async def command(self, command: str, **options: Any) -> None:
        """Have something done; returns when it is."""
        body = json.dumps({"command": command, **options}).encode()
        async with self._http.post(self._node.url, data=BytesIO(body)) as response:
            if response.status != 200:
                raise RuntimeError((await response.json())["error"])

    def notify(self, number: Signals) -> None:
        """Send it a signal."""
        self._node.notify(number)

    async def end(self, number: Signals) -> None:
        """End it by a signal, whatever it was doing."""
        await self._http.close()
        await asyncio.to_thread(self._node.end, number)

    async def close(self) -> None:
        """Close it in good order, and keep the process for another."""
        try:
            await self.command("close")
        except BaseException:
            await self.end(SIGKILL)
            raise
        await self._http.close()
        _idle.append(self._node)
