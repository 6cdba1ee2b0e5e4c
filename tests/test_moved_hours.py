"""An hour that is changed in config.yaml: the job runs once on that day, neither twice nor not at all."""

from datetime import time
from pathlib import Path

import pytest

from models.outbox import NoticeKind
from models.tables.queue import SlotRow
from tests.conftest import story_settings
from tests.stage import WallClock, by_the_wall_clock, hire, notices, only_jobs, rows, tick, told

GROUPS = ("g1", "g2", "g3", "g4")


@pytest.mark.parametrize(
    ("new", "restarted_at", "outcomes"),
    [
        (time(9, 30), "09:10", {"09:05": "done", "09:30": "moved"}),
        (time(9, 30), "09:00", {"09:30": "done"}),
        (time(8, 50), "09:00", {"08:50": "done"}),
        (time(8, 50), "09:10", {"08:50": "moved", "09:05": "done"}),
    ],
    ids=["later, after it ran", "later, before it ran", "earlier, before it ran", "earlier, after it ran"],
)
async def test_a_job_runs_once_on_the_day_on_which_its_hour_is_changed(
    each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: time, restarted_at: str, outcomes: dict[str, str]
) -> None:
    hire(monkeypatch)
    settings, other = story_settings(each_database, tmp_path), {"at": time(8, 55)}  # how far the schedule was done is noted by it
    old = only_jobs(settings, digest_group={}, lesson=other)
    async with told(old) as story:
        zone = story.bot.office.unit.zone
        await story.close()
        clock = WallClock("2026-03-02T08:40")
        await story.open(by_the_wall_clock(old, clock))
        story.bot.runner.stop()
        for moment in ("08:41", "08:55", "09:05"):
            if moment < restarted_at:
                clock.to(f"2026-03-02T{moment}")
                await tick(story.bot)
        clock.to(f"2026-03-02T{restarted_at}")
        await tick(story.bot)
        await story.close()
        await story.open(by_the_wall_clock(only_jobs(settings, digest_group={"at": new}, lesson=other), clock))
        story.bot.runner.stop()
        for moment in ("09:11", "09:31", "12:00"):
            clock.to(f"2026-03-02T{moment}")
            await tick(story.bot)
        slots = [row for row in await rows(story, SlotRow) if (row.job, row.scope) == ("digest_group", "g1")]
        assert {f"{row.slot_at.astimezone(zone):%H:%M}": row.outcome for row in slots} == outcomes
        assert len(await notices(story, NoticeKind.DIGEST)) == len(GROUPS), "each leader reads one"
