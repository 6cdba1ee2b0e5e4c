"""A bot in a process of its own, as a unit runs it: what memory it takes is nobody else's."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

from aiohttp import ClientSession

from bot.channels.wechaty.wire import NAME
from bot.config import REPOSITORY
from bot.settings import Settings
from tests.gateway.gateway import Gateway

SECONDS: Final = 60.0
PAUSE: Final = 0.05
PEAK_BEGINS_ANEW: Final = "5"
"""What the kernel wants to read for that."""
_COUNTED: Final = re.compile(rf'^sanwei_messages_total\{{channel="{NAME}",outcome="(\w+)"\}} (\S+)$', re.MULTILINE)


class Alone:
    """The process, with what it logged."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.log: list[dict[str, Any]] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.log.append(json.loads(line) if line.startswith("{") else {"event": line})

    async def said(self, event: str) -> dict[str, Any]:
        """A line of its log, once it is there."""
        async with asyncio.timeout(SECONDS):
            while True:
                found = next((line for line in self.log if line["event"] == event), None)
                if found is not None:
                    return found
                assert self._process.poll() is None, self.log
                await asyncio.sleep(PAUSE)

    async def ready(self) -> None:
        """It hears."""
        self._url = (await self.said("listening"))["url"]
        async with asyncio.timeout(SECONDS), ClientSession() as http:
            while True:
                async with http.get(f"{self._url}/readyz") as answer:
                    if answer.status == 200:
                        return
                await asyncio.sleep(PAUSE)

    async def counted(self) -> dict[str, int]:
        """How many messages it has heard, by what became of them."""
        async with ClientSession() as http, http.get(f"{self._url}/metrics") as answer:
            return {outcome: int(float(number)) for outcome, number in _COUNTED.findall(await answer.text())}

    def memory(self, kind: str = "VmRSS") -> float:
        """What it holds in the machine's memory, in MB: now, or (VmHWM) at the highest point."""
        found = re.search(rf"^{kind}:\s+(\d+) kB$", Path(f"/proc/{self._process.pid}/status").read_text(), re.MULTILINE)
        assert found is not None
        return int(found[1]) / 1024

    def processor(self) -> float:
        """The processor time that it has taken, in seconds."""
        user, system = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def forget_peak(self) -> None:
        """The highest point so far counts no more."""
        Path(f"/proc/{self._process.pid}/clear_refs").write_text(PEAK_BEGINS_ANEW)

    def notify(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def ended(self) -> int:
        """Its exit code, once it has stopped as it was asked to."""
        code = await asyncio.to_thread(self._process.wait, SECONDS)
        self._reader.join(SECONDS)
        return code


@contextmanager
def alone(settings: Settings, gateway: Gateway) -> Iterator[Alone]:
    """A bot over a database that is there already. Its clock stands where the settings say; its pace is that of a person."""
    environment = os.environ | {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "SANWEI__CLOCK__START": str(settings.clock.start),
        "SANWEI__WEB__PORT": "0",
        "SANWEI__CHANNELS__SANDBOX__ENABLED": "false",
        "SANWEI__CHANNELS__WECHATY__ENABLED": "true",
        "SANWEI__CHANNELS__WECHATY__ENDPOINT": gateway.endpoint,
        "SANWEI__CHANNELS__WECHATY__TOKEN": gateway.token,
        "SANWEI__CHANNELS__WECHATY__TLS": "false",
    }
    words = ["-m", "bot", "run", "--config", str(REPOSITORY / "deploy" / "demo.yaml")]
    process = subprocess.Popen(
        [sys.executable, *words], env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Alone(process)
    finally:
        process.kill()
        process.wait(SECONDS)
        assert process.stderr is not None
        process.stderr.close()
