"""What is said of a database of another version, and of what is none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_run import DEMO
from bot.settings import Settings
from models import migrate
from models.sealing import Cipher
from models.store import make_engine
from tests.test_cli import one_line

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    def run(*words: str, url: str = settings.database.url) -> Result:
        env = {"SANWEI__DATABASE__URL": url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file), "COLUMNS": "200"}
        return CliRunner().invoke(app, [*words, "--config", str(DEMO)], env=env)

    return run


def bring_to(settings: Settings, revision: str) -> None:
    """A database as a version of long ago left it."""
    engine = make_engine(settings.database.url, Cipher(None))
    config = migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def newest(settings: Settings) -> str:
    engine = make_engine(settings.database.url, Cipher(None))
    try:
        return migrate.version(engine)[1]
    finally:
        engine.dispose()


def test_an_upgrade_says_from_where_to_where(settings: Settings, run: Run) -> None:
    bring_to(settings, "0010")
    assert run("db", "upgrade").stdout == f"the database is up to date: from 0010 to {newest(settings)}\n"
    assert run("db", "upgrade").stdout == f"the database is up to date ({newest(settings)})\n"


def test_a_new_one_comes_from_nothing(settings: Settings, run: Run) -> None:
    assert "from nothing to" in run("db", "upgrade").stdout


def test_an_older_one_is_called_so_and_not_touched(settings: Settings, run: Run) -> None:
    bring_to(settings, "0010")
    result = run("check-config")
    assert result.exit_code == 0, result.output
    assert "warning: database.url: the database is of an older version (0010, now " in result.stdout
    assert "roster import" not in result.stdout
    assert "from 0010" in run("db", "upgrade").stdout


def test_a_newer_one_and_a_folder_are_mistakes(settings: Settings, run: Run, tmp_path: Path) -> None:
    bring_to(settings, "head")
    engine = make_engine(settings.database.url, Cipher(None))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'of tomorrow'")
    engine.dispose()
    for words in (["check-config"], ["db", "upgrade"], ["outbox", "list"]):
        assert "a newer version wrote that database" in one_line(run(*words))
        assert f"database.url: {tmp_path} is a folder; name a file in it" in one_line(run(*words, url=f"sqlite:///{tmp_path}"))
