"""The three channels of WeCom in the contract, over the fake platform."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from aiohttp import ClientTimeout
from pydantic import SecretStr

from bot.bot import Bot
from bot.channels.channel import Outgoing
from bot.channels.settings import WecomRobot
from bot.channels.wecom.errors import Policy
from bot.channels.wecom.rest import Rest
from bot.channels.wecom_aibot.by_callback import CallbackChannel
from bot.channels.wecom_aibot.by_socket import SocketChannel
from bot.channels.wecom_aibot.incoming import NAME as AIBOT
from bot.channels.wecom_app.wire import NAME as APP
from bot.channels.wecom_robot.adapter import RobotChannel
from bot.channels.wecom_robot.bindings import NAME as ROBOT
from bot.settings import Settings
from models import inbox
from models.message import Attachment, Message
from models.outbox import NoticeKind
from services.notify import post
from tests.contract.codes import FAULTS, WECOM
from tests.contract.driver import WORDS, Driver, Sample
from tests.fakes.wecom import FakeWeCom
from tests.stage import told
from tests.wecom.aibot_unit import BRIEF, CHAT, PATIENT, AibotStory, told_to_the_bot
from tests.wecom.app_unit import AppStory, told_to_the_app

ROOM = "g1"


class WeComDriver:
    """What the three have in common: a fake platform, and the endpoint or command by which the channel sends."""

    channel: str
    refusals: Mapping[int, Policy] = WECOM
    renewed: frozenset[int] = frozenset()
    faults: tuple[dict[str, Any], ...] = FAULTS

    def __init__(self, bot: Bot, fake: FakeWeCom, *sends_by: str) -> None:
        self.bot = bot
        self.fake = fake
        self._sends_by = sends_by

    def samples(self) -> Iterable[Sample]:
        """Nothing is heard."""
        return ()

    async def prompt(self) -> None:
        """Somebody says something."""
        await next(iter(self.samples())).say()
        await self.settled()

    async def settled(self) -> None:
        """Nothing is heard."""

    async def refuse(self, code: int, times: int | None = None) -> None:
        """Answer with a code."""
        for name in self._sends_by:
            self.fake.fail(name, errcode=code, times=times)

    @property
    def troubles(self) -> int:
        """How many faults there are."""
        return len(self.faults)

    async def break_down(self, number: int) -> None:
        """A gateway's page, half a JSON, a connection that ends, no answer."""
        for name in self._sends_by:
            self.fake.fail(name, times=None, **self.faults[number])

    async def recover(self) -> None:
        """Everything works again."""
        self.fake.works()

    def secrets(self) -> Iterable[str]:
        """Everything that is secret in the company, and what the platform has given out."""
        company = self.fake.company
        yield from (robot.key for robot in company.robots)
        for keys in (*company.apps, company.bot):
            yield from (keys.secret, keys.token, keys.aes_key)
        yield from self.fake._platform.tokens
        yield from self.fake._platform.response_urls


class AppDriver(WeComDriver):
    """The app: private messages, by callbacks and over REST."""

    channel = APP
    renewed = frozenset({40001, 40014, 42001})

    def __init__(self, story: AppStory) -> None:
        super().__init__(story.bot, story.fake, "message/send")
        self._story = story

    def samples(self) -> Iterable[Sample]:
        """Words, and what has none."""
        at = self._story.now() - timedelta(minutes=1)
        heard = Message(channel=APP, id="7001", room=None, account="ZhangWei", sent_at=at, text=f"36.5 正常，{WORDS}", addressed=True)
        yield Sample(partial(self.fake.app_says, self._story.url, "ZhangWei", heard.text, msgid=7001, at=at), heard)
        seen = heard.model_copy(update={"id": "7002", "account": "wanglei", "text": "", "attachments": (Attachment.PICTURE,)})
        picture = {"PicUrl": "https://example.com/p", "MediaId": "m"}
        yield Sample(partial(self.fake.app_sends, self._story.url, "wanglei", "image", picture, msgid=7002, at=at), seen)

    async def settled(self) -> None:
        """What the channel does besides is done."""
        await self._story.quiet()

    async def outgoing(self) -> Outgoing:
        """To a member: an alert, for which the platform is asked whatever it said before."""
        return Outgoing(1, None, "ZhangWei", WORDS, alert=True)


