"""A clock that was ahead for a moment and goes right again: nothing stays silent for as long as it was ahead."""

from datetime import datetime, timedelta

import pytest

from bot.channels.channel import Limit, SendError
from bot.pace import Pace
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.promises import TimerKind
from models.tables.queue import NoticeRow, SlotRow, TimerRow
from services import set_back
from services.audit import Fault
from tests.stage import Courier, WallClock, by_the_wall_clock, notices, only_jobs, rows, tick, told
from tests.story import Story

CRY = "我不想活了"


async def open_by(story: Story, settings: Settings, clock: WallClock) -> None:
    """The bot follows this clock, and is looked after by hand."""
    await story.close()
    await story.open(by_the_wall_clock(settings, clock))
    story.bot.runner.stop()
    await story.bot._senders[0].stop()
    await tick(story.bot)


async def goes_on(story: Story, clock: WallClock, *times: str) -> None:
    """The clock goes through these times of the day."""
    for time in times:
        clock.to(f"2026-03-02T{time}")
        await tick(story.bot)


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
async def test_the_hours_of_the_day_are_done_again_at_their_time(each_settings: Settings, couriers: list[Courier], restarted: bool) -> None:
    settings = only_jobs(each_settings, digest_group={})
    async with told(settings) as story:
        clock = WallClock("2026-03-02T08:00")
        await open_by(story, settings, clock)
        clock.to("2026-03-02T16:00")
        await tick(story.bot)
        clock.to("2026-03-02T08:01")
        if restarted:
            await open_by(story, settings, clock)
        await goes_on(story, clock, "08:01", "09:04", "09:05")
        assert [row.outcome for row in await rows(story, SlotRow)] == ["done"] * 4
        assert {row.run_at for row in await rows(story, SlotRow)} == {clock.now()}
        assert "健康汇总" in couriers[-1].received("李明")[-1][1]


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
async def test_a_case_that_climbed_in_a_false_future_climbs_on_from_now(
    each_settings: Settings, couriers: list[Courier], restarted: bool
) -> None:
    settings = only_jobs(each_settings)
    async with told(settings) as story:
        clock = WallClock("2026-03-02T08:00")
        await open_by(story, settings, clock)
        await story.post("/sandbox/messages", {"sender": "张伟", "text": CRY}, 202)
        await tick(story.bot)
        await goes_on(story, clock, "16:00")
        assert len(await notices(story, NoticeKind.CLIMB)) == 1
        clock.to("2026-03-02T08:01")
        if restarted:
            await open_by(story, settings, clock)
        await tick(story.bot)
        (timer,) = [row for row in await rows(story, TimerRow) if row.done_at is None]
        assert timer.due_at - clock.now() <= timedelta(minutes=10)
        await goes_on(story, clock, "08:05", "08:11", "08:12")
        assert len(await notices(story, NoticeKind.CLIMB)) == 2
        assert story.bot.watch.found == {}


async def test_a_case_that_was_raised_in_a_false_future_climbs_ten_minutes_from_now(
    each_settings: Settings, couriers: list[Courier]
) -> None:
    settings = only_jobs(each_settings)
    async with told(settings) as story:
        clock = WallClock("2026-03-02T08:00")
        await open_by(story, settings, clock)
        clock.to("2026-03-02T16:00")
        couriers[-1].fails(SendError("busy", retry=True))
        await story.post("/sandbox/messages", {"sender": "张伟", "text": CRY}, 202)
        await story.post("/sandbox/messages", {"sender": "王磊", "text": "我要说件事，明天再说 36.5 正常"}, 202)
        await tick(story.bot)
        couriers[-1].works()
        await goes_on(story, clock, "08:01")
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT}, "what was put off is sent"
        await goes_on(story, clock, "08:10", "08:12")
        assert len(await notices(story, NoticeKind.CLIMB)) == 1


async def test_the_audit_finds_a_step_that_stands_later_than_it_is_owed(each_story: Story) -> None:
    story = each_story
    number = await story.case_of(await story.say("张伟", "救命，我妈走丢了没人去找，请组织马上帮忙"))

    def put_off(session: object) -> None:
        for row in session.query(TimerRow).filter(TimerRow.kind == TimerKind.CASE_CLIMB):  # type: ignore[attr-defined]
            row.due_at += timedelta(days=30)

    await story.bot.store.write(put_off)
    await story.later("PT5M")
    assert story.bot.watch.found == {Fault.NO_CLIMB: 1}
    assert f"事项 {number} 少了下一步提醒" in await story.last_to("于海")
    await story.later("PT5M")
    assert (await story.last_to("于海")).startswith("已经10 分钟没人接手：")
    timers = [row for row in await rows(story, TimerRow) if row.kind == TimerKind.CASE_CLIMB and row.done_at is None]
    assert len(timers) == 1


def test_what_was_sent_in_a_false_future_keeps_nobody_waiting() -> None:
    now = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
    pace = Pace((Limit(1, timedelta(seconds=3), whole=True),))
    pace.note("room a", now + timedelta(hours=8))
    assert pace.pause(now) == timedelta(0)
    pace.note("room a", now)
    assert pace.pause(now + timedelta(seconds=1)) == timedelta(seconds=2)
    assert pace.pause(now + timedelta(hours=8)) == timedelta(0), "it is forgotten"


async def test_a_long_wait_for_an_answer_stays_as_it_is_and_one_that_a_false_future_made_longer_does_not(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        unanswered = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
        await story.say("李明", f"办结 {unanswered} 请了护工")
        await story.later("P9D")
        answered = await story.case_of(await story.say("王磊", "我家房子漏水没地方住，请组织帮帮忙"))
        await story.say("李明", f"办结 {answered} 修好了")
        await story.say("王磊", f"是 {answered}")
        now = story.bot.office.clock.now()

        async def waiting() -> dict[int, timedelta]:
            return {row.ref: row.due_at - now for row in await rows(story, TimerRow) if row.done_at is None}

        def put_off(session: object) -> None:
            for row in session.query(TimerRow).filter(TimerRow.done_at.is_(None)):  # type: ignore[attr-defined]
                row.due_at += timedelta(days=30)

        long = {unanswered: timedelta(days=12), answered: timedelta(days=3)}
        await story.bot.office.write(set_back.take_back)
        assert await waiting() == long
        await story.bot.store.write(put_off)
        await story.bot.office.write(set_back.take_back)
        assert await waiting() == long
