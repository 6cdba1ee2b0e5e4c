"""A group gets another name: it stays the same group, in the same room; and where that is not sure, its room is named."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.wiring import open_store
from models import rooms
from tests.roster_office import UNIT, Office, Row, without


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.imports(UNIT)
    store = open_store(load_settings(office.config, {}))
    store.write_now(lambda session: rooms.bind(session, "wecom_aibot", "wr-1", "group", "g1"))
    store.write_now(lambda session: rooms.bind(session, "wecom_aibot", "wr-2", "group", "g2"))
    store.write_now(lambda session: rooms.bind(session, "wecom_robot", "k3y", "group", "g2"))
    store.close()
    return office


def renamed(rows: list[Row], before: str, after: str) -> list[Row]:
    return [(row[0], after, *row[2:]) if row[1].partition("|")[0] == before else row for row in rows]


def bound(office: Office) -> dict[str, str]:
    return {room.address: room.scope for room in office.unit().rooms.values() if room.channel == "wecom_aibot"}


def test_a_renamed_group_keeps_its_id_its_squads_and_its_room(office: Office) -> None:
    rows = renamed(UNIT, "第一党小组", "战训党小组")
    said = office.imports(rows, "--dry-run")
    assert "改名 党小组 第一党小组 → 战训党小组（江北站党支部）" in said.splitlines()
    assert not any(word in said for word in ("新增 党小组", "离开 党小组", "修改 人员", "请留意", "改名 0"))
    assert office.unit().roster.groups[0].name == "第一党小组"
    assert "改名 党小组 第一党小组 → 战训党小组" in office.imports(rows)
    group = office.unit().roster.groups[0]
    assert (group.id, group.name, group.aliases) == ("g1", "战训党小组", ("一班", "战斗一班"))
    assert [member.name for member in group.members] == ["李明", "张伟", "王磊"]
    assert bound(office)["wr-1"] == "g1"
    assert "没有变化" in office.imports(rows)


def test_one_may_leave_and_one_come_with_the_new_name_and_its_squads_change_too(office: Office) -> None:
    rows = renamed(without(UNIT, "王磊"), "第一党小组", "战训党小组|一班")
    said = office.imports([*rows, ("江北站党支部", "战训党小组", "赵云飞", "member", "", "", "", "", "")])
    assert "改名 党小组 第一党小组 → 战训党小组（江北站党支部）：党小组 战训党小组|一班|战斗一班 → 战训党小组|一班" in said.splitlines()
    assert "新增 人员 赵云飞" in said
    assert office.unit().roster.groups[0].id == "g1"


def test_a_group_of_other_people_is_another_group_and_the_room_that_stays_behind_is_named(office: Office) -> None:
    said = office.imports(renamed(UNIT, "第二党小组", "第三党小组"), "--dry-run")
    assert "新增 党小组 第三党小组（江北站党支部）" in said
    assert "改名" not in said.partition("请留意")[0]
    hints = [line for line in said.splitlines() if line.startswith("请留意：")]
    assert len(hints) == 2
    assert hints[0].startswith("请留意：wecom_aibot 的群 wr-2 还绑在离开名册的党小组“第二党小组”上")
    assert "绑定" in hints[0]
    assert hints[1].startswith("请留意：channels.wecom_robot.rooms 里的 g2 是离开名册的党小组“第二党小组”")
    assert "k3y" not in said


def test_a_group_that_is_split_is_renamed_only_where_most_stay_together(office: Office) -> None:
    halves = [(row[0], "甲组" if row[2] in {"李明", "张伟"} else "乙组" if row[2] == "王磊" else row[1], *row[2:]) for row in UNIT]
    said = office.imports(halves)
    assert "改名 党小组 第一党小组 → 甲组（江北站党支部）" in said
    assert "新增 党小组 乙组" in said
    assert bound(office)["wr-1"] == "g1"
