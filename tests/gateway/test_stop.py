"""The bot stops, is killed, or its store fails: whatever it had heard is there afterwards, and nothing is claimed that is not."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.channels import errands
from bot.channels.channel import State
from bot.config import REPOSITORY
from bot.settings import Settings
from bot.wiring import open_store
from models import promises
from models.tables.queue import MessageRow
from tests.gateway.gateway import Gateway, running_gateway
from tests.gateway.trouble import IMPATIENT, LEADER, come_in, down, quiet_unit, readings
from tests.gateway.unit import GatewayStory, account_of, chat_of, move_in, people_the_world
from tests.stage import rows
from tests.troubles import broken_store, full_disk

ALL_DAY = "今天保养了水带，" * 500
"""Long enough to need new pages in the database."""


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[GatewayStory]:
    async with quiet_unit(settings) as story:
        yield story


async def known(story: GatewayStory) -> datetime:
    """Up to when it is written down that everything was heard."""
    moment = await story.bot.store.read(lambda session: promises.get_moment(session, "hears.wechaty"))
    assert moment is not None
    return moment


async def test_whatever_came_in_is_handed_over_when_the_bot_stops(unit: GatewayStory) -> None:
    people = [person.name for person in unit.bot.office.directory.people.values()]
    await come_in(unit, *((who, f"36.{number % 10} 正常") for number, who in enumerate(people)))
    await unit.close()
    await unit.open()
    assert len(await readings(unit)) == len(people)


async def test_a_gateway_that_hangs_does_not_hold_up_the_stop(settings: Settings) -> None:
    async with quiet_unit(settings, patience=IMPATIENT) as unit:
        await unit.gateway.freeze()
        await down(unit)
        async with asyncio.timeout(15):
            await unit.close()
        await unit.gateway.thaw()
        await unit.open()
        await unit.online()
        await unit.say("张伟", "36.5 正常", "g1")
        assert await readings(unit) == [("张伟", 36.5)]


async def test_nothing_is_left_open(unit: GatewayStory) -> None:
    await unit.say("张伟", "36.5 正常", "g1")
    await unit.gateway.restart()
    await unit.online()
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert {"wechaty connection", "wechaty intake"} <= names
    rpc = unit.channel._connection.rpc()
    await unit.close()
    assert not [task for task in asyncio.all_tasks() if "wechaty" in task.get_name()]
    assert not rpc._channel._connected
    await unit.open()


@pytest.fixture
def _hurried(unit: GatewayStory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits for the store are milliseconds."""
    reception = unit.channel._listener._reception
    reception._first_wait = reception._longest_wait = 0.01
    monkeypatch.setattr(errands, "FIRST_WAIT", 0.01)


@pytest.mark.usefixtures("_hurried")
async def test_what_could_not_be_stored_waits_in_order_and_meanwhile_nothing_is_claimed(unit: GatewayStory) -> None:
    listener = unit.channel._listener
    before = await known(unit)
    with full_disk(unit.bot.store):
        await come_in(unit, ("张伟", "36.5 正常。" + ALL_DAY), ("张伟", "更正：36.6"), room=None)
        await unit.until(lambda: listener._reception.waiting == 2)
        await unit.later("PT1M")
        await unit.until(lambda: listener._noted == unit.now())
        await unit.settled()
        assert await rows(unit, MessageRow) == []
        assert await known(unit) == before, "who is killed now has not heard them"
    await unit.until(lambda: listener._reception.waiting == 0)
    assert [row.text[:6] for row in await rows(unit, MessageRow)] == ["36.5 正", "更正：36."]
    await unit.later("PT1M")
    await unit.until(lambda: listener._noted == unit.now())
    await unit.settled()
    assert await known(unit) == unit.now()
    assert await readings(unit) == [("张伟", 36.6)]


