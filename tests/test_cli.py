"""The command line: what it answers, and that every mistake is one clear line, never a traceback."""

import inspect
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from bot.cli import COMMANDS, Late, app
from bot.cli_run import DEMO
from bot.config import REPOSITORY
from bot.settings import Settings
from handlers.incoming import Incoming
from models.inbox import MessageStatus
from models.outbox import NoticeState
from models.tables.queue import MessageRow, NoticeRow
from tests.moving_in import seed_demo
from tests.stage import rows, told

ROSTER = REPOSITORY / "tests" / "corpus" / "roster.json"
Run = Callable[..., Result]


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """What makes the demo's configuration use the test's own database."""
    return {
        "SANWEI__DATABASE__URL": settings.database.url,
        "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file),
        "COLUMNS": "200",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run a command of the demo unit."""

    def run(*words: str, stdin: str | bytes | None = None, **more: str) -> Result:
        return CliRunner().invoke(app, [*words, "--config", str(DEMO)], input=stdin, env=environment | more)

    return run


def one_line(result: Result) -> str:
    """The one line on standard error with which a command ended that could not do what it was asked."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def imported(*words: str) -> set[str]:
    """The packages and modules that a command has imported when it has shown its help."""
    command = [sys.executable, "-X", "importtime", "-m", "bot", *words, "--help"]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    return {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if line.startswith("import time:")}


def test_nobody_waits_for_what_a_command_does_not_need() -> None:
    assert imported() & {"sqlalchemy", "pydantic", "aiohttp", "bot.config", "models.store"} == set(), "the list of commands needs none"
    assert imported("db") & {"aiohttp", "openpyxl", "handlers.receive", "scheduler.runner"} == set()


@pytest.mark.parametrize("late", COMMANDS, ids=lambda late: str(late.name))
def test_every_command_of_the_list_is_there_and_is_what_the_list_says(late: Late) -> None:
    command = late.loaded()
    assert command.name == late.name
    if not hasattr(command, "commands"):
        assert inspect.getdoc(command.callback) == late.help


def test_a_configuration_that_can_be_used_is_told_so_with_its_doubts(run: Run) -> None:
    result = run("check-config")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "the configuration can be used"
    assert "warning: clock.kind: manual" in result.stdout


def test_the_configuration_in_the_repository_can_be_used() -> None:
    result = CliRunner().invoke(app, ["check-config"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SANWEI__WEB__PROT", "8080", "port"),
        ("SANWEI__CLOCK__START", "tomorrow", "clock.start"),
        ("SANWEI__ORGANIZATION__CONTENT", "/nowhere", "/nowhere: there is no such folder; organization.content "),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_its_key(run: Run, name: str, value: str, words: str) -> None:
    for command in (["check-config"], ["outbox", "list"]) if value != "/nowhere" else (["check-config"],):
        assert words in one_line(run(*command, **{name: value}))


def test_a_configuration_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(app, ["check-config", "--config", "missing.yaml"])
    assert "missing.yaml" in one_line(result)


@pytest.mark.parametrize("words", [["check-config", "--confg", "x"], ["nonsense"], ["outbox", "retry", "one"], ["outbox", "retry"]])
def test_an_option_or_command_that_does_not_exist_is_refused(words: list[str]) -> None:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "Usage" in result.stderr


async def test_all_that_a_large_unit_was_sent_within_a_day_can_be_found_for_taking_it_back(settings: Settings, run: Run) -> None:
    async with told(settings) as story:
        await story.say("张伟", "36.5 正常")
        (first,) = await rows(story, NoticeRow)
        columns = {column.key: getattr(first, column.key) for column in NoticeRow.__table__.columns} | {"with_id": None}
        for number, state in ((250, NoticeState.SENT), (500, NoticeState.FAILED)):
            more = [columns | {"id": one, "state": state} for one in range(number + 1, number + 251)]
            await story.bot.store.write(lambda session, more=more: session.execute(insert(NoticeRow), more))
    listed = run("outbox", "list", "--sent").stdout
    assert [listed.count(f" {number} ") for number in (first.id, 251, 500)] == [1, 1, 1]
    failed = run("outbox", "list").stdout
    assert [failed.count(f" {number} ") for number in (501, 551, 750)] == [0, 1, 1]
    assert "these are the newest 200; there may be more" in failed


def message(number: int, text: str) -> str:
    return json.dumps({"id": f"m{number}", "sender": "张伟", "sent_at": "2026-03-02T08:00:00+08:00", "text": text}, ensure_ascii=False)


def test_understand_answers_every_line_in_order(run: Run) -> None:
    texts = ["36.5 正常", "哈哈哈", "我妈住院没人陪护，请组织帮帮忙"]
    lines = "\n".join(message(number, text) for number, text in enumerate(texts)) + "\n"
    result = run("understand", "--roster", str(ROSTER), stdin=lines)
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["m0", "m1", "m2"]
    assert [answer["intents"] for answer in answers][:2] == [["health"], []]
    assert answers[0]["checkins"][0]["temperature"] == 36.5
    assert answers[2]["hardship"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("not json", "2"),
        ('{"id": "x"}', "2"),
        (message(1, "36.5").replace("+08:00", ""), "sent_at"),
        ("[1, 2]", "2"),
    ],
)
def test_understand_names_the_line_that_it_cannot_read(run: Run, bad: str, words: str) -> None:
    result = run("understand", "--roster", str(ROSTER), stdin=message(0, "36.5") + "\n" + bad + "\n")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("standard input: ")
    assert "line 2" in line
    assert words in line
    assert len(result.stdout.splitlines()) <= 1, "what was read before it may be answered"


def test_understand_explains_what_was_read_from_which_words(run: Run) -> None:
    result = run("understand", "--explain", "--roster", str(ROSTER), stdin=message(0, "36.5，有点咳") + "\n")
    assert result.exit_code == 0, result.output
    assert "symptoms.terms.cough (a word for the symptom)" in result.stdout


def test_understand_needs_a_roster_that_is_one(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "roster.json"
    broken.write_text('{"organization": 1}', encoding="utf-8")
    assert str(broken) in one_line(run("understand", "--roster", str(broken), stdin=""))
    assert "nowhere.json" in one_line(run("understand", "--roster", "nowhere.json", stdin=""))


def test_the_database_is_built_and_built_again_without_harm(run: Run) -> None:
    for _ in range(2):
        result = run("db", "upgrade")
        assert result.exit_code == 0
        assert "the database is up to date" in result.stdout


def test_a_database_that_cannot_be_used_is_named(run: Run, tmp_path: Path, settings: Settings) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("this is a letter, and no database at all " * 100)
    assert "not a database" in one_line(run("db", "upgrade", SANWEI__DATABASE__URL=f"sqlite:///{letter}"))
    assert str(letter) in one_line(run("db", "upgrade", SANWEI__DATABASE__URL=f"sqlite:///{letter}/below.db"))
    away = "postgresql+psycopg://somebody:s3cret@127.0.0.1:1/sanwei"
    line = one_line(run("db", "upgrade", SANWEI__DATABASE__URL=away))
    assert line.startswith("database.url: ")
    assert "s3cret" not in line

    assert run("db", "upgrade").exit_code == 0
    with sqlite3.connect(settings.database.url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of tomorrow'")
    connection.close()
    assert "newer version" in one_line(run("outbox", "list"))


def test_a_key_that_cannot_be_used_is_named(run: Run, tmp_path: Path) -> None:
    torn = tmp_path / "torn.key"
    torn.write_text("abc")
    assert "do not delete it" in one_line(run("outbox", "list", SANWEI__PRIVACY__KEY_FILE=str(torn)))
    assert "privacy.key_file" in one_line(run("outbox", "list", SANWEI__PRIVACY__KEY_FILE=str(tmp_path)))


def test_an_empty_outbox_and_inbox_say_so_and_a_number_that_is_not_there_is_refused(run: Run) -> None:
    assert "every notice was sent" in run("outbox", "list").stdout
    assert "every message was handled" in run("inbox", "list").stdout
    assert one_line(run("outbox", "retry", "7")) == "notice 7: there is no failed notice of that number; see `outbox list`"
    assert one_line(run("inbox", "retry", "7")) == "message 7: there is no failed message of that number; see `inbox list`"


async def test_a_message_that_failed_is_listed_without_its_text_and_handled_again_when_told(settings: Settings, run: Run) -> None:
    async with told(settings) as story:

        def breaks(_incoming: Incoming) -> list[str]:
            raise ZeroDivisionError("36.5")

        handlers = story.bot.receiver._handlers
        story.bot.receiver._handlers = tuple(replace(handler, handle=breaks) for handler in handlers)
        await story.say("张伟", "36.5 正常")
        listed = run("inbox", "list").stdout
        assert "ZeroDivisionError" in listed
        assert "36.5" not in listed
        await story.at("09:30")
        assert "试了几次都没处理成功" in await story.last_to("于海")

        story.bot.receiver._handlers = handlers
        (row,) = await rows(story, MessageRow)
        assert (row.status, row.attempts) == (MessageStatus.FAILED, settings.queue.inbox_attempts)
        assert run("inbox", "retry", str(row.id)).exit_code == 0
        await story.later("PT1S")
        assert await story.last_to("张伟") == "记下了：36.5℃，正常"
        assert "every message was handled" in run("inbox", "list").stdout
        assert "there is no failed message" in one_line(run("inbox", "retry", str(row.id)))


def test_a_port_that_somebody_uses_is_named_in_one_line(environment: dict[str, str], settings: Settings) -> None:
    seed_demo(settings)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "bot", "demo", "--config", str(DEMO)]
        result = subprocess.run(
            words,
            env=environment | {"SANWEI__WEB__PORT": str(port), "PATH": ""},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    said = [line for line in result.stderr.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert said[0].startswith(f"web.port: cannot listen on 127.0.0.1:{port}")
