"""What all tests of the fake WeCom share: the platform, time that is moved, and clients that are connected."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from tests.fakes.http_client import COMPANY, Client, web_client
from tests.fakes.line_bot import Bot, call
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom


@pytest.fixture
def clock() -> MovedClock:
    """The platform's time."""
    return MovedClock()


@pytest.fixture
async def fake(clock: MovedClock) -> AsyncIterator[FakeWeCom]:
    """The platform."""
    async with FakeWeCom(COMPANY, now=clock) as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    """A client of the web."""
    async with web_client() as http:
        yield http


@pytest.fixture
async def client(fake: FakeWeCom, http: ClientSession) -> Client:
    """An app that has its token."""
    return await Client(fake, http).log_in()


@pytest.fixture
async def bot(fake: FakeWeCom, http: ClientSession) -> Bot:
    """A bot on the long connection that the platform has accepted."""
    bot = await call(fake, http)
    assert await bot.subscribe() == 0
    return bot
