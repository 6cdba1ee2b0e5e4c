"""The demo unit on the fake WeCom with any of its three ways, told as a story; time stands until it is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.bot import Bot
from bot.channels.settings import WecomRobot
from bot.channels.wecom_aibot.by_socket import SocketChannel
from bot.channels.wecom_app.routes import PATH as APP_PATH
from bot.settings import Settings
from bot.web.app import build_app
from models.roster import Roster
from models.roster_sheet import lines_from_roster
from tests.fakes.wecom import UNTIL_SECONDS, FakeWeCom
from tests.fakes.wecom_server.company import Company, Robot, Rules, User
from tests.fakes.wecom_server.ledger import Message
from tests.wecom.aibot_unit import aibot_settings
from tests.wecom.app_unit import app_settings, move_in
from tests.wecom.time_passes import TimePasses

ROOM = "wrGroupOne-Chat"
"""The chat of the first group; the platform tells capitals apart."""
ROBOT_ROOM = "wrThird-Chat"
WAYS = ("wecom_app", "wecom_aibot", "wecom_robot")


class Unit(TimePasses):
    """A running bot behind its web server, and the platform with everybody of the unit on it."""

    def __init__(self, settings: Settings, ways: tuple[str, ...], rules: Rules | None) -> None:
        roster = Roster.model_validate_json((settings.organization.content / "demo" / "roster.json").read_bytes())
        self._ids = {line.name: f"user{number:02}" for number, line in enumerate(lines_from_roster(roster))}
        users = tuple(User(userid, name, open_userid=f"woAJ2GCAAA{userid}") for name, userid in self._ids.items())
        self.company = Company(users=users, robots=(Robot("5a1e7c3e-0000-4000-8000-000000000003", ROBOT_ROOM),))
        self._start = settings.clock.start
        self._running = False
        self._spoken = 0
        self.fake = FakeWeCom(self.company, rules=rules, now=self._now)
        self._settings = settings
        self._ways = ways

    def _now(self) -> datetime:
        moment = self.bot.office.clock.now() if self._running else self._start
        assert moment is not None
        return moment

    async def open(self) -> None:
        """Start the bot; the fake must run already."""
        rooms = {"g3": SecretStr(self.company.robots[0].key)}
        sections = {
            "sandbox": self._settings.channels.sandbox.model_copy(update={"enabled": False}),
            "wecom_app": app_settings(self.company, enabled="wecom_app" in self._ways, api_base=self.fake.base_url),
            "wecom_aibot": aibot_settings(self.fake, enabled="wecom_aibot" in self._ways),
            "wecom_robot": WecomRobot(enabled="wecom_robot" in self._ways, api_base=self.fake.base_url, rooms=rooms),
        }
        settings = self._settings.model_copy(update={"channels": self._settings.channels.model_copy(update=sections)})
        move_in(settings, self._ids)
        self.bot = Bot(settings)
        self._running = True
        self.server = TestServer(build_app(self.bot))
        await self.server.start_server()
        self.app_url = str(self.server.make_url(APP_PATH))
        if "wecom_aibot" in self._ways:
            await self.fake.until(lambda: self.linked)

    async def close(self) -> None:
        """Stop the bot."""
        await self.server.close()

    @property
    def linked(self) -> bool:
        """Whether the bot's long connection is open and accepted."""
        channel = self.bot.channels["wecom_aibot"]
        return isinstance(channel, SocketChannel) and channel._connection.ready

    def userid(self, who: str) -> str:
        """A member's id on the platform."""
        return self._ids[who]

    async def mention(self, who: str, text: str, chat: str = ROOM, **how: object) -> None:
        """Somebody says something to the bot in a group."""
        await self.fake.mention(self.userid(who), chat, text, **how)  # type: ignore[arg-type]
        self._spoken += 1
        await self.settled()

    async def to_bot(self, who: str, text: str) -> None:
        """Somebody writes to the AI bot in private."""
        await self.fake.private(self.userid(who), text)
        self._spoken += 1
        await self.settled()

    async def to_app(self, who: str, text: str) -> None:
        """Somebody writes to the app."""
        answer = await self.fake.app_says(self.app_url, self.userid(who), text)
        assert answer.accepted, answer
        await self.settled()

    async def press(self, who: str, card: Message, key: str, **chosen: list[str]) -> None:
        """Somebody presses a button, on a card of the app or of the AI bot, with options chosen by question."""
        if card.channel == "app":
            await self.fake.app_press(self.app_url, self.userid(who), card, key, selected=chosen)
        else:
            await self.fake.press(self.userid(who), card, key, selected=chosen)
            self._spoken += 1
        await self.settled()

    async def settled(self) -> None:
        """What was said has come in over the connection, and everything that it leads to at once is done."""
        async with asyncio.timeout(UNTIL_SECONDS):
            while self.handled < self._spoken:  # noqa: ASYNC110  (both sides of a socket must have had their turn)
                await asyncio.sleep(0.005)
        await self.later(seconds=0)

    @property
    def handled(self) -> int:
        """How many messages and presses of the AI bot the desk has taken."""
        samples = next(iter(self.bot.metrics.messages.collect())).samples
        return sum(int(s.value) for s in samples if s.name.endswith("_total") and s.labels["channel"] == "wecom_aibot")

    def read_by(self, who: str) -> list[str]:
        """What a member reads in private, on whatever way it came."""
        return [message.text for message in self.fake.seen_by(self.userid(who))]

    def read_in(self, chat: str = ROOM) -> list[str]:
        """What is read in a group."""
        return [message.text for message in self.fake.seen_in(chat)]

    def card_of(self, who: str, word: str) -> Message:
        """The newest card in a member's private chats that has the word on it."""
        found = [m for m in self.fake.seen_by(self.userid(who)) if m.card is not None and word in m.text]
        assert found, self.read_by(who)
        return found[-1]


@asynccontextmanager
async def unit_on(settings: Settings, *ways: str, rules: Rules | None = None) -> AsyncIterator[Unit]:
    """The unit, running, with these ways in and out."""
    unit = Unit(settings, ways or WAYS, rules)
    async with unit.fake:
        await unit.open()
        try:
            yield unit
        finally:
            await unit.close()
