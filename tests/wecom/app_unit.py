"""The demo unit on the fake platform, reached by a self-built app alone: who has which userid, and a story told there."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

from aiohttp import ClientTimeout
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.bot import Bot
from bot.channels.settings import WecomApp
from bot.channels.wecom_app.adapter import AppChannel
from bot.channels.wecom_app.routes import PATH
from bot.channels.wecom_app.wire import NAME
from bot.settings import Organization, Settings
from bot.unit import build_receiver
from bot.web.app import build_app
from bot.wiring import open_store
from handlers.receive import Receiver
from models.clock import SystemClock
from models.outbox import NoticeKind, Priority
from models.roster import Roster
from models.roster_rows import apply, difference
from models.roster_sheet import lines_from_roster
from services.notify import tell
from services.work import Work
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company, Rules, User
from tests.fakes.wecom_server.ledger import Message
from tests.wecom.time_passes import TimePasses

USERIDS = {
    "周建国": "ZhouJianGuo",
    "孙丽": "sunli",
    "于海": "yuhai",
    "李明": "liming",
    "张伟": "ZhangWei",
    "王磊": "wanglei",
    "高强": "gaoqiang",
    "赵云飞": "zhaoyunfei",
    "陈一": "chenyi",
    "刘洋": "liuyang",
    "常平": "changping",
}
"""The others of the unit have no account."""
COMPANY = Company(users=tuple(User(userid, name, open_userid=f"woAJ2GCAAA{userid}") for name, userid in USERIDS.items()))
APP = COMPANY.apps[0]


def app_settings(company: Company = COMPANY, **changes: Any) -> WecomApp:
    """The settings of the company's first app."""
    app = company.apps[0]
    keys = {"secret": SecretStr(app.secret), "token": SecretStr(app.token), "encoding_aes_key": SecretStr(app.aes_key)}
    return WecomApp(**{"enabled": True, "corp_id": company.corp_id, "agent_id": app.agent_id, **keys, **changes})


def app_environment(settings: Settings, api_base: str, clock: datetime | None) -> dict[str, str]:
    """The same for a process of its own, or for a command, which start from the demo's configuration."""
    return os.environ | {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "SANWEI__CLOCK__START": str(clock),
        "SANWEI__CHANNELS__SANDBOX__ENABLED": str(settings.channels.sandbox.enabled).lower(),
        "SANWEI__CHANNELS__WECOM_APP__ENABLED": "true",
        "SANWEI__CHANNELS__WECOM_APP__CORP_ID": COMPANY.corp_id,
        "SANWEI__CHANNELS__WECOM_APP__AGENT_ID": str(APP.agent_id),
        "SANWEI__CHANNELS__WECOM_APP__SECRET": APP.secret,
        "SANWEI__CHANNELS__WECOM_APP__TOKEN": APP.token,
        "SANWEI__CHANNELS__WECOM_APP__ENCODING_AES_KEY": APP.aes_key,
        "SANWEI__CHANNELS__WECOM_APP__API_BASE": api_base,
    }


def with_app(settings: Settings, app: WecomApp, *, sandbox: bool = False) -> Settings:
    """The settings with the app as a channel: the only one, or behind the sandbox."""
    changes = {"wecom_app": app, "sandbox": settings.channels.sandbox.model_copy(update={"enabled": sandbox})}
    return settings.model_copy(update={"channels": settings.channels.model_copy(update=changes)})


def move_in(settings: Settings, userids: dict[str, str] = USERIDS, at: datetime | None = None) -> None:
    """The demo's people, with their userids in the roster, which is imported now or at a moment."""
    roster = Roster.model_validate_json((settings.organization.content / "demo" / "roster.json").read_bytes())
    lines = [line.model_copy(update={"wecom_userid": userids.get(line.name, "")}) for line in lines_from_roster(roster)]
    store = open_store(settings)
    try:
        store.write_now(lambda session: apply(session, difference(session, lines), at or SystemClock().now()))
    finally:
        store.close()


