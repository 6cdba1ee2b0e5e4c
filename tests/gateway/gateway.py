"""A real Wechaty gateway that a test starts, kills and plays: its account, its contacts, and what they say.

What acts is awaited; what looks (`outbox`, `accepted`, `recalled`) is not. Where the gateway is down, or not started yet, the world
changes all the same and nobody hears of it. It is there again after the next start, on the same port.
"""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals
from tempfile import TemporaryDirectory
from typing import Any

from tests.gateway.packages import require_packages
from tests.gateway.process import TRIES, Process, free_port, run
from tests.gateway.world import Item, Sent, World

TEXT, IMAGE, ATTACHMENT, AUDIO, RECALLED = 7, 6, 1, 2, 13
"""Types of messages."""
RECEIVE = 2
"""The type of a friendship that somebody asks for."""
WAITING = 2
"""The status of a code that nobody has scanned."""
ROOM, ROOM_MEMBER, CONTACT = 3, 4, 2
"""What a `dirty` event is about."""
PAUSE = 0.02
AT_ONCE = 500


class Gateway:
    """A gateway, whether it runs or not. `beats`: milliseconds between heartbeats, 0 for none; `tls`: files of a certificate and its key.

    `clock` gives the moment at which something is said where a test does not say it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        token: str | None = None,
        tls: tuple[Path, Path] | None = None,
        beats: int = 1000,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.token = token or f"puppet_{secrets.token_hex(8)}"
        self.port = 0
        self._folder, self._tls, self._clock = folder, tls, clock
        self._beats, self._milliseconds, self._ids = beats, beats, True
        self._account, self._scan = "bot", None
        self._logged_in: bool = True
        self._world = World(folder / "journal")
        self._world.contacts["bot"] = _contact("bot", "小微")
        self._process: Process | None = None
        self._forgotten = self._count = 0

    @property
    def endpoint(self) -> str:
        """Where a client connects, as host:port."""
        return f"127.0.0.1:{self.port}"

    async def start(self, *, logged_in: bool | None = None) -> None:
        """Start it; returns when it listens. `logged_in`: None as it was before, the first time logged in."""
        assert self._process is None, "it runs already"
        if logged_in is not None:
            self._logged_in = logged_in
        self._world.catch_up(ended=True)
        words = ["--token", self.token]
        if self._tls is not None:
            words += ["--tls-cert", str(self._tls[0].resolve()), "--tls-key", str(self._tls[1].resolve())]
        world = {
            "account": self._account if self._logged_in else "",
            "scan": self._scan,
            "put": self._world.put(),
            "sent": len(self._world.sent),
            "ids": self._ids,
            "milliseconds": self._milliseconds,
        }
        for _ in range(TRIES):
            port = self.port or free_port()
            self._process = await run(self._folder, port, world, *words)
            if self._process is not None:
                self.port = port
                return
        raise RuntimeError("the gateway found no port to listen on")

    async def stop(self) -> None:
        """End it as an operator would; connections are closed."""
        await self._end(SIGTERM)

    async def kill(self) -> None:
        """The power fails."""
        await self._end(SIGKILL)

    async def _end(self, number: Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            await process.end(number)

    async def restart(self) -> None:
        """Kill it and start it again."""
        await self.kill()
        await self.start()

    async def freeze(self) -> None:
        """It hangs: connections stay open and nothing is answered, nor is anything that a test wants of it."""
        assert self._process is not None
        self._process.notify(SIGSTOP)

    async def thaw(self) -> None:
        """It goes on."""
        assert self._process is not None
        self._process.notify(SIGCONT)

    # The account

    async def login(self, id: str = "bot", name: str = "小微") -> None:  # noqa: A002
        """Log an account in."""
        self._account, self._logged_in, self._scan = id, True, None
        await self.contact(id, name, friend=False)
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

    async def contact(self, id: str, name: str, *, alias: str = "", friend: bool = True, type: int = 1) -> None:  # noqa: A002
        """Somebody whom the account can see, or what is new about them. `alias` is what the owner of the account calls them (备注)."""
        known = id in self._world.contacts
        self._world.contacts[id] = _contact(id, name, alias=alias, friend=friend, type=type)
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

    async def request_friendship(self, who: str, hello: str) -> str:
        """A contact that is no friend asks to become one; returns the id of the friendship."""
        self._contact(who)
        name = self._next("friendship")
        friendship = {"id": name, "contactId": who, "hello": hello, "type": RECEIVE, "ticket": "", "timestamp": self._milliseconds_of(None)}
        self._world.friendships[name] = friendship
        await self._tell(("friendship", {"friendshipId": name}), friendships=[friendship])
        return name

    # What the bot did

    def outbox(self) -> list[Sent]:
        """What the bot sent, in order, since the last `forget`."""
        self._world.catch_up()
        return self._world.sent[self._forgotten :]

    def forget(self) -> None:
        """Begin with an empty outbox."""
        self._forgotten += len(self.outbox())

    def accepted(self) -> list[str]:
        """The friendships that the bot accepted."""
        self._world.catch_up()
        return list(self._world.accepted)

    def recalled(self) -> list[str]:
        """The messages that the bot took back."""
        self._world.catch_up()
        return list(self._world.recalled)

    async def until(self, predicate: Callable[[list[Sent]], Any], seconds: float = 10.0) -> list[Sent]:
        """Wait until the outbox is as it must be, and return it."""
        for _ in range(round(seconds / PAUSE)):
            if predicate(outbox := self.outbox()):
                return outbox
            await asyncio.sleep(PAUSE)
        raise AssertionError(f"the outbox is not what it should be after {seconds} s: {[(one.conversation, one.text) for one in outbox]}")

    # Trouble. What is counted ends with the process.

    async def fail_sends(self, times: int, error: str = "the platform refuses") -> None:
        """The next sends are answered by an error and reach nobody."""
        await self._command("trouble", failures=[error] * times)

    async def swallow_sends(self, times: int) -> None:
        """The next sends arrive, and are not answered."""
        await self._command("trouble", swallows=times)

    async def lose_sends(self, times: int) -> None:
        """The next sends reach nobody, and are not answered."""
        await self._command("trouble", losses=times)

    async def payload_fails(self, times: int) -> None:
        """The next times that a message is asked for, there is an error in its place."""
        await self._command("trouble", payloadFailures=times)

    async def no_ids(self, on: bool = True) -> None:
        """Sends are answered without the id of the message."""
        self._ids = not on
        await self._command("trouble", ids=self._ids)

    async def beats(self, on: bool | int) -> None:
        """The heart stops, or beats; a number is that of milliseconds between two beats."""
        self._milliseconds = (self._beats if on else 0) if isinstance(on, bool) else on
        await self._command("beats", milliseconds=self._milliseconds)

    async def _command(self, command: str, **options: Any) -> None:
        if self._process is not None:
            await self._process.command(command, **options)

    async def _tell(self, *events: tuple[str, Any], **put: list[Item]) -> None:
        await self._command("tell", put=put, emit=events)

    async def _emit(self, event: str, payload: Any) -> None:
        await self._tell((event, payload))

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


def _contact(name_of_it: str, name: str, *, alias: str = "", friend: bool = False, type: int = 1) -> Item:  # noqa: A002
    return {"id": name_of_it, "name": name, "alias": alias, "friend": friend, "type": type}


def _dirty(room: str) -> list[tuple[str, Any]]:
    return [("dirty", {"payloadType": kind, "payloadId": room}) for kind in (ROOM_MEMBER, ROOM)]


@asynccontextmanager
async def running_gateway(
    *,
    logged_in: bool = True,
    token: str | None = None,
    tls: tuple[Path, Path] | None = None,
    beats: int = 1000,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Gateway]:
    """A gateway that has started, in a folder of its own. Skips the test, with the reason, where there can be none."""
    require_packages()
    with TemporaryDirectory(prefix="gateway-") as folder:
        gateway = Gateway(Path(folder), token=token, tls=tls, beats=beats, clock=clock)
        try:
            await gateway.start(logged_in=logged_in)
            yield gateway
        finally:
            await gateway.stop()
