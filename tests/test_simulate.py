"""A made-up unit lives with the real bot: the same seed the same life, no promise broken, and what fails only comes later."""

import asyncio
import json
import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.channel import Outgoing
from bot.config import REPOSITORY, load_settings
from bot.settings import Settings
from bot.simulation.channel import Post
from bot.simulation.figures import Figures, look_back, spread
from bot.simulation.life import Life, Past, Plan, prepared
from bot.simulation.script import Script, load_script
from bot.wiring import open_store
from models import lived, outbox
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow

MEMBERS, DAYS = 24, 5
MONDAY = date(2026, 3, 2)


def changed(script: Script, *, life: dict[str, Any] | None = None, channels: dict[str, Any] | None = None) -> Script:
    """The script with other chances."""
    habits = script.habits
    habits = habits.model_copy(
        update={"life": habits.life.model_copy(update=life or {}), "channels": habits.channels.model_copy(update=channels or {})}
    )
    return script.model_copy(update={"habits": habits})


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script(REPOSITORY / "content")


Lived = tuple[Past, Figures, Settings]


def live(folder: Path, script: Script, members: int = MEMBERS, days: int = DAYS, seed: int = 7) -> Lived:
    settings = prepared(load_settings(REPOSITORY / "config.yaml", {}), folder)
    past = asyncio.run(Life(settings, Plan(members, days, seed, MONDAY), script).live(lambda _day, _share: None))
    return past, look_back(settings, past), settings


@pytest.fixture(scope="module")
def hard_week(tmp_path_factory: pytest.TempPathFactory, script: Script) -> Lived:
    """A week in which much more happens than in others, on channels that work."""
    hard = changed(script, life={"falls_ill": 0.08, "in_need": 0.25}, channels={"outages": 0.0, "single_failures": 0.0})
    return live(tmp_path_factory.mktemp("hard_week"), hard)


@pytest.fixture(scope="module")
def broken_line(tmp_path_factory: pytest.TempPathFactory, script: Script) -> Lived:
    """Days like these over channels that are out of order again and again, for hours."""
    outage = script.habits.channels.outage.model_copy(update={"median": timedelta(hours=2)})
    channels = {"outages": 2.0, "outage": outage, "single_failures": 0.1}
    broken = changed(script, life={"falls_ill": 0.1, "in_need": 0.4}, channels=channels)
    return live(tmp_path_factory.mktemp("broken_line"), broken, members=16, days=4)


def test_no_promise_is_broken_in_a_hard_week(hard_week: Lived) -> None:
    _, found, _ = hard_week
    assert found.needs > 10
    assert found.broken.all == 0, found.broken


def test_people_report_are_answered_and_their_cases_end(hard_week: Lived) -> None:
    past, found, _ = hard_week
    assert found.coverage.expected == MEMBERS * DAYS
    assert found.coverage.came > 0.8 * found.coverage.expected
    assert {"hardship", "health"} == {one.kind for one in found.answered}
    assert sum(one.confirmed for one in found.ends) > 0
    assert all(one.minutes.p50 <= one.minutes.p99 <= one.minutes.most for one in found.answered)
    assert found.said["acknowledge"] > 0
    assert found.said["settle"] > 0
    assert found.said["yes"] > 0
    assert past.moments < DAYS * 24 * 60 / 2, "the clock jumps"


def test_an_urgent_need_is_somebodys_within_the_hour_by_day(hard_week: Lived) -> None:
    _, found, _ = hard_week
    (urgent,) = [one for one in found.answered if (one.kind, one.urgency, one.time) == ("hardship", "urgent", "day")]
    assert urgent.nobody == 0
    assert urgent.minutes.most < 60


