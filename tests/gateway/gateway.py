"""A real Wechaty gateway that a test starts, kills and plays: its account, its contacts, and what they say.

What acts is awaited; what looks (`outbox`, `accepted`, `recalled`) is not. Where the gateway is down, or not started yet, the world
changes all the same and nobody hears of it. It is there again after the next start, on the same port.
"""

import base64
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.gateway.machine import Machine
from tests.gateway.packages import require_packages
from tests.gateway.world import Item, contact

TEXT, IMAGE, ATTACHMENT, AUDIO, RECALLED = 7, 6, 1, 2, 13
"""Types of messages."""
RECEIVE = 2
"""The type of a friendship that somebody asks for."""
WAITING = 2
"""The status of a code that nobody has scanned."""
ROOM, ROOM_MEMBER, CONTACT = 3, 4, 2
"""What a `dirty` event is about."""
AT_ONCE = 500


class Gateway(Machine):
    """A gateway with an account, contacts and rooms that a test plays."""

    # The account

    async def login(self, id: str = "bot", name: str = "小微") -> None:  # noqa: A002
        """Log an account in."""
        self._account, self._logged_in, self._scan = id, True, None
        self._world.contacts[id] = contact(id, name)
        await self._tell(contacts=[self._world.contacts[id]])
        await self._command("login", id=id)

    async def logout(self) -> None:
        """Log the account out, as its owner does on the phone."""
        self._logged_in = False
        await self._command("logout")

    async def scan(self, qrcode: str = "https://login.weixin.qq.com/l/demo") -> None:
        """Show a code that must be scanned to log in."""
        self._scan = {"qrcode": qrcode, "status": WAITING}
        await self._emit("scan", self._scan)

    async def error(self, text: str) -> None:
        """Tell of a trouble, which does not end the connection."""
        await self._emit("error", text)

    # Contacts and rooms

    async def contact(self, id: str, name: str, *, alias: str = "", handle: str = "", friend: bool = True, type: int = 1) -> None:  # noqa: A002
        """Somebody whom the account can see, or what is new about them.

        `alias` is what the owner of the account calls them (备注), `handle` the id that they tell people (微信号).
        """
        known = id in self._world.contacts
        self._world.contacts[id] = contact(id, name, alias=alias, handle=handle, friend=friend, type=type)
        events = [("dirty", {"payloadType": CONTACT, "payloadId": id})] if known else []
        await self._tell(*events, contacts=[self._world.contacts[id]])

    async def room(self, id: str, topic: str, members: Mapping[str, str]) -> None:  # noqa: A002
        """A room, or what is new about it: its contacts with the name that each has in the room, or "". The account is in it too."""
        for who in members:
            self._contact(who)
        known = id in self._world.rooms
        self._world.rooms[id] = {"id": id, "topic": topic, "members": {self._account: "", **members}}
        await self._room(id, *(_dirty(id) if known else []))

    async def rename(self, room: str, who: str, alias: str) -> None:
        """Somebody changes the name that they have in a room."""
        self._member(room, who)
        self._members(room)[who] = alias
        await self._room(room, *_dirty(room))

    async def join(self, room: str, who: str, alias: str = "", inviter: str = "bot") -> None:
        """Somebody comes into a room."""
        self._contact(who)
        self._members(room)[who] = alias
        event = {"inviteeIdList": [who], "inviterId": inviter, "roomId": room, "timestamp": self._milliseconds_of(None)}
        await self._room(room, ("room-join", event))

    async def leave(self, room: str, who: str, remover: str | None = None) -> None:
        """Somebody leaves a room, or is removed; the account itself too."""
        self._member(room, who)
        del self._members(room)[who]
        event = {"removeeIdList": [who], "removerId": remover or who, "roomId": room, "timestamp": self._milliseconds_of(None)}
        await self._room(room, ("room-leave", event))

    async def topic(self, room: str, text: str, who: str | None = None) -> None:
        """A room gets another name."""
        old, self._world.rooms[room]["topic"] = self._world.rooms[room]["topic"], text
        changer = who or self._account
        event = {"changerId": changer, "newTopic": text, "oldTopic": old, "roomId": room, "timestamp": self._milliseconds_of(None)}
        await self._room(room, ("room-topic", event))

    # What is said

    async def say(
        self,
        who: str,
        text: str,
        room: str | None = None,
        *,
        to: str | None = None,
        id: str | None = None,  # noqa: A002
        mentions: Sequence[str] = (),
        type: int = TEXT,  # noqa: A002
        at: datetime | int | None = None,
    ) -> str:
        """Somebody says something in a room, or in private to the account; the account itself, from the phone, `to` somebody.

        Returns the id of the message. `at` as a number is passed on as it is.
        """
        message = self._message(who, room, to, id, at) | {"text": text, "type": type, "mentionIdList": list(mentions)}
        return await self._hear(message)

    async def say_file(
        self,
        who: str,
        name: str,
        data: bytes,
        room: str | None = None,
        *,
        type: int = IMAGE,  # noqa: A002
        to: str | None = None,
        id: str | None = None,  # noqa: A002
        at: datetime | int | None = None,
        url: str = "",
    ) -> str:
        """Somebody sends a picture or another file, which comes as its bytes or as a `url`; returns the id of the message."""
        file = {"name": name, "url": url} if url else {"name": name, "base64": base64.b64encode(data).decode()}
        message = self._message(who, room, to, id, at) | {"text": "", "type": type, "filename": name, "file": file}
        return await self._hear(message)

    async def recall(self, who: str, message_id: str, *, at: datetime | int | None = None) -> str:
        """Somebody takes a message back; returns the id of the message that says so."""
        self._world.catch_up()
        taken = self._world.messages[message_id]
        message = self._message(who, taken.get("roomId"), taken.get("listenerId"), None, at)
        return await self._hear(message | {"text": message_id, "type": RECALLED})

    async def repeat(self, message_id: str) -> None:
        """Tell of a message once more."""
        await self._emit("message", {"messageId": message_id})

    async def burst(
        self,
        count: int,
        rooms: str | Sequence[str],
        senders: str | Sequence[str],
        text: str | Sequence[str] = "第{n}条 36.{d} 正常",
        *,
        first: int = 1,
        at: datetime | int | None = None,
    ) -> list[str]:
        """Many messages in order, as fast as they are taken: `burst-{first}` and so on; returns their ids when all are told.

        Rooms take turns; whenever all had theirs, the next sender speaks. Texts take turns too: {n} is the number, {d} its last digit.
        """
        rooms, senders, texts = (([one] if isinstance(one, str) else list(one)) for one in (rooms, senders, text))
        messages = []
        for turn in range(count):
            room, who = rooms[turn % len(rooms)], senders[turn // len(rooms) % len(senders)]
            said = texts[turn % len(texts)].replace("{n}", str(first + turn)).replace("{d}", str((first + turn) % 10))
            message = self._message(who, room, None, f"burst-{first + turn}", at)
            messages.append(message | {"text": said, "type": TEXT, "mentionIdList": []})
        for start in range(0, count, AT_ONCE):
            part = messages[start : start + AT_ONCE]
            self._world.messages |= {message["id"]: message for message in part}
            await self._tell(*(("message", {"messageId": message["id"]}) for message in part), messages=part)
        return [message["id"] for message in messages]

    async def flood(
        self, said: Sequence[tuple[str, str, str | None]], told: Sequence[int] | None = None, *, at: datetime | None = None
    ) -> list[str]:
        """Who said what, and in which room or in private: all of it in order, as fast as it is taken; returns the ids when all is told.

        `told` are the places of what the gateway tells of, in that order, where it does not tell of each once.
        """
        messages = [
            self._message(who, room, None, None, at) | {"text": text, "type": TEXT, "mentionIdList": []} for who, text, room in said
        ]
        ids = [message["id"] for message in messages]
        for start in range(0, len(messages), AT_ONCE):
            part = messages[start : start + AT_ONCE]
            self._world.messages |= {message["id"]: message for message in part}
            await self._tell(messages=part)
        events = [("message", {"messageId": ids[place]}) for place in (range(len(ids)) if told is None else told)]
        for start in range(0, len(events), AT_ONCE):
            await self._tell(*events[start : start + AT_ONCE])
        return ids

    async def request_friendship(self, who: str, hello: str) -> str:
        """A contact that is no friend asks to become one; returns the id of the friendship."""
        self._contact(who)
        name = self._next("friendship")
        friendship = {"id": name, "contactId": who, "hello": hello, "type": RECEIVE, "ticket": "", "timestamp": self._milliseconds_of(None)}
        self._world.friendships[name] = friendship
        await self._tell(("friendship", {"friendshipId": name}), friendships=[friendship])
        return name

    async def _room(self, room: str, *events: tuple[str, Any]) -> None:
        await self._tell(*events, rooms=[self._world.rooms[room]])

    async def _hear(self, message: Item) -> str:
        name: str = message["id"]
        self._world.messages[name] = message
        await self._tell(("message", {"messageId": name}), messages=[message])
        return name

    def _message(self, who: str, room: str | None, to: str | None, name: str | None, at: datetime | int | None) -> Item:
        if room is not None:
            self._member(room, who)
            where = {"roomId": room}
        else:
            self._contact(who)
            assert to is not None or who != self._account, "to whom does the account itself speak?"
            where = {"listenerId": to or self._account}
        return {"id": name or self._next("message"), "talkerId": who, "timestamp": self._milliseconds_of(at), **where}

    def _next(self, kind: str) -> str:
        self._count += 1
        return f"{kind}-{self._count}"

    def _milliseconds_of(self, at: datetime | int | None) -> int:
        return at if isinstance(at, int) else round((at or self._clock()).timestamp() * 1000)

    def _contact(self, who: str) -> None:
        self._world.catch_up()
        assert who in self._world.contacts, f"nobody is called {who!r}: tell of the contact first"

    def _member(self, room: str, who: str) -> None:
        assert who in self._members(room), f"{who!r} is not in {room!r}"

    def _members(self, room: str) -> dict[str, str]:
        assert room in self._world.rooms, f"there is no room {room!r}"
        members: dict[str, str] = self._world.rooms[room]["members"]
        return members


def _dirty(room: str) -> list[tuple[str, Any]]:
    return [("dirty", {"payloadType": kind, "payloadId": room}) for kind in (ROOM_MEMBER, ROOM)]


@asynccontextmanager
async def running_gateway(
    *,
    started: bool = True,
    logged_in: bool = True,
    token: str | None = None,
    tls: tuple[Path, Path] | None = None,
    beats: int = 1000,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Gateway]:
    """A gateway, in a folder of its own, that has `started` or will be. Skips the test, with the reason, where there can be none."""
    require_packages()
    with TemporaryDirectory(prefix="gateway-") as folder:
        gateway = Gateway(Path(folder), token=token, tls=tls, beats=beats, clock=clock)
        try:
            if started:
                await gateway.start(logged_in=logged_in)
            yield gateway
        finally:
            await gateway.close()
