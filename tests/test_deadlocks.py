"""Two transactions that stand in each other's way: neither is lost, and nobody hears of it."""

import asyncio
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import claims
from models import withdrawals
from models.outbox import NoticeKind, NoticeState
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow, NoticeRow
from models.tables.unit import MemberRow
from services.work import Work
from tests.conftest import story_settings
from tests.stage import WallClock, by_the_wall_clock, notices, only_jobs, rows, tick, told
from tests.story import Story

NO_CARER = "母亲住院没人照顾"


async def test_a_case_that_is_pressed_while_its_alerts_are_claimed_is_pressed_at_once(
    each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = only_jobs(story_settings(each_database, tmp_path))
    async with told(settings) as story:
        await story.close()
        clock = WallClock("2026-03-02T23:30")
        await story.open(by_the_wall_clock(settings, clock))
        bot = story.bot
        bot.runner.stop()
        await bot._senders[0].stop()
        await story.post("/sandbox/messages", {"sender": "张伟", "text": NO_CARER}, 202)
        await tick(bot)
        clock.to("2026-03-03T06:00")
        claimed, pressed = threading.Event(), threading.Event()
        look, hurry = claims.unwanted, withdrawals.hurry
        together = bot.store.engine.dialect.name == "postgresql"

        def looks(work: Work, row: NoticeRow) -> str | None:
            claimed.set()
            if together and row.kind == NoticeKind.ALERT:
                pressed.wait(10)
            return look(work, row)

        def hurries(session: Session, case_id: int, *more: object) -> None:
            claimed.wait(10)
            pressed.set()
            hurry(session, case_id, *more)  # type: ignore[arg-type]

        monkeypatch.setattr(claims, "unwanted", looks)
        monkeypatch.setattr(withdrawals, "hurry", hurries)
        await asyncio.gather(bot._senders[0].drain(), story.post("/sandbox/messages", {"sender": "张伟", "text": "直报 1"}, 202))
        await tick(bot)
        assert [row.status for row in await rows(story, MessageRow)] == ["handled"] * 2
        assert [row.urgency for row in await rows(story, CaseRow)] == ["urgent"]
        assert {row.state for row in await notices(story, NoticeKind.ALERT)} == {NoticeState.SENT}


async def test_a_message_whose_transaction_the_database_gives_up_is_handled_again_at_once(
    each_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = each_story
    number = await story.case_of(await story.say("张伟", NO_CARER))
    hurry, given_up = withdrawals.hurry, [psycopg.errors.DeadlockDetected(), psycopg.errors.SerializationFailure()]

    def hurries(session: Session, case_id: int, *more: object) -> None:
        hurry(session, case_id, *more)  # type: ignore[arg-type]
        if given_up:
            raise given_up.pop()

    monkeypatch.setattr(withdrawals, "hurry", hurries)
    await story.say("张伟", f"直报 {number}")
    assert given_up == []
    assert {(row.status, row.attempts) for row in await rows(story, MessageRow)} == {("handled", 1)}
    assert [row.urgency for row in await rows(story, CaseRow)] == ["urgent"]
    assert len([text for text in await story.heard_by("周建国") if "紧急" in text]) == 1
    assert await story.heard_by("于海") == []


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
async def test_two_transactions_that_wait_for_each_other_are_both_done(each_story: Story) -> None:
    """SQLite has one writer, for which nobody waits in a circle."""
    store = each_story.bot.store
    meeting, met = threading.Barrier(2), set[int]()

    def locks(numbers: list[int], session: Session) -> list[int]:
        for number in numbers:
            session.execute(select(MemberRow.id).where(MemberRow.id == number).with_for_update())
            if numbers[0] not in met:
                met.add(numbers[0])
                meeting.wait(10)
        return numbers

    done = await asyncio.gather(store.write(lambda session: locks([1, 2], session)), store.write(lambda session: locks([2, 1], session)))
    assert done == [[1, 2], [2, 1]]
