"""The group webhook as a channel: each room has its key, and whoever has the key writes into the room.

The key never leaves this file but on the wire; outside, a room goes by the id of its group or branch.
"""

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from bot.channels.channel import Door, Limit, Outgoing, SendError, Sent, State
from bot.channels.markdown import untagged
from bot.channels.settings import WecomRobot
from bot.channels.wecom import pictures
from bot.channels.wecom.errors import Policy, WeComError
from bot.channels.wecom.rest import Rest
from bot.channels.wecom_robot.bindings import NAME, bound, unknown
from models import rooms
from models.capabilities import Capabilities, Hears, Push
from services.office import Office
from services.work import Work

log = structlog.get_logger()

CAPABILITIES = Capabilities(hears=Hears.NOTHING, private=False, rooms=Push.ALWAYS, people=Push.NEVER, images=True)
GONE: Final = frozenset({93000, 93004, 93008})
"""The key is not valid any more, or the robot was removed or turned off: this room is closed until somebody sets it right."""


class RobotChannel:
    """Rooms are the ids of groups and branches, and "org" for everybody; nobody is reached in private."""

    name = NAME
    capabilities = CAPABILITIES
    limits: tuple[Limit, ...] = (Limit(20, timedelta(minutes=1), reserved=2),)
    max_bytes: int | None = 4096

    def __init__(self, settings: WecomRobot, office: Office, *, busy_seconds: float = 0.5) -> None:
        self._keys = settings.rooms
        self._office = office
        self._rest = Rest(settings.api_base, busy_seconds=busy_seconds)
        self._door: Door | None = None
        self._closed: set[str] = set()

    @property
    def state(self) -> State:
        """Nothing is kept open, so that nothing can break."""
        return State.ONLINE

    async def start(self, door: Door) -> None:
        """Bind the rooms as the settings name them; nothing is asked of the platform yet."""
        self._door = door
        await self._rest.open()
        await self._office.write(self._bind)

    async def stop(self) -> None:
        """Close the connections."""
        await self._rest.close()

    def _bind(self, work: Work) -> None:
        work.directory_changed = rooms.keep_only(work.session, NAME, bound(self._keys, work.directory))
        for room in unknown(self._keys, work.directory):
            log.error("a room's id is that of no group or branch; it is left out", channel=NAME, room=room)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Write into a room. Of a room that is closed the duty officers hear once, until it takes something again."""
        room = outgoing.room
        if room is None or room not in self._keys:
            raise SendError("no_such_room", retry=False)
        query = {"key": self._keys[room].get_secret_value()}
        body = _words(outgoing.text) if outgoing.image is None else await asyncio.to_thread(_picture, outgoing.image)
        try:
            await self._rest.call("POST", "/cgi-bin/webhook/send", query=query, json=body)
        except WeComError as error:
            if error.code in GONE or error.policy is Policy.STOP:
                await self._tell(room, error.reason)
            raise
        self._closed.discard(room)
        return Sent()

    async def _tell(self, room: str, reason: str) -> None:
        if self._door is not None and room not in self._closed:
            await self._door.room_closed(NAME, room, reason)
            self._closed.add(room)


def _words(text: str) -> Mapping[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": untagged(text)}}


def _picture(path: Path) -> Mapping[str, Any]:
    """A PNG or JPEG of at most 2 MB; its MD5 is for the platform to see that all of it came."""
    data = pictures.read(path)
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return {"msgtype": "image", "image": {"base64": base64.b64encode(data).decode(), "md5": digest}}
