"""The room of 第一党小组 on the channel of an ordinary account, which hears all that is said in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.settings import Settings
from models import rooms
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from models.tables.records import CheckinRow
from services.work import Work
from tests.stage import Courier, Ways, only_jobs, rows, told
from tests.story import Story

ORDINARY = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.AFTER_TALK, strangers=True)
"""What an ordinary account of WeChat can do."""
ROOM = "R1"


@dataclass
class Ordinary:
    """A story in which people talk in a room that is heard as a whole; the sandbox stands behind that channel."""

    story: Story
    ways: Ways

    @property
    def courier(self) -> Courier:
        """What the channel sends."""
        return self.ways.couriers["wechaty"]

    async def named(self, account: str, alias: str = "", *, remark: str = "", room: str | None = ROOM) -> None:
        """The channel has looked what an account is called."""
        await self.story.bot.door.recognise("wechaty", account, room, alias=alias, remark=remark)
        await self.story.later("PT1S")

    async def say(self, account: str, text: str, *, addressed: bool = False, room: str | None = ROOM) -> None:
        """Somebody says something, in the room if no other is named, in private with None."""
        now = self.story.bot.office.clock.now()
        message = Message(
            channel="wechaty", id=f"{account} {text} {now}", room=room, account=account, sent_at=now, text=text, addressed=addressed
        )
        await self.story.bot.door.receive(message)
        await self.story.later("PT1S")

    def owner(self, account: str) -> str | None:
        """The member whose account it is."""
        person = self.story.bot.office.directory.speaker("wechaty", account)
        return None if person is None else person.name

    async def checkins(self) -> list[tuple[str, str]]:
        """Who has checked in, and how warm."""
        people = self.story.bot.office.directory.people
        return [(people[row.member_id].name, str(row.temperature)) for row in await rows(self.story, CheckinRow)]

    def in_room(self) -> list[str]:
        """What the bot said in the room."""
        return [outgoing.text for _, outgoing in self.courier.sent if outgoing.room == ROOM]

    def to(self, account: str) -> list[str]:
        """What the bot said to an account in private."""
        return [text for _, text in self.courier.received(account)]


@asynccontextmanager
async def ordinary(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ordinary]:
    """The demo unit with such a room. Nobody is known on that channel yet."""
    ways = Ways(monkeypatch, wechaty=ORDINARY)
    async with told(only_jobs(settings)) as story:
        await story.bot.office.write(_bind)
        yield Ordinary(story, ways)


def _bind(work: Work) -> None:
    rooms.bind(work.session, "wechaty", ROOM, "group", "g1")
    work.directory_changed = True
