"""Calls to a gateway: the Wechaty project's generated client, the two calls that it lacks, and every failure by its name."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import betterproto
from grpclib.client import Channel
from grpclib.config import Configuration
from grpclib.const import Cardinality, Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError
from wechaty_grpc.wechaty import PuppetStub

from bot.channels.channel import SendError

UPLOAD_SECONDS: Final = 15.0
CHUNK_BYTES: Final = 256 * 1024
INDIVIDUAL: Final = 1
"""The type of a contact that is a person."""

T = TypeVar("T")


class GatewayError(SendError):
    """A call failed. `reason` is one of the names below, or the kind of an unforeseen failure."""


UNREACHABLE: Final = "unreachable"
UNAUTHENTICATED: Final = "unauthenticated"
TAKEN_OVER: Final = "taken_over"
"""Another program listens to the gateway."""
CERTIFICATE: Final = "certificate"
"""It is not who it should be, or does not speak TLS."""
TIMEOUT: Final = "timeout"
LOST: Final = "connection_lost"
CLOSED: Final = "not_connected"
"""The connection has been given up meanwhile."""
TOO_LARGE: Final = "too_large"
REFUSED: Final = "refused"
"""The account's own program says no."""

_NOT_ASKED: Final = frozenset({UNREACHABLE, UNAUTHENTICATED, CERTIFICATE, CLOSED})
_NOT_ANSWERED: Final = frozenset({TIMEOUT, LOST})
_BY_STATUS: Final = {
    Status.UNAUTHENTICATED: UNAUTHENTICATED,
    Status.PERMISSION_DENIED: UNAUTHENTICATED,
    Status.ALREADY_EXISTS: TAKEN_OVER,
    Status.RESOURCE_EXHAUSTED: TOO_LARGE,
    Status.DEADLINE_EXCEEDED: TIMEOUT,
    Status.UNAVAILABLE: UNREACHABLE,
}


def failure_of(error: BaseException) -> GatewayError:
    """What a failed call means. The texts of errors stay behind: they may repeat what was to be said."""
    if isinstance(error, GatewayError):
        return error
    reason = _reason(error)
    return GatewayError(reason, retry=reason != TOO_LARGE, tried=reason not in _NOT_ASKED, answered=reason not in _NOT_ANSWERED)


def _reason(error: BaseException) -> str:
    match error:
        case GRPCError():
            return _BY_STATUS.get(error.status, REFUSED)
        case TimeoutError():
            return TIMEOUT
        case StreamTerminatedError() | ProtocolError() | ConnectionResetError() | BrokenPipeError():
            return LOST
        case ssl.SSLError():
            return CERTIFICATE
        case OSError():  # no address, no listener
            return UNREACHABLE
        case _:
            return type(error).__name__


class Event(NamedTuple):
    """Something happened at the gateway: the number of its kind, and its JSON."""

    kind: int
    payload: str


@dataclass(frozen=True, slots=True)
class Payload:
    """A message as the gateway has it. `room` is "" in private; `listener` is the peer of what the account itself says in private.

    `timestamp` is in milliseconds, from some gateways in seconds.
    """

    id: str
    type: int
    talker: str
    listener: str
    room: str
    text: str
    timestamp: int
    mentions: tuple[str, ...]
    filename: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An account: its own name, the `remark` that the owner of our account gave it, whether the two are friends.

    `handle` is the id that people tell each other (微信号), where they chose one; the account's own id is another.
    """

    name: str
    remark: str
    handle: str
    friend: bool
    type: int


@dataclass(eq=False, repr=False)
class _UploadRequest(betterproto.Message):
    chunk: bytes = betterproto.bytes_field(1)


@dataclass(eq=False, repr=False)
class _UploadResponse(betterproto.Message):
    id: str = betterproto.string_field(1)


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """What a gateway's certificate is checked against, its name included. Raises OSError where the file cannot be read."""
    context = ssl.create_default_context(cafile=ca_file)
    context.set_alpn_protocols(["h2"])
    return context


