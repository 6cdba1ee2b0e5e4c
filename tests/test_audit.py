"""The watchers are watched: what was promised and got lost is found within minutes, put right or told once, and silence is the alarm."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from bot.bot import Bot
from bot.channels.channel import State
from bot.settings import Settings, Watch
from models.outbox import NoticeKind, NoticeState, Priority
from models.promises import SlotOutcome, TimerKind
from models.tables.queue import NoticeRow, SlotRow, TimerRow
from models.tables.unit import MemberRow
from services.audit import Fault
from tests.stage import changed, hire, notices, only_jobs, rows, told
from tests.story import Story
from tests.test_metrics import figures

MISSING = "救命，我妈走丢了没人去找，请组织马上帮忙"
NO_CARER = "我妈住院没人陪护，请组织帮帮忙"


async def until(so: Callable[[], object]) -> None:
    """Wait for a real connection."""
    async with asyncio.timeout(10):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def raised(story: Story, words: str = MISSING) -> int:
    """Zhang Wei is in need; the number of the case."""
    number = await story.case_of(await story.say("张伟", words))
    await story.forget()
    return number


async def happen(story: Story, accident: Callable[[Session], object]) -> None:
    """Something goes wrong in the database."""
    await story.bot.store.write(accident)


async def lose(story: Story, kind: TimerKind) -> None:
    """Every timer of a kind that waits is gone."""
    await happen(story, lambda session: session.execute(delete(TimerRow).where(TimerRow.kind == kind, TimerRow.done_at.is_(None))))


async def found(story: Story) -> dict[str, float]:
    """What the last audit found, by kind."""
    kinds = {kind: f'sanwei_audit_findings{{kind="{kind}"}}' for kind in Fault}
    shown = await figures(story)
    return {kind: shown[name] for kind, name in kinds.items() if shown[name]}


async def told_on_duty(story: Story) -> list[str]:
    """What the duty officer was told about the bot itself."""
    return [row.text for row in await notices(story, NoticeKind.OPERATION)]


async def test_an_open_case_whose_next_step_is_lost_climbs_in_time_and_the_duty_officer_hears_of_it_once(each_story: Story) -> None:
    story = each_story
    number = await raised(story)
    await lose(story, TimerKind.CASE_CLIMB)
    await story.later("PT5M")
    (text,) = await story.heard_by("于海")
    assert text == f"自检：事项 {number} 少了下一步提醒，已经补上，会接着往上报。请顺便问一句有没有人在办。"
    assert await found(story) == {Fault.NO_CLIMB: 1}
    await story.forget()
    await story.later("PT5M")
    assert (await story.last_to("于海")).startswith("已经10 分钟没人接手："), "as if nothing had been lost"
    assert await found(story) == {}
    await story.later("PT30M")
    assert len(await told_on_duty(story)) == 1


async def test_a_step_that_is_past_when_it_is_found_lost_is_told_at_once_and_says_how_late(story: Story) -> None:
    number = await raised(story)
    await lose(story, TimerKind.CASE_CLIMB)
    await story.later("PT40M")
    told, climbed = await story.heard_by("于海")
    assert told.startswith(f"自检：事项 {number} 少了下一步提醒")
    assert climbed.startswith("已经40 分钟没人接手（本该 06:15，晚了 30 分钟）：")
    await lose(story, TimerKind.CASE_CLIMB)  # the repeat, ten minutes after that
    await story.forget()
    await story.later("PT6M")
    assert await story.heard_by("于海") == [], "the same case is not told again and again, and its repeat is not due yet"
    await story.later("PT4M")
    assert (await story.last_to("于海")).startswith("已经50 分钟没人接手：")


async def test_a_ladder_that_has_ended_lacks_nothing(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        await raised(story, NO_CARER)
        await story.later("PT4H")
        await story.later("P1D")
        assert await found(story) == {}
        assert await told_on_duty(story) == []


async def test_an_acknowledgement_that_would_never_lapse_lapses_in_time(each_story: Story) -> None:
    story = each_story
    number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await lose(story, TimerKind.CASE_LAPSE)
    await story.later("PT5M")
    assert await found(story) == {Fault.NO_LAPSE: 1}
    await story.forget()
    await story.later("PT1H54M59S")
    assert await story.heard_by("李明") == []
    await story.later("PT1S")
    assert (await story.last_to("李明")).startswith("李明接手2 小时了，还没有结果")


async def test_a_settled_case_is_asked_about_even_if_that_promise_was_lost(each_story: Story) -> None:
    story = each_story
    number = await raised(story, NO_CARER)
    await story.say("李明", f"办结 {number} 请了护工")
    await lose(story, TimerKind.CASE_ASK_AGAIN)
    await story.later("PT5M")
    assert await found(story) == {Fault.NO_QUESTION: 1}
    await story.say("张伟", "是")
    await lose(story, TimerKind.CASE_ASK_AGAIN)
    await story.later("PT5M")
    assert await found(story) == {Fault.NO_QUESTION: 1}
    timers = [row for row in await rows(story, TimerRow) if row.done_at is None]
    assert [(row.kind, row.due_at) for row in timers] == [(TimerKind.CASE_ASK_AGAIN, datetime.fromisoformat("2026-03-05T06:10:00+08:00"))]


@pytest.mark.parametrize("twice", [False, True], ids=["asked", "said twice"])
async def test_a_case_that_is_over_for_good_is_not_asked_about_again(settings: Settings, twice: bool) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story, NO_CARER)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.say("张伟", "是")
        if not twice:
            await story.later("P3D")
        await story.say("张伟", f"是 {number}")
        await story.forget()
        await story.later("PT5M")
        await story.later("P3DT1H")
        assert await found(story) == {}
        assert await story.heard() == []


async def test_nobody_is_asked_about_the_case_of_somebody_who_has_left(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story, NO_CARER)
        await happen(story, lambda session: session.execute(update(MemberRow).where(MemberRow.name == "张伟").values(active=False)))
        await story.bot.office.reload()
        await story.say("于海", f"办结 {number} 调走了")
        await story.later("PT5M")
        assert await found(story) == {}


async def test_alerts_that_are_not_sent_are_told_once_and_keep_the_audit_from_being_clean(each_story: Story) -> None:
    story = each_story

    async def stuck() -> None:
        """An alert that the sender does not see, because it believes another one has it."""
        now = story.bot.office.clock.now()
        lost: dict[str, Any] = {"state": NoticeState.LEASED, "lease_until": now - timedelta(hours=1)}
        await happen(story, lambda session: session.execute(update(NoticeRow).where(NoticeRow.priority == Priority.ALERT).values(**lost)))

    story.bot._senders[0]._claim = lambda _work: (0, [])  # type: ignore[method-assign]  (it hangs)
    await raised(story)
    for _ in range(3):
        await story.later("PT5M")
        assert await found(story) == {}, "not before a quarter of an hour"
    await stuck()
    await story.later("PT5M")
    assert (await found(story))[Fault.LATE_ALERTS] == 4
    for _ in range(4):
        await story.later("PT5M")
    (text,) = [text for text in await told_on_duty(story) if "要紧" in text]
    assert text == "自检：有 4 条要紧的通知过了 15 分钟还没发出去。请先打电话问问书记、组长有没有急事，再请管理员看一下日志。"
    before = (await figures(story))["sanwei_audit_last_clean_timestamp"]
    del story.bot._senders[0]._claim
    await story.later("PT5M")
    await story.later("PT5M")
    assert await found(story) == {}
    assert (await figures(story))["sanwei_audit_last_clean_timestamp"] > before


async def test_what_waits_because_its_channel_does_not_work_is_known_and_no_sign_of_life_is_given(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers = hire(monkeypatch)
    async with told(settings) as story:
        couriers[0].state = State.CONNECTING
        story.bot._senders[0]._claim = lambda _work: (0, [])  # type: ignore[method-assign]
        await raised(story)
        for _ in range(4):
            await story.later("PT5M")
        assert set(await found(story)) == {Fault.CUT_OFF_ALERTS}
        assert await told_on_duty(story) == [], "an outage was told when it happened"


async def test_a_notice_that_waits_for_a_channel_that_is_not_on_any_more_goes_another_way(story: Story) -> None:
    await raised(story)
    gone: dict[str, Any] = {"channel": "fax", "state": NoticeState.WAITING, "finished_at": None}
    await happen(story, lambda session: session.execute(update(NoticeRow).where(NoticeRow.kind == NoticeKind.ALERT).values(**gone)))
    for _ in range(4):
        await story.later("PT5M")
    alerts = await notices(story, NoticeKind.ALERT)
    assert {(row.channel, row.state) for row in alerts} == {("sandbox", NoticeState.SENT)}
    assert any("卡在已经关掉的渠道上" in text for text in await story.heard_by("于海"))


async def test_a_timer_that_nobody_keeps_is_told(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    await raised(story)

    async def nothing(until: datetime) -> int:
        return 0

    monkeypatch.setattr(story.bot.runner, "_run_timers", nothing)
    looked: list[dict[str, float]] = []
    clock: Any = story.bot.office.clock
    for _ in range(5):  # not by moving the clock: it waits until what is due is done
        clock.set(clock.now() + timedelta(minutes=5))
        await story.bot._tick()
        looked.append(await found(story))
    assert looked == [{}, {}, {}, {Fault.OVERDUE_TIMERS: 1}, {Fault.OVERDUE_TIMERS: 1}]
    assert await told_on_duty(story) == ["自检：有 1 件到点的事还没做，请管理员看一下日志；重启机器人会接着做。"]


async def test_a_slot_that_nobody_took_is_made_up_for_and_a_group_that_is_new_is_not(each_story: Story) -> None:
    story = each_story
    await story.at("09:05")
    await story.forget()
    lost = delete(SlotRow).where(SlotRow.job == "digest_group", SlotRow.scope == "g2")
    await happen(story, lambda session: session.execute(lost))
    await story.later("PT5M")
    (digest,) = await story.heard_by("刘洋")
    assert "（本该 09:05，晚了 5 分钟）" in digest
    assert await story.heard_by("于海") == ["自检：有 1 件到点没做的事已经补做：健康汇总发给组长。请管理员看一下日志。"]
    assert [m for m in await story.heard() if m.to not in ("刘洋", "于海")] == []
    await story.later("PT5M")
    assert await found(story) == {}

    story.bot.runner._scopes[0] = frozenset(one for one in story.bot.runner._scopes[0] if one[1] != "b2")
    await story.at("09:20")
    await story.forget()
    await happen(story, lambda session: session.execute(delete(SlotRow).where(SlotRow.job == "digest_branch")))
    story.bot.runner._scopes[0] = frozenset(one for one in story.bot.runner._scopes[0] if one[1] != "b2")
    await story.later("PT6M")
    assert [m.to for m in await story.heard() if "汇总" in m.text and m.to != "于海"] == ["周建国"]


async def test_a_slot_of_a_time_before_the_start_is_none_that_was_forgotten(story: Story) -> None:
    await story.restart()
    await story.later("PT6M")
    assert await found(story) == {}
    assert [row for row in await rows(story, SlotRow) if row.outcome == SlotOutcome.DONE] == []


async def test_what_was_lost_while_the_bot_was_down_is_found_at_its_start(story: Story) -> None:
    number = await raised(story)
    await lose(story, TimerKind.CASE_CLIMB)
    await story.restart()
    assert await found(story) == {Fault.NO_CLIMB: 1}
    await story.later("PT10M")
    assert [f"{number}" in text for text in await story.heard_by("于海")] == [True, True]


async def test_two_processes_put_right_and_tell_once(each_story: Story) -> None:
    story = each_story
    await raised(story)
    await lose(story, TimerKind.CASE_CLIMB)
    other = Bot(story.settings)
    await other.office.reload()
    other.office.clock = story.bot.office.clock
    await other.runner.open()
    clock: Any = story.bot.office.clock
    clock.set(clock.now() + timedelta(minutes=5))
    assert await story.bot.watch.look()
    assert not await other.watch.look()
    other.store.close()
    assert len([row for row in await rows(story, TimerRow) if row.kind == TimerKind.CASE_CLIMB]) == 1
    assert len(await told_on_duty(story)) == 1


@pytest.fixture
async def switch() -> AsyncIterator[tuple[str, list[str]]]:
    """A dead man's switch of the unit: its address, and who called."""
    calls: list[str] = []

    async def called(request: web.Request) -> web.Response:
        calls.append(f"{request.method} {request.path} {sorted({'Authorization', 'Cookie'} & set(request.headers))}")
        return web.Response(status=500 if len(calls) == 1 else 200)

    app = web.Application()
    app.router.add_get("/ping/sanwei", called)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("/ping/sanwei")), calls
    await server.close()


