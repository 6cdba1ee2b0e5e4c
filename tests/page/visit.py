"""One person's window on the page, and the bot that answers it."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp.test_utils import TestServer
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

from bot.bot import Bot
from bot.settings import Settings
from bot.web.app import build_app

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def serving(settings: Settings, port: int = 0) -> Iterator[str]:
    """The address of the bot, running beside the browser in a thread of its own. Its people must have moved in."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = TestServer(build_app(Bot(settings)), loop=loop, port=port or None)
    asyncio.run_coroutine_threadsafe(server.start_server(), loop).result(30)
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Visit:
    """One person's window on the page. Whatever it complains of or asks of other hosts is kept in `complaints` and `strangers`."""

    def __init__(self, browser: Browser, site: str, size: ViewportSize, query: str = "") -> None:
        self.site = site
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.context = browser.new_context(viewport=size)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.goto(f"{site}/{query}")
        self.page.wait_for_selector("body.ready")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(f"{self.site}/"):
            self.strangers.append(url)

    def become(self, name: str) -> None:
        self.page.click("#me .me-card")
        self.page.locator("#people .person").filter(has=self.page.get_by_text(name, exact=True)).click()

    def enter(self, room: str) -> None:
        self.page.locator("#rooms .room").filter(has=self.page.get_by_text(room, exact=True)).click()

    def say(self, text: str) -> None:
        """Type it, press Enter, and wait until the page says what became of it."""
        before = self.page.locator(".entry .fate").count()
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")
        expect(self.page.locator(".entry .fate")).to_have_count(before + 1)
        expect(self.page.locator(".entry .fate").last).to_have_attribute("data-kind", re.compile("kept|none"))

    def marked(self) -> list[str]:
        """The highlighted pieces of the message whose record is shown."""
        return self.page.locator("#record .record-text mark").all_inner_texts()

    def now(self) -> datetime:
        """The demo's time, as the server tells it."""
        return datetime.fromisoformat(self.page.request.get(f"{self.site}/sandbox/clock").json()["now"])

    def sideways(self) -> int:
        """By how many pixels the page can be pushed sideways."""
        return int(self.page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"))

    def leave(self) -> None:
        """Close the window; a visit after which the browser complained, or asked another host for something, has failed."""
        self.context.close()
        assert self.complaints == []
        assert self.strangers == []
