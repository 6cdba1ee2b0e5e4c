"""The contract of channels: each hears what is said as it was said, once; each error has a name and a policy; and none tells a secret."""

import traceback
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.channels.channel import SendError
from bot.channels.registry import CHANNELS
from bot.channels.wecom.errors import CODES, Policy, WeComError
from bot.settings import Settings
from models import inbox
from models.capabilities import Hears
from models.tables.base import Base
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from tests.contract.codes import WECOM
from tests.contract.driver import WORDS, Driver, Open
from tests.contract.sandbox import sandbox
from tests.contract.wechaty import wechaty
from tests.contract.wecom import aibot_by_callback, aibot_by_socket, app, robot
from tests.stage import only_jobs, rows

DRIVERS: dict[str, Open] = {
    "sandbox": sandbox,
    "wecom_app": app,
    "wecom_aibot by socket": aibot_by_socket,
    "wecom_aibot by callback": aibot_by_callback,
    "wecom_robot": robot,
    "wechaty": wechaty,
}
"""One for each channel, and for each of its modes: the channel's name first."""


def test_every_channel_has_a_driver() -> None:
    assert {name.split()[0] for name in DRIVERS} == {kind.name for kind in CHANNELS}


def test_every_code_of_the_platform_s_pages_has_a_name() -> None:
    assert WECOM.keys() == CODES.keys()


Opened = AbstractAsyncContextManager[Driver]


@pytest.fixture(params=DRIVERS.values(), ids=DRIVERS)
def opened(request: pytest.FixtureRequest, settings: Settings) -> Opened:
    open_driver: Open = request.param
    return open_driver(only_jobs(settings))


class Ear:
    """Hears every line that is logged, and every error that it is shown."""

    def __init__(self, lines: list[EventDict], caplog: pytest.LogCaptureFixture) -> None:
        self.lines = lines
        self._caplog = caplog
        self._errors: list[str] = []

    def note(self, error: BaseException) -> None:
        """An error, with all that it came from."""
        self._errors.append(repr(error) + "".join(traceback.format_exception(error)))

    def heard_nothing_of(self, *secrets: str) -> None:
        """None of these was told."""
        logged = [record.getMessage() for record in self._caplog.records if record.name != "aiohttp.access"]  # the fake platform's own
        told = "\n".join([str(self.lines), *logged, *self._errors])
        assert [secret for secret in secrets if secret in told] == []


@pytest.fixture
def ear(caplog: pytest.LogCaptureFixture) -> Iterator[Ear]:
    with capture_logs() as lines:
        yield Ear(lines, caplog)
    assert any(line["event"] == "started" for line in lines), "nothing was heard at all"


async def counts(driver: Driver) -> dict[str, int]:
    """How much is remembered and decided."""
    tables: tuple[type[Base], ...] = (MessageRow, CheckinRow, NoticeRow)
    return {table.__tablename__: len(await rows(driver.bot, table)) for table in tables}


async def test_what_is_said_is_heard_as_it_was_said_and_twice_is_once(opened: Opened, ear: Ear) -> None:
    async with opened as driver:
        samples = list(driver.samples())
        able = driver.bot.channels[driver.channel].capabilities
        assert bool(samples) == (able.private or able.hears is not Hears.NOTHING), "who hears has something to show"
        for sample in samples:
            await sample.say()
            await driver.settled()
        stored = [inbox.as_message(row) for row in await rows(driver.bot, MessageRow)]
        assert [message.model_copy(update={"reply_to": None, "reply_until": None}) for message in stored] == [s.heard for s in samples]
        once = await counts(driver)
        assert once["checkins"] == sum(sample.heard.text != "" for sample in samples)

        for sample in samples:
            await sample.say()
        await driver.settled()
        assert await counts(driver) == once
        ear.heard_nothing_of(WORDS, *driver.secrets())


async def test_each_way_in_which_a_sending_fails_has_a_name_and_what_follows_from_it(opened: Opened, ear: Ear) -> None:
    async with opened as driver:
        send = driver.bot.channels[driver.channel].send
        assert driver.refusals or driver.channel == "sandbox", "a platform refuses in ways that can be told apart"
        found: dict[int, Policy] = {}
        names: set[str] = set()
        for code in driver.refusals:
            outgoing = await driver.outgoing()
            await driver.refuse(code)
            with pytest.raises(SendError) as caught:
                await send(outgoing)
            await driver.recover()
            ear.note(caught.value)
            found[code] = policy_of(caught.value)
            names.add(caught.value.reason)
        assert found == driver.refusals
        assert len(names) == len(found), "each has a name of its own"

        for code in driver.renewed:
            await driver.refuse(code, times=1)
            await send(await driver.outgoing())

        for number in range(driver.troubles):
            outgoing = await driver.outgoing()
            await driver.break_down(number)
            with pytest.raises(SendError) as caught:
                await send(outgoing)
            await driver.recover()
            ear.note(caught.value)
            assert caught.value.retry, caught.value
        await send(await driver.outgoing())
        ear.heard_nothing_of(WORDS, *driver.secrets())


async def test_what_could_not_be_sent_is_logged_without_what_it_says(opened: Opened, ear: Ear) -> None:
    async with opened as driver:
        for code in list(driver.refusals)[:1]:
            await driver.refuse(code)
            await driver.prompt()
            for sender in driver.bot._senders:
                await sender.drain()
            assert [line["channel"] for line in ear.lines if line["event"] == "sending failed"] != []
        ear.heard_nothing_of(WORDS, *driver.secrets())


def policy_of(error: SendError) -> Policy:
    """What follows from an error, by its name for it and by what a sender makes of it."""
    if not error.retry:
        seen = [Policy.PERMANENT]
    elif error.after is not None:
        seen = [Policy.RETRY_AFTER]
    else:
        seen = [Policy.RETRY, Policy.REFRESH, Policy.STOP]
    policy = error.policy if isinstance(error, WeComError) else seen[0]
    assert policy in seen, error
    return policy
