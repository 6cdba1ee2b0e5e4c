"""Values beyond what can be: one line that says what and where, never a traceback, and nothing of a password."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli_run import DEMO
from bot.config import ConfigError, load_settings
from bot.lessons import LessonError, load_lessons
from bot.settings import Settings
from models.sealing import Cipher
from models.store import StoreError, is_there, make_engine
from tests.test_cli import one_line

KEYS = (
    "policies.ask_again",
    "policies.hardship.urgent.acknowledged_for",
    "policies.watching.lost_after",
    "queue.inbox_retry",
    "schedule.lesson.window",
)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("long", ["P3651D", "P9999999D", "P999999999D", "P99999999999999999999D", "PT999999999999999H"])
def test_a_duration_that_cannot_be_reckoned_with_is_refused(tmp_path: Path, key: str, long: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_settings(None, {"SANWEI__" + key.upper().replace(".", "__"): long})
    (line,) = refused.value.mistakes
    assert f"{key}: " in line
    assert line.endswith('is too long; the longest is P3650D (ten years), and where null may stand it means "never"')


def test_ten_years_are_a_duration() -> None:
    assert load_settings(None, {"SANWEI__POLICIES__ASK_AGAIN": "P3650D"}).policies.ask_again is not None


@pytest.mark.parametrize("words", [("outbox", "retry"), ("outbox", "recall"), ("inbox", "retry")])
@pytest.mark.parametrize("number", ["3000000000", "99999999999999999999999", "0"])
def test_a_number_that_no_row_can_have_is_one_that_is_not_there(
    each_database: str, tmp_path: Path, words: tuple[str, str], number: str
) -> None:
    env = {"SANWEI__DATABASE__URL": each_database, "SANWEI__PRIVACY__KEY_FILE": str(tmp_path / "k")}
    line = one_line(CliRunner().invoke(app, [*words, number, "--config", str(DEMO)], env=env))
    assert line.startswith(("notice " if words[0] == "outbox" else "message ") + number + ": there is no ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("web:\n  port: !!int abc\n", "2: has a value that is no !!int; write the value without it"),
        ("web:\n  port: !!timestamp 2026\n", "2: has a value that is no !!timestamp; write the value without it"),
        ("web:\n  port: !!bool abc\n", "2: has a value that is no !!bool; write the value without it"),
    ],
)
def test_a_tag_that_does_not_fit_is_named_with_its_line(tmp_path: Path, text: str, lines: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_settings(path, {})
    assert refused.value.mistakes == (f"{path}:{lines}",)


@pytest.mark.parametrize("tag", ["!!timestamp x", "!!int x", "!!bool x"])
def test_so_it_is_in_a_lesson(tmp_path: Path, tag: str) -> None:
    (tmp_path / "13-gas.md").write_text(f"---\ntitle: 煤气\nminutes: {tag}\n---\n先开窗。\n", encoding="utf-8")
    with pytest.raises(LessonError, match=r"^13-gas\.md: front matter: "):
        load_lessons(tmp_path)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql+psycopg://bot:s3@cret@db/sanwei", "an @ in the user or the password is written %40"),
        ("postgresql+psycopg://bot:s3@cret/x@db/sanwei", "an @ in the user or the password is written %40"),
        ("postgresql+psycopg://bot:s3cret@db:port/sanwei", "the port is not a number"),
    ],
)
def test_of_a_password_in_an_address_nothing_is_shown(settings: Settings, url: str, words: str) -> None:
    for ask in (is_there, lambda url: make_engine(url, Cipher(None))):
        with pytest.raises(StoreError) as refused:
            ask(url)
        assert words in str(refused.value)
        assert "cret" not in str(refused.value)
    env = {"SANWEI__DATABASE__URL": url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)}
    for command in (["check-config"], ["db", "upgrade"], ["db", "backup", "x.db"]):
        assert words in one_line(CliRunner().invoke(app, [*command, "--config", str(DEMO)], env=env))


def test_a_right_address_with_an_at_in_its_password_is_taken() -> None:
    assert is_there("postgresql+psycopg://bot:s3%40cret@db/sanwei")
    assert not is_there("sqlite:////tmp/a@b@c/none.db")
