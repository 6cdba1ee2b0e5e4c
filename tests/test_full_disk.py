"""A full disk: whoever watches the bot from outside sees that it takes nothing more, and the log says why."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from bot.wiring import open_store
from models import state
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, changed, only_jobs, told
from tests.troubles import full_disk

LONG = {"sender": "张伟", "text": "37.8，咳嗽。" + "今天保养了水带，" * 1500, "id": "long"}


@contextmanager
def no_room() -> Iterator[None]:
    """No file grows any more, but for what is as small as a heartbeat and a few lines of the log."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


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
        with full_disk(story.bot.store):
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


@contextmanager
def database_in_use(settings: Settings) -> Iterator[None]:
    """Another process has the database open, and has written into it what is not in its file yet."""
    store = open_store(settings)
    store.write_now(lambda session: state.put(session, "filling", "x" * 100_000))
    try:
        yield
    finally:
        store.close()


@pytest.fixture
def env(settings: Settings) -> dict[str, str]:
    """The unit of the test, for the command line."""
    seed_demo(settings)
    return {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "SANWEI__WEB__PORT": "0",
        "SANWEI__CHANNELS__SANDBOX__ENABLED": "true",
    }


def test_who_imports_a_roster_onto_a_full_disk_reads_one_line_that_says_so(settings: Settings, env: dict[str, str], tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    assert CliRunner().invoke(app, ["roster", "export", str(roster)], env=env).exit_code == 0
    roster.write_text(roster.read_text(encoding="utf-8-sig").replace("张伟", "张大伟"), encoding="utf-8")
    with database_in_use(settings), no_room():
        refused = CliRunner().invoke(app, ["roster", "import", str(roster)], env=env)
    assert refused.exit_code == 1
    assert refused.stderr == "database.url: the database cannot be used: disk I/O error\n"
    assert "张大伟" in CliRunner().invoke(app, ["roster", "import", str(roster)], env=env).stdout, "nothing was changed before"


def test_a_bot_that_is_started_on_a_full_disk_says_so_in_one_line(settings: Settings, env: dict[str, str]) -> None:
    with database_in_use(settings), no_room():
        refused = CliRunner().invoke(app, ["run"], env=env)
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[-1] == "database.url: the database cannot be used: disk I/O error"
    assert "Traceback" not in refused.output


async def test_a_disk_that_is_nearly_full_is_told_before_it_is_full(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 299_999_999
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=left))
    file = tmp_path / "heartbeat"
    async with told(changed(only_jobs(settings), watch={"heartbeat_file": file})) as story:
        assert not file.exists(), "silence is the alarm"
        await story.later("PT5M")
        assert await story.heard_by("于海") == [
            "自检：小微那台电脑的磁盘只剩 299 MB 了，满了以后大家报的就存不下。请管理员清理一下，或者把数据搬到大一点的盘上。"
        ]
        env = {"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)}
        assert "database.url：这个盘只剩 299 MB" in CliRunner().invoke(app, ["check-config"], env=env).stdout
        left = 300_000_000
        await story.later("PT5M")
        assert sign(file) == story.bot.office.clock.now()