def test_what_is_said_is_a_case_in_the_same_minute_at_any_hour(hard_week: Lived) -> None:
    _, _, settings = hard_week
    store = open_store(settings)
    try:
        cases = store.read_now(lived.cases)
    finally:
        store.close()
    assert [case for case in cases if case.opened_at != case.said_at] == []
    assert {case.said_at.hour // 6 for case in cases} == {0, 1, 2, 3}


def test_chatter_is_said_and_never_stored(hard_week: Lived) -> None:
    past, _, settings = hard_week
    assert past.said["chatter"] > 0
    store = open_store(settings)
    try:
        assert store.read_now(lambda session: lived.stored(session, "chatter.")) == []
        assert store.read_now(lambda session: lived.stored(session, "hardship_")) != []
    finally:
        store.close()


def test_every_reminder_is_counted_for_its_day(hard_week: Lived) -> None:
    _, found, _ = hard_week
    sent = sum(one.sent for one in found.notices if one.kind.startswith("nudge_"))
    assert found.reminders.count == MEMBERS * DAYS
    assert found.reminders.mean == pytest.approx(sent / (MEMBERS * DAYS), abs=0.01)
    assert found.reminders_on_working_days == found.reminders.mean, "Monday to Friday"


def test_an_outage_delays_and_loses_nothing(broken_line: Lived) -> None:
    past, found, _ = broken_line
    assert min(found.outages.values()) > 0
    assert sum(one.late for one in found.notices) > 0
    assert found.late_alerts.count > 0
    assert found.broken.all == 0, found.broken
    assert not any(one.failed for one in found.notices)
    assert len(past.told) == len(set(past.told)), "what waited for the channel arrives once"


def test_what_is_said_during_an_outage_counts_from_when_it_was_said(broken_line: Lived) -> None:
    past, _, settings = broken_line
    store = open_store(settings)
    try:
        cases = store.read_now(lived.cases)
    finally:
        store.close()
    outages = past.channels[0].outages
    waited = [case for case in cases if any(outage.begin <= case.said_at < outage.end for outage in outages)]
    assert waited
    for case in waited:
        assert any(case.opened_at == outage.end for outage in outages)
        assert case.answered_at is None or case.answered_at > case.opened_at > case.said_at


def test_the_same_seed_leads_to_the_same_figures_in_any_process(tmp_path: Path, script: Script) -> None:
    _, found, _ = live(tmp_path, script, members=16, days=2)
    _, other, _ = live(tmp_path / "other", script, members=16, days=2, seed=8)
    printed = _command("--members", "16", "--days", "2", "--json", PYTHONHASHSEED="4711")
    assert printed.returncode == 0, printed.stderr
    assert json.loads(printed.stdout) == json.loads(found.model_dump_json())
    assert other.said != found.said


def test_the_command_prints_what_people_ask_for_first(tmp_path: Path) -> None:
    kept = tmp_path / "lived.db"
    printed = _command("--members", "8", "--days", "1", "--keep", str(kept))
    assert printed.returncode == 0, printed.stderr
    for line in ("reminders", "first human", "How the cases stand", "nudge_report", "check-ins on working days", "Promises not kept"):
        assert line in printed.stdout
    assert re.fullmatch(r"lived in \d+ s", printed.stderr.strip().splitlines()[-1])
    assert kept.is_file()
    again = _command("--members", "8", "--days", "1", "--keep", str(kept))
    assert again.returncode == 1
    assert "is there already" in again.stderr


def _command(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", "simulate", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=os.environ | env, capture_output=True, text=True, check=False, timeout=120)


def test_the_page_tells_of_what_the_bot_does_today(tmp_path: Path, script: Script) -> None:
    """A smaller unit with the habits of the page, for as long as a test may take."""
    page = (REPOSITORY / "docs" / "simulation.md").read_text(encoding="utf-8")
    block = page[page.index("    A made-up unit\n") : page.index("## How to read them")]

    def figure(line: str) -> float:
        found = re.search(rf"^ +{line} +([\d.]+)", block, re.MULTILINE)
        assert found, line
        return float(found[1])

    _, found, _ = live(tmp_path, script, members=64)
    assert figure("reminders a member and working day") == pytest.approx(found.reminders_on_working_days, abs=0.1)
    came = figure("check-ins on working days") / (figure("members, and who answers for them") * 22)
    assert came == pytest.approx(found.coverage.came / found.coverage.expected, abs=0.03)
    shown = set(re.findall(r"^ +(\w+) +\d+ +\d+ +\d+ +\d+ +\d+", block, re.MULTILINE))
    assert {one.kind for one in found.notices} <= shown
    assert re.findall(r" ([1-9]\d*)$", block[block.index("Promises not kept") :], re.MULTILINE) == [], "each must be 0"


def test_who_is_told_twice_of_one_step_is_found(hard_week: Lived) -> None:
    _, _, settings = hard_week
    store = open_store(settings)

    def tell_again(session: Any) -> int:
        case = session.get(CaseRow, 1)
        (row, *_) = outbox.alerts_of(session, case.id, 1)
        same = {"channel": row.channel, "address": row.address, "member_id": row.member_id, "created_at": row.created_at, "text": row.text}
        about = {"case_id": case.id, "case_round": 1, "due_at": row.due_at, "finished_at": row.finished_at, "state": NoticeState.SENT}
        session.add(NoticeRow(kind=NoticeKind.ALERT, priority=Priority.ALERT, **same, **about))
        session.flush()
        found = lived.told_twice(session)
        session.rollback()
        return found

    try:
        assert store.read_now(tell_again) == 1
    finally:
        store.close()


def test_only_a_simulated_unit_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    settings = prepared(load_settings(REPOSITORY / "config.yaml", {}), tmp_path)
    waits = []
    for store in (open_store(settings), open_store(settings, durable=False)):
        with store.engine.connect() as connection:
            waits.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
        store.close()
    assert waits == [2, 0]  # FULL, OFF


def test_what_the_platform_took_twice_is_found() -> None:
    post, now = Post(), datetime.fromisoformat("2026-03-02T08:00:00+08:00")
    notice = Outgoing(1, None, "张伟", "…")
    post.refused(notice, now)
    post.arrived(notice, now + timedelta(minutes=7))
    assert (post.take(), post.late, post.twice) == ([1], {1: timedelta(minutes=7)}, 0)
    post.arrived(notice, now + timedelta(minutes=8))
    assert (post.take(), post.late, post.twice) == ([], {1: timedelta(minutes=7)}, 1)


@pytest.mark.parametrize(
    ("values", "among", "expected"),
    [
        ([], None, (0, 0, 0, 0)),
        ([3], None, (1, 3, 3, 3)),
        ([1, 2, 3, 4], None, (4, 2, 4, 4)),
        (range(1, 101), None, (100, 50, 95, 100)),
        ([1, 2], 4, (4, 0, 2, 2)),
        ([5], 100, (100, 0, 0, 5)),
    ],
)
def test_a_percentile_is_a_value_that_happened(values: Any, among: int | None, expected: tuple[float, ...]) -> None:
    found = spread(values, among)
    assert (found.count, found.p50, found.p95, found.most) == expected
