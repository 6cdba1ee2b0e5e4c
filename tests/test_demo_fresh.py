"""`bot demo --fresh` forgets the demo, and never anybody else's database, whoever named it."""

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_run import DEMO
from bot.config import load_settings
from bot.demo_unit import forget_demo, seed_demo
from bot.settings import Settings
from models.sealing import Cipher
from models.store import StoreError, make_engine
from tests.conftest import story_settings
from tests.stage import told

ROSTER = """branch,group,name,role,aliases,post,trio,wecom_userid,wechat_id
江北站党支部,,周建国,secretary,,,,,
江北站党支部,第一党小组|一班,李明,leader,,,,,
江北站党支部,第一党小组|一班,张伟,member,,,,,
,,于海,duty_officer,,,,,
"""


def files_of(settings: Settings) -> list[str]:
    path = Path(settings.database.url.removeprefix("sqlite:///"))
    return sorted(file.name for file in path.parent.glob(path.name + "*"))


def test_the_demo_is_forgotten_and_where_there_is_none_nothing_is_wrong(settings: Settings) -> None:
    forget_demo(settings)
    seed_demo(settings)
    assert files_of(settings)
    forget_demo(settings)
    assert files_of(settings) == []


@pytest.fixture
def fresh(settings: Settings) -> Result:
    """`demo --fresh` over a real unit's database, which the environment names. Its people are all called as some of the demo."""
    env = {"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)}
    sheet = settings.privacy.key_file.parent / "roster.csv"
    sheet.write_text(ROSTER, encoding="utf-8")
    assert CliRunner().invoke(app, ["roster", "import", str(sheet)], env=env).exit_code == 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        env["SANWEI__WEB__PORT"] = str(free.getsockname()[1])
    return CliRunner().invoke(app, ["demo", "--fresh", "--config", str(DEMO)], env=env)


def test_a_real_unit_s_database_is_not_deleted(settings: Settings, fresh: Result) -> None:
    assert fresh.exit_code == 1
    (line,) = fresh.stderr.splitlines()
    assert "holds others than the demo's people, so nothing is deleted; leave --config and SANWEI__DATABASE__URL out" in line
    assert files_of(settings)
    people = CliRunner().invoke(
        app,
        ["roster", "export", str(settings.privacy.key_file.with_name("out.csv"))],
        env={"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)},
    )
    assert "共 4 人" in people.output


def test_neither_is_a_file_that_is_no_database(settings: Settings) -> None:
    path = Path(settings.database.url.removeprefix("sqlite:///"))
    path.write_text("somebody's letter", encoding="utf-8")
    with pytest.raises(StoreError, match="nothing is deleted"):
        forget_demo(settings)
    assert path.read_text(encoding="utf-8") == "somebody's letter"


def test_on_every_kind_of_database_an_empty_one_is_not_the_demo_s(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    make_engine(each_database, Cipher(None)).dispose()
    with pytest.raises(StoreError, match="nothing is deleted"):
        forget_demo(settings)


async def test_the_first_thing_said_in_the_demo_is_heard_at_once(settings: Settings) -> None:
    env = {"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(settings.privacy.key_file)}
    async with told(load_settings(DEMO, env)) as demo:
        await demo.say("张伟", "36度4，有点咳，孩子没人带", "g1")
        assert "孩子没人带" in await demo.last_to("周建国"), "nobody sleeps any more"
