"""Shifts: who is off is not asked, by a column of the roster that a sheet may have or not."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import update

from models.roster_sheet import COLUMNS
from models.shifts import Shift, on_duty, parse
from models.tables.records import LeaveRow
from models.tables.unit import MemberRow
from models.workdays import next_workday
from tests.roster_office import UNIT, Office
from tests.stage import rows
from tests.story import Story

HEADER = (*COLUMNS, "shift")
FIRST = date(2026, 3, 1)
TWO_OFF = Shift(24, 48, FIRST)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("shift", "duty"),
    [
        ("24/48@2026-03-01", "x..x..x..x"),
        ("24/24@2026-03-01", "x.x.x.x.x."),
        ("24/24@2026-03-02", ".x.x.x.x.x"),
        ("48/48@2026-03-01", "xx..xx..xx"),
        ("24/72@2026-03-04", "...x...x.."),
        ("12/36@2026-03-01", "x.x.x.x.x."),
        ("12/24@2026-03-01", "x..x..x..x"),  # a day, the next night, and the rest of the third day off
        ("8/16@2026-03-01", "xxxxxxxxxx"),
    ],
)
def test_so_many_hours_on_and_so_many_off(shift: str, duty: str) -> None:
    written = parse(shift)
    assert written is not None
    assert "".join("x" if on_duty(written, FIRST + timedelta(days=number)) else "." for number in range(10)) == duty


@given(on=st.integers(1, 10), off=st.integers(1, 10), first=days, day=days)
def test_a_shift_of_whole_days_comes_round_before_its_first_day_too(on: int, off: int, first: date, day: date) -> None:
    shift = Shift(on * 24, off * 24, first)
    assert on_duty(shift, first)
    assert not on_duty(shift, first - timedelta(days=1))
    assert on_duty(shift, day) == on_duty(shift, day + timedelta(days=on + off))
    assert sum(on_duty(shift, day + timedelta(days=number)) for number in range(on + off)) == on


@pytest.mark.parametrize("text", ["24/48@2026-03-01", "24 / 48 @ 2026-03-01", "２４/４８＠２０２６-０３-０１"])
def test_a_shift_is_read_as_people_type_it(text: str) -> None:
    assert parse(text) == TWO_OFF


@pytest.mark.parametrize(
    "text", ["24/48", "24-48@2026-03-01", "24/48@2026-02-30", "0/48@2026-03-01", "24/0@2026-03-01", "甲班", "24/48@3月1日"]
)
def test_what_is_no_shift_is_refused(text: str) -> None:
    assert parse(text) is None


def with_shift(row: tuple[str, ...], shift: str) -> tuple[str, ...]:
    return (*row, shift)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def shift_of(office: Office, name: str) -> Shift | None:
    person = office.unit().named(name)
    assert person is not None
    return person.shift


def test_a_sheet_may_have_the_column_and_one_without_it_changes_no_shift(office: Office) -> None:
    sheet = [with_shift(row, "24/48@2026-03-01" if row[2] == "张伟" else "") for row in UNIT]
    result = office.run("import", office.sheet(sheet, header=HEADER))
    assert result.exit_code == 0, result.output
    assert shift_of(office, "张伟") == TWO_OFF
    assert shift_of(office, "王磊") is None

    assert "没有变化" in office.imports(UNIT), "a sheet without the column"
    assert shift_of(office, "张伟") == TWO_OFF

    sheet = [with_shift(row, "24/24@2026-03-02" if row[2] == "张伟" else "") for row in UNIT]
    said = office.run("import", office.sheet(sheet, header=HEADER)).stdout
    assert "修改 人员 张伟（江北站党支部 第一党小组）：轮班 24/48@2026-03-01 → 24/24@2026-03-02" in said
    office.run("import", office.sheet([with_shift(row, "") for row in UNIT], header=HEADER))
    assert shift_of(office, "张伟") is None


@pytest.mark.parametrize("name", ["名册.csv", "名册.xlsx"])
def test_what_is_exported_can_be_imported(office: Office, name: str) -> None:
    office.imports(UNIT)
    plain = office.folder / f"旧{name}"
    assert office.run("export", plain).exit_code == 0
    office.run("import", office.sheet([with_shift(row, "24/48@2026-03-01") for row in UNIT], header=HEADER))
    path = office.folder / f"新{name}"
    assert office.run("export", path).exit_code == 0
    for file, header in ((plain, COLUMNS), (path, HEADER)):
        if name.endswith("csv"):
            assert tuple(file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")) == header
        else:
            assert tuple(cell.value for cell in load_workbook(file).worksheets[0][1]) == header
    assert "没有变化" in office.run("import", path).stdout


def test_a_mistake_in_the_column_is_named_with_its_row_and_what_to_write(office: Office) -> None:
    sheet = [with_shift(row, "上一休二" if row[2] == "张伟" else "") for row in UNIT]
    before = office.stored()
    result = office.run("import", office.sheet(sheet, header=HEADER))
    row = next(number for number, line in enumerate(UNIT, start=2) if line[2] == "张伟")
    assert result.exit_code == 1
    advice = "请写成 24/48@2026-03-01（上 24 小时、休 48 小时，2026-03-01 早上接班），天天上班就空着。"
    assert result.stderr.splitlines() == [f"名册.csv：第 {row} 行：“张伟”的 shift（轮班）“上一休二”看不懂，{advice}"]
    assert office.stored() == before


def test_a_column_that_is_nearly_named_so_is_asked_about(office: Office) -> None:
    result = office.run("import", office.sheet([with_shift(row, "") for row in UNIT], header=(*COLUMNS, "shifts")))
    assert result.stderr.splitlines() == ["名册.csv：第 1 行：不认识“shifts”这一列，是不是 shift？"]


async def set_shift(story: Story, shift: str, *names: str) -> None:
    """The roster says in which shifts some people work."""
    whom = update(MemberRow).where(MemberRow.name.in_(names)).values(shift=shift)
    await story.bot.store.write(lambda session: session.execute(whom))
    await story.bot.office.reload()


async def test_who_came_off_a_night_of_duty_is_left_in_peace_until_the_next_one(story: Story) -> None:
    await set_shift(story, "24/48@2026-03-01", "马腾")  # off from Monday morning to Wednesday morning
    for name in ("刘洋", "常平", "谢天", "王小磊", "欧阳朔"):
        await story.say(name, "36.5 正常")
    await story.at("09:05")
    assert await story.heard_by("马腾") == []
    assert [m for m in await story.heard() if "能联系上" in m.text and "马腾" in m.text] == []
    assert (await story.last_to("刘洋")).split("\n")[1] == "已报 5/5，齐了，不在的：马腾（轮休）"
    await story.say("刘洋", "未报")
    assert await story.last_to("刘洋") == "第二党小组：已报 5/5，齐了，不在的：马腾（轮休）"
    await story.at("20:10")
    assert await story.heard_by("马腾") == [], "no report is owed either"
    await story.forget()
    await story.at("08:25", "2026-03-03")
    assert await story.heard_by("马腾") == []
    await story.at("08:25", "2026-03-04")
    assert len(await story.heard_by("马腾")) == 1


async def test_who_is_off_may_report_all_the_same(story: Story) -> None:
    await set_shift(story, "24/48@2026-03-01", "马腾")
    await story.say("马腾", "36.5 正常")
    assert (await story.last_to("马腾")).startswith("记下了")
    await story.say("刘洋", "未报")
    assert "马腾" not in await story.last_to("刘洋")
    assert await rows(story, LeaveRow) == []


async def test_who_is_off_is_not_asked_about_others_and_the_leader_reads_it_the_evening_before(story: Story) -> None:
    await set_shift(story, "24/24@2026-03-02", "王小磊", "欧阳朔")  # on duty on Monday, off on Tuesday
    await story.at("20:10")
    assert (await story.last_to("刘洋")).split("\n")[-1] == "明天马腾的三人包保都不在，由常平照看。"
    assert not any("三人包保都不在" in text for text in await story.heard_by("李明"))
    await story.at("20:25")
    assert not any("三人包保都不在" in text for text in await story.heard_by("周建国"))
    await story.at("06:10", "2026-03-03")
    for name in ("刘洋", "常平", "谢天"):
        await story.say(name, "36.5 正常")
    await story.at("08:45")
    assert [m.to for m in await story.heard() if "能联系上马腾" in m.text] == ["常平"], "as was said the evening before"


async def test_where_nobody_can_stand_in_the_leader_reads_that_too(story: Story) -> None:
    await set_shift(story, "24/24@2026-03-02", "王小磊", "欧阳朔", "刘洋", "常平", "谢天")
    await story.at("20:10")
    assert (await story.last_to("刘洋")).split("\n")[-1] == "明天马腾的三人包保都不在，组里也没有别人能照看，请您多留意。"


async def test_on_a_friday_the_gap_of_monday_is_named_by_its_day(story: Story) -> None:
    await story.at("18:00", "2026-03-06")
    for name in ("王小磊", "欧阳朔"):
        await story.say(name, "9日到10日休假")
    await story.at("20:10")
    assert (await story.last_to("刘洋")).split("\n")[-1] == "3月9日马腾的三人包保都不在，由常平照看。"


@pytest.mark.parametrize(
    ("day", "following"),
    [("2026-03-02", "2026-03-03"), ("2026-03-06", "2026-03-09"), ("2026-02-13", "2026-02-14"), ("2026-02-14", "2026-02-24")],
)
def test_the_next_working_day(day: str, following: str) -> None:
    assert next_workday(date.fromisoformat(day)) == date.fromisoformat(following)
