"""A lost key, or another one: nothing starts, nothing is written, and no new key takes its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, text, type_coerce, update
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_run import DEMO
from bot.demo_unit import seed_demo
from bot.settings import Settings
from bot.wiring import open_store
from models.sealing import Cipher, SealError, load_key
from models.tables.queue import MessageRow
from tests.conftest import story_settings
from tests.stage import changed, told
from tests.test_cli import one_line

Run = Callable[..., Result]


def environment(settings: Settings) -> dict[str, str]:
    return {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "COLUMNS": "200",
    }


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--config", str(DEMO)], env=environment(settings))


async def used(settings: Settings) -> None:
    """Somebody entrusted something to the bot."""
    async with told(settings) as story:
        await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")


def forget_fingerprint(settings: Settings) -> None:
    """As in a database of an older version."""
    store = open_store(settings)
    store.write_now(lambda session: session.execute(text("DELETE FROM state WHERE key = 'privacy.key'")))
    store.close()


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("lost", [True, False])
async def test_the_bot_and_every_command_refuse_a_database_whose_key_is_not_there(
    each_database: str, tmp_path: Path, lost: bool, old: bool
) -> None:
    settings = story_settings(each_database, tmp_path)
    await used(settings)
    if old:
        forget_fingerprint(settings)
    path = settings.privacy.key_file
    kept = path.rename(tmp_path / "backup.key")
    if not lost:
        load_key(path)
    what = "is missing" if lost else "is another one"
    said = f"privacy.key_file: the key that belongs to this database {what}; restore {path} from the backup"
    for words in (["check-config"], ["db", "upgrade"], ["inbox", "list"], ["roster", "export", str(tmp_path / "r.csv")]):
        assert one_line(run(settings, *words)) == said
    with pytest.raises(SealError, match="restore"):
        open_store(settings)
    assert path.exists() is not lost, "no key was made in its place"
    kept.replace(path)
    assert run(settings, "inbox", "list").exit_code == 0


def test_where_nothing_is_sealed_a_new_key_is_made(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    settings.privacy.key_file.unlink()
    assert run(settings, "check-config").exit_code == 0
    assert not settings.privacy.key_file.exists()
    assert run(settings, "db", "upgrade").exit_code == 0
    assert settings.privacy.key_file.exists()


async def test_sealing_is_not_turned_off_over_sealed_values(settings: Settings) -> None:
    await used(settings)
    with pytest.raises(SealError, match=r"privacy\.encrypt: false, but this database holds sealed values; set it to true"):
        open_store(changed(settings, privacy={"encrypt": False}))


async def test_a_single_value_that_does_not_open_does_not_hide_what_failed(settings: Settings) -> None:
    await used(settings)
    store = open_store(settings)
    strange = Cipher(b"x" * 32).seal("36.5")
    spoilt = update(MessageRow).values(status="failed", text=type_coerce(strange, LargeBinary), error="ZeroDivisionError")
    store.write_now(lambda session: session.execute(spoilt))
    store.write_now(lambda session: session.execute(text("UPDATE notices SET state = 'failed', text = x'73'")))
    store.close()
    assert "ZeroDivisionError" in run(settings, "inbox", "list").stdout
    assert "receipt" in run(settings, "outbox", "list").stdout
