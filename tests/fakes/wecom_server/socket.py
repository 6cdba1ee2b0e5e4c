"""The long connection of the AI bot: one live subscription, frames in, frames out, and everything that can go wrong with either."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.wecom_server.commands import COMMANDS
from tests.fakes.wecom_server.errors import RefusedError, result
from tests.fakes.wecom_server.faults import Fault
from tests.fakes.wecom_server.ledger import Call
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.turns import Turns
from tests.fakes.wecom_server.uploads import Uploads
from tests.fakes.wecom_server.windows import MINUTE

GOING_AWAY = 1001
ABORTED = 1006
LOOK_SECONDS = 0.01
CLOSE_SECONDS = 0.5
"""How long the other side may take to agree to a close."""

Frame = dict[str, Any]


class Connection:
    """One socket; `subscribed` once the bot has said who it is."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, heard: float) -> None:
        self.socket = socket
        self.request = request
        self.subscribed = False
        self.heard = heard
        self.reading: asyncio.Task[None] | None = None
        self._ending = asyncio.Lock()

    async def write(self, frame: Frame, *, whole: bool = True) -> None:
        """Send a frame, or the first half of it, if the other side is still there."""
        text = json.dumps(frame, ensure_ascii=False)
        with contextlib.suppress(ConnectionError):
            await self.socket.send_str(text if whole else text[: len(text) // 2])

    async def close(self, code: int) -> None:
        """End it with a code; 1006 cuts it without a word."""
        self.subscribed = False
        if code == ABORTED:
            if self.request.transport is not None:
                self.request.transport.abort()
        else:
            async with self._ending:
                if self.reading not in {None, asyncio.current_task()}:
                    self.reading.cancel()  # or the closing would not wait for the other side to agree
                await self.socket.close(code=code, message=b"")

    async def ended(self) -> None:
        """Wait until nothing is read any more, and for a closing that has begun; a mistake of ours in reading is raised here."""
        assert self.reading is not None
        await asyncio.wait({self.reading})
        async with self._ending:
            if not self.reading.cancelled():
                self.reading.result()


class Line:
    """The platform's end of the long connection."""

    def __init__(self, platform: Platform, turns: Turns, monotonic: Callable[[], float]) -> None:
        self._platform = platform
        self._turns = turns
        self._monotonic = monotonic
        self._uploads = Uploads(platform)
        self._open: set[Connection] = set()
        self._late: set[asyncio.Task[None]] = set()
        self._held: list[Frame] | None = None
        self.url_mode = False

    @property
    def live(self) -> Connection | None:
        """The connection that callbacks go to."""
        return next((one for one in self._open if one.subscribed), None)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from its opening to its end."""
        socket = web.WebSocketResponse(timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        connection = Connection(socket, request, self._monotonic())
        self._open.add(connection)
        connection.reading = asyncio.create_task(self._read(connection))
        watch = asyncio.create_task(self._watch(connection))
        try:
            await connection.ended()
        finally:
            self._open.discard(connection)
            watch.cancel()
            connection.reading.cancel()
        return socket

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.TEXT:
                await self._take(connection, message.data)

    async def stop(self) -> None:
        """End every connection, as when the server goes down."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*(connection.close(GOING_AWAY) for connection in list(self._open)))

    def close(self, code: int) -> None:
        """End the live connection, without waiting for the other side to agree."""
        if (connection := self.live) is not None:
            connection.subscribed = False
            self._later(connection.close(code))

    def forget(self) -> None:
        """Lose the subscription while the socket stays open."""
        for connection in self._open:
            connection.subscribed = False

    def hold(self) -> None:
        """Keep callbacks back from now on."""
        self._held = []

    async def release(self, order: Sequence[int] | None = None) -> None:
        """Deliver what was kept back, in its own order or another one (places from 0)."""
        held, self._held = self._held or [], None
        for place in order if order is not None else range(len(held)):
            await self._deliver(held[place])

    async def send(self, frame: Frame) -> None:
        """Send any frame to the bot."""
        if (connection := self.live) is not None:
            await connection.write(frame)

    async def push(self, command: str, req_id: str, body: Frame, copies: int = 1) -> bool:
        """Deliver a callback to the bot, more than once where asked for; whether somebody was there to take it."""
        for _ in range(copies):
            frame = {"cmd": command, "headers": {"req_id": req_id}, "body": body}
            if self._held is not None:
                self._held.append(frame)
            elif not await self._deliver(frame):
                return False
        return True

    async def _deliver(self, frame: Frame) -> bool:
        connection, name = self.live, str(frame["cmd"])
        fault = self._platform.faults.take(name)
        if connection is None or (fault is not None and fault.silent):
            self._platform.drop("not connected" if connection is None else "lost on the way", name, "bot", frame["body"])
            return False
        await self._write(connection, frame, fault)
        return True

    async def _write(self, connection: Connection, frame: Frame, fault: Fault | None) -> None:
        """Write a frame, as the fault wants it."""
        if fault is None or fault == Fault(accepted=fault.accepted, errcode=fault.errcode):
            await connection.write(frame)
        elif fault.close:
            await connection.close(fault.close)
        elif fault.delay:
            self._later(self._write_late(connection, frame, fault.delay))
        elif fault.malformed:
            await connection.write(frame, whole=False)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _write_late(self, connection: Connection, frame: Frame, delay: float) -> None:
        await asyncio.sleep(delay)
        await connection.write(frame)

    async def _take(self, connection: Connection, text: str) -> None:
        """Do what a frame asks for and acknowledge it."""
        try:
            frame = json.loads(text)
            command, req_id, body = str(frame["cmd"]), str(frame["headers"]["req_id"]), dict(frame.get("body") or {})
        except (ValueError, KeyError, TypeError):
            self._platform.drop("not a frame", "socket", "platform", text)
            return
        fault = self._platform.faults.take(command)
        ack: Frame | None = None
        if fault is None or fault.does_the_work:
            ack = self._acknowledged(connection, command, req_id, body)
        if fault is not None and fault.errcode is not None:
            ack = result(fault.errcode)
        answer = None if fault is not None and (fault.silent or fault.close) else ack
        shown = {key: value for key, value in body.items() if key not in {"secret", "base64_data"}}
        note = repr(fault) if fault else ""
        self._platform.ledger.calls.append(Call(self._platform.now(), command, {"req_id": req_id}, shown, answer, note))
        if fault is None or not fault.silent:
            await self._write(connection, {"headers": {"req_id": req_id}, **(ack or result(0))}, fault)

    def _acknowledged(self, connection: Connection, command: str, req_id: str, body: Frame) -> Frame:
        try:
            given = self._run(connection, command, req_id, body)
        except RefusedError as refused:
            return result(refused.code, refused.text)
        return result(0) | ({"body": given} if given is not None else {})

    def _run(self, connection: Connection, command: str, req_id: str, body: Frame) -> Frame | None:
        if command == "aibot_subscribe":
            self._subscribe(connection, body)
            return None
        if not connection.subscribed:
            raise RefusedError(846609)
        if command == "ping":
            connection.heard = self._monotonic()
            return None
        if command.startswith("aibot_upload_media_"):
            return self._uploads.run(command, body)
        if command not in COMMANDS:
            raise RefusedError(40058, "cmd invalid. invalid Request Parameter")
        return COMMANDS[command](self._platform, self._turns, req_id, body)

    def _subscribe(self, connection: Connection, body: Frame) -> None:
        bot = self._platform.company.bot
        if not self._platform.windows.take("subscribe", self._platform.now(), (self._platform.rules.subscribes_per_minute, MINUTE)):
            raise RefusedError(45009)
        if (body.get("bot_id"), body.get("secret")) != (bot.bot_id, bot.secret) or self.url_mode:
            raise RefusedError(853000)
        older = [one for one in self._open if one.subscribed and one is not connection]
        connection.subscribed = True
        connection.heard = self._monotonic()
        for one in older:
            one.subscribed = False
            self._later(self._kick(one))

    async def _kick(self, connection: Connection) -> None:
        await connection.write(self._goodbye())
        await connection.close(self._platform.rules.kick_code)

    def _goodbye(self) -> Frame:
        now, bot = self._platform.now(), self._platform.company.bot
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        body = {"msgid": f"m-{self._platform.serial()}", "create_time": int(now.timestamp()), "aibotid": bot.bot_id, **event}
        return {"cmd": "aibot_event_callback", "headers": {"req_id": uuid.uuid4().hex}, "body": body}

    async def _watch(self, connection: Connection) -> None:
        """Close a connection that says nothing for too long."""
        rules = self._platform.rules
        while self._monotonic() < connection.heard + rules.silent_seconds:  # noqa: ASYNC110  (no event tells of silence)
            await asyncio.sleep(LOOK_SECONDS)
        await connection.close(rules.silent_code)
