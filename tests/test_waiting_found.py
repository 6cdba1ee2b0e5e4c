"""What waits to be sent is found among all that was ever sent without reading it: a unit keeps its notices for years."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.wiring import open_store
from models import audits, outbox

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def claim(session: Session) -> Any:
    return outbox.claim(session, "sandbox", NOW, NOW + timedelta(minutes=2), 16)


def late(session: Session) -> Any:
    return audits.late_notices(session, NOW, NOW)


def next_due(session: Session) -> Any:
    return outbox.next_due(session, NOW, ["sandbox", "wecom_app"])


@pytest.mark.parametrize("look", [claim, late, next_due])
def test_only_what_waits_is_looked_at(settings: Settings, look: Callable[[Session], Any]) -> None:
    store = open_store(settings)

    def plans(session: Session) -> list[str]:
        add(session)
        driver = session.connection().connection.driver_connection
        said: list[str] = []
        driver.set_trace_callback(said.append)
        look(session)
        driver.set_trace_callback(None)
        asked = [text for text in said if "notices" in text and text.lstrip().startswith("SELECT") and "min(notices.channel)" not in text]
        return [step[3] for text in asked for step in driver.execute(f"EXPLAIN QUERY PLAN {text}") if "notices" in step[3]]

    def add(session: Session) -> None:
        """One that waits, on a channel of its own, so that the audit has a channel to look at."""
        row = {"kind": "answer", "priority": 1, "channel": "sandbox", "text": "…", "created_at": NOW, "due_at": NOW, "state": "waiting"}
        outbox.add(session, outbox.NoticeRow(**row))
        outbox.finish(session, [], outbox.NoticeState.SENT, NOW)  # writes what waits to be written

    try:
        steps = store.read_now(plans)
    finally:
        store.close()
    assert steps
    assert [step for step in steps if "(channel=? AND state=?" not in step] == []
