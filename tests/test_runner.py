"""The runner: what fails is undone whole and tried again, what else is due is unharmed, and no slot is lost between two looks."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from bot.settings import Settings
from models.outbox import NoticeKind
from models.policies import Schedule
from models.promises import SlotOutcome, TimerKind
from models.tables.queue import NoticeRow, SlotRow, TimerRow
from scheduler.job import Slot
from scheduler.registry import JOBS
from scheduler.runner import Due, Runner
from services import operations
from services.audit import Fault
from services.work import Work
from tests.conftest import story_settings
from tests.stage import WallClock, by_the_wall_clock, notices, only_jobs, rows, tick, told
from tests.story import Story


class BreakdownError(Exception):
    """A job that does not work. Its text must not be shown anywhere."""


def breaking(job: str, scope: str, times: int, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The named job breaks that many times for one scope, after it did its work; the moments at which it did."""
    broke: list[datetime] = []
    whole = next(one for one in JOBS if one.name == job)

    def run(work: Work, here: str, slot: Slot) -> None:
        whole.run(work, here, slot)
        if here == scope and len(broke) < times:
            broke.append(work.now)
            raise BreakdownError("高强 37.8")

    monkeypatch.setattr("bot.bot.JOBS", tuple(replace(one, run=run) if one.name == job else one for one in JOBS))
    return broke


async def slot_of(story: Story, job: str, scope: str) -> SlotRow:
    return next(row for row in await rows(story, SlotRow) if (row.job, row.scope) == (job, scope))


async def test_a_job_that_fails_is_undone_whole_and_tried_again_and_the_others_are_unharmed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    broke = breaking("digest_group", "g2", 2, monkeypatch)
    async with told(only_jobs(settings, digest_group={}, digest_branch={})) as story:
        await story.at("09:05")
        assert sorted(m.to or "" for m in await story.heard()) == sorted(["李明", "吴静", "黄敏"]), "what 刘洋 was told is undone"
        assert len(await notices(story, NoticeKind.DIGEST)) == 3
        assert (await slot_of(story, "digest_group", "g2")).outcome == SlotOutcome.FAILED
        await story.at("09:06")
        assert await story.heard_by("刘洋") == []
        await story.at("09:30")
        assert [f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}" for moment in broke] == ["09:05", "09:06"]
        (digest,) = await story.heard_by("刘洋")
        assert "（本该 09:05，晚了 2 分钟）" in digest
        assert (await slot_of(story, "digest_group", "g2")).outcome == SlotOutcome.DONE
        assert len([m for m in await story.heard() if m.to in ("周建国", "钱志远")]) == 2
        assert await story.heard_by("于海") == [], "it worked in the end: nobody needs to look"


