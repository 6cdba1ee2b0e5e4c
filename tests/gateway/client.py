"""A client of the gateway that others wrote: the Wechaty project's own stub, with no line of the bot's in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import betterproto
from grpclib.client import Channel, Configuration
from grpclib.const import Cardinality
from wechaty_grpc.wechaty import PuppetStub
from wechaty_grpc.wechaty.puppet import EventType, MessagePayloadResponse

from tests.gateway.gateway import Gateway

SECONDS = 20.0
PIECE = 64 * 1024


@dataclass
class DownloadRequest(betterproto.Message):
    """Which file; newer than the stub."""

    id: str = betterproto.string_field(1)


@dataclass
class DownloadResponse(betterproto.Message):
    """A piece of it."""

    chunk: bytes = betterproto.bytes_field(1)


@dataclass
class UploadRequest(betterproto.Message):
    """A piece of a file."""

    chunk: bytes = betterproto.bytes_field(1)


@dataclass
class UploadResponse(betterproto.Message):
    """By which name the file is sent."""

    id: str = betterproto.string_field(1)


class Client:
    """Somebody who is connected. `ask` asks; `hears` is the next event of a kind."""

    def __init__(self, gateway: Gateway, token: str | None, seconds: float, tls: SSLContext | None) -> None:
        host, port = gateway.endpoint.split(":")
        config = Configuration(ssl_target_name_override="localhost") if tls else None
        self.channel = Channel(host, int(port), ssl=tls, config=config)
        metadata = {"authorization": f"Wechaty {gateway.token if token is None else token}"}
        self.ask = PuppetStub(self.channel, metadata=metadata, timeout=seconds)
        self._stream = PuppetStub(self.channel, metadata=metadata)
        self._events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._listener: asyncio.Task[None] | None = None

    def listen(self) -> None:
        """Ask for the events."""
        self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for event in self._stream.event():
            await self._events.put((EventType(event.type).name.removeprefix("EVENT_TYPE_").lower(), json.loads(event.payload)))

    async def ended(self) -> BaseException | None:
        """What the stream of events ended with."""
        assert self._listener is not None
        async with asyncio.timeout(SECONDS):
            await asyncio.wait([self._listener])
        return self._listener.exception()

    async def hears(self, kind: str) -> Any:
        """The next event of a kind; those before it are passed over."""
        async with asyncio.timeout(SECONDS):
            while True:
                event, payload = await self._events.get()
                if event == kind:
                    return payload

    def unheard(self) -> list[str]:
        """Kinds of events that came and that nobody has looked at, but for heartbeats."""
        return [kind for kind, _ in list(self._events._queue) if kind != "heartbeat"]  # type: ignore[attr-defined]

    async def reads(self) -> MessagePayloadResponse:
        """The next message."""
        return await self.ask.message_payload(id=(await self.hears("message"))["messageId"])

    async def downloads(self, name: str) -> bytes:
        """A file that is too large for an answer."""
        pieces = self._stream._unary_stream("/wechaty.Puppet/Download", DownloadRequest(id=name), DownloadResponse)
        return b"".join([piece.chunk async for piece in pieces])

    async def uploads(self, data: bytes) -> str:
        """Hand over a file that is too large for a question; returns its name."""
        kind = Cardinality.STREAM_UNARY
        call = self.channel.request("/wechaty.Puppet/Upload", kind, UploadRequest, UploadResponse, metadata=self.ask.metadata)
        async with call as stream:
            for start in range(0, len(data), PIECE):
                await stream.send_message(UploadRequest(chunk=data[start : start + PIECE]))
            await stream.end()
            response = await stream.recv_message()
        assert response is not None
        return response.id

    async def close(self) -> None:
        """Hang up."""
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._listener
        self.channel.close()


@asynccontextmanager
async def client_of(
    gateway: Gateway, *, token: str | None = None, seconds: float = SECONDS, tls: SSLContext | None = None, listen: bool = True
) -> AsyncIterator[Client]:
    """Somebody who is connected, and hears what happens."""
    client = Client(gateway, token, seconds, tls)
    if listen:
        client.listen()
        await client.hears("heartbeat")
    try:
        yield client
    finally:
        await client.close()
