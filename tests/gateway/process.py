"""The process of a gateway: Node in a folder of its own, with the port that other programs connect to, and one that obeys tests."""

import asyncio
import json
import os
import random
import socket
from io import BytesIO
from pathlib import Path
from signal import SIGCONT, Signals
from typing import IO, Any

from aiohttp import ClientSession, ClientTimeout

SCRIPT = Path(__file__).with_name("gateway.mjs")
PORTS = range(20_000, 30_000)
"""Below those that systems give to outgoing connections: nobody takes the port of a dead gateway before it is started again."""
TRIES = 5
SECONDS = 30


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


class Process:
    """A gateway that runs."""

    def __init__(self, process: asyncio.subprocess.Process, control: int) -> None:
        self._process = process
        self._http = ClientSession(timeout=ClientTimeout(total=SECONDS))
        self._url = f"http://127.0.0.1:{control}/"

    async def command(self, command: str, **options: Any) -> None:
        """Have something done; returns when it is."""
        body = json.dumps({"command": command, **options}).encode()
        async with self._http.post(self._url, data=BytesIO(body)) as response:
            if response.status != 200:
                raise RuntimeError((await response.json())["error"])

    def notify(self, number: Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def end(self, number: Signals) -> None:
        """End it by a signal, whatever it was doing."""
        await self._http.close()
        self._process.send_signal(number)
        self._process.send_signal(SIGCONT)  # it may be frozen
        try:
            await asyncio.wait_for(self._process.wait(), SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


async def run(folder: Path, port: int, world: dict[str, Any], *options: str) -> Process | None:
    """Start a gateway; None where it cannot have that port."""
    words = ("node", str(SCRIPT), "--port", str(port), "--journal", str(folder / "journal"), *options)
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(folder), "WECHATY_LOG": "silent", "GRPC_VERBOSITY": "NONE"}
    pipe = asyncio.subprocess.PIPE
    with _errors(folder) as errors:
        process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, stderr=errors, cwd=folder, env=environment)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(world).encode() + b"\n")
        await process.stdin.drain()
        line = await asyncio.wait_for(process.stdout.readline(), SECONDS)
    except (ConnectionError, TimeoutError):
        line = b""
    if line:
        return Process(process, json.loads(line)["control"])
    if process.returncode is None:
        process.kill()
    await process.wait()
    said = (folder / "errors").read_text(encoding="utf-8")
    if "EADDRINUSE" in said or "No address added" in said:
        return None
    raise RuntimeError(f"the gateway did not start: {said}")


def _errors(folder: Path) -> IO[bytes]:
    return (folder / "errors").open("wb")
