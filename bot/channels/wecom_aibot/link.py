"""One socket to WeCom: frames out, their acknowledgements, callbacks in. Once it has ended it stays so, and a new one is opened."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog
from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType
from pydantic import ValidationError

from bot.channels.wecom.encoding import encoded
from bot.channels.wecom.errors import WeComError, error_of, no_answer
from bot.channels.wecom_aibot.incoming import NAME
from bot.channels.wecom_aibot.wire import Callback, Frame

log = structlog.get_logger()

LOST: Final = "connection_lost"
TAKEN_OVER: Final = "taken_over"
"""Another connection of the same bot took this one's place."""

_CALLBACKS: Final = frozenset({"aibot_msg_callback", "aibot_event_callback"})
_NOT_SUBSCRIBED: Final = 846609

Heard = Callable[[str, Callback], None]
"""Takes a callback and its req_id; must not block."""


class Link:
    """A socket from its opening to its end, which `ended` tells of; `reason` says why in one word."""

    def __init__(self, socket: ClientWebSocketResponse, heard: Heard, ack_seconds: float) -> None:
        self.ended = asyncio.Event()
        self.reason = LOST
        self._socket = socket
        self._heard = heard
        self._ack_seconds = ack_seconds
        self._acks: dict[str, asyncio.Future[Frame]] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def end(self, reason: str) -> None:
        """Nothing more is to be had from this socket. Who still waits for an acknowledgement hears so."""
        if not self.ended.is_set():
            self.reason = reason
            self.ended.set()
        for ack in self._acks.values():
            if not ack.done():
                ack.set_exception(no_answer(LOST))

    async def ask(self, command: str, body: Mapping[str, Any] | None = None, *, answers: str | None = None) -> dict[str, Any]:
        """Send a frame and wait until it is acknowledged: the body of the acknowledgement, mostly empty.

        Raises WeComError where it was refused or no acknowledgement came. `answers` is the req_id of the callback that is answered.
        Acknowledgements name no more than the req_id, so of each there is one frame under way at a time.
        """
        req_id = answers or f"{command}_{uuid.uuid4().hex}"
        turn = self._turns.setdefault(req_id, asyncio.Lock())
        async with turn:
            ack = await self._acknowledged(
                req_id, {"cmd": command, "headers": {"req_id": req_id}} | ({} if body is None else {"body": body})
            )
        if ack.errcode == _NOT_SUBSCRIBED:
            self.end("not_subscribed")
        if ack.errcode:
            raise error_of(ack.errcode)
        return ack.body

    async def _acknowledged(self, req_id: str, frame: Mapping[str, Any]) -> Frame:
        if self.ended.is_set():
            raise no_answer(LOST, tried=False)
        ack: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._acks[req_id] = ack
        try:
            async with asyncio.timeout(self._ack_seconds):
                await self._socket.send_str(encoded(frame).decode())
                return await ack
        except TimeoutError:
            name = "timeout"
        except (ClientError, OSError):
            name = LOST
        finally:
            del self._acks[req_id]
        raise no_answer(name)

    async def read(self) -> None:
        """Read until the socket closes, whatever the code."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self.end(LOST)

    def _take(self, text: str) -> None:
        try:
            frame = Frame.model_validate_json(text)
            callback = Callback.model_validate(frame.body) if frame.cmd in _CALLBACKS else None
        except ValidationError:
            log.warning("a frame could not be read", channel=NAME, length=len(text))
            return
        if callback is not None:
            if callback.replaces:
                self.end(TAKEN_OVER)
            else:
                self._hand_over(frame.headers.req_id, callback)
        elif frame.cmd is None:
            ack = self._acks.get(frame.headers.req_id)
            if ack is not None and not ack.done() and frame.errcode is not None:
                ack.set_result(frame)

    def _hand_over(self, req_id: str, callback: Callback) -> None:
        try:
            self._heard(req_id, callback)
        except Exception as failure:  # noqa: BLE001  (one callback must not end the reading of all others)
            log.error("a callback could not be taken", channel=NAME, reason=type(failure).__name__)

    async def beat(self, seconds: float, misses: int) -> None:
        """Send a heartbeat every so often; a link on which so many in a row are not acknowledged is dead."""
        missed = 0
        while missed < misses:
            await asyncio.sleep(seconds)
            try:
                await self.ask("ping")
                missed = 0
            except WeComError:
                missed += 1
        self.end("no_heartbeat")

    async def close(self) -> None:
        """Close the socket, whoever ended it."""
        self.end(LOST)
        await self._socket.close()
