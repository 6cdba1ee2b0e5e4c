"""Sending: what was decided arrives, once, in the platform's pace, alerts first, and only while it is still wanted."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot import sender as sending
from bot.channels.channel import Outgoing, SendError
from bot.cli import app
from bot.cli_run import DEMO
from bot.settings import Queue, Settings
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.queue import NoticeRow, SandboxMessageRow
from models.tables.unit import AccountRow, MemberRow
from services.notify import tell
from services.work import Work
from tests.stage import Courier, WallClock, by_the_wall_clock, changed, hire, only_jobs, rows, seconds, told
from tests.story import Story

BUSY = SendError("busy", retry=True)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M:%S}"


def command(settings: Settings, *words: str) -> str:
    """What the command line answers about the story's database."""
    result = CliRunner().invoke(app, [*words, "--config", str(DEMO)], env=environment(settings))
    assert result.exit_code == 0, result.output
    return result.output


def environment(settings: Settings) -> dict[str, str]:
    return {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "COLUMNS": "200",
    }


async def test_a_platform_that_is_busy_is_tried_again_with_growing_waits_and_gets_the_notice_once(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(settings) as story:
        (courier,) = couriers
        courier.fails(BUSY)
        await story.say("张伟", "36.5 正常")
        await story.later("PT1M")
        assert seconds([at for at, _ in courier.tries]) == [5, 10, 20]
        courier.works()
        await story.later("PT1M")
        assert [(local(at), text) for at, text in courier.received("张伟")] == [("06:06:15", "记下了：36.5℃，正常")]
        await story.later("PT20M")
        assert len(courier.sent) == 1
        assert len({outgoing.notice_id for _, outgoing in courier.tries}) == 1, "the platform can see that it is the same notice"


async def test_the_longest_wait_is_bounded_and_what_is_given_up_can_be_seen_and_sent_again(
    settings: Settings, couriers: list[Courier]
) -> None:
    settings = changed(only_jobs(settings), queue={"attempts": 8})
    async with told(settings) as story:
        (courier,) = couriers
        courier.fails(BUSY)
        await story.say("张伟", "36.5 正常")
        await story.later("PT2H")
        waits = seconds([at for at, _ in courier.tries])
        assert waits == [5, 10, 20, 40, 80, 160, 320]
        (row,) = await rows(story, NoticeRow)
        assert (row.state, row.reason, row.attempts) == (NoticeState.FAILED, "busy", 8)
        listed = command(settings, "outbox", "list")
        assert "busy" in listed
        assert "receipt" in listed
        assert "36.5" not in listed, "the text is nobody's business"

        courier.works()
        await story.later("PT1H")
        assert courier.sent == []
        command(settings, "outbox", "retry", str(row.id))
        await story.later("PT1S")
        assert [text for _, text in courier.received("张伟")] == ["记下了：36.5℃，正常"]
        assert "every notice was sent" in command(settings, "outbox", "list")


async def test_after_hours_without_internet_alerts_and_digests_arrive_and_stale_nudges_do_not(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(settings) as story:
        (courier,) = couriers
        courier.fails(SendError("no_internet", retry=True))
        await story.at("06:10")
        await story.say("张伟", "37.9，咳嗽")
        await story.at("14:00")
        courier.works()
        await story.at("14:10")
        alerts = [text for _, text in courier.received("周建国") if text.startswith("【健康")]
        assert len(alerts) == 1
        assert any("健康汇总" in text for _, text in courier.received("周建国"))
        assert not any("还没报" in outgoing.text for _, outgoing in courier.sent)
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT, NoticeState.DROPPED}


def test_the_default_patience_outlasts_a_day_without_internet() -> None:
    queue = Queue()
    assert sum((sending.backoff(queue, attempts) for attempts in range(1, queue.attempts)), timedelta(0)) >= timedelta(hours=23)


def test_the_waits_grow_up_to_the_longest() -> None:
    queue = Queue()
    waits = [sending.backoff(queue, attempts) for attempts in range(1, 60)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits[-1] == timedelta(minutes=10)
    assert waits == sorted(waits)


async def test_a_platform_that_says_when_is_tried_then_and_one_that_says_never_is_believed(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(settings)) as story:
        (courier,) = couriers
        courier.fails(SendError("too_many", retry=True, after=timedelta(minutes=7)))
        await story.say("张伟", "36.5 正常")
        await story.later("PT7M")
        assert seconds([at for at, _ in courier.tries]) == [7 * 60]

        courier.fails(SendError("not_a_contact", retry=False), to="高强")
        await story.say("高强", "36.6 正常")
        await story.say("王磊", "36.7 正常")
        await story.later("PT1H")
        assert [outgoing.address for _, outgoing in courier.tries].count("高强") == 1
        assert [row.reason for row in await rows(story, NoticeRow) if row.state == NoticeState.FAILED] == ["not_a_contact"]
        assert len(courier.received("王磊")) == len(courier.received("张伟")) == 1, "the others are unharmed"


async def test_a_failure_nobody_foresaw_is_tried_again_and_named_by_its_kind(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings)) as story:
        couriers[0].fails(KeyError("36.5"))
        await story.say("张伟", "36.5 正常")
        (row,) = await rows(story, NoticeRow)
        assert (row.state, row.reason) == (NoticeState.WAITING, "KeyError")
        couriers[0].works()
        await story.later("PT5S")
        assert len(couriers[0].sent) == 1


async def test_a_platform_that_hangs_is_given_up_for_now(
    settings: Settings, couriers: list[Courier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SEND_SECONDS", 0.01)

    async def hangs(_outgoing: Outgoing) -> None:
        await asyncio.Event().wait()

    async with told(only_jobs(settings)) as story:
        couriers[0].trouble = hangs
        await story.say("张伟", "36.5 正常")
        (row,) = await rows(story, NoticeRow)
        assert (row.state, row.reason) == (NoticeState.WAITING, "timeout")
        couriers[0].works()
        await story.later("PT5S")
        assert len(couriers[0].received("张伟")) == 1


async def test_what_is_too_much_for_a_minute_waits_and_an_alert_overtakes_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch, per_minute=2)
    async with told(only_jobs(settings)) as story:
        for _ in range(5):
            await story.say("李明", "帮助")
        assert len(couriers[0].received("李明")) == 2
        await story.later("PT10S")
        await story.say("张伟", "37.9，咳嗽")
        assert [local(at) for at, _ in couriers[0].received("周建国")] == ["06:05:10"], "another conversation has its own minute"
        await story.later("PT5M")
        got = [(local(at), "健康" in text) for at, text in couriers[0].received("李明")]
        assert got == [("06:05:00", False), ("06:05:00", False), ("06:06:00", True), ("06:06:00", False)]
        answer = couriers[0].received("李明")[0][1]
        assert couriers[0].received("李明")[-1][1] == "\n\n".join([answer] * 3), "what had to wait is said at once, nothing is lost"
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT}
        assert {row.attempts for row in await rows(story, NoticeRow)} == {1}, "a wait for the pace is no failure"


async def test_alerts_go_before_answers_and_answers_before_digests(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings, digest_group={})) as story:
        couriers[0].fails(SendError("down", retry=True, after=timedelta(hours=4)))
        await story.at("09:05")
        await story.say("李明", "帮助")
        await story.say("张伟", "37.9，咳嗽")
        couriers[0].works()
        await story.later("PT4H5M")
        kinds = {row.id: row.kind for row in await rows(story, NoticeRow)}
        order = [kinds[outgoing.notice_id] for _, outgoing in couriers[0].sent if outgoing.address == "李明"]
        assert order[:3] == [NoticeKind.ALERT, NoticeKind.ANSWER, NoticeKind.DIGEST]


