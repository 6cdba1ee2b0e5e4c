"""A secretary keeps the unit's people in a spreadsheet: imports it, changes it, imports it again."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.roster_files import read_roster
from models.roster import Role
from models.roster_sheet import COLUMNS
from tests.roster_office import UNIT, Office, Row, changed, without


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_the_first_import_makes_the_unit(office: Office) -> None:
    said = office.imports(UNIT)
    assert "新增 党支部 江北站党支部" in said
    assert "新增 党小组 第一党小组（江北站党支部）" in said
    assert "新增 人员 张伟（江北站党支部 第一党小组）" in said
    assert "新增 8 人" in said

    unit = office.unit()
    assert [(b.id, b.name, b.secretary, b.deputy) for b in unit.roster.branches] == [
        ("b1", "江北站党支部", "周建国", "孙丽"),
        ("b2", "机关党支部", None, None),
    ]
    assert [(g.id, g.branch, g.name, g.leader) for g in unit.roster.groups] == [
        ("g1", "b1", "第一党小组", "李明"),
        ("g2", "b1", "第二党小组", "刘洋"),
        ("g3", "b2", "机关党小组", "黄敏"),
    ]
    assert unit.roster.groups[0].aliases == ("一班", "战斗一班")
    assert [m.name for m in unit.roster.groups[0].members] == ["李明", "张伟", "王磊"]
    assert unit.roster.groups[0].members[0].aliases == ("老李", "李班长")
    assert unit.roster.duty_officers == ("于海",)
    zhang = unit.named("张伟")
    assert zhang is not None
    assert (zhang.role, zhang.branch_id, zhang.group_id, zhang.post, zhang.trio) == (Role.MEMBER, "b1", "g1", "战斗员", "1-1")


def test_everybody_can_be_reached_on_the_channels_that_the_sheet_names(office: Office) -> None:
    office.imports(UNIT)
    unit = office.unit()
    li = unit.named("李明")
    assert li is not None
    for channel, address in (("wecom_app", "liming"), ("wecom_aibot", "liming"), ("wechaty", "wx-liming"), ("sandbox", "李明")):
        assert unit.speaker(channel, address) == li
    wang = unit.named("王磊")
    assert wang is not None
    assert [channel for channel, _ in unit.accounts if unit.accounts[channel, _] == wang.id] == ["sandbox"]
    assert {(room.address, room.kind, room.scope) for room in unit.rooms.values()} == {
        ("org", "organization", ""),
        ("b1", "branch", "b1"),
        ("b2", "branch", "b2"),
        ("g1", "group", "g1"),
        ("g2", "group", "g2"),
        ("g3", "group", "g3"),
    }


def test_importing_the_same_sheet_again_changes_nothing(office: Office) -> None:
    office.imports(UNIT)
    before = office.stored()
    assert "没有变化" in office.imports(UNIT)
    assert office.stored() == before


def test_a_dry_run_shows_the_difference_and_changes_nothing(office: Office) -> None:
    office.imports(UNIT)
    before = office.stored()
    rows = changed(UNIT, "张伟", post="驾驶员", aliases="小张|伟哥", group="第二党小组")
    rows = [*without(rows, "王磊"), ("机关党支部", "机关党小组", "沈冬", "member", "", "机关", "", "", "")]
    said = office.imports(rows, "--dry-run")
    assert "修改 人员 张伟（江北站党支部 第二党小组）：党小组 第一党小组 → 第二党小组；岗位 战斗员 → 驾驶员；别名 小张 → 小张|伟哥" in said
    assert "离开 人员 王磊（江北站党支部 第一党小组），以前的记录保留" in said
    assert "新增 人员 沈冬（机关党支部 机关党小组）" in said
    assert "新增 1 人、回来 0 人、修改 1 人、离开 1 人" in said
    assert office.stored() == before

    zhang = office.unit().named("张伟")
    assert office.imports(rows).split("小微正在运行")[0] == said.split("这是预览")[0]
    moved = office.unit().named("张伟")
    assert zhang is not None
    assert moved is not None
    assert (moved.id, moved.group_id, moved.post) == (zhang.id, "g2", "驾驶员")
    assert "没有变化" in office.imports(rows)


def test_who_leaves_keeps_the_records_and_who_returns_is_the_same_person(office: Office) -> None:
    office.imports(UNIT)
    wang = office.unit().named("王磊")
    office.imports(without(UNIT, "王磊"))
    assert office.unit().named("王磊") is None
    assert wang is not None
    assert office.unit().speaker("sandbox", "王磊") is None
    assert "回来 人员 王磊" in office.imports(UNIT)
    assert office.unit().named("王磊") == wang


def test_a_group_that_is_given_up_keeps_its_number_and_loses_its_room(office: Office) -> None:
    office.imports(UNIT)
    said = office.imports(without(UNIT, "刘洋"))
    assert "离开 党小组 第二党小组（江北站党支部）" in said
    assert office.unit().rooms_of("group", "g2") == ()
    more = [*without(UNIT, "刘洋"), ("机关党支部", "车勤党小组", "徐正常", "leader", "", "", "", "", "")]
    assert "第二党小组" not in office.imports(more)
    assert office.unit().group_names["g4"] == "车勤党小组"
    assert "回来 党小组 第二党小组" in office.imports([*more, UNIT[5]])
    liu = office.unit().named("刘洋")
    assert liu is not None
    assert liu.group_id == "g2"
    assert len(office.unit().rooms_of("group", "g2")) == 1


def test_a_branch_that_is_renamed_keeps_its_groups_and_people(office: Office) -> None:
    office.imports(UNIT)
    before = {person.name: (person.id, person.group_id) for person in office.unit().people.values()}
    renamed = [("江北特勤站党支部" if row[0] == "江北站党支部" else row[0], *row[1:]) for row in UNIT]
    said = office.imports(renamed)
    assert "修改 党小组 第一党小组（江北特勤站党支部）：党支部 江北站党支部 → 江北特勤站党支部" in said
    assert "修改 人员 张伟" not in said
    assert {person.name: (person.id, person.group_id) for person in office.unit().people.values()} == before
    assert "没有变化" in office.imports(renamed)


def test_a_corrected_user_id_takes_the_old_one_away(office: Office) -> None:
    office.imports(UNIT)
    zhang = office.unit().named("张伟")
    rows = changed(UNIT, "张伟", wecom_userid="zhangwei2")
    assert "企业微信账号 zhangwei → zhangwei2" in office.imports(rows)
    unit = office.unit()
    for channel in ("wecom_app", "wecom_aibot"):
        assert unit.speaker(channel, "zhangwei2") == zhang
        assert unit.speaker(channel, "zhangwei") is None


def test_user_ids_that_were_mixed_up_are_swapped_without_swapping_the_people(office: Office) -> None:
    office.imports(UNIT)
    li, zhang = office.unit().named("李明"), office.unit().named("张伟")
    rows = changed(changed(UNIT, "张伟", wecom_userid="liming"), "李明", wecom_userid="zhangwei")
    office.imports(rows)
    unit = office.unit()
    assert (unit.named("李明"), unit.named("张伟")) == (li, zhang)
    assert (unit.speaker("wecom_app", "zhangwei"), unit.speaker("wecom_app", "liming")) == (li, zhang)
    assert "没有变化" in office.imports(rows)


def test_a_person_who_is_renamed_is_known_by_the_user_id(office: Office) -> None:
    office.imports(UNIT)
    zhang = office.unit().named("张伟")
    said = office.imports(changed(UNIT, "张伟", name="张炜"))
    assert "姓名 张伟 → 张炜" in said
    renamed = office.unit().named("张炜")
    assert zhang is not None
    assert renamed is not None
    assert renamed.id == zhang.id
    assert office.unit().speaker("sandbox", "张炜") == renamed
    assert office.unit().speaker("sandbox", "张伟") is None


NAMESAKE: Row = ("江北站党支部", "第二党小组", "张伟", "member", "", "", "", "zhangwei-b", "")


def test_namesakes_are_told_apart_by_their_user_ids(office: Office) -> None:
    office.imports(UNIT)
    first = office.unit().named("张伟")
    office.imports([*UNIT, NAMESAKE])
    unit = office.unit()
    assert first is not None
    assert unit.named("张伟") is None
    assert unit.speaker("wecom_app", "zhangwei") == first
    other = unit.speaker("wecom_app", "zhangwei-b")
    assert other is not None
    assert (other.name, other.group_id) == ("张伟", "g2")
    assert unit.speaker("sandbox", "张伟") is None, "the name alone means two people now"
    assert "没有变化" in office.imports([*UNIT, NAMESAKE])

    swapped = changed([*UNIT, NAMESAKE], "张伟", group="第二党小组")
    swapped = [(*row[:1], "第一党小组", *row[2:]) if row[7] == "zhangwei-b" else row for row in swapped]
    office.imports(swapped)
    assert {p.id: p.group_id for p in office.unit().people.values() if p.name == "张伟"} == {first.id: "g2", other.id: "g1"}


def test_a_newcomer_with_the_name_of_somebody_who_left_does_not_get_the_records(office: Office) -> None:
    office.imports(UNIT)
    gone = office.unit().named("张伟")
    office.imports(without(UNIT, "张伟"))
    office.imports(changed(UNIT, "张伟", wecom_userid="zhangwei-new"))
    newcomer = office.unit().named("张伟")
    assert gone is not None
    assert newcomer is not None
    assert newcomer.id != gone.id
    assert office.unit().speaker("wecom_app", "zhangwei") is None


def test_a_line_that_may_mean_two_known_people_is_asked_about(office: Office) -> None:
    office.imports([*UNIT, NAMESAKE])
    before = office.stored()
    unclear = changed(UNIT, "张伟", group="机关党小组", branch="机关党支部", wecom_userid="")
    result = office.run("import", office.sheet(unclear))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "名册.csv：第 5 行：原来的名册里有不止一位“张伟”，看不出这一行是哪一位，请填上 wecom_userid 或 wechat_id。"
    ]
    assert office.stored() == before


def test_an_account_that_was_claimed_in_chat_stays_when_the_sheet_names_none(office: Office) -> None:
    office.imports(UNIT)
    with closing(sqlite3.connect(office.folder / "unit.db")) as database, database:
        wang = database.execute("SELECT id FROM members WHERE name = '王磊'").fetchone()[0]
        values = ("wecom_app", "wanglei", wang, "2026-03-02 08:00:00.000000")
        database.execute("INSERT INTO accounts (channel, address, member_id, confirmed_at) VALUES (?, ?, ?, ?)", values)
    assert "没有变化" in office.imports(UNIT)
    assert office.unit().speaker("wecom_app", "wanglei") == office.unit().named("王磊")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_csv_is_read_as_excel_saves_it_in_china(office: Office, encoding: str) -> None:
    result = office.run("import", office.sheet(UNIT, encoding=encoding))
    assert result.exit_code == 0, result.output
    assert office.unit().roster.branches[0].secretary == "周建国"


def test_an_excel_file_is_read_from_its_first_sheet_and_numbers_are_ids(office: Office) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    for row in changed(UNIT, "张伟", wecom_userid="10086"):
        sheet.append([int(cell) if cell == "10086" else cell or None for cell in row])
    book.create_sheet("别的").append(["不是名册"])
    book.save(office.folder / "名册.xlsx")
    result = office.run("import", office.folder / "名册.xlsx")
    assert result.exit_code == 0, result.output
    assert office.unit().speaker("wecom_app", "10086") == office.unit().named("张伟")


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_is_exported_can_be_imported_anywhere(office: Office, tmp_path: Path, name: str) -> None:
    office.imports(UNIT)
    result = office.run("export", office.folder / name)
    assert result.exit_code == 0, result.output
    assert "共 8 人" in result.stdout
    assert "没有变化" in office.run("import", office.folder / name).stdout

    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other")
    assert other.run("import", office.folder / name).exit_code == 0
    assert other.unit().roster == office.unit().roster
    assert set(other.unit().accounts) == set(office.unit().accounts)


def test_the_exported_csv_opens_in_excel_and_has_the_agreed_header(office: Office) -> None:
    office.imports(UNIT)
    office.run("export", office.folder / "out.csv")
    data = (office.folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfbranch,group,name,role,aliases,post,trio,wecom_userid,wechat_id\r\n")
    assert "江北站党支部,第一党小组|一班|战斗一班,张伟,member,小张,战斗员,1-1,zhangwei,\r\n".encode() in data


@pytest.mark.parametrize("post", ["=1+1", "+战斗员", "-", "@机关", "'=x", "'引号"])
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_cell_that_looks_like_a_formula_stays_text_on_the_way_out_and_in(office: Office, post: str, name: str) -> None:
    """Written as it is, a post like =HYPERLINK(…) would run on the PC of whoever opens the export."""
    path = office.folder / name
    store_post = changed(UNIT, "张伟", post=f"'{post}")
    office.imports(store_post)
    zhang = office.unit().named("张伟")
    office.run("export", path)
    if name.endswith(".xlsx"):
        cells = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert zhang is not None
    assert [line.post for line in read_roster(path) if line.name == "张伟"] == [zhang.post]
    assert "没有变化" in office.run("import", path).stdout


def test_an_export_that_cannot_be_written_says_so(office: Office) -> None:
    office.imports(UNIT)
    for path, says in ((office.folder / "nowhere" / "a.csv", "写不进去"), (office.folder / "a.doc", "以 .csv 或 .xlsx 结尾")):
        result = office.run("export", path)
        assert result.exit_code == 1
        assert says in result.stderr
        assert len(result.stderr.splitlines()) == 1