@cache
def receiver_of(unit: Organization) -> Receiver:
    """Reading the lexicon takes seconds, and it is the same for all stories."""
    return build_receiver(Settings(organization=unit))


class AppStory(TimePasses):
    """A running bot behind its real web server, and the platform. Time stands until it is moved."""

    def __init__(self, settings: Settings, fake: FakeWeCom) -> None:
        self.settings = settings
        self.fake = fake

    async def open(self) -> None:
        """Start the bot. It does not wait long for a platform that is busy."""
        self.bot = Bot(self.settings, receiver_of(self.settings.organization))
        channel = self.bot.channels[NAME]
        assert isinstance(channel, AppChannel)
        self.channel = channel
        channel._rest._busy_seconds = 0.01
        self._server = TestServer(build_app(self.bot))
        await self._server.start_server()
        self.url = str(self._server.make_url(PATH))

    async def close(self) -> None:
        """Stop the bot."""
        await self._server.close()

    async def say(self, who: str, words: str, **how: Any) -> None:
        """Somebody writes to the app, and everything that it leads to at once is done."""
        answer = await self.fake.app_says(self.url, USERIDS[who], words, **how)
        assert answer.accepted, answer
        await self.later(seconds=0)

    async def press(self, who: str, card: Message, key: str, **how: Any) -> None:
        """Somebody presses something on a card, everything that it leads to is done, and the card is as it stands then."""
        answer = await self.fake.app_press(self.url, USERIDS[who], card, key, **how)
        assert answer.accepted, answer
        await self.quiet()
        await self.later(seconds=0)

    async def quiet(self) -> None:
        """What the channel does besides is done."""
        await self.fake.until(lambda: not self.channel._reception._errands._tasks)

    def lose_an_answer(self, *, accepted: bool = True, **trouble: Any) -> None:
        """The platform fails once at sending, after or before it took the message. The bot does not wait long for one that says nothing."""
        if trouble.get("silent"):
            self.channel._rest._timeout = ClientTimeout(total=0.5)
        self.fake.fail("message/send", accepted=accepted, **trouble)

    def read_by(self, who: str) -> list[str]:
        """What somebody reads from the app."""
        return [message.text for message in self.fake.seen_by(USERIDS[who])]

    def cards_of(self, who: str) -> list[Message]:
        """The cards that somebody sees."""
        return [message for message in self.fake.seen_by(USERIDS[who]) if message.card is not None]

    async def tell(self, who: str, words: str, kind: NoticeKind = NoticeKind.ANSWER, priority: Priority = Priority.ANSWER) -> None:
        """The bot decides to say something to a member, and says it."""
        await self.decide(who, words, kind, priority)
        await self.later(seconds=0)

    async def decide(
        self, who: str, words: str, kind: NoticeKind = NoticeKind.ANSWER, priority: Priority = Priority.ANSWER, image: str | None = None
    ) -> None:
        """The bot decides to say something to a member on the app."""

        def act(work: Work) -> None:
            person = work.directory.named(who)
            assert person is not None
            tell(work, person, words, kind, priority, on=NAME, image=image)

        await self.bot.office.write(act)


@asynccontextmanager
async def told_to_the_app(
    settings: Settings,
    company: Company = COMPANY,
    *,
    rules: Rules | None = None,
    userids: dict[str, str] = USERIDS,
    sandbox: bool = False,
    **app: Any,
) -> AsyncIterator[AppStory]:
    """The unit, running, with the app as its only channel, or behind the sandbox; `app` changes the app's settings."""
    async with FakeWeCom(company, rules=rules, now=lambda: story.now()) as fake:  # noqa: PLW0108  (there is no story yet)
        settings = with_app(settings, app_settings(company, **{"api_base": fake.base_url, **app}), sandbox=sandbox)
        move_in(settings, userids)
        story = AppStory(settings, fake)
        await story.open()
        try:
            yield story
        finally:
            await story.close()