class Rpc:
    """One connection to a gateway. Every call raises GatewayError and nothing else; it connects by itself at the first call.

    `call_seconds`: how long an answer is waited for.
    """

    def __init__(self, endpoint: str, token: str, tls: ssl.SSLContext | None, tls_name: str | None, call_seconds: float) -> None:
        host, _, port = endpoint.rpartition(":")
        config = None if tls_name is None else Configuration(ssl_target_name_override=tls_name)
        self._channel = Channel(host.strip("[]"), int(port), ssl=tls, config=config)
        self._closed = False
        self._metadata = {"authorization": f"Wechaty {token}"}
        self._stub: Any = PuppetStub(self._channel, timeout=call_seconds, metadata=self._metadata)
        self._stream: Any = PuppetStub(self._channel, metadata=self._metadata)
        """Without a deadline, which would end the stream of events."""

    async def start(self, seconds: float) -> None:
        """Let the account's own program run; nothing changes where it does. It may take so long."""
        await self._named(self._started(seconds))

    async def _started(self, seconds: float) -> None:
        async with asyncio.timeout(seconds):
            await self._stream.start()

    async def stop(self) -> None:
        """Log the account out, and end whoever listens."""
        await self._named(self._stub.stop())

    async def ding(self) -> None:
        """Ask for a sign of life, which comes as an event."""
        await self._named(self._stub.ding(data="sanwei"))

    async def events(self) -> AsyncIterator[Event]:
        """Whatever happens, until the gateway ends it."""
        try:
            async for response in self._stream.event():
                yield Event(response.type, response.payload)
        except Exception as error:  # noqa: BLE001  (each gets its name)
            raise failure_of(error) from None

    async def message(self, message_id: str) -> Payload:
        """A message by its id."""
        found = await self._named(self._stub.message_payload(id=message_id))
        return Payload(
            id=found.id or message_id,
            type=int(found.type),
            talker=found.from_id,
            listener=found.to_id,
            room=found.room_id,
            text=found.text,
            timestamp=int(found.timestamp),
            mentions=tuple(found.mention_ids),
            filename=found.filename,
        )

    async def contact(self, account: str) -> Contact:
        """Who an account is."""
        found = await self._named(self._stub.contact_payload(id=account))
        return Contact(found.name, found.alias, found.weixin, found.friend, int(found.type))

    async def called_in(self, room: str, account: str) -> str:
        """What somebody is called in a room: as they call themselves there, else by their own name."""
        found = await self._named(self._stub.room_member_payload(id=room, member_id=account))
        return str(found.room_alias or found.name)

    async def members(self, room: str) -> tuple[str, ...]:
        """The accounts in a room."""
        found = await self._named(self._stub.room_member_list(id=room))
        return tuple(found.member_ids)

    async def friendship(self, friendship_id: str) -> tuple[str, int]:
        """The account that it is about, and the number of its kind."""
        found = await self._named(self._stub.friendship_payload(id=friendship_id))
        return str(found.contact_id), int(found.type)

    async def accept(self, friendship_id: str) -> None:
        """Become somebody's friend who asked for it."""
        await self._named(self._stub.friendship_accept(id=friendship_id))

    async def send_text(self, conversation: str, text: str, mentions: list[str]) -> str:
        """Say something in a room, or in private to an account; the id of the message, "" where the gateway gives none."""
        sent = await self._named(self._stub.message_send_text(conversation_id=conversation, text=text, mentonal_ids=mentions))
        return str(sent.id or "")

    async def send_file(self, conversation: str, file_box: str) -> str:
        """Send a file, described as JSON; the id of the message, "" where the gateway gives none."""
        sent = await self._named(self._stub.message_send_file(conversation_id=conversation, filebox=file_box))
        return str(sent.id or "")

    async def upload(self, data: bytes) -> str:
        """Bring a file to the gateway in pieces, whatever its size; the id by which it can be sent."""
        return await self._named(self._upload(data))

    async def _upload(self, data: bytes) -> str:
        call = self._channel.request(
            "/wechaty.Puppet/Upload",
            Cardinality.STREAM_UNARY,
            _UploadRequest,
            _UploadResponse,
            timeout=UPLOAD_SECONDS,
            metadata=self._metadata,
        )
        async with call as stream:
            for first in range(0, len(data), CHUNK_BYTES):
                last = first + CHUNK_BYTES >= len(data)
                await stream.send_message(_UploadRequest(chunk=data[first : first + CHUNK_BYTES]), end=last)
            answer = await stream.recv_message()
        if answer is None or not answer.id:
            raise GatewayError(REFUSED, retry=True)
        return str(answer.id)

    def close(self) -> None:
        """Hang up. Calls fail from now on."""
        self._closed = True
        self._channel.close()

    async def _named(self, call: Coroutine[Any, Any, T]) -> T:
        if self._closed:  # the channel would connect once more, and nobody would hang up
            call.close()
            raise GatewayError(CLOSED, retry=True, tried=False)
        try:
            return await call
        except Exception as error:  # noqa: BLE001  (each gets its name)
            raise failure_of(error) from None
        finally:
            if self._closed:  # it may have been about to connect
                self._channel.close()
