"""Where the platform posts what people write to the app: opened, stored, and only then answered with 200.

What cannot be stored in time is answered with 503, and comes again. Whatever is not the platform's is refused at once.
"""

import asyncio
from typing import Final

import structlog
from aiohttp import web

from bot.bot import Bot
from bot.channels.channel import Door
from bot.channels.wecom.callback import MAX_BODY, CallbackError, open_callback, open_echo, read_xml
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.replay import ReplayGuard
from bot.channels.wecom_app.wire import NAME, message_of
from bot.settings import WecomApp

log = structlog.get_logger()

PATH: Final = "/wecom/app"
ANSWER_SECONDS: Final = 4.0
"""The platform waits five seconds; what takes longer than this is answered with 503."""


def add_routes(app: web.Application, bot: Bot) -> None:
    """Listen, if the settings say how what comes is opened."""
    settings = bot.settings.channels.wecom_app
    if settings.enabled and settings.receives:
        callback = _Callback(_crypto(settings), bot.door)
        app.router.add_get(PATH, callback.verify)
        app.router.add_post(PATH, callback.receive)


def _crypto(settings: WecomApp) -> Crypto:
    token, key = settings.token, settings.encoding_aes_key
    return Crypto(token.get_secret_value() if token else "", key.get_secret_value() if key else "", settings.corp_id or "")


class _Callback:
    """Both questions that the platform asks of the address."""

    def __init__(self, crypto: Crypto, door: Door) -> None:
        self._crypto = crypto
        self._door = door
        self._guard = ReplayGuard()

    async def verify(self, request: web.Request) -> web.Response:
        """Whether the address is ours: the echo, and nothing else."""
        try:
            return web.Response(body=open_echo(request.query, self._crypto, self._guard, self._door.now()), content_type="text/plain")
        except CallbackError as error:
            return _refused(error)

    async def receive(self, request: web.Request) -> web.Response:
        """A message or an event. Giving up after a while does not undo the storing: the desk goes on with it."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._take(request)
        except CallbackError as error:
            return _refused(error)
        except TimeoutError:
            reason = "too_slow"
        except Exception as failure:  # noqa: BLE001  (whatever kept the store from committing: the platform sends it again)
            reason = type(failure).__name__
        else:
            return web.Response()
        log.error("callback not stored", channel=NAME, reason=reason)
        return web.Response(status=503)

    async def _take(self, request: web.Request) -> None:
        if (request.content_length or 0) > MAX_BODY:
            raise CallbackError(413, "large")
        query, now = request.query, self._door.now()
        message = message_of(read_xml(open_callback(query, await request.read(), self._crypto, self._guard, now)))
        if message is not None:
            await self._door.receive(message)
        self._guard.taken(query["msg_signature"], now)


def _refused(error: CallbackError) -> web.Response:
    log.warning("callback refused", channel=NAME, status=error.status, reason=error.reason)
    return web.Response(status=error.status)
