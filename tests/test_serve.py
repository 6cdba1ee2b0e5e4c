"""Starting: the port comes first, and whoever does not get it has touched nothing."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.serve import ListenError, serve
from bot.settings import Settings
from tests.stage import changed


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_second_bot_is_refused_before_it_touches_the_database_the_key_or_a_channel(
    settings: Settings, taken: int, tmp_path: Path
) -> None:
    prepared: list[str] = []
    with pytest.raises(ListenError) as refused:
        await serve(changed(settings, web={"port": taken}), lambda: prepared.append("the demo is made anew"))
    assert str(refused.value).startswith(f"web.port: cannot listen on 127.0.0.1:{taken} (Address already in use)")
    assert prepared == []
    assert files_in(tmp_path) == [], "neither a database nor a key was made, so no channel was started"


@pytest.mark.parametrize("host", ["203.0.113.7", "192.168.1.5:8080", "nobody.invalid", "a..b"])
async def test_a_host_that_is_not_this_machine_is_named_with_what_to_write(settings: Settings, host: str) -> None:
    with pytest.raises(ListenError) as refused:
        await serve(changed(settings, web={"host": host}))
    assert str(refused.value).startswith(f"web.host: {host} is no address of this machine; write 127.0.0.1 ")
    assert "\n" not in str(refused.value)


async def test_who_has_the_port_is_served(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    running = asyncio.create_task(serve(changed(settings, web={"port": port})))
    async with aiohttp.ClientSession() as client:
        for _ in range(300):
            try:
                async with client.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    assert answer.status == 200
                break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 30)
    with socket.create_server(("127.0.0.1", port)):
        pass  # it is free again
