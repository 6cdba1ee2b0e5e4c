"""A full disk: whoever watches the bot from outside sees that it takes nothing more, and the log says why."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.settings import Settings
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, changed, only_jobs, told
from tests.story import Story

LONG = {"sender": "张伟", "text": "37.8，咳嗽。" + "今天保养了水带，" * 1500, "id": "long"}


@contextmanager
def no_room() -> Iterator[None]:
    """The disk takes no page of a database more, of any; only what is as small as a heartbeat and a few lines of the log."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def room_for_little(story: Story) -> Iterator[None]:
    """What is there can be written anew, but the database cannot grow."""
    engine = story.bot.store.engine

    def full(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # not a page more than there are

    def roomy(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")

    event.listen(engine, "begin", full)
    try:
        yield
    finally:
        event.remove(engine, "begin", full)
        event.listen(engine, "begin", roomy)


def sign(file: Path) -> datetime:
    return datetime.fromisoformat(file.read_text().strip())


async def test_a_quiet_night_with_a_full_disk_gives_no_sign_of_life(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "heartbeat"
    seed_demo(settings)
    clock = WallClock("2026-03-02T23:00")
    bot = by_the_wall_clock(changed(only_jobs(settings), watch={"heartbeat_file": file}), clock)
    await bot.start(by_itself=False)
    first = sign(file)
    clock.to("2026-03-02T23:05")
    with no_room():
        await bot.watch.look()
    assert sign(file) == first
    clock.to("2026-03-02T23:10")
    await bot.watch.look()
    assert sign(file) == clock.now(), "somebody has made room"
    await bot.stop()
    assert "audit failed" in "".join(capfd.readouterr()), "and so says the log"


async def test_who_could_not_be_heard_for_a_full_disk_holds_back_the_sign_of_life_and_the_bot_is_not_ready(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "heartbeat"
    async with told(changed(only_jobs(settings), watch={"heartbeat_file": file})) as story:
        first = sign(file)
        with room_for_little(story):
            await story.post("/sandbox/messages", LONG, 503)
            async with story.http.get("/readyz") as response:
                assert response.status == 503
                assert await response.json() == {"status": "not ready", "store": "takes no messages"}
            await story.later("PT5M")
            assert sign(file) == first, "nothing in the database tells of what could not be written into it"
            await story.post("/sandbox/messages", LONG, 503)
        await story.post("/sandbox/messages", LONG, 202)
        assert (await story.get("/readyz"))["status"] == "ready"
        await story.later("PT5M")
        assert sign(file) == story.bot.office.clock.now()
    said = "".join(capfd.readouterr())
    assert "database or disk is full" in said
    assert "咳嗽" not in said
