"""Every station has a 第一党小组: whoever looks at more than one branch is told whose it is, and nobody else is troubled with it."""

from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from bot.wiring import open_store
from models.directory import load_directory
from models.tables.unit import GroupRow
from services.work import Work
from tests.moving_in import seed_demo
from tests.story import Story

OFFICE = "g4"
NAME = "第一党小组"


def call_it_the_same(session: Session) -> None:
    """The staff's group bears the name of the station's first."""
    session.execute(update(GroupRow).where(GroupRow.id == OFFICE).values(name=NAME))


async def call_it_the_same_now(story: Story) -> None:
    def act(work: Work) -> None:
        call_it_the_same(work.session)
        work.directory_changed = True

    await story.bot.office.write(act)


async def test_an_alert_says_of_which_branch_the_group_is(story: Story) -> None:
    await call_it_the_same_now(story)
    await story.say("罗一鸣", "媳妇羊水破了，我在站里值班，120还没到，家里没人")
    await story.later("PT10M")
    assert "罗一鸣（机关党支部第一党小组）" in await story.last_to("于海")
    await story.say("张伟", "媳妇羊水破了，我在站里值班，120还没到，家里没人")
    assert "张伟（江北站党支部第一党小组）" in await story.last_to("周建国")


async def test_inside_its_branch_it_goes_by_its_name(story: Story) -> None:
    await call_it_the_same_now(story)
    await story.say("李明", "未报")
    assert (await story.last_to("李明")).startswith("第一党小组：已报 0/6")


async def test_another_group_keeps_its_plain_name(story: Story) -> None:
    await call_it_the_same_now(story)
    await story.say("刘洋", "媳妇羊水破了，我在站里值班，120还没到，家里没人")
    assert "刘洋（第二党小组）" in await story.last_to("周建国")


async def test_the_page_tells_the_rooms_apart(story: Story) -> None:
    await call_it_the_same_now(story)
    rooms = {room["id"]: (room["name"], room["title"]) for room in (await story.get("/demo/unit"))["rooms"]}
    assert rooms["g1"] == (NAME, "江北站党支部第一党小组")
    assert rooms[OFFICE] == (NAME, "机关党支部第一党小组")
    assert rooms["g2"] == ("第二党小组", "第二党小组")


def test_check_config_tells_them_apart(settings: Settings, tmp_path: Path) -> None:
    seed_demo(settings)
    store = open_store(settings)
    store.write_now(call_it_the_same)
    titles = store.read_now(lambda session: load_directory(session, "江城支队")).group_titles
    store.close()
    env = {"SANWEI__DATABASE__URL": settings.database.url, "SANWEI__PRIVACY__KEY_FILE": str(tmp_path / "new.key"), "COLUMNS": "200"}
    said = CliRunner().invoke(app, ["check-config"], env=env).output
    for title in (titles["g1"], titles[OFFICE]):
        assert f"│ {title}" in said
    leaders = [line for line in said.splitlines() if "组长" in line and "李明" in line]
    assert "江北站党支部第一党小组" in leaders[0]
