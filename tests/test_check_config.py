"""What `check-config` shows of a unit: where each group is heard and spoken to, who is reached by what, and whom no alert reaches."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.sentences import load_texts
from bot.settings import Settings
from bot.wiring import open_store
from models import chats, rooms
from models.capabilities import Capabilities, Hears, Push
from models.chats import Chat
from models.directory import Directory, load_directory
from models.tables.unit import AccountRow, MemberRow
from services import unreached
from services.reachability import Why, reachability
from tests.conftest import story_settings
from tests.moving_in import seed_demo

NOW = datetime(2026, 3, 2, tzinfo=UTC)
APP = {"ENABLED": "true", "CORP_ID": "ww1", "AGENT_ID": "1", "SECRET": "app-s3cret"}
RECEIVING = APP | {"TOKEN": "t0ken", "ENCODING_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"}
Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, tmp_path: Path) -> Run:
    """`check-config` of a real unit over the story's database, with the channels given by their keys."""

    def run(**channels: dict[str, str]) -> Result:
        env = {
            "SANWEI__DATABASE__URL": settings.database.url,
            "SANWEI__PRIVACY__KEY_FILE": str(tmp_path / "new.key"),
            "COLUMNS": "200",
        }
        env |= {f"SANWEI__CHANNELS__{name.upper()}__{key}": value for name, keys in channels.items() for key, value in keys.items()}
        return CliRunner().invoke(app, ["check-config"], env=env)

    return run


def change(settings: Settings, *acts: Callable[[Session], object]) -> None:
    store = open_store(settings)
    for act in acts:
        store.write_now(act)
    store.close()


def account(channel: str, **people: str) -> Callable[[Session], None]:
    """Accounts of members by their names: 李明="liming"."""

    def add(session: Session) -> None:
        for name, address in people.items():
            member = session.scalars(select(MemberRow).where(MemberRow.name == name)).one()
            session.add(AccountRow(channel=channel, address=address, member_id=member.id, confirmed_at=NOW))

    return add


def everybody(channel: str) -> Callable[[Session], None]:
    """An account for every member."""

    def add(session: Session) -> None:
        session.add_all(
            AccountRow(channel=channel, address=f"id-{member.id}", member_id=member.id, confirmed_at=NOW)
            for member in session.scalars(select(MemberRow))
        )

    return add


def row_of(result: Result, *begins: str) -> list[str]:
    """The cells of the table's row that begins with these."""
    found = [
        cells
        for line in result.stdout.splitlines()
        if (cells := [c.strip() for c in line.strip("│ ").split("│")])[: len(begins)] == list(begins)
    ]
    assert len(found) == 1, result.stdout
    return found[0]


def warnings(result: Result) -> list[str]:
    return [line.removeprefix("warning: ") for line in result.stdout.splitlines() if line.startswith("warning: ")]


def test_where_there_is_no_database_it_says_what_to_do_and_makes_none(run: Run, settings: Settings, tmp_path: Path) -> None:
    result = run(sandbox={"ENABLED": "true"})
    assert result.exit_code == 0, result.output
    assert "roster import roster.csv" in result.stdout
    assert result.stdout.splitlines()[-1] == "the configuration can be used"
    assert list(tmp_path.iterdir()) == [], "nothing was written, no key either"


def test_where_nobody_was_imported_it_says_the_same(run: Run, settings: Settings) -> None:
    change(settings)
    assert "roster import roster.csv" in run(sandbox={"ENABLED": "true"}).stdout


def test_on_every_kind_of_database_the_roster_is_seen_and_nothing_is_made_before(each_database: str, tmp_path: Path) -> None:
    env = {"SANWEI__DATABASE__URL": each_database, "SANWEI__PRIVACY__KEY_FILE": str(tmp_path / "new.key"), "COLUMNS": "200"}
    env["SANWEI__CHANNELS__SANDBOX__ENABLED"] = "true"

    def check() -> Result:
        return CliRunner().invoke(app, ["check-config"], env=env)

    assert "roster import roster.csv" in check().stdout
    seed_demo(story_settings(each_database, tmp_path))
    assert row_of(check(), "g1")[-2:] == ["试用网页 6/6", "试用网页 6/6"]


