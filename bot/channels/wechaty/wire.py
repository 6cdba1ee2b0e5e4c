"""What a gateway says, as far as it is read here: kinds of events with their JSON, kinds of messages. Pure."""

from enum import IntEnum
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

NAME: Final = "wechaty"


class EventKind(IntEnum):
    """The numbers of events, as the gateway's protocol has them."""

    HEARTBEAT = 1
    MESSAGE = 2
    DONG = 3
    ERROR = 16
    FRIENDSHIP = 17
    ROOM_JOIN = 19
    ROOM_LEAVE = 20
    SCAN = 22
    LOGIN = 25
    LOGOUT = 26
    DIRTY = 27


class MessageType(IntEnum):
    """The numbers of messages as gateways send them, which are not those of the Python package's own list."""

    UNKNOWN = 0
    ATTACHMENT = 1
    AUDIO = 2
    CONTACT = 3
    CHAT_HISTORY = 4
    EMOTICON = 5
    IMAGE = 6
    TEXT = 7
    LOCATION = 8
    MINI_PROGRAM = 9
    GROUP_NOTE = 10
    TRANSFER = 11
    RED_ENVELOPE = 12
    RECALLED = 13
    URL = 14
    VIDEO = 15
    POST = 16


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class MessageEvent(_Wire):
    """A message is there to be fetched."""

    id: str = Field(alias="messageId", min_length=1)


class LoginEvent(_Wire):
    """Somebody is logged in: our own account from now on."""

    account: str = Field(alias="contactId", min_length=1)


TO_BE_SCANNED: Final = frozenset({0, 2})
"""Unknown, waiting; the other states of a code are that it was scanned, confirmed, cancelled or grew old."""


class ScanEvent(_Wire):
    """A code is there to be scanned, or was scanned by now."""

    status: int = 0
    qrcode: str = ""


class RoomEvent(_Wire):
    """Somebody came into a room, or left it."""

    room: str = Field(alias="roomId", min_length=1)
    joined: tuple[str, ...] = Field(default=(), alias="inviteeIdList")
    left: tuple[str, ...] = Field(default=(), alias="removeeIdList")


class FriendshipEvent(_Wire):
    """Somebody asks to be a friend, or became one."""

    id: str = Field(alias="friendshipId", min_length=1)


class Failure(_Wire):
    """What an error says of itself; its text is not read, for it may repeat what somebody said."""

    name: str = ""
    code: int | None = None


class ErrorEvent(_Wire):
    """Something went wrong at the gateway. `failure` is JSON again."""

    failure: str = Field(default="", alias="gerror")


E_ = TypeVar("E_", bound=_Wire)


def parsed(kind: type[E_], payload: str) -> E_ | None:
    """An event's JSON; None where it is none of that kind."""
    try:
        return kind.model_validate_json(payload)
    except ValidationError:  # its text would repeat what it was given
        return None