@pytest.mark.usefixtures("_hurried")
async def test_a_store_that_takes_nothing_for_a_while_costs_no_word(unit: GatewayStory) -> None:
    with broken_store(unit.bot.store):
        await come_in(unit, ("张伟", "36.5 正常"), ("王磊", "36.6 正常"), ("张伟", "更正：36.7"))
        await unit.until(lambda: len(unit.channel._listener._reception._waiting) == 3)
        await unit.gateway.restart()
        await down(unit)
        await unit.until(lambda: unit.channel.state is State.ONLINE)
    await unit.until(lambda: unit.channel._listener._reception.waiting == 0)
    await unit.settled()
    assert sorted(await readings(unit)) == [("张伟", 36.7), ("王磊", 36.6)]


async def test_whoever_cannot_be_introduced_now_is_introduced_with_what_they_say(settings: Settings) -> None:
    async with quiet_unit(settings, known=False) as unit:
        reception = unit.channel._listener._reception
        reception._first_wait = reception._longest_wait = 0.01
        await unit.gateway.rename(chat_of("g1"), account_of("张伟"), "张伟")
        with broken_store(unit.bot.store):
            await come_in(unit, ("张伟", "36.5 正常"))
            await unit.until(lambda: reception.waiting)
        await unit.until(lambda: reception.waiting == 0)
        await unit.settled()
        assert await readings(unit) == [("张伟", 36.5)]


async def started(settings: Settings, gateway: Gateway) -> Process:
    """A real process of the bot, which follows the machine's clock and has connected."""
    wechaty = {
        "ENABLED": "true",
        "ENDPOINT": gateway.endpoint,
        "TOKEN": gateway.token,
        "TLS": "false",
        "PER_ROOM": "1000",
        "PER_MINUTE": "1000",
        "PAUSE": "PT1S",
        "JITTER": "PT1S",
        "GAP": "PT1S",
    }
    environment = os.environ | {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "SANWEI__WEB__PORT": "0",
        "SANWEI__CHANNELS__SANDBOX__ENABLED": "false",
        "SANWEI__POLICIES__QUIET__ENABLED": "false",  # the test may run at night
        **{f"SANWEI__CHANNELS__WECHATY__{key}": value for key, value in wechaty.items()},
    }
    words = (sys.executable, "-m", "bot", "run", "--config", str(REPOSITORY / "config.yaml"))
    process = await asyncio.create_subprocess_exec(*words, env=environment, cwd=REPOSITORY, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    assert process.stderr is not None
    async for line in process.stderr:
        if json.loads(line)["event"] == "connected":
            return process
    pytest.fail("the bot ended before it was connected")


def stored(settings: Settings) -> Counter[str]:
    """How often each message is in the database, as it is on the disk."""
    store = open_store(settings)
    try:
        return store.read_now(lambda session: Counter(row.external_id for row in session.query(MessageRow)))
    finally:
        store.close()


async def test_a_bot_that_is_killed_has_what_it_heard_and_tells_when_it_was_deaf(settings: Settings, gateway_packages: None) -> None:
    async with running_gateway() as gateway:
        await people_the_world(gateway, move_in(settings))
        process = await started(settings, gateway)
        try:
            heard = [await gateway.say(account_of(who), "36.5 正常") for who in ("张伟", "王磊", "高强")]
            await gateway.until(lambda outbox: len(outbox) == 3, 30)
            process.kill()
            await process.communicate()
            missed = await gateway.say(account_of("张伟"), "更正：36.6")
            assert stored(settings) == Counter(heard)
            process = await started(settings, gateway)
            leader = account_of(LEADER)
            outbox = await gateway.until(lambda outbox: [one for one in outbox if one.conversation == leader], 30)
            (told,) = [one.text for one in outbox if one.conversation == leader]
            assert "“第一党小组”群里的消息我可能没收到" in told
            answers = Counter(one.conversation for one in outbox if one.text.startswith("记下了"))
            assert answers == Counter(map(account_of, ("张伟", "王磊", "高强")))
            assert missed not in stored(settings)
        finally:
            process.kill()
            await process.communicate()
