"""What is asked of everything that was ever said and sent is found by an index: a unit keeps it for years."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.wiring import open_store
from models import burden, inbox, outbox, questions, records, reviews
from models.tables.queue import MessageRow, NoticeRow
from tests.stage import only_jobs, rows, told

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
GONE = NoticeRow(channel="sandbox", address="张伟", platform_id="m1")

LOOKS: dict[str, Callable[[Session], Any]] = {
    "ix_messages_member_id_received_at": lambda session: inbox.spoke_since(session, [1, 2], NOW),
    "ix_messages_stranger": lambda session: inbox.wrote_before(session, "sandbox", "新来的"),
    "ix_questions_member_id_asked_at": lambda session: questions.asked_since(session, [1, 2], NOW),
    "ix_questions_kind_ref": lambda session: questions.settle(session, "case_over", 10001, NOW),
    "ix_reviews_question_id": lambda session: questions.unanswered_about(session, [1, 2], NOW),
    "ix_reports_member_id_day": lambda session: (records.reports_of(session, 1, DAY), burden.reports(session, [1, 2], DAY)),
    "ix_notices_due": lambda session: outbox.claim(session, "sandbox", NOW, NOW, 16),
    "ix_notices_channel_finished_at": lambda session: outbox.sent_since(session, "sandbox", NOW),
    "ix_notices_platform_id": lambda session: outbox.recalled(session, GONE),
    "ix_reviews_closing_id": lambda session: reviews.take_back(session, 1, NOW),
}


@pytest.mark.parametrize("index", LOOKS)
def test_it_is_found_by_its_index(settings: Settings, index: str) -> None:
    store = open_store(settings)

    def plans(session: Session) -> list[str]:
        driver = session.connection().connection.driver_connection
        said: list[str] = []
        driver.set_trace_callback(said.append)
        LOOKS[index](session)
        driver.set_trace_callback(None)
        return [step[3] for text in said if "WHERE" in text for step in driver.execute(f"EXPLAIN QUERY PLAN {text}")]

    try:
        steps = store.write_now(plans)
    finally:
        store.close()
    assert any(index in step for step in steps), steps
    assert [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step] == []


async def test_of_an_account_that_is_nobodys_the_newest_messages_are_kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "STRANGERS_MESSAGES", 3)
    async with told(only_jobs(settings)) as story:
        for number in range(1, 6):
            await story.say("新来的", f"36.{number} 正常", "g1")
        kept = [row.text for row in await rows(story, MessageRow)]
        assert kept == ["36.3 正常", "36.4 正常", "36.5 正常"]
        await story.say("张伟", "36.5 正常")
        assert len(await rows(story, MessageRow)) == 4


async def test_a_stranger_who_keeps_writing_is_counted_no_further_than_two(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        for number in range(3):
            await story.say("新来的", f"36.{number} 正常", "g1")
        asked = await story.heard_by("新来的")
        assert len(asked) == 1, "who they are is asked once"

        def look(session: Session) -> int:
            before = inbox.wrote_before(session, "sandbox", "新来的")
            assert before
            return len(list(session.scalars(select(MessageRow))))

        assert await story.bot.store.read(look) == 3
