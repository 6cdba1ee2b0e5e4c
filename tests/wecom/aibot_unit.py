"""The demo unit on the fake platform, reached by an AI bot: a story told there. Waits between two connections are milliseconds."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.bot import Bot
from bot.channels.settings import WecomAibot, WecomApp
from bot.channels.wecom.rest import Rest
from bot.channels.wecom_aibot.by_callback import CallbackChannel
from bot.channels.wecom_aibot.by_socket import SocketChannel
from bot.channels.wecom_aibot.connection import Patience
from bot.channels.wecom_aibot.incoming import NAME
from bot.channels.wecom_aibot.routes import PATH
from bot.settings import Settings
from bot.web.app import build_app
from models.outbox import NoticeKind, Priority
from models.tables.queue import MessageRow, NoticeRow
from services.notify import reply_in, tell
from services.work import Work
from tests.fakes.wecom import UNTIL_SECONDS, FakeWeCom
from tests.fakes.wecom_server.company import Company, Rules
from tests.fakes.wecom_server.people import Delivery
from tests.stage import rows
from tests.wecom.app_unit import COMPANY, USERIDS, move_in
from tests.wecom.time_passes import TimePasses

CHAT = "wrSquad-One_CHAT"
"""Its letters are large and small, as those of the platform's ids are."""
PATIENT = 30.0
"""Seconds that the bot waits for what the platform does say: longer than a busy machine ever stands still."""
BRIEF = 1.0
"""Seconds that it waits for what the platform will not say."""
HASTE = Patience(
    open=PATIENT, ack=PATIENT, ping=60.0, first_wait=0.005, longest_wait=0.02, frequency_wait=0.05, refusals=3, refused_wait=0.05
)


def aibot_settings(fake: FakeWeCom, **changes: Any) -> WecomAibot:
    """The settings of the company's bot."""
    account = fake.company.bot
    keys: dict[str, Any] = {"bot_id": account.bot_id, "secret": SecretStr(account.secret), "ws_url": fake.ws_url}
    keys |= {"token": SecretStr(account.token), "encoding_aes_key": SecretStr(account.aes_key)}
    return WecomAibot(**{"enabled": True, **keys, **changes})


class AibotStory(TimePasses):
    """A running bot behind its real web server, and the platform. Time stands until it is moved."""

    def __init__(self, settings: Settings, fake: FakeWeCom, patience: Patience) -> None:
        self.settings = settings
        self.fake = fake
        self._patience = patience

    async def open(self) -> None:
        """Start the bot."""
        self.bot = Bot(self.settings)
        channel = self.bot.channels["wecom_aibot"]
        if isinstance(channel, SocketChannel):
            channel._patience = self._patience
        if isinstance(channel, CallbackChannel):
            channel._rest = Rest("", busy_seconds=0.001)
        self.server = TestServer(build_app(self.bot))
        await self.server.start_server()

    @property
    def url(self) -> str:
        """Where the bot listens in callback mode."""
        return str(self.server.make_url(PATH))

    async def close(self) -> None:
        """Stop it."""
        await self.server.close()

    @asynccontextmanager
    async def an_answer_lost(self, command: str, *, accepted: bool = False) -> AsyncIterator[None]:
        """Once the platform says nothing upon a command, having done it or not; meanwhile the bot does not wait long."""
        link = self.socket_channel._connection._link
        assert link is not None
        self.fake.fail(command, silent=True, accepted=accepted)
        link._ack_seconds = BRIEF
        yield
        link._ack_seconds = PATIENT

    @property
    def socket_channel(self) -> SocketChannel:
        """The channel, where it is the long connection."""
        channel = self.bot.channels["wecom_aibot"]
        assert isinstance(channel, SocketChannel)
        return channel

    async def mention(self, who: str, text: str = "", chat: str = CHAT, **how: Any) -> Delivery:
        """Somebody mentions the bot in a group."""
        return await self.fake.mention(USERIDS.get(who, who), chat, text, **how)

    async def private(self, who: str, text: str = "", **how: Any) -> Delivery:
        """Somebody writes to the bot in private."""
        return await self.fake.private(USERIDS.get(who, who), text, **how)

    def read_by(self, who: str) -> list[str]:
        """What somebody reads from the bot in private."""
        return [message.text for message in self.fake.seen_by(USERIDS[who])]

    def read_in(self, chat: str = CHAT) -> list[str]:
        """What is read from the bot in a group."""
        return [message.text for message in self.fake.seen_in(chat)]

    async def until_read(self, texts: Sequence[str], chat: str = CHAT) -> None:
        """Wait until exactly this was said in a group."""
        await self.fake.until(lambda: len(self.read_in(chat)) >= len(texts))
        assert self.read_in(chat) == list(texts)

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        for sender in self.bot._senders:
            await sender.drain()

    async def stored(self, count: int) -> list[MessageRow]:
        """Wait until so many messages are stored."""
        async with asyncio.timeout(UNTIL_SECONDS):
            while len(found := await rows(self.bot, MessageRow)) < count:  # noqa: ASYNC110  (it happens beyond a socket)
                await asyncio.sleep(0.005)
        return found

    async def say_in(self, text: str, chat: str = CHAT) -> None:
        """The bot decides to say something in a group, and sends what is due."""
        await self.bot.office.write(lambda work: reply_in(work, NAME, chat, text))
        await self.later(seconds=0)

    async def tell(self, who: str, *texts: str) -> None:
        """The bot decides to tell somebody something, of its own accord, and sends what is due."""

        def act(work: Work) -> None:
            person = work.directory.named(who)
            assert person is not None
            for text in texts:
                tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)

        await self.bot.office.write(act)
        await self.later(seconds=0)

    async def notices(self) -> list[NoticeRow]:
        """Everything that the bot decided to say."""
        return await rows(self.bot, NoticeRow)


@asynccontextmanager
async def told_to_the_bot(
    settings: Settings,
    company: Company = COMPANY,
    rules: Rules | None = None,
    userids: dict[str, str] = USERIDS,
    patience: Patience = HASTE,
    app: WecomApp | None = None,
    **aibot: Any,
) -> AsyncIterator[AibotStory]:
    """The unit, running, with the AI bot as its only channel, or with an app as well; `aibot` changes the bot's settings."""
    story: AibotStory
    started = False
    clock = settings.clock.start
    fake = FakeWeCom(company, rules=rules, now=lambda: story.now() if started else clock)
    async with fake:
        channels = settings.channels.model_copy(
            update={
                "wecom_aibot": aibot_settings(fake, **aibot),
                "wecom_app": WecomApp() if app is None else app.model_copy(update={"api_base": fake.base_url}),
                "sandbox": settings.channels.sandbox.model_copy(update={"enabled": False}),
            }
        )
        settings = settings.model_copy(update={"channels": channels})
        move_in(settings, userids)
        story = AibotStory(settings, fake, patience)
        await story.open()
        started = True
        try:
            yield story
        finally:
            await story.close()
