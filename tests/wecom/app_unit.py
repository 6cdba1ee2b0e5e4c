"""The demo unit on the fake platform, reached by a self-built app alone: who has which userid, and a story told there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.bot import Bot
from bot.channels.wecom_app.routes import PATH
from bot.settings import Organization, Settings, WecomApp
from bot.web.app import build_app
from bot.wiring import build_receiver, open_store
from handlers.receive import Receiver
from models.clock import SystemClock
from models.roster import Roster
from models.roster_rows import apply, difference
from models.roster_sheet import lines_from_roster
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company, Rules, User

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


def only_app(settings: Settings, app: WecomApp) -> Settings:
    """The settings with the app as the only channel."""
    channels = settings.channels.model_copy(
        update={"wecom_app": app, "sandbox": settings.channels.sandbox.model_copy(update={"enabled": False})}
    )
    return settings.model_copy(update={"channels": channels})


def move_in(settings: Settings, userids: dict[str, str] = USERIDS) -> None:
    """The demo's people, with their userids in the roster."""
    roster = Roster.model_validate_json((settings.organization.content / "demo" / "roster.json").read_bytes())
    lines = [line.model_copy(update={"wecom_userid": userids.get(line.name, "")}) for line in lines_from_roster(roster)]
    store = open_store(settings)
    try:
        store.write_now(lambda session: apply(session, difference(session, lines), SystemClock().now()))
    finally:
        store.close()


@cache
def receiver_of(unit: Organization) -> Receiver:
    """Reading the lexicon takes seconds, and it is the same for all stories."""
    return build_receiver(Settings(organization=unit))


class AppStory:
    """A running bot behind its real web server, and the platform. Time stands until it is moved."""

    def __init__(self, bot: Bot, fake: FakeWeCom, url: str) -> None:
        self.bot = bot
        self.fake = fake
        self.url = url

    async def later(self, **span: float) -> None:
        """Time passes; whatever is due and to be sent happens."""
        await self.bot.move_clock(self.bot.office.clock.now() + timedelta(**span))

    async def at(self, moment: str) -> None:
        """It becomes that time in China, like 2026-03-02T08:10."""
        await self.bot.move_clock(datetime.fromisoformat(f"{moment}:00+08:00"))

    async def say(self, who: str, text: str, **how: Any) -> None:
        """Somebody writes to the app, and everything that it leads to at once is done."""
        answer = await self.fake.app_says(self.url, USERIDS.get(who, who), text, **how)
        assert answer.accepted, answer
        await self.later(seconds=0)

    def read_by(self, who: str) -> list[str]:
        """What somebody reads from the app."""
        return [message.text for message in self.fake.seen_by(USERIDS[who])]


@asynccontextmanager
async def told_to_the_app(
    settings: Settings, company: Company = COMPANY, rules: Rules | None = None, userids: dict[str, str] = USERIDS, **app: Any
) -> AsyncIterator[AppStory]:
    """The unit, running, with the app as its only channel; `app` changes the app's settings."""
    clock = settings.clock.start
    fake = FakeWeCom(company, rules=rules, now=lambda: bot.office.clock.now() if started else clock)
    started = False
    async with fake:
        settings = only_app(settings, app_settings(company, **{"api_base": fake.base_url, **app}))
        move_in(settings, userids)
        bot = Bot(settings, receiver_of(settings.organization))
        started = True
        server = TestServer(build_app(bot))
        await server.start_server()
        try:
            yield AppStory(bot, fake, str(server.make_url(PATH)))
        finally:
            await server.close()
