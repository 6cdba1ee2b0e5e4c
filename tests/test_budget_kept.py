"""The budget is kept whatever happens to the bot: restarts, failing platforms, two channels, two processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.bot import Bot
from bot.channels.channel import Outgoing, SendError
from bot.settings import Settings
from models.budget import LAST
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from models.outbox import Priority
from models.tables.queue import NoticeRow
from tests.conftest import story_settings
from tests.own_accord import TOGETHER, quiet_settings, saying, tell_all
from tests.stage import Courier, WallClock, Ways, by_the_wall_clock, hire, rows, told
from tests.test_ways import APP


def heard(couriers: list[Courier], names: list[str]) -> dict[str, int]:
    return {name: sum(len(courier.received(name)) for courier in couriers) for name in names}


async def test_a_restart_and_a_kill_change_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(quiet_settings(settings, 3)) as story:
        await tell_all(story, "王磊", "一", "二", "三")
        await story.restart()
        await story.at("12:00")
        await tell_all(story, "王磊", "四")
        assert [text for courier in couriers for _, text in courier.received("王磊")] == ["一", "二"]

        async def the_power_fails(_outgoing: Outgoing) -> None:
            raise asyncio.CancelledError

        couriers[-1].trouble = the_power_fails
        story.bot.office.clock.set(datetime.fromisoformat("2026-03-02T20:30:00+08:00"))  # type: ignore[attr-defined]
        with pytest.raises(asyncio.CancelledError):
            await story.bot._senders[0].drain()
        await story.restart()
        await story.at("20:31")
        assert [text for _, text in couriers[-1].received("王磊")] == [f"有 2 {TOGETHER}\n\n三\n\n四"]
        await tell_all(story, "王磊", "五")
        await story.at("22:00")
        assert len(couriers[-1].received("王磊")) == 1


async def test_what_goes_together_stays_together_where_the_platform_fails_for_a_while(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers = hire(monkeypatch)
    async with told(quiet_settings(settings, 2)) as story:
        (courier,) = couriers
        names = [person.name for person in story.bot.office.directory.people.values() if person.group_id]
        for priority in (Priority.REMINDER, Priority.DIGEST):
            for name in names:
                await tell_all(story, name, f"{name}甲{priority}", f"{name}乙{priority}", priority=priority)
        assert len(courier.sent) == len(names)
        courier.fails(SendError("busy", retry=True))
        await story.at("20:35")
        courier.works()
        await story.at("21:00")
        assert len(courier.sent) == 2 * len(names), "far more than fit into a batch, and each still reads one message"
        assert all(len(courier.received(name)) == 2 for name in names)


async def test_on_two_channels_one_person_has_one_budget_and_reads_the_last_word_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(quiet_settings(settings, 3)) as story:
        await ways.give_accounts(story)
        app = ways.couriers["wecom_app"]
        await tell_all(story, "王磊", "一", "二", "三")
        await tell_all(story, "王磊", "四", on="sandbox")
        assert [text for _, text in app.received("王磊")] == ["一", "二"]
        assert await story.heard_by("王磊") == []
        await story.at("20:30")
        here, there = await story.heard_by("王磊"), [text for _, text in app.received("王磊")][2:]
        assert [*here, *there] == [f"有 2 {TOGETHER}\n\n三\n\n四"]


@asynccontextmanager
async def two_processes(settings: Settings) -> AsyncIterator[tuple[WallClock, list[Bot]]]:
    """Two processes on one database, at ten in the morning, which send when they are told to."""
    async with told(settings) as story:
        await story.close()
        clock = WallClock("2026-03-02T10:00")
        bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
        for bot in bots:
            await bot.start()
            bot.runner.stop()
            await bot._senders[0].stop()
        yield clock, bots
        for bot in bots:
            await bot.stop()
        await story.open()


async def test_two_processes_on_one_database_keep_one_budget(each_database: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with two_processes(quiet_settings(story_settings(each_database, tmp_path), 4)) as (clock, bots):
        names = [person.name for person in bots[0].office.directory.people.values() if person.group_id]
        for number in range(7):
            for name in names:
                await bots[number % 2].office.write(saying(name, f"第{number}件"))
            await asyncio.gather(*(bot._senders[0].drain() for bot in bots))
        assert heard(couriers, names) == dict.fromkeys(names, 3)
        clock.to("2026-03-02T20:30")
        await asyncio.gather(*(bot._senders[0].drain() for bot in bots))
        assert heard(couriers, names) == dict.fromkeys(names, 4)


async def test_while_a_message_is_under_way_it_takes_its_place(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow platform: another process decides while the last place is being used."""
    couriers = hire(monkeypatch)
    async with two_processes(quiet_settings(settings, 2)) as (_clock, bots):
        slow, quick = couriers[-2:]

        async def meanwhile(_outgoing: Outgoing) -> None:
            await bots[1].office.write(saying("王磊", "二"))
            await bots[1]._senders[0].drain()

        slow.trouble = meanwhile
        await bots[0].office.write(saying("王磊", "一"))
        await bots[0]._senders[0].drain()
        assert [text for _, text in slow.received("王磊")] == ["一"]
        assert quick.received("王磊") == []


async def test_the_last_word_that_does_not_fit_comes_in_as_few_messages_as_the_platform_allows(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    ways.max_bytes = 200
    async with told(quiet_settings(settings, 2)) as story:
        await ways.give_accounts(story)
        await tell_all(story, "王磊", *("数" * 20 + f"{number}" for number in range(6)))
        await story.at("20:30")
        texts = [text for _, text in ways.couriers["wecom_app"].received("王磊")]
        assert all(len(text.encode()) <= 200 for text in texts)
        assert sum(text.count("数" * 20) for text in texts) == 6
        assert len(texts) == 3
        (last,) = {row.reason for row in await rows(story, NoticeRow) if row.reason}
        assert last == LAST


async def test_where_the_bot_can_only_answer_nothing_waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wecom_aibot=Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.IN_REPLY, people=Push.IN_REPLY))
    async with told(quiet_settings(settings, 1)) as story:
        await ways.give_accounts(story)
        now = story.bot.office.clock.now()
        for number in range(5):
            said = Message(channel="wecom_aibot", id=f"m{number}", room=None, account="王磊", sent_at=now, text="我的", addressed=True)
            await story.bot.door.receive(said.model_copy(update={"reply_to": f"r{number}", "reply_until": now + timedelta(hours=1)}))
        await tell_all(story, "王磊", "一", "二", "三")
        texts = [text for _, text in ways.couriers["wecom_aibot"].received("王磊")]
        assert len([text for text in texts if text in ("一", "二", "三")]) == 3, "in the evening no way would be open"