class AibotDriver(WeComDriver):
    """The AI bot in either mode."""

    channel = AIBOT

    def __init__(self, story: AibotStory, *sends_by: str) -> None:
        super().__init__(story.bot, story.fake, *sends_by)
        self._story = story

    def samples(self) -> Iterable[Sample]:
        """A mention, a mention that quotes, words in private, a voice, text between pictures."""
        at = self._story.now() - timedelta(minutes=1)
        first = Message(channel=AIBOT, id="m-1", room=CHAT, account="ZhangWei", sent_at=at, text="", addressed=True)

        def sample(number: int, who: str, heard: dict[str, Any], **said: Any) -> Sample:
            message = first.model_copy(update={"id": f"m-{number}", "account": who, **heard})
            say = partial(self.fake.private, who) if message.room is None else partial(self.fake.mention, who, CHAT)
            return Sample(partial(say, msgid=message.id, at=at, **said), message)

        def words(value: float) -> str:
            return f"{value} 正常，{WORDS}"

        yield sample(1, "ZhangWei", {"text": f"@小微 {words(36.5)}"}, text=f"@小微 {words(36.5)}")
        yield sample(2, "wanglei", {"text": f"@小微 {words(36.6)}", "quoted": WORDS}, text=f"@小微 {words(36.6)}", quote=WORDS)
        yield sample(3, "gaoqiang", {"text": words(36.7), "room": None}, text=words(36.7))
        yield sample(4, "zhaoyunfei", {"text": words(36.4), "room": None}, voice=words(36.4))
        yield sample(
            5, "chenyi", {"text": f"@小微\n{words(36.3)}", "attachments": (Attachment.PICTURE,)}, mixed=("@小微", b"picture", words(36.3))
        )


class SocketDriver(AibotDriver):
    """The long connection."""

    faults = ({"silent": True}, {"close": 1006}, {"close": 1000})

    async def settled(self) -> None:
        """Every callback was read, which comes before the acknowledgement of a later frame, and handled."""
        channel = self._channel
        await channel._connection.ask("ping", {})
        await self.fake.until(lambda: not channel._errands._tasks)

    async def outgoing(self) -> Outgoing:
        """Into a group in which it was spoken to."""
        self.fake.meet(CHAT)
        await self._connected()
        return Outgoing(1, CHAT, None, WORDS)

    async def break_down(self, number: int) -> None:
        """As the others. It does not wait long for what will not be said."""
        await super().break_down(number)
        link = self._channel._connection._link
        assert link is not None
        link._ack_seconds = BRIEF if self.faults[number].get("silent") else PATIENT

    async def recover(self) -> None:
        """Works again, and is connected again."""
        await super().recover()
        await self._connected()

    async def _connected(self) -> None:
        channel = self._channel
        await self.fake.until(lambda: channel._connection.ready)

    @property
    def _channel(self) -> SocketChannel:
        channel = self.bot.channels[AIBOT]
        assert isinstance(channel, SocketChannel)
        return channel


class CallbackDriver(AibotDriver):
    """Callbacks, each of which can be answered once."""

    refusals = WECOM | {60140: Policy.RETRY_AFTER}
    """An address that was used leaves those of other messages."""

    async def outgoing(self) -> Outgoing:
        """In answer to a message, before the bot does so itself."""
        for sender in self.bot._senders:
            await sender.stop()
        said = await self.fake.private("ZhangWei", f"36.5 正常，{WORDS}")
        row = await self.bot.store.read(lambda session: inbox.by_key(session, AIBOT, said.msgid))
        assert row is not None
        return Outgoing(1, None, "ZhangWei", WORDS, reply_to=row.reply_to)


class RobotDriver(WeComDriver):
    """The webhook of one group."""

    channel = ROBOT

    async def prompt(self) -> None:
        """It is time for a lesson."""
        await self.bot.office.write(lambda work: post(work, work.directory.rooms[ROBOT, ROOM], WORDS, NoticeKind.LESSON))

    async def outgoing(self) -> Outgoing:
        """Into the group."""
        return Outgoing(1, ROOM, None, WORDS)


@asynccontextmanager
async def app(settings: Settings) -> AsyncIterator[Driver]:
    """The unit with an app."""
    async with told_to_the_app(settings) as story:
        yield AppDriver(story)


@asynccontextmanager
async def aibot_by_socket(settings: Settings) -> AsyncIterator[Driver]:
    """The unit with an AI bot on its long connection."""
    async with told_to_the_bot(settings) as story:
        driver = SocketDriver(story, "aibot_send_msg", "aibot_respond_msg")
        await driver.recover()
        yield driver


@asynccontextmanager
async def aibot_by_callback(settings: Settings) -> AsyncIterator[Driver]:
    """The unit with an AI bot that is called back."""
    async with told_to_the_bot(settings, mode="callback") as story:
        await story.fake.use_callback(story.url)
        channel = story.bot.channels[AIBOT]
        assert isinstance(channel, CallbackChannel)
        _hurry(channel._rest)
        yield CallbackDriver(story, "aibot/response")


@asynccontextmanager
async def robot(settings: Settings) -> AsyncIterator[Driver]:
    """The demo unit with a webhook for one group."""
    async with FakeWeCom() as fake:
        keys = {ROOM: SecretStr(fake.company.robots[0].key)}
        webhook = WecomRobot(enabled=True, api_base=fake.base_url, rooms=keys)
        async with told(settings.model_copy(update={"channels": settings.channels.model_copy(update={"wecom_robot": webhook})})) as story:
            channel = story.bot.channels[ROBOT]
            assert isinstance(channel, RobotChannel)
            _hurry(channel._rest)
            yield RobotDriver(story.bot, fake, "webhook/send")


def _hurry(rest: Rest) -> None:
    """Nobody waits long for a platform that is in trouble."""
    rest._busy_seconds, rest._timeout = 0.001, ClientTimeout(total=0.3)