def test_a_database_of_another_version_is_not_touched(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    path = Path(settings.database.url.removeprefix("sqlite:///"))
    change(settings, lambda session: session.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    before = path.read_bytes()
    assert "db upgrade" in run(sandbox={"ENABLED": "true"}).stdout
    assert path.read_bytes() == before


def test_a_unit_on_the_app_with_some_who_have_no_account(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    change(settings, account("wecom_app", 于海="yuhai", 周建国="zhou", 李明="liming", 张伟="zhangwei"))
    result = run(wecom_app=RECEIVING)
    assert result.exit_code == 0, result.output
    assert row_of(result, "g1") == ["g1", "第一党小组", "无", "无", "自建应用 2/6", "自建应用 2/6"]
    assert row_of(result, "组长", "李明") == ["组长", "李明", "第一党小组", "自建应用", "自建应用"]
    assert row_of(result, "副书记", "孙丽")[-2:] == ["无", "无"]
    told = warnings(result)
    assert any(line.startswith("江北站党支部副书记孙丽收不到通知：在能主动发消息的渠道上没有账号。") for line in told)
    (group,) = (line for line in told if line.startswith("第一党小组的"))
    assert group.startswith("第一党小组的王磊、高强、赵云飞、陈一收不到通知")
    assert not any("李明" in line for line in told)
    assert "app-s3cret" not in result.output


def test_an_app_that_only_sends_reaches_people_and_hears_nobody(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    change(settings, everybody("wecom_app"))
    result = run(wecom_app=APP)
    assert row_of(result, "组长", "李明")[-2:] == ["无", "自建应用"]
    assert row_of(result, "g1")[-2:] == ["0/6", "自建应用 6/6"]
    assert not any("收不到" in line for line in warnings(result))


def test_what_a_webhook_is_for_is_seen_before_the_bot_was_ever_started(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    change(settings, everybody("wecom_app"))
    result = run(wecom_app=RECEIVING, wecom_robot={"ENABLED": "true", "ROOMS": "{g1: k3y-1, b1: k3y-2}"})
    assert result.exit_code == 0, result.output
    assert row_of(result, "g1")[2:4] == ["无", "消息推送"]
    assert row_of(result, "b1")[3] == "消息推送"
    assert row_of(result, "g2")[3] == "无"
    assert "k3y" not in result.output


def test_a_webhook_for_nobody_is_an_error_with_the_ids_that_there_are(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    result = run(wecom_robot={"ENABLED": "true", "ROOMS": "{g1: k3y-1, g99: k3y-2}"})
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("channels.wecom_robot.rooms.g99: is the id of no group or branch; known: org ")
    assert "g1 第一党小组" in line
    assert "k3y" not in result.output


def test_where_no_channel_writes_to_people_it_is_said_once(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    result = run(wecom_robot={"ENABLED": "true", "ROOMS": "{g1: k3y-1}"})
    assert sum("谁也收不到" in line for line in warnings(result)) == 1
    assert not any("李明" in line for line in warnings(result))


def test_it_speaks_the_unit_s_language(run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seed_demo(settings)
    monkeypatch.setenv("SANWEI__ORGANIZATION__LANGUAGE", "en")
    change(settings, account("wecom_app", 李明="liming"))
    result = run(wecom_app=RECEIVING)
    assert row_of(result, "leader", "李明")[-2:] == ["app", "app"]
    assert any(line.startswith("The duty officer 于海 (示例支队): no notice arrives") for line in warnings(result))


MENTIONED = Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.AFTER_TALK, people=Push.AFTER_TALK)
ANSWERING = Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.IN_REPLY, people=Push.IN_REPLY)


def unit_of(settings: Settings) -> Directory:
    store = open_store(settings)
    directory = store.read_now(lambda session: load_directory(session, "支队"))
    store.close()
    return directory


def test_where_the_bot_must_be_spoken_to_first_those_who_did_are_reached_and_the_others_are_named(settings: Settings) -> None:
    seed_demo(settings)
    change(
        settings,
        account("wecom_aibot", 李明="liming", 张伟="zhangwei"),
        lambda session: rooms.bind(session, "wecom_aibot", "wr-1", "group", "g1"),
        lambda session: rooms.bind(session, "wecom_aibot", "wr-2", "group", "g2"),
        lambda session: chats.note(session, Chat("wecom_aibot", "wr-1", private=False), NOW),
        lambda session: chats.note(session, Chat("wecom_aibot", "liming", private=True), NOW),
    )
    found = reachability(unit_of(settings), {"wecom_aibot": MENTIONED})
    groups = {room.id: (room.heard, room.spoken_in) for room in found.rooms}
    assert groups["g1"] == ((("wecom_aibot", Hears.MENTIONS),), ("wecom_aibot",))
    assert groups["g2"] == ((("wecom_aibot", Hears.MENTIONS),), ()), "nobody has called it there yet"
    assert (found.members["g1"].heard, found.members["g1"].reached) == ({"wecom_aibot": 2}, {"wecom_aibot": 1})
    why = {person.name: reason for person, reason in found.unreached}
    assert "李明" not in why
    assert (why["张伟"], why["王磊"]) == (Why.NEVER_TALKED, Why.NO_ACCOUNT)


def test_only_on_an_ordinary_account_s_platform_people_are_asked_to_become_friends(settings: Settings) -> None:
    seed_demo(settings)
    change(settings, account("wecom_aibot", 李明="liming"), account("wechaty", 张伟="wx-zhang"))
    ordinary = MENTIONED.model_copy(update={"strangers": True})
    found = reachability(unit_of(settings), {"wecom_aibot": MENTIONED, "wechaty": ordinary})
    why = {person.name: reason for person, reason in found.unreached}
    assert (why["李明"], why["张伟"]) == (Why.NEVER_TALKED, Why.NO_FRIEND)
    texts = load_texts(settings.organization.content / "sentences", "zh-CN")
    people = [(person, reason) for person, reason in found.unreached if person.name in {"李明", "张伟"}]
    said = list(unreached.lines(texts, unit_of(settings), "小微", people))
    assert said[0].endswith("请本人私聊小微一句，说什么都行。")
    assert "好友" not in said[0]
    assert said[1].endswith("请本人在微信里加它为好友。")


def test_a_channel_that_only_answers_reaches_nobody_by_itself(settings: Settings) -> None:
    seed_demo(settings)
    change(settings, everybody("wecom_aibot"), lambda session: chats.note(session, Chat("wecom_aibot", "id-1", private=True), NOW))
    found = reachability(unit_of(settings), {"wecom_aibot": ANSWERING})
    assert {reason for _, reason in found.unreached} == {Why.NO_CHANNEL}
    assert found.members["g1"].heard == {"wecom_aibot": 6}
    change(settings, account("wecom_app", 李明="liming"))
    app = Capabilities(hears=Hears.NOTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)
    why = {
        person.name: reason for person, reason in reachability(unit_of(settings), {"wecom_app": app, "wecom_aibot": ANSWERING}).unreached
    }
    assert "李明" not in why
    assert why["张伟"] is Why.NO_ACCOUNT


def test_a_step_of_a_ladder_at_which_nobody_is_there_is_a_warning(run: Run, settings: Settings) -> None:
    seed_demo(settings)
    change(
        settings,
        everybody("wecom_app"),
        lambda session: session.execute(update(MemberRow).where(MemberRow.name == "周建国").values(active=False)),
    )
    (warning,) = warnings(run(wecom_app=RECEIVING))
    assert warning.startswith("张伟报困难（只跟书记说，组长不知道）时要找江北站党支部的书记，现在没有人担任")
    (mute,) = [line for line in warnings(run(wecom_app=APP)) if "回“收到”机器人听不到" in line and "江北站" in line]
    assert "值班员于海" in mute
