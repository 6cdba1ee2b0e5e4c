"""Every mistake in a roster file is a clear line that says where and what to do, and nothing is changed."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.roster_files import MOST_BYTES, RosterError, read_roster
from models.roster import Role
from models.roster_check import check
from models.roster_sheet import COLUMNS, RosterLine
from tests.roster_office import UNIT, Office, Row, changed

EXTRA: Row = ("江北站党支部", "第二党小组", "常平", "member", "", "", "", "", "")


def added(**cells: str) -> list[Row]:
    """The unit and one more line, 9."""
    return [*UNIT, tuple(cells.get(column, cell) for column, cell in zip(COLUMNS, EXTRA, strict=True))]


def refused(office: Office, path: Path) -> list[str]:
    """The lines that a refused import says; nothing was changed by it."""
    before = office.stored()
    result = office.run("import", path)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert office.stored() == before
    lines = result.stderr.splitlines()
    assert all(line.startswith(f"{path.name}：") for line in lines)
    return [line.removeprefix(f"{path.name}：") for line in lines]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.imports(UNIT)
    return office


NAMESAKES = "同一个人只能在一处，请删掉一行；若是同名的两个人，请给两行都填上 wecom_userid 或 wechat_id。"
ROLES = "请写 member（成员）、leader（组长）、deputy（副书记）、secretary（书记）、duty_officer（值班员）中的一个。"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (added(name=""), "第 10 行：name（姓名）是空的，请填上；这一行不要了就整行删掉。"),
        (added(wecom_userid="@all"), "第 10 行：wecom_userid“@all”不是一个人的账号，请只填这个人自己在企业微信里的账号。"),
        (added(wecom_userid="lisi|wangwu"), "第 10 行：wecom_userid“lisi|wangwu”不是一个人的账号，请只填这个人自己在企业微信里的账号。"),
        (added(wecom_userid="li si"), "第 10 行：wecom_userid“li si”不是一个人的账号，请只填这个人自己在企业微信里的账号。"),
        (added(role="组长"), "第 10 行：role（角色）“组长”不认识，请写 leader。"),
        (added(role="memebr"), "第 10 行：role（角色）“memebr”不认识，请写 member。"),
        (
            added(role="队医"),
            f"第 10 行：role（角色）“队医”不认识，{ROLES}",
        ),
        (
            added(role=""),
            f"第 10 行：role（角色）是空的，{ROLES}",
        ),
        (added(branch=""), "第 10 行：小组“第二党小组”没有写 branch（党支部），请补上。"),
        (added(group=""), "第 10 行：“常平”是成员，但没有写 group（党小组），请补上。"),
        (added(role="deputy"), "第 10 行：“常平”是副书记，属于支部、不属于小组，请把 group 空着。"),
        (added(role="deputy", group="", branch=""), "第 10 行：“常平”是副书记，属于支部、不属于小组，请补上 branch（党支部）。"),
        (added(role="leader"), "第 10 行：“第二党小组”在第 7 行已有组长刘洋，请只留一位，另一位写 member。"),
        (added(role="secretary", group=""), "第 10 行：“江北站党支部”在第 2 行已有书记周建国，请只留一位，另一位可写 deputy。"),
        (added(name="张伟"), f"第 10 行：“张伟”在第 5 行（第一党小组）和第 10 行（第二党小组）都有。{NAMESAKES}"),
        (added(name="张伟", wecom_userid="zhangwei"), f"第 10 行：“张伟”在第 5 行（第一党小组）和第 10 行（第二党小组）都有。{NAMESAKES}"),
        (added(name="张伟", wechat_id="wx-zw"), f"第 10 行：“张伟”在第 5 行（第一党小组）和第 10 行（第二党小组）都有。{NAMESAKES}"),
        (added(name="于海"), f"第 10 行：“于海”在第 9 行（值班员）和第 10 行（第二党小组）都有。{NAMESAKES}"),
        (
            added(name="刘洋", wecom_userid="other"),
            "第 10 行：“第二党小组”里有两个“刘洋”（另一个在第 7 行），请删掉一行，或者改成能分清的名字。",
        ),
        (
            added(wecom_userid="zhangwei"),
            "第 10 行：wecom_userid“zhangwei”在第 5 行已用于张伟，一个账号只能是一个人，请改正或删掉一行。",
        ),
        (
            added(wechat_id="wx-liming"),
            "第 10 行：wechat_id“wx-liming”在第 4 行已用于李明，一个账号只能是一个人，请改正或删掉一行。",
        ),
        (added(aliases="小常|刘洋"), "第 10 行：常平的别名“刘洋”是第 7 行的姓名，同组里分不清，请换一个。"),
        (changed(added(), "刘洋", aliases="常平"), "第 7 行：刘洋的别名“常平”是第 10 行的姓名，同组里分不清，请换一个。"),
        (
            changed(added(aliases="老刘"), "刘洋", aliases="老刘"),
            "第 10 行：常平的别名“老刘”和第 7 行刘洋的一样，同组里分不清，请改一个。",
        ),
        (added(group="第二党小组|一班"), "第 10 行：“第二党小组”的班组名“一班”在第 4 行是“第一党小组”的，请改一个。"),
        (added(post="战斗\u200b员"), "第 10 行：post 里有看不见的字符，请删掉这一格重新输入。"),
        (added(name="常\x00平"), "第 10 行：name 里有看不见的字符，请删掉这一格重新输入。"),
        (added(aliases="长" * 201), "第 10 行：aliases 太长了，最多 200 个字。"),
    ],
)
def test_a_mistake_is_one_line_that_says_where_and_what_to_do(office: Office, rows: list[Row], says: str) -> None:
    assert refused(office, office.sheet(rows)) == [says]


def test_several_mistakes_are_said_at_once_in_the_order_of_the_rows(office: Office) -> None:
    lines = refused(office, office.sheet(changed(added(role="x"), "张伟", role="y")))
    assert [line.partition("：")[0] for line in lines] == ["第 5 行", "第 10 行"]


def test_a_flood_of_mistakes_is_cut_short(office: Office) -> None:
    result = office.run("import", office.sheet([(*EXTRA[:2], "", *EXTRA[3:])] * 300))
    assert len(result.stderr.splitlines()) == 51
    assert "还有 250 处" in result.stderr


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (("branch", "group", "nmae", *COLUMNS[3:]), ["第 1 行：不认识“nmae”这一列，是不是 name？"]),
        ((*COLUMNS[:8], ""), ["第 1 行：缺少“wechat_id”这一列，请加上（内容可以空着）。"]),
        (
            (*COLUMNS[:8], "trio"),
            ["第 1 行：“trio”这一列有 2 个，请只留一个。", "第 1 行：缺少“wechat_id”这一列，请加上（内容可以空着）。"],
        ),
        ((*COLUMNS, "电话"), [f"第 1 行：不认识“电话”这一列，可用的列是 {','.join(COLUMNS)}。"]),
        (("", *COLUMNS), ["第 1 行：有一列没有列名，请补上，或者删掉这一列。"]),
    ],
)
def test_a_wrong_header_names_the_column_and_the_nearest_known_one(office: Office, header: Row, says: list[str]) -> None:
    assert refused(office, office.sheet(UNIT, header=header)) == says


def test_columns_may_stand_in_any_order_and_empty_rows_between(office: Office) -> None:
    rows = [tuple(reversed(row)) for row in UNIT]
    path = office.sheet([*rows[:3], ("",) * 9, *rows[3:]], header=tuple(name.upper() for name in reversed(COLUMNS)))
    result = office.run("import", path)
    assert "没有变化" in result.stdout


def test_blanks_between_the_characters_of_a_name_do_not_make_another_person(office: Office) -> None:
    assert "没有变化" in office.imports(changed(UNIT, "张伟", name=" 张　伟 "))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.csv", b"", f"第 1 行：没有表头，第一行应当是 {','.join(COLUMNS)}。"),
        ("表头.csv", f"{','.join(COLUMNS)}\n".encode(), "第 2 行：名册里一个人也没有，请从第 2 行起一人一行填写。"),
        ("多.csv", f"{','.join(COLUMNS)}\n,,于海,duty_officer,,,,,,多\n".encode(), "第 2 行：比表头多出了格子，请看看是不是多了一个逗号。"),
        ("引号.csv", f'{",".join(COLUMNS)}\n,,"于海,duty_officer,,,,,\n'.encode(), "第 2 行：引号没有配对，或者这一格太长，请检查。"),
        ("坏.xlsx", b"PK\x03\x04 not a zip", "不是完好的 .xlsx 文件，请在 Excel 或 WPS 里打开，再另存一次。"),
        ("旧.xls", b"\xd0\xcf\x11\xe0", "只能用 .csv 或 .xlsx 文件，请在 Excel 或 WPS 里另存为其中一种。"),
        (
            "unicode.csv",
            "branch,group,name\n,,于海\n".encode("utf-16"),
            "第 1 行：文字编码认不出来，请在 Excel 或 WPS 里另存为“CSV UTF-8”。",
        ),
        ("大.csv", b"x" * (MOST_BYTES + 1), "文件超过 10 MB，不像是名册，请检查选对了没有。"),
    ],
)
def test_a_file_that_is_no_roster_is_one_line(office: Office, name: str, content: bytes, says: str) -> None:
    path = office.folder / name
    path.write_bytes(content)
    assert refused(office, path) == [says]


def test_utf8_with_one_damaged_byte_is_not_taken_for_gbk(office: Office) -> None:
    """Read as GBK it would import garbled names without a word."""
    path = office.sheet(UNIT)
    damaged = path.read_bytes().replace("张伟".encode(), "张".encode() + b"\xe4\xbc", 1)
    path.write_bytes(damaged)
    assert refused(office, path) == ["第 5 行：文字编码认不出来，请在 Excel 或 WPS 里另存为“CSV UTF-8”。"]


def test_a_file_that_is_not_there_is_one_line(office: Office) -> None:
    (line,) = refused(office, office.folder / "没有.csv")
    assert line.startswith("打不开（")


def test_a_mistake_in_the_configuration_is_said_before_anything_is_changed(office: Office) -> None:
    path = office.sheet(UNIT)
    office.config.write_text("organisation: {}\n", encoding="utf-8")
    result = office.run("import", path)
    assert result.exit_code == 1
    assert "did you mean organization?" in result.stderr


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.csv", "any.xlsx"):
        path = folder / name
        path.write_bytes(",".join(COLUMNS).encode() + b"\n" + content if name.endswith("csv") else content)
        with suppress(RosterError):
            assert read_roster(path)


cells = st.text(alphabet="甲乙|'= \x00,\"\n", max_size=3)


@given(
    st.lists(st.builds(RosterLine, row=st.integers(2, 9), branch=cells, group=cells, name=cells, role=st.sampled_from(["", "x", *Role])))
)
def test_checking_never_fails_and_speaks_in_printable_lines(lines: list[RosterLine]) -> None:
    assert all(problem.startswith("第 ") and problem.isprintable() for problem in check(lines))
