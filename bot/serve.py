"""Run the bot and its web server until a signal stops them."""

import asyncio
import gc
import signal

import structlog
from aiohttp import web

from bot.bot import Bot
from bot.settings import Settings
from bot.web.app import build_app

log = structlog.get_logger()

GRACE_SECONDS = 10.0
"""How long open requests may take to finish after a signal."""


async def serve(settings: Settings) -> None:
    """Start, say where, wait for SIGINT or SIGTERM, stop in reverse order."""
    bot = Bot(settings)
    runner = web.AppRunner(build_app(bot), access_log=None, shutdown_timeout=GRACE_SECONDS)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    try:
        await runner.setup()
        # words, patterns and sentences stay for good: looking through them for garbage would hold up everybody for 0.1 s every second
        gc.collect()
        gc.freeze()
        site = web.TCPSite(runner, settings.web.host, settings.web.port)
        await site.start()
        port = runner.addresses[0][1]
        log.info("listening", url=f"http://{settings.web.host}:{port}")
        await stop.wait()
    finally:
        await runner.cleanup()
