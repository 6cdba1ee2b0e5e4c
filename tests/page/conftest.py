"""What the stories of the page share: a browser, the demo unit, and a window on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.settings import Settings
from tests.moving_in import seed_demo
from tests.page.visit import DESKTOP, PHONE, Visit, serving

CHROMIUM = Path("/usr/bin/chromium")
# The browser must not look for updates or anything else on its own: no request goes to another host.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    """The address of the demo unit."""
    seed_demo(settings)
    with serving(settings) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"the page is tried in Chromium, and there is none at {CHROMIUM} (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    visit = Visit(browser, site, DESKTOP)
    yield visit
    visit.leave()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visit]:
    visit = Visit(browser, site, PHONE)
    yield visit
    visit.leave()
