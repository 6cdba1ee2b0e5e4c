"""How the bot's WeChat account stands, and the code to scan: on a page of this machine, and in the log of whoever sits far away."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import segno
import structlog
from aiohttp.test_utils import TestServer
from playwright.sync_api import Browser, ViewportSize

from bot import logs
from bot.bot import Bot
from bot.channels.channel import State
from bot.channels.wechaty.login import Login, as_text
from bot.settings import Settings
from bot.web import guard
from bot.web.app import build_app
from models.capabilities import Capabilities, Hears, Push
from tests.moving_in import seed_demo
from tests.page.conftest import browser
from tests.page.visit import DESKTOP, PHONE
from tests.stage import Ways, told
from tests.story import Story

__all__ = ["browser"]  # a fixture, which is known by its name only
LINK = "http://weixin.qq.com/x/gd1oRvUAwTyZkPDsAbCd"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_it_says_how_the_account_stands_and_since_when() -> None:
    moments = (NOON + timedelta(minutes=passed) for passed in count())
    login = Login(lambda: next(moments))
    assert (login.state, login.qrcode, login.account) == (State.CONNECTING, None, None)
    began = login.since
    login.connecting()
    assert login.since == began, "it is still connecting"
    login.scanned("one")
    waits = login.since
    assert waits > began
    login.scanned("two")
    assert (login.state, login.qrcode, login.since) == (State.WAITS_FOR_SCAN, "two", waits), "a new code is no new state"
    login.logged_in("wxid_bot")
    assert (login.state, login.qrcode, login.account) == (State.ONLINE, None, "wxid_bot")
    login.logged_out()
    assert (login.state, login.account) == (State.LOGGED_OUT, None)
    login.refused()
    assert login.state is State.REFUSED


def test_the_code_as_text_is_the_code() -> None:
    lines = as_text(LINK).split("\n")
    light = [[char in upper for char in line] for line in lines for upper in ("█▀", "█▄")]
    size = len(lines[0])
    assert {len(line) for line in lines} == {size}
    assert all(light[0]), "a light border, or no phone finds the code"
    assert all(light[1])
    finder = [row[2:9] for row in light[2:9]]
    dark = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    assert ["".join("." if cell else "#" for cell in row) for row in finder] == dark


def test_the_code_stands_in_the_log_as_it_must_be_scanned(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(json=False)
    structlog.get_logger().warning("a code is to be scanned", link=LINK, code="\n" + as_text(LINK))
    first, *below = capsys.readouterr().err.rstrip("\n").split("\n")
    assert LINK in first
    assert "code" not in first.replace("a code is to be scanned", "")
    assert "\n".join(below).strip("\n") == as_text(LINK), "nothing beside it, and in no colour"


def test_in_json_the_link_can_be_opened_or_turned_into_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(json=True)
    structlog.get_logger().warning("a code is to be scanned", link=LINK, code="\n" + as_text(LINK))
    (line,) = capsys.readouterr().err.rstrip("\n").split("\n")
    assert json.loads(line)["link"] == LINK


WECHAT = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS, strangers=True)


def with_account(settings: Settings, monkeypatch: pytest.MonkeyPatch, login: Login) -> Bot:
    """The demo unit's bot with a WeChat account that stands like this."""
    ways = Ways(monkeypatch, wechaty=WECHAT)
    seed_demo(settings)
    bot = Bot(settings)
    vars(ways.couriers["wechaty"])["login"] = login
    return bot


@pytest.fixture
def login() -> Login:
    return Login(lambda: NOON)


@pytest.fixture
async def story(settings: Settings, monkeypatch: pytest.MonkeyPatch, login: Login) -> AsyncIterator[Story]:
    story = Story(settings)
    await story.open(with_account(settings, monkeypatch, login))
    yield story
    await story.close()


async def shown(story: Story) -> str:
    async with story.http.get("/wechaty") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        return await response.text()


async def test_the_page_says_how_the_account_stands_since_when_and_what_to_do(story: Story, login: Login) -> None:
    for act, words in (
        (login.connecting, "正在连微信网关"),
        (login.logged_out, "没有登录"),
        (lambda: login.scanned(LINK), "等人扫码登录"),
        (login.refused, "网关的令牌或证书不对"),
        (lambda: login.logged_in("wxid_bot"), "已经登录"),
    ):
        act()
        page = await shown(story)
        assert f"<h1>{words}</h1>" in page
        assert "3月2日 12:00 起" in page
        assert 'http-equiv="refresh"' in page
        assert "<script" not in page
        assert "style=" not in page
        assert ("<svg" in page) is (login.state is State.WAITS_FOR_SCAN)


async def test_the_picture_is_the_code_that_the_gateway_shows_now(story: Story, login: Login) -> None:
    for link in (LINK, f"{LINK}?again=<b>"):
        login.scanned(link)
        picture = segno.make_qr(link).svg_inline(border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
        page = await shown(story)
        assert picture in page
        assert link not in page


async def test_another_machine_does_not_see_the_code(story: Story, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    login.scanned(LINK)
    for header in ({"Origin": "http://elsewhere.example"}, {"Host": "elsewhere.example:8080"}, {"X-Forwarded-For": "127.0.0.1"}):
        async with story.http.get("/wechaty", headers=header) as response:
            assert response.status == 403
    monkeypatch.setattr(guard, "_is_loopback", lambda _host: False)
    async with story.http.get("/wechaty") as response:
        assert response.status == 403
        assert await response.json() == {"error": "this page answers its own machine only; open it there"}


async def test_a_unit_without_wechat_has_no_such_page(settings: Settings) -> None:
    async with told(settings) as story, story.http.get("/wechaty") as response:
        assert response.status == 404


async def test_without_the_sandbox_the_page_has_its_colours_too(settings: Settings, monkeypatch: pytest.MonkeyPatch, login: Login) -> None:
    bot = with_account(settings, monkeypatch, login)
    channels = settings.channels.model_copy(update={"sandbox": settings.channels.sandbox.model_copy(update={"enabled": False})})
    bot.settings = settings.model_copy(update={"channels": channels})
    story = Story(settings)
    await story.open(bot)
    for file in ("base.css", "wechaty.css", "icon.svg"):
        async with story.http.get(f"/static/{file}") as response:
            assert response.status == 200
    async with story.http.get("/") as response:
        assert response.status == 404
    await story.close()


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch, login: Login) -> Iterator[str]:
    """The address of the bot, running beside the browser in a thread of its own."""
    bot = with_account(settings, monkeypatch, login)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = TestServer(build_app(bot), loop=loop)
    asyncio.run_coroutine_threadsafe(server.start_server(), loop).result(30)
    yield str(server.make_url("/wechaty"))
    asyncio.run_coroutine_threadsafe(server.close(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_browser_shows_the_code_whole_black_on_white_and_complains_of_nothing(
    browser: Browser, site: str, login: Login, size: ViewportSize, scheme: str
) -> None:
    login.scanned(LINK)
    context = browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site)
    box = page.locator(".login-code svg").bounding_box()
    assert box is not None
    assert box["width"] == box["height"] >= 240
    assert box["y"] + box["height"] <= size["height"], "it is scanned without scrolling"
    assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
    assert page.locator(".login-code").evaluate("box => getComputedStyle(box).backgroundColor") == "rgb(255, 255, 255)"
    login.logged_in("wxid_bot")
    page.wait_for_selector("[data-state=online]", timeout=15_000)
    assert complaints == []
    context.close()
