"""The web server: health, readiness, metrics, the channels' callbacks, the page. It starts and stops the bot."""

import math
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.bot import Bot
from bot.channels.channel import State
from bot.channels.sandbox import routes as sandbox
from bot.channels.wechaty import routes as wechaty
from bot.channels.wecom_aibot import routes as wecom_aibot
from bot.channels.wecom_app import routes as wecom_app
from bot.web import demo
from bot.web.answers import Handler, answer, refuse
from bot.web.entrance import MOST, Entrance
from bot.web.page import add_page
from models import cases, deliveries
from models.capabilities import Hears
from models.store import answers, why

log = structlog.get_logger()

BOT = web.AppKey("web_bot", Bot)
ENTRANCE = web.AppKey("entrance", Entrance)
MAX_BODY = 4 * 1024 * 1024
"""In bytes; a longer request is refused before it is read to its end."""


def build_app(bot: Bot) -> web.Application:
    """The application around a bot that is not started yet."""
    entrance = Entrance(MOST)
    app = web.Application(client_max_size=MAX_BODY, middlewares=[entrance.note, _one_line_errors])
    app[ENTRANCE] = entrance
    app[BOT] = bot
    app.cleanup_ctx.append(_run_bot)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get("/metrics", _metrics)
    wecom_app.add_routes(app, bot)
    wecom_aibot.add_routes(app, bot)
    wechaty.add_routes(app, bot)
    if bot.settings.channels.sandbox.enabled:
        sandbox.add_routes(app, bot)
        demo.add_routes(app)
        add_page(app, organization=bot.settings.organization.name, bot=bot.settings.organization.bot_name)
    return app


@web.middleware
async def _one_line_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of the server itself (no such page, too large) in the same form as all others: one line of JSON.

    One that nobody foresaw is a line in the log, too: a traceback may hold what somebody said.
    """
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return refuse(413, f"the request is larger than {MAX_BODY} bytes; send less at once")
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004
            raise
        return refuse(error.status, f"{request.method} {request.path}: {error.reason}")
    except Exception as failure:  # noqa: BLE001  (whatever it is, the server goes on)
        resource = request.match_info.route.resource
        log.error("request failed", path=resource.canonical if resource else None, error=why(failure))
        return refuse(500, f"{request.method} {request.path}: failed inside; the log says more")


async def _run_bot(app: web.Application) -> AsyncIterator[None]:
    await app[BOT].start()
    yield
    await app[BOT].stop()


async def _healthz(_request: web.Request) -> web.Response:
    """The process lives."""
    return answer({"status": "ok"})


async def _readyz(request: web.Request) -> web.Response:
    """The store answers and took the last messages, and where there are channels that hear anybody, one of them works."""
    bot = request.app[BOT]
    try:
        await bot.store.read(answers)
    except Exception as failure:  # noqa: BLE001  (whatever it is, the bot is not ready)
        return answer({"status": "not ready", "store": type(failure).__name__}, status=503)
    if bot.desk.refused:
        return answer({"status": "not ready", "store": "takes no messages"}, status=503)
    channels = bot.states()
    hearing = [
        channels[name]
        for name, channel in bot.channels.items()
        if channel.capabilities.hears is not Hears.NOTHING or channel.capabilities.private
    ]
    found = {"channels": channels} | _clock(bot)
    if hearing and State.ONLINE not in hearing:
        return answer({"status": "not ready", **found}, status=503)
    return answer({"status": "ready", **found})


def _clock(bot: Bot) -> dict[str, str]:
    """What is to be done about a clock for which nothing is taken."""
    off = bot.platform_time.off()
    if off is None:
        return {}
    way = "ahead of" if off > timedelta(0) else "behind"
    return {"clock": f"this machine's clock is {way} WeCom's by {abs(off).total_seconds():.0f} s; set it, and turn automatic time on"}


async def _metrics(request: web.Request) -> web.Response:
    """All figures; without a store those that need none, since an alarm on a figure that is not there never sounds."""
    bot = request.app[BOT]
    try:
        unsent, unfinished = await bot.store.read(lambda session: (deliveries.unsent(session), float(len(cases.unfinished(session)))))
    except Exception as failure:  # noqa: BLE001  (whatever it is, the others are known)
        log.error("figures without the store", error=why(failure))
        bot.metrics.outbox.clear()
        unsent, unfinished = {}, math.nan
    for place, count in unsent.items():
        bot.metrics.outbox.labels(place).set(count)
    bot.metrics.open_cases.set(unfinished)
    for name, state in bot.states().items():
        bot.metrics.online.labels(name).set(state is State.ONLINE)
    ahead = bot.platform_time.ahead()
    bot.metrics.clock_ahead.set(math.nan if ahead is None else ahead.total_seconds())
    return web.Response(body=generate_latest(bot.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
