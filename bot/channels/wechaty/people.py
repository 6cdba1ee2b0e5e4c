"""Who is who at a gateway: names are looked up for accounts that are nobody's yet, and forgotten when they may have changed."""

import contextlib
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.channels.channel import Door, SendError
from bot.channels.errands import insist
from bot.channels.wechaty.connection import Connection
from bot.channels.wechaty.rpc import INDIVIDUAL, GatewayError
from bot.channels.wechaty.wire import NAME
from models.message import Message

log = structlog.get_logger()

MOST_KEPT: Final = 20_000
ASK_AGAIN: Final = timedelta(minutes=10)
"""The roster may have them by then, which nobody tells."""


class People:
    """Asks the gateway, and tells the door. What is not known is asked again when somebody speaks after something has changed."""

    def __init__(self, connection: Connection, door: Door) -> None:
        self._connection = connection
        self._door = door
        self._asked: dict[tuple[str | None, str], datetime] = {}
        """Since when somebody is known to be nobody, by the room in which they were looked at."""
        self._machines: set[str] = set()
        """Accounts that are no persons."""
        self._called: dict[tuple[str | None, str], str] = {}
        self._left: set[str] = set()
        """Bound rooms that our own account is not in any more, of which somebody was told."""

    def forget(self, room: str | None = None) -> None:
        """Names may have changed: those in a room, or all."""
        if room is None:
            self._asked.clear()
            self._called.clear()
        else:
            self._asked = {key: at for key, at in self._asked.items() if key[0] != room}
            self._called = {key: name for key, name in self._called.items() if key[0] != room}

    async def called(self, room: str | None, account: str) -> str:
        """What somebody is called in a room, or calls themselves (None), "" where that cannot be found out now."""
        key = (room, account)
        if key not in self._called:
            try:
                rpc = self._connection.rpc()
                self._called[key] = (await rpc.contact(account)).name if room is None else await rpc.called_in(room, account)
            except SendError:
                return ""
        return self._called[key]

    async def named(self, message: Message) -> Message:
        """A message with what its sender is called there, where the account is nobody's."""
        if self._door.knows(NAME, message.account):
            return message
        return message.model_copy(update={"called": await self.called(message.room, message.account)})

    async def introduce(self, account: str, room: str | None) -> bool:
        """Tell the door what an account is called that belongs to nobody; False where it is no person at all."""
        if account in self._machines:
            return False
        bound = room if room in self._door.rooms(NAME) else None  # in any other room a name says as little as in private
        now = self._door.now()
        asked = self._asked.get((bound, account))
        if self._door.knows(NAME, account) or (asked is not None and now - asked < ASK_AGAIN):
            return True
        try:
            contact = await self._connection.rpc().contact(account)
        except SendError as error:
            log.warning("an account could not be looked up", channel=NAME, reason=error.reason)
            return True
        if contact.type > INDIVIDUAL:
            self._machines.add(account)
            return False
        alias = "" if bound is None else await self.called(bound, account)
        if contact.friend:
            await self._door.befriended(NAME, [account])
        if contact.handle and self._door.knows(NAME, contact.handle):  # the roster has what people call their WeChat id (微信号)
            await self._door.same_person(NAME, account, NAME, contact.handle)
        await self._door.recognise(NAME, account, room, alias=alias, remark=contact.remark)
        if not self._door.knows(NAME, account):  # whoever is known by now may be nobody again after the next roster
            if len(self._asked) >= MOST_KEPT:
                self.forget()
            self._asked[bound, account] = now
        return True

    async def look_around(self, room: str, me: str) -> None:
        """Look at everybody in a room; our own account may have been put out of it while nothing was heard, of which no event tells."""
        try:
            members = await self._connection.rpc().members(room)
        except SendError as error:
            log.warning("a room could not be looked at", channel=NAME, reason=error.reason)
            return
        if members and me not in members:
            await self.put_out(room)
            return
        self.came_in(room)
        for account in members:
            if account != me:
                await self.introduce(account, room)

    async def put_out(self, room: str) -> None:
        """Our own account is not in a bound room any more: told once, until it is in there again."""
        if room not in self._left:
            self._left.add(room)
            await insist(NAME, partial(self._door.room_closed, NAME, room, "put_out"))

    def came_in(self, room: str) -> None:
        """Our own account is in a room."""
        self._left.discard(room)

    async def acquaint(self, me: str) -> str:
        """Find out our own name, and to whom the bot may write; "" where the gateway does not tell now."""
        try:
            name = (await self._connection.rpc().contact(me)).name
            await self.friends()
        except SendError as error:
            log.warning("our own account could not be looked up", channel=NAME, reason=error.reason)
            return ""
        return name

    async def friends(self) -> None:
        """Find out to whom of the unit's members the bot may write."""
        rpc, found = self._connection.rpc(), []
        for account in self._door.accounts(NAME):
            with contextlib.suppress(GatewayError):  # the roster may have an id that the gateway does not know
                if (await rpc.contact(account)).friend:
                    found.append(account)
        await self._door.befriended(NAME, found)
