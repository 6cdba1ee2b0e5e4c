"""What is promised is kept: what fell due while nothing ran happens at the start, in order, and says how late it is."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.bot import Bot
from bot.channels.channel import Outgoing, Sent
from bot.settings import Settings
from models.message import Message
from models.outbox import NoticeKind, NoticeState
from models.promises import SlotOutcome
from models.tables.queue import NoticeRow, SandboxMessageRow, SlotRow, TimerRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, notices, rows, tick
from tests.story import Heard, Story

NUDGE = "今天的健康还没报"


@asynccontextmanager
async def running(settings: Settings, clock: WallClock) -> AsyncIterator[Story]:
    """The bot on an office PC, from its start until it is shut down."""
    story = Story(settings)
    await story.open(by_the_wall_clock(settings, clock))
    try:
        yield story
    finally:
        await story.close()


async def said(story: Story, who: str, text: str) -> str:
    """Somebody says something in private; its case number is looked up with the answer."""
    return str((await story.post("/sandbox/messages", {"sender": who, "text": text}, 202))["id"])


async def at_start(story: Story) -> list[Heard]:
    """What is heard right after the start."""
    await tick(story.bot)
    return await story.heard()


async def test_digests_that_fell_due_in_the_night_of_the_bot_come_at_its_start_in_order_and_say_how_late(settings: Settings) -> None:
    seed_demo(settings)
    clock = WallClock("2026-03-02T05:50")
    async with running(settings, clock) as story:
        await said(story, "张伟", "36.5 正常")
    clock.to("2026-03-02T10:35")
    async with running(settings, clock) as story:
        digests = [m for m in await at_start(story) if "汇总" in m.text]
        assert [m.to for m in digests] == ["李明", "刘洋", "吴静", "黄敏", "周建国", "钱志远"]
        assert "3月2日健康汇总（本该 09:05，晚了 1 小时 30 分）\n已报 1/6" in digests[0].text
        assert "3月2日健康汇总（本该 09:20，晚了 1 小时 15 分）" in digests[4].text
        assert not any(NUDGE in m.text for m in await story.heard()), "nobody wants to be nudged two hours later"
        slots = {row.job: row for row in await rows(story, SlotRow)}
        assert {job: row.outcome for job, row in slots.items()} == {
            "open_day": SlotOutcome.DONE,
            "health_morning": SlotOutcome.STALE,
            "nudge_checkin": SlotOutcome.STALE,
            "chase": SlotOutcome.STALE,
            "digest_group": SlotOutcome.DONE,
            "digest_branch": SlotOutcome.DONE,
            "preflight": SlotOutcome.DONE,
        }
        await tick(story.bot)
        assert len([m for m in await story.heard() if "汇总" in m.text]) == 6
    async with running(settings, clock) as story:  # another restart changes nothing
        assert len([m for m in await at_start(story) if "汇总" in m.text]) == 6


async def test_a_reminder_that_is_late_but_within_its_window_is_given_and_says_so(settings: Settings) -> None:
    seed_demo(settings)
    clock = WallClock("2026-03-02T08:00")
    async with running(settings, clock):
        clock.to("2026-03-02T08:20")
    clock.to("2026-03-02T08:50")
    async with running(settings, clock) as story:
        nudges = [m.text for m in await at_start(story) if NUDGE in m.text]
        assert len(nudges) == 24
        assert all(text.endswith("（本该 08:25，晚了 25 分钟）") for text in nudges)


async def test_an_escalation_is_never_dropped_and_says_how_late_it_is(settings: Settings) -> None:
    seed_demo(settings)
    clock = WallClock("2026-03-06T17:58")  # Friday
    async with running(settings, clock) as story:
        urgent = await story.case_of(await said(story, "马腾", "39.6，头疼"))
        ordinary = await story.case_of(await said(story, "高强", "37.8，咳嗽"))
    clock.to("2026-03-09T07:00")  # Monday
    async with running(settings, clock) as story:
        climbs = [m for m in await at_start(story) if m.text.startswith("已经")]
        assert [(m.to, f" {urgent}】" in m.text) for m in climbs] == [("于海", True), ("孙丽", False), ("于海", False)]
        assert climbs[0].text.startswith("已经2 天没人接手（本该 18:08，晚了 2 天）：")
        assert f" {ordinary}】" in climbs[1].text
        assert climbs[1].text.startswith("已经2 天没人接手（本该 21:58，晚了 2 天）：")
        done = [row for row in await rows(story, SlotRow) if row.outcome == SlotOutcome.DONE]
        assert {(row.job, row.slot_at) for row in done} == {("open_day", _at("2026-03-09T06:00"))}, "what is over is dropped"


async def test_what_fell_due_happens_in_the_order_in_which_it_was_due(settings: Settings) -> None:
    seed_demo(settings)
    clock = WallClock("2026-03-02T05:50")
    async with running(settings, clock) as story:
        await said(story, "马腾", "39.6，头疼")  # climbs at 06:00
        await said(story, "高强", "37.8，咳嗽")  # climbs at 09:50
    clock.to("2026-03-02T10:35")
    async with running(settings, clock) as story:
        await tick(story.bot)
        order = [row.kind for row in await rows(story, NoticeRow) if row.kind in (NoticeKind.CLIMB, NoticeKind.DIGEST)]
        assert order == [NoticeKind.CLIMB, *[NoticeKind.DIGEST] * 6, *[NoticeKind.CLIMB] * 2]


async def test_a_message_of_the_bot_that_waited_while_it_was_down_is_sent_at_its_start(settings: Settings) -> None:
    seed_demo(settings)
    clock = WallClock("2026-03-02T07:00")
    async with running(settings, clock) as story:
        sender = story.bot._senders[0]
        await sender.stop()  # the power fails before anything is sent
        await said(story, "张伟", "36.5 正常")
        assert [row.state for row in await rows(story, NoticeRow)] == [NoticeState.WAITING]
    clock.to("2026-03-02T07:01")
    async with running(settings, clock) as story:
        assert [(m.to, m.text) for m in await at_start(story)] == [("张伟", "记下了：36.5℃，正常")]


async def test_a_clock_that_is_moved_by_hand_stands_where_it_stood(story: Story) -> None:
    await story.at("09:04")
    await story.restart()
    assert (await story.get("/sandbox/clock"))["now"] == "2026-03-02T09:04:00+08:00"
    await story.forget()
    await story.later("PT0S")
    assert await story.heard() == []
    await story.at("09:06")
    assert len([m for m in await story.heard() if "健康汇总" in m.text]) == 4


async def test_what_a_dead_process_had_in_hand_is_sent_after_the_restart_of_a_clock_that_stands_still(story: Story) -> None:
    await story.bot._senders[0].stop()
    await story.post("/sandbox/messages", {"sender": "张伟", "text": "36.5 正常"}, 202)
    await story.bot.office.write(story.bot._senders[0]._claim)
    assert [row.state for row in await rows(story, NoticeRow)] == [NoticeState.LEASED]
    await story.restart()
    await story.later("PT0S")
    assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]


async def test_the_clock_of_the_demo_can_be_set_back_and_what_was_done_is_not_done_again(story: Story) -> None:
    await story.at("09:30")
    await story.forget()
    await story.at("08:00")
    assert await story.heard() == []
    await story.at("09:30")
    assert [m for m in await story.heard() if "汇总" in m.text] == []


async def test_two_processes_over_one_database_do_everything_once(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    clock = WallClock("2026-03-02T05:50")
    bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
    sent: Counter[int] = Counter()
    for bot in bots:
        _count_sendings(bot, sent)
    await asyncio.gather(*(bot.start() for bot in bots))
    for bot in bots:  # from here on they work when they are told to, both at the same moment
        bot.runner.stop()
        await bot._senders[0].stop()
    try:
        await asyncio.gather(*(_say(bot, who, "39.6，头疼") for bot, who in zip(bots * 2, ("张伟", "高强", "马腾", "郑凯"), strict=True)))
        for moment in ("06:00", "06:10", "08:25", "09:05", "09:20", "12:40", "20:25"):
            clock.to(f"2026-03-02T{moment}")
            await asyncio.gather(*(tick(bot) for bot in bots))
            await asyncio.gather(*(tick(bot) for bot in bots))
        slots = [(row.job, row.scope) for row in await rows(bots[0], SlotRow)]
        assert len(slots) == len(set(slots)) == 8 * 4 + 6 * 2
        decided = await rows(bots[0], NoticeRow)
        first_step = [row for row in await notices(bots[0], NoticeKind.CLIMB) if row.created_at == _at("2026-03-02T06:10")]
        assert sorted(row.case_id or 0 for row in first_step) == [1, 2, 3, 4], "each case climbed once"
        said = Counter((row.kind, row.member_id, row.room, row.created_at, row.case_id, row.about_id) for row in decided)
        assert max(said.values()) == 1, "nothing was decided twice"
        assert {row.state for row in decided} <= {NoticeState.SENT, NoticeState.DROPPED}
        assert set(sent.values()) == {1}, "nothing was sent twice"
        assert set(sent) == {row.id for row in decided if row.state == NoticeState.SENT}
        assert len(await rows(bots[0], SandboxMessageRow)) == len(sent)
        fired = [(row.ref, row.step) for row in await rows(bots[0], TimerRow)]
        assert len(fired) == len(set(fired))
    finally:
        for bot in bots:
            await bot.stop()


def _count_sendings(bot: Bot, sent: Counter[int]) -> None:
    channel = bot._senders[0]._channel
    send = channel.send

    async def counted(outgoing: Outgoing) -> Sent:
        sent[outgoing.notice_id] += 1
        return await send(outgoing)

    channel.send = counted  # type: ignore[method-assign]


async def _say(bot: Bot, who: str, text: str) -> None:
    message = Message(channel="sandbox", id=who, room=None, account=who, sent_at=bot.office.clock.now(), text=text, addressed=True)
    await bot.desk.submit(message)


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}:00+08:00")
