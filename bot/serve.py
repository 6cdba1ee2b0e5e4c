"""Run the bot and its web server until a signal stops them."""

import asyncio
import errno
import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import structlog
from aiohttp import web

from bot.bot import Bot
from bot.settings import Settings, Web
from bot.web.app import ENTRANCE, build_app

log = structlog.get_logger()

GRACE_SECONDS = 10.0
"""How long open requests may take to finish after a signal."""


class ListenError(Exception):
    """The port cannot be had; the text says what to do."""


async def serve(settings: Settings, prepare: Callable[[], None] = lambda: None) -> None:
    """Take the port, start, say where, wait for SIGINT or SIGTERM, stop in reverse order.

    The port comes first: whoever does not get it has touched nothing, no database (`prepare`) and no channel. A second bot that
    connected before it failed would throw the one that runs off its line.
    """
    with _listening(settings.web) as sockets:
        prepare()
        bot = Bot(settings)
        app = build_app(bot)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)
        doors: list[asyncio.Server] = []
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        try:
            await runner.setup()
            enter = app[ENTRANCE].to(runner)
            # words, patterns and sentences stay for good: looking through them for garbage would hold up everybody for 0.1 s every second
            gc.collect()
            gc.freeze()
            doors += [await loop.create_server(enter, sock=one) for one in sockets]
            log.info("listening", url=f"http://{settings.web.host}:{sockets[0].getsockname()[1]}")
            await stop.wait()
        finally:
            for door in doors:
                door.close()
            await runner.cleanup()


@contextmanager
def _listening(wanted: Web) -> Iterator[list[socket.socket]]:
    """A socket for each address of the host, all of them listening: what comes before the bot is there waits for it."""
    with ExitStack() as stack:
        try:
            found = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            places = dict.fromkeys((family, address) for family, _, _, _, address in found)
            sockets = [stack.enter_context(socket.create_server(address, family=family)) for family, address in places]
        except (OSError, UnicodeError) as error:
            raise ListenError(_why(wanted, error)) from None
        yield sockets


def _why(wanted: Web, error: OSError | UnicodeError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.EADDRINUSE, errno.EACCES}:
        advice = "stop the program that uses it, or choose another port" if number == errno.EADDRINUSE else "choose a port above 1023"
        reason = os.strerror(number)
        return f"web.port: cannot listen on {wanted.host}:{wanted.port} ({reason}); {advice}: SANWEI__WEB__PORT=8081"
    return (
        f"web.host: {wanted.host} is no address of this machine; write 127.0.0.1 (this machine alone), "
        "0.0.0.0 (every network of it), or one of its own addresses"
    )
