"""Whoever opens connections and says nothing, or one letter a second, does not keep WeCom out."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels.wecom_app.routes import PATH
from bot.serve import serve
from bot.settings import Settings
from bot.web.entrance import Entrance
from models.clock import SystemClock
from tests.fakes.wecom import FakeWeCom
from tests.stage import changed, only_jobs
from tests.wecom.app_unit import COMPANY, USERIDS, app_settings, move_in, with_app

MOST = 20
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SILENCE = b""
HALF_A_HEADER = b"POST /wecom/app?msg_signature=1 HTTP/1.1\r\nHost: sanwei\r\nX-A: a"
HALF_A_BODY = b"POST /wecom/app?msg_signature=1&timestamp=1&nonce=1 HTTP/1.1\r\nHost: sanwei\r\nContent-Length: 4000\r\n\r\n<xml>"
SPOKEN = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def crowd(port: int, says: bytes, count: int = 3 * MOST) -> list[Line]:
    """So many connections, each of which says that much and then nothing."""
    lines = []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(says)
        lines.append((reader, writer))
    return lines


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Whether the other end has closed the line."""
    try:
        await asyncio.wait_for(reader.read(), 0.5)
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


async def hang_up(lines: list[Line]) -> None:
    for _, writer in lines:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@pytest.fixture
async def port(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A unit with the app, served as `run` does it, but to fewer at once."""
    monkeypatch.setattr("bot.web.app.MOST", MOST)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    unit = with_app(changed(only_jobs(settings), web={"port": port}, clock={"kind": "system", "start": None}), app_settings())
    move_in(unit)
    running = asyncio.create_task(serve(unit))
    while True:
        try:
            await hang_up(await crowd(port, SPOKEN, 1))
            break
        except OSError:
            await asyncio.sleep(0.05)
    yield port
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 30)


@pytest.mark.parametrize("says", [SILENCE, HALF_A_HEADER, HALF_A_BODY, SPOKEN], ids=["silence", "header", "body", "spoken"])
async def test_wecom_is_heard_while_others_hold_every_connection(port: int, says: bytes) -> None:
    lines = await crowd(port, says)
    async with FakeWeCom(COMPANY, now=SystemClock().now) as fake:
        assert (await fake.app_says(f"http://127.0.0.1:{port}{PATH}", USERIDS["张伟"], "36.5，正常")).statuses == (200,)
    lines += await crowd(port, SPOKEN, 1)  # whoever comes finds all the others there
    closed = await asyncio.gather(*[is_closed(reader) for reader, _ in lines])
    assert sum(closed) >= 2 * MOST
    assert closed == sorted(closed, reverse=True), "the oldest had to go"
    await hang_up(lines)


async def test_a_request_that_is_being_handled_is_never_closed_for_others() -> None:
    entrance, done = Entrance(MOST), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        await done.wait()
        return web.Response(text="stored")

    app = web.Application(middlewares=[entrance.note])
    app.router.add_get("/slow", slow)
    runner = web.AppRunner(app)
    await runner.setup()
    door = await asyncio.get_running_loop().create_server(entrance.to(runner), "127.0.0.1", 0)
    port = door.sockets[0].getsockname()[1]
    ((reader, writer),) = await crowd(port, b"GET /slow HTTP/1.1\r\nHost: sanwei\r\n\r\n", 1)
    lines = await crowd(port, HALF_A_HEADER)
    done.set()
    answer = await asyncio.wait_for(reader.readuntil(b"stored"), 10)
    assert answer.startswith(b"HTTP/1.1 200")
    await hang_up([*lines, (reader, writer)])
    door.close()
    await runner.cleanup()