async def test_a_job_that_never_works_is_told_to_the_duty_officer_once_in_words(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    broke = breaking("digest_group", "g2", 1000, monkeypatch)
    async with told(only_jobs(settings, digest_group={})) as story:
        await story.at("23:00")
        assert len(broke) == 3
        (text,) = await story.heard_by("于海")
        assert text.startswith("到点要做的事没做成（健康汇总发给组长），")
        assert await story.heard_by("刘洋") == []
        assert len(await story.heard()) == 4
        await story.at("09:05", "2026-03-03")
        assert len([m for m in await story.heard() if m.to in ("李明", "吴静", "黄敏")]) == 6, "the next day goes on"
    said = "".join(capfd.readouterr())
    assert "BreakdownError" in said
    assert "高强" not in said


async def test_what_failed_in_a_process_that_died_is_tried_again_by_the_other_one(
    each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = only_jobs(story_settings(each_database, tmp_path), digest_group={})
    breaking("digest_group", "g2", 1, monkeypatch)
    async with told(settings) as story:
        await story.close()
        clock = WallClock("2026-03-02T09:00")
        dying, living = [by_the_wall_clock(settings, clock) for _ in range(2)]
        for bot in (dying, living):
            await bot.start()
            bot.runner.stop()
        clock.to("2026-03-02T09:05")
        await tick(dying)
        await dying.stop()  # it meets the failure, and its power fails
        for minute in (6, 7, 8):
            clock.to(f"2026-03-02T09:0{minute}")
            await tick(living)
        slots = {row.scope: row.outcome for row in await rows(living, SlotRow)}
        assert slots == dict.fromkeys(("g1", "g2", "g3", "g4"), SlotOutcome.DONE)
        await living.stop()
        await story.open()


async def test_a_failed_run_that_nobody_tries_again_keeps_the_audit_from_being_clean(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking("digest_group", "g2", 1, monkeypatch)
    async with told(only_jobs(settings, digest_group={})) as story:

        async def forgets(_now: datetime) -> int:
            story.bot.runner._try_again_at = None
            return 0

        monkeypatch.setattr(story.bot.runner, "_run_failed_slots", forgets)
        await story.at("09:05")
        await story.later("PT3M")
        assert Fault.FAILED_SLOTS not in story.bot.watch.found
        await story.later("PT9M")
        assert Fault.FAILED_SLOTS in story.bot.watch.found


async def test_a_timer_that_fails_is_put_off_and_never_dropped(story: Story) -> None:
    case = await story.case_of(await story.say("马腾", "39.6，头疼", "g2"))
    timers = cast("dict[TimerKind, Any]", story.bot.runner._timers)
    works = timers[TimerKind.CASE_CLIMB]

    def breaks(work: Work, timer: TimerRow) -> str:
        works(work, timer)
        raise BreakdownError("头疼")

    timers[TimerKind.CASE_CLIMB] = breaks
    await story.forget()
    await story.later("PT30M")
    assert [text for text in await story.heard_by("于海") if "没人接手：" in text] == []
    (timer,) = await rows(story, TimerRow)
    assert timer.done_at is None
    assert timer.attempts == 21  # at 06:15, and every minute until 06:35
    (operation,) = await notices(story, NoticeKind.OPERATION)
    assert f"（事项 {case} 还没人接手就往上报）" in operation.text

    timers[TimerKind.CASE_CLIMB] = works
    await story.later("PT1M")
    assert (await story.last_to("于海")).startswith("已经31 分钟没人接手：")


async def test_one_timer_that_fails_does_not_hold_up_the_others(story: Story) -> None:
    broken = await story.case_of(await story.say("马腾", "39.6，头疼", "g2"))
    fine = await story.case_of(await story.say("高强", "39.7，头疼", "g1"))
    timers = cast("dict[TimerKind, Any]", story.bot.runner._timers)
    works = timers[TimerKind.CASE_CLIMB]

    def breaks(work: Work, timer: TimerRow) -> str:
        if timer.ref == broken:
            raise BreakdownError
        return str(works(work, timer))

    timers[TimerKind.CASE_CLIMB] = breaks
    await story.later("PT10M")
    assert [row.case_id for row in await notices(story, NoticeKind.CLIMB)] == [fine]


async def test_news_of_the_bot_itself_goes_to_every_duty_officer_and_nobody_else(story: Story) -> None:
    await story.bot.office.write(lambda work: operations.tell_duty_officers(work, "一切正常"))
    await story.later("PT0S")
    assert [(m.to, m.text) for m in await story.heard()] == [("于海", "一切正常")]
    assert [row.state for row in await rows(story, NoticeRow)] == ["sent"]


ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
moments = st.integers(0, 370 * 24 * 3600).map(lambda seconds: datetime(2025, 12, 20, tzinfo=UTC) + timedelta(seconds=seconds))


@rules(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=moments,
    spans=st.tuples(*[st.timedeltas(timedelta(0), timedelta(days=12))] * 2),
    on_the_minute=st.booleans(),
    hours=st.tuples(*[st.times().map(lambda at: at.replace(second=0, microsecond=0))] * 3),
    days=st.sampled_from(["workdays", "daily"]),
)
def test_between_two_looks_no_slot_is_lost_and_none_comes_twice(
    *, zone: str, start: datetime, spans: tuple[timedelta, timedelta], on_the_minute: bool, hours: tuple[time, ...], days: str
) -> None:
    names = ("open_day", "nudge_checkin", "lesson")
    jobs = [job for job in JOBS if job.name in names]
    plans = Schedule().jobs()
    plan = Schedule().model_copy(
        update={name: plans[name].model_copy(update={"at": at, "days": days}) for name, at in zip(names, hours, strict=True)}
    )
    office = cast("Any", SimpleNamespace(unit=SimpleNamespace(zone=ZoneInfo(zone))))
    runner = Runner(office, plan, jobs, {}, lambda: None)
    a, b = start, start + spans[0]
    if on_the_minute:  # a look exactly at a slot
        b = b.astimezone(ZoneInfo(zone)).replace(hour=hours[0].hour, minute=hours[0].minute, second=0, microsecond=0)
        b = max(a, b.astimezone(UTC))
    c = b + spans[1]

    def found(after: datetime, until: datetime) -> list[tuple[datetime, str]]:
        return [_key(due) for due in runner.slots(after, until)]

    whole = found(a, c)
    assert found(a, b) + found(b, c) == whole
    assert [at for at, _ in whole] == sorted(at for at, _ in whole)
    assert len(set(whole)) == len(whole)
    assert all(a < at <= c for at, _ in whole)
    if days == "daily":
        days_within = int((c - a) / timedelta(days=1))
        assert len(whole) >= 3 * max(0, days_within - 1)


def _key(due: Due) -> tuple[datetime, str]:
    return due.slot_at.astimezone(UTC), due.job.name
