"""`db backup`: the database as it is now, in one file, night after night; and never a copy of nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_run import DEMO
from bot.settings import Settings
from tests.stage import told
from tests.test_cli import one_line

Backup = Callable[[Path], Result]


@pytest.fixture
def backup(settings: Settings) -> Backup:
    def run(target: Path, **more: str) -> Result:
        env = {"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)} | more
        return CliRunner().invoke(app, ["db", "backup", str(target), "--config", str(DEMO)], env=env)

    return run


def left_in(folder: Path) -> list[Path]:
    """What is not finished."""
    return list(folder.glob(".backup*"))


def messages_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM messages").fetchone()[0])


async def test_it_is_made_again_every_night_while_the_bot_runs_for_its_owner_alone(
    settings: Settings, backup: Backup, tmp_path: Path
) -> None:
    target = tmp_path / "backup.db"
    target.touch(mode=0o644)
    async with told(settings) as story:
        for night in (1, 2):
            await story.say("张伟", "36.5 正常")
            result = backup(target)
            assert result.exit_code == 0, result.output
            assert result.stdout.startswith(f"{target}: {target.stat().st_size:,} bytes; the key is not in it")
            assert messages_in(target) == night
            assert target.stat().st_mode & 0o777 == 0o600
        assert "is the database itself" in one_line(backup(Path(settings.database.url.removeprefix("sqlite:///"))))
    assert left_in(tmp_path) == []


def test_where_there_is_no_database_none_is_made_and_yesterday_s_backup_stays(settings: Settings, backup: Backup, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("yesterday's", encoding="utf-8")
    database = Path(settings.database.url.removeprefix("sqlite:///"))
    assert f"there is no database {database}" in one_line(backup(target))
    assert not database.exists()
    database.touch()  # what a wrong command left behind
    assert "cannot be backed up" in one_line(backup(target))
    assert target.read_text(encoding="utf-8") == "yesterday's"


@pytest.mark.parametrize(("where", "words"), [("", "is a folder"), ("nowhere/backup.db", "its folder is not there")])
def test_a_place_that_cannot_be_written_is_named(settings: Settings, backup: Backup, tmp_path: Path, where: str, words: str) -> None:
    Path(settings.database.url.removeprefix("sqlite:///")).touch()
    assert words in one_line(backup(tmp_path / where))


def test_for_postgresql_it_names_pg_dump() -> None:
    env = {"SANWEI__DATABASE__URL": "postgresql+psycopg://somebody@127.0.0.1/sanwei"}
    assert "pg_dump" in one_line(CliRunner().invoke(app, ["db", "backup", "backup.db"], env=env))