async def test_a_sender_that_dies_after_sending_sends_again_after_its_lease_and_the_sandbox_shows_it_once(story: Story) -> None:
    sender = story.bot._senders[0]
    channel, loop = sender._channel, sender._loop
    assert loop is not None
    send = channel.send

    async def sends_and_dies(outgoing: Outgoing) -> None:
        await send(outgoing)
        raise asyncio.CancelledError

    channel.send = sends_and_dies  # type: ignore[method-assign]
    await story.post("/sandbox/messages", {"sender": "张伟", "text": "36.5 正常"}, 202)
    with contextlib.suppress(asyncio.CancelledError):
        await loop
    assert [row.state for row in await rows(story, NoticeRow)] == [NoticeState.LEASED]
    channel.send = send  # type: ignore[method-assign]
    await story.later("PT1M")
    assert [row.state for row in await rows(story, NoticeRow)] == [NoticeState.LEASED], "it is still its own"
    await story.later("PT2M")
    assert [(row.state, row.attempts) for row in await rows(story, NoticeRow)] == [(NoticeState.SENT, 2)]
    assert len(await rows(story, SandboxMessageRow)) == 1
    assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]


async def test_a_sender_that_is_slower_than_its_lease_leaves_the_rest_to_the_next(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings)) as story:
        await story.close()
        clock = WallClock("2026-03-02T07:00")
        bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
        slow, quick = couriers[-2:]
        for bot in bots:
            await bot.start()
            bot.runner.stop()
            await bot._senders[0].stop()
        await bots[0].office.write(lambda work: _greet(work, "张伟", "高强", "王磊"))

        async def takes_three_minutes(_outgoing: Outgoing) -> None:
            clock.to("2026-03-02T07:03")
            await bots[1]._senders[0].drain()

        slow.trouble = takes_three_minutes
        await bots[0]._senders[0].drain()
        await bots[0]._senders[0].drain()
        assert [outgoing.address for _, outgoing in slow.sent] == ["张伟"]
        assert [outgoing.address for _, outgoing in quick.sent] == ["张伟", "高强", "王磊"], "the first may come twice, the others not"
        for bot in bots:
            await bot.stop()
        await story.open()


