"""What happens at the gateway, handed to the bot in the order in which it happened."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.channels.channel import Door
from bot.channels.errands import Errands, insist
from bot.channels.reception import Reception
from bot.channels.wechaty import incoming, wire
from bot.channels.wechaty.connection import REFUSALS, Connection
from bot.channels.wechaty.echoes import Echoes
from bot.channels.wechaty.fetching import fetched
from bot.channels.wechaty.incoming import Me, Recall
from bot.channels.wechaty.intake import Intake
from bot.channels.wechaty.login import Login, as_text
from bot.channels.wechaty.people import People
from bot.channels.wechaty.rpc import Event, Payload
from bot.channels.wechaty.wire import NAME, EventKind, MessageType, parsed
from models.message import Message

log = structlog.get_logger()

AT_ONCE: Final = 256
"""How many messages are on their way to the store at the same time."""
NOTED_EVERY: Final = timedelta(seconds=10)
"""How often it is written down that everything was heard so far."""
LAST_SECONDS: Final = 5.0
"""How long what has come in may take when the bot stops."""
LAST_ERRANDS: Final = 5.0
"""How long what is under way besides may take then: first of all, writing down until when everything was heard."""
CONFIRMED, RECEIVED = 1, 2
"""Kinds of friendship."""


class Listener:
    """Takes the events of a connection. `login` is how the account stands; `echoes` learns what it said itself."""

    def __init__(self, door: Door, connection: Connection, login: Login, echoes: Echoes, bot_name: str) -> None:
        self._door = door
        self._connection = connection
        self._login = login
        self._echoes = echoes
        self._bot_name = bot_name
        self.people = People(connection, door)
        self.intake = Intake(partial(fetched, connection), self._take)
        self._reception = Reception(NAME, door, self._introduce)
        self._errands = Errands(NAME)
        self._unintroduced: set[tuple[str, str | None]] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._me: str | None = None
        self._my_name = ""
        self._hearing = False
        self._heard_until: datetime | None = None
        self._noted: datetime | None = None

    def start(self) -> None:
        """Begin to work on what comes in."""
        self.intake.start()

    async def stop(self) -> None:
        """Hand over what was fetched, and note until when everything was heard. `finish` is the rest of it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await self.intake.idle()
        await self.intake.stop()
        until = self._reached()
        if self.intake.unread:
            log.warning("stopped before every message was fetched", channel=NAME, messages=self.intake.unread)
        await self._stored()
        await self._reception.stop()
        if until is not None:
            self._errands.begin("note", self._note(until))

    async def finish(self) -> None:
        """Wait for what is under way besides, but not for long."""
        await self._errands.finish(LAST_ERRANDS)

    def _reached(self) -> datetime | None:
        """Until when everything that was said was taken; None where that cannot be said."""
        waits = self.intake.next
        return self._complete_until if waits is None else waits.at

    @property
    def _complete_until(self) -> datetime | None:
        """Until when everything that was said has come in; None while nothing is heard."""
        return self._heard_until if self._hearing else None

    def happened(self, event: Event) -> None:
        """Take an event; what it leads to is done when it is its turn."""
        now = self._door.now()
        if self._hearing:
            self._heard_until = now
        match event.kind:
            case EventKind.MESSAGE:
                message = parsed(wire.MessageEvent, event.payload)
                if message is not None:
                    self.intake.message(message.id, self._complete_until)
            case EventKind.LOGIN | EventKind.LOGOUT | EventKind.SCAN:
                self._login_changed(event, now)
            case EventKind.ROOM_JOIN | EventKind.ROOM_LEAVE | EventKind.FRIENDSHIP | EventKind.DIRTY:
                self._people_changed(event)
            case EventKind.ERROR:
                _log_error(event.payload)
            case _:
                self._alive(now)

    def _login_changed(self, event: Event, now: datetime) -> None:
        if event.kind == EventKind.LOGIN:
            login = parsed(wire.LoginEvent, event.payload)
            if login is not None:
                self._logged_in(login.account, now)
        elif event.kind == EventKind.LOGOUT:
            self._logged_out(now)
        else:
            scan = parsed(wire.ScanEvent, event.payload)
            if scan is not None and scan.qrcode and scan.status in wire.TO_BE_SCANNED:
                self._to_be_scanned(scan.qrcode, now)

    def _people_changed(self, event: Event) -> None:
        if event.kind == EventKind.DIRTY:
            self.people.forget()
        elif event.kind == EventKind.FRIENDSHIP:
            friendship = parsed(wire.FriendshipEvent, event.payload)
            if friendship is not None:
                self.intake.do(partial(self._friendship, friendship.id), self._complete_until)
        else:
            change = parsed(wire.RoomEvent, event.payload)
            if change is not None:
                self.intake.do(partial(self._room_changed, change), self._complete_until)

    def down(self) -> None:
        """The stream of events has ended."""
        self._login.connecting()
        self._deaf(self._door.now())

    def out_of_order(self, reason: str) -> None:
        """A human must act."""
        if reason in REFUSALS:
            self._login.refused()
        else:
            self._login.connecting()
        self._trouble(reason)

    def _trouble(self, reason: str) -> None:
        async def tell() -> None:
            if not self._hearing:  # the store may have taken so long that it is over
                await self._door.out_of_order(NAME, reason)

        self._errands.begin("trouble", insist(NAME, tell))

    async def caught_up(self) -> None:
        """Returns once everything that has come in so far was looked at."""
        there = asyncio.Event()

        async def mark() -> None:
            there.set()

        self.intake.do(mark, self._complete_until)
        await there.wait()

    def _alive(self, now: datetime) -> None:
        if self._hearing and (self._noted is None or now - self._noted >= NOTED_EVERY):
            self._noted = now
            self.intake.do(partial(self._note, now), now)

    async def _note(self, until: datetime) -> None:
        """Everything was heard until then. Nothing is claimed while something of it is not stored: who is killed now has lost it."""
        await self._stored()
        if not self._reception.waiting:  # those are nowhere but here
            await self._door.still_hears(NAME, until)

    def _logged_in(self, account: str, now: datetime) -> None:
        self._login.logged_in(account)
        self._me = account
        if not self._hearing:
            self._hearing, self._heard_until, self._noted = True, now, None
            self.intake.do(self._begin_to_hear, None)  # whatever gap there was is not told of yet

    async def _begin_to_hear(self) -> None:
        await insist(NAME, partial(self._door.hears_again, NAME))
        await insist(NAME, partial(self._door.back_in_order, NAME))
        self.people.forget()
        if not self._my_name:  # before the first words: what they lead to may be an alarm, for somebody who is not known as a friend yet
            self._my_name = await self.people.acquaint(self._me or "")
        self._errands.begin("look around", self._look_around())

    async def _look_around(self) -> None:
        """Find out who is in the rooms, and to whom the bot may write."""
        for room in self._door.rooms(NAME):
            await self.people.look_around(room, self._me or "")
        await self.people.friends()

    def _logged_out(self, now: datetime) -> None:
        self._login.logged_out()
        self._deaf(now)
        self._trouble("logged_out")

    def _to_be_scanned(self, qrcode: str, now: datetime) -> None:
        new = self._login.qrcode != qrcode
        self._login.scanned(qrcode)
        self._deaf(now)
        if new:
            log.warning("scan this code with WeChat, it is at /wechaty too", channel=NAME, link=qrcode, code=as_text(qrcode))
            self._trouble("waits_for_scan")

    def _deaf(self, now: datetime) -> None:
        """From now on nothing is heard."""
        if self._hearing:
            self._hearing = False
            until = self._heard_until or now
            self.intake.do(partial(self._note, until), until)

    async def _take(self, payload: Payload) -> None:
        if (me := self._me) is None:
            return
        if payload.talker == me:
            said = payload.text if payload.type == MessageType.TEXT else payload.filename
            self._echoes.heard(payload.room or payload.listener, said, payload.id, self._door.now())
            return
        names = [self._my_name, await self.people.called(payload.room or None, me)] if me in payload.mentions else []
        found = incoming.heard(payload, Me(me, [name for name in names if name], self._bot_name), self._door.now())
        if isinstance(found, Recall):
            await self._stored()
            self._reception.take_back(found.message_ids)  # what could not be stored yet is nowhere but here
            for message_id in found.message_ids:
                await insist(NAME, partial(self._door.recalled, NAME, message_id))
        elif found is not None and self._door.listens(found) and await self._is_person(found):
            await self._slots.acquire()
            task = asyncio.create_task(self._keep(await self.people.named(found)))
            self._under_way.add(task)
            task.add_done_callback(self._kept)

    async def _is_person(self, message: Message) -> bool:
        """Whether a person said it, who is introduced; where the store does not take that now, it is done again with the message."""
        try:
            return await self.people.introduce(message.account, message.room)
        except Exception:  # noqa: BLE001  (whatever it was, the message must not be lost; the reception says what it was)
            self._unintroduced.add((message.account, message.room))
            return True

    async def _introduce(self, message: Message) -> None:
        who = (message.account, message.room)
        if who in self._unintroduced:
            await self.people.introduce(*who)
            self._unintroduced.discard(who)

    async def _keep(self, message: Message) -> None:
        """Hand a message over, and look around in a room that was bound by it."""
        room = message.room
        bound_before = room is None or room in self._door.rooms(NAME)
        await self._reception.keep(message)
        if room is not None and not bound_before and room in self._door.rooms(NAME):
            self._errands.begin("look around", self._look_around_in(room))

    def _kept(self, task: asyncio.Task[None]) -> None:
        self._slots.release()
        self._under_way.discard(task)

    async def _stored(self) -> None:
        """Returns once every message so far was handed over."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _look_around_in(self, room: str) -> None:
        await self.people.look_around(room, self._me or "")
        await self._door.looked_around(NAME, room)

    async def _room_changed(self, change: wire.RoomEvent) -> None:
        self.people.forget(change.room)
        if change.room not in self._door.rooms(NAME):
            return
        if self._me in change.left:
            await self.people.put_out(change.room)
        elif self._me in change.joined:
            self.people.came_in(change.room)
        for account in change.joined:
            if account != self._me:
                await self.people.introduce(account, change.room)

    async def _friendship(self, friendship_id: str) -> None:
        """Friends can be written to. Who asks for it and belongs to the unit becomes one; anybody else is left to the account's owner."""
        rpc = self._connection.rpc()
        account, kind = await rpc.friendship(friendship_id)
        if kind == CONFIRMED:
            await self._door.befriended(NAME, [account])
        elif kind == RECEIVED and self._door.knows(NAME, account):
            await rpc.accept(friendship_id)


def _log_error(payload: str) -> None:
    """An error at the gateway, by its name: its text may repeat what somebody said. The stream goes on."""
    event = parsed(wire.ErrorEvent, payload)
    failure = None if event is None else parsed(wire.Failure, event.failure)
    log.warning("the gateway had an error", channel=NAME, name=failure.name if failure else "", code=failure.code if failure else None)