async def test_signs_of_life_stop_while_something_is_wrong_and_go_on_after(
    settings: Settings, switch: tuple[str, list[str]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url, calls = switch
    file = tmp_path / "signs" / "heartbeat"
    watched = changed(only_jobs(settings), watch={"heartbeat_file": file, "heartbeat_url": url})
    async with told(watched) as story:
        await until(lambda: len(calls) == 1)
        assert calls == ["GET /ping/sanwei []"]
        first = file.read_text()
        assert datetime.fromisoformat(first.strip()) == datetime.fromisoformat("2026-03-02T06:05:00+08:00")
        await raised(story)
        await lose(story, TimerKind.CASE_CLIMB)
        await story.later("PT5M")
        assert await found(story) == {Fault.NO_CLIMB: 1}
        assert (file.read_text(), len(calls)) == (first, 1)
        await story.later("PT5M")
        assert datetime.fromisoformat(file.read_text().strip()) == datetime.fromisoformat("2026-03-02T06:15:00+08:00")
        await until(lambda: len(calls) == 2)
        await story.later("PT4M")
        assert len(calls) == 2, "once an audit"
    assert [path.name for path in file.parent.iterdir()] == ["heartbeat"]
    said = "".join(capfd.readouterr())
    assert "heartbeat address" in said, "the switch answered 500 once"
    assert "/ping/" not in said


async def test_an_audit_that_breaks_gives_no_sign_of_life_and_stops_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_facts: object, **_more: object) -> None:
        raise OSError("张伟 36.5")

    monkeypatch.setattr("bot.watch.audit", broken)
    async with told(changed(settings, watch={"heartbeat_file": tmp_path / "heartbeat"})) as story:
        await raised(story)
        await story.later("PT10M")
        assert (await story.last_to("于海")).startswith("已经10 分钟没人接手")
    assert not (tmp_path / "heartbeat").exists()


async def test_a_file_that_cannot_be_written_and_an_address_that_nobody_answers_harm_nothing(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    watch = {"heartbeat_file": tmp_path / "taken" / "heartbeat", "heartbeat_url": "http://127.0.0.1:9/geheim"}
    async with told(changed(settings, watch=watch)) as story:
        await story.say("张伟", "36.5 正常")
        await until(lambda: bool(story.bot.watch._heartbeat._fetching and story.bot.watch._heartbeat._fetching.done()))
        await story.later("PT5M")
        assert await found(story) == {}
    said = "".join(capfd.readouterr())
    assert "heartbeat file" in said
    assert "geheim" not in said


def test_the_address_of_the_switch_is_a_secret_and_must_be_one_of_the_web() -> None:
    assert "geheim" not in repr(Watch(heartbeat_url="https://hc.example/geheim"))
    with pytest.raises(ValueError, match="no address of the web"):
        Watch(heartbeat_url="hc.example/geheim")
