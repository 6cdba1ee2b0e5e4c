"""An address that WeCom posts to: what comes is opened, taken, and only then answered with 200.

What cannot be taken in time is answered with 503, and comes again. Whatever is not WeCom's is refused at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

import structlog
from aiohttp import web

from bot.channels.wecom.callback import MAX_BODY, CallbackError, open_callback, open_echo
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.encoding import encoded
from bot.channels.wecom.replay import AGE, ReplayGuard
from bot.platform_time import PlatformTime

log = structlog.get_logger()

ANSWER_SECONDS: Final = 4.0
"""WeCom waits five seconds; what takes longer than this is answered with 503."""

Take = Callable[[bytes], Awaitable[dict[str, Any] | None]]
"""Takes an opened message, JSON or XML; what to answer at once, if anything. Raises where it could not be taken."""


class Endpoint:
    """Both questions that WeCom asks of the address of one channel."""

    def __init__(self, channel: str, crypto: Crypto, now: Callable[[], datetime], take: Take, platform_time: PlatformTime) -> None:
        self._channel = channel
        self._crypto = crypto
        self._now = now
        self._take = take
        self._platform_time = platform_time
        self._guard = ReplayGuard()

    def add_to(self, app: web.Application, path: str) -> None:
        """Listen there."""
        app.router.add_get(path, self._verify)
        app.router.add_post(path, self._receive)

    async def _verify(self, request: web.Request) -> web.Response:
        """Whether the address is ours: the echo, and nothing else."""
        try:
            echo = open_echo(request.query, self._crypto, self._guard, self._now())
        except CallbackError as error:
            return self._refused(request, error)
        self._tells_the_time(request, refused=False)
        return web.Response(body=echo, content_type="text/plain")

    async def _receive(self, request: web.Request) -> web.Response:
        """A message or an event. Giving up after a while does not undo the storing: the desk goes on with it."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._answered(request)
        except CallbackError as error:
            return self._refused(request, error)
        except TimeoutError:
            reason = "too_slow"
        except Exception as failure:  # noqa: BLE001  (whatever kept it from being stored: WeCom delivers it again)
            reason = type(failure).__name__
        log.error("callback not stored", channel=self._channel, reason=reason)
        return web.Response(status=503)

    async def _answered(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > MAX_BODY:
            raise CallbackError(413, "large")
        query, now = request.query, self._now()
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:  # sent without saying how long it is
            raise CallbackError(413, "large") from None
        except web.RequestPayloadError:  # said to be packed, and does not unpack
            raise CallbackError(400, "packed") from None
        opened = open_callback(query, body, self._crypto, self._guard, now)
        self._tells_the_time(request, refused=False)
        answer = await self._take(opened)
        self._guard.taken(query["msg_signature"], now)
        if answer is None:
            return web.Response()
        return web.json_response(self._sealed(answer, query["nonce"], now))

    def _sealed(self, answer: dict[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        """An answer as an AI bot gives it: with the nonce of the request."""
        encrypt = self._crypto.encrypt(encoded(answer))
        timestamp = int(now.timestamp())
        signature = self._crypto.sign(str(timestamp), nonce, encrypt)
        return {"encrypt": encrypt, "msgsignature": signature, "timestamp": timestamp, "nonce": nonce}

    def _tells_the_time(self, request: web.Request, *, refused: bool) -> None:
        self._platform_time.heard(self._channel, float(request.query["timestamp"]), refused=refused)

    def _refused(self, request: web.Request, error: CallbackError) -> web.Response:
        if error.reason == AGE:  # it was signed by WeCom
            self._tells_the_time(request, refused=True)
        log.warning("callback refused", channel=self._channel, status=error.status, reason=error.reason)
        return web.Response(status=error.status)