def _greet(work: Work, *names: str) -> None:
    for name in names:
        person = work.directory.named(name)
        assert person is not None
        tell(work, person, "你好", NoticeKind.ANSWER, Priority.ANSWER)


async def test_one_whom_no_channel_reaches_is_seen_in_the_outbox_and_told_once_there_is_an_account(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(settings, nudge_checkin={})) as story:
        member = await story.bot.store.write(_close_account)
        await story.bot.office.reload()
        await story.at("08:25")
        (lost,) = [row for row in await rows(story, NoticeRow) if row.state == NoticeState.FAILED]
        assert (lost.member_id, lost.reason, lost.address) == (member, "unreachable", None)
        assert len(couriers[0].sent) == 23, "the others are unharmed"
        assert "unreachable" in command(settings, "outbox", "list")
        refused = CliRunner().invoke(app, ["outbox", "retry", str(lost.id), "--config", str(DEMO)], env=environment(settings))
        assert refused.exit_code == 1
        assert refused.stderr.count("\n") == 1
        assert "account" in refused.stderr
        assert [row.state for row in await rows(story, NoticeRow) if row.id == lost.id] == [NoticeState.FAILED], "it stays in sight"

        account = AccountRow(channel="sandbox", address="磊子", member_id=member, confirmed_at=story.bot.office.clock.now())
        await story.bot.store.write(lambda session: session.add(account))
        command(settings, "outbox", "retry", str(lost.id))
        await story.later("PT1S")
        assert len(couriers[0].received("磊子")) == 1


def _close_account(session: Session) -> int:
    member = session.scalars(select(MemberRow.id).where(MemberRow.name == "王磊")).one()
    session.execute(delete(AccountRow).where(AccountRow.member_id == member))
    return member
