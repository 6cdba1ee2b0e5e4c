"""Pasted chains in the shapes that people really give them: headers, numbers, examples, gaps, several lines, several people."""

from datetime import date, datetime

import pytest

from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Form, Reading
from models.roster import Group, Member, Roster
from tests.reading.conftest import Say, told

WELL: tuple[str, ...] = ()
NAMES = (
    "李强 王磊 赵敏 陈志明 林小红 刘洋 孙浩 高峰 马俊 周涛 吴迪 郑凯 冯超 褚健 韩旭 杨帆 朱琳 秦岭 吕行 施工 严冬 金鑫 魏来 姜维 戚继 "
    "谢安 邹阳 喻言 柏松 水清 窦中 章华 李娜"
)
UNIT = Roster(
    organization="支队",
    groups=(
        Group(
            id="g1",
            branch="b1",
            name="第一党小组",
            aliases=("一班",),
            members=(
                *(Member(name=name) for name in NAMES.split()),
                Member(name="张伟", aliases=("Zhang Wei",)),
                Member(name="钱多", aliases=("老钱",)),
                Member(name="王明", aliases=("小明",)),
                Member(name="林华", aliases=("小华",)),
            ),
        ),
    ),
)
PLAIN = {"李明": 36.5, "王磊": 36.4}


@pytest.fixture
def shape(lexicon: Lexicon) -> Say:
    """Have a message read by a unit in which everybody of the shapes is known."""

    def reading(text: str) -> Reading:
        return read(text, "李强", datetime.fromisoformat("2026-03-15T08:05:00+08:00"), UNIT, lexicon)

    return reading


def values(reading: Reading) -> dict[str, float | None]:
    """The temperatures of a chain."""
    assert reading.form is Form.CHAIN
    return {c.person: c.temperature for c in reading.checkins}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "#接龙\n3月15日健康打卡\n\n1. 李强 36.5℃ 正常 在岗\n2. 王磊 36.3 无症状 轮休在家\n3. 赵敏 36.7度 一切正常",
            {"李强": 36.5, "王磊": 36.3, "赵敏": 36.7},
        ),
        ("#接龍\n1. 陳志明 36.4\n2. 林小紅 36.6 無不適", {"陈志明": 36.4, "林小红": 36.6}),
        ("#Group Note\nDaily temp\n\n1. Zhang Wei 36.5\n2. 李娜 36.2", {"张伟": 36.5, "李娜": 36.2}),
        (
            (
                "@党小组长小王  打卡#接龙\n\n3月15日打卡 大家加油💪\n例 姓名 体温 在不在岗\n（可选：思想、困难"
                "\n\n1. 刘洋 36.5 在岗\n2. 孙浩 36.4 休假"
            ),
            {"刘洋": 36.5, "孙浩": 36.4},
        ),
        ("1. 高峰-一班-8年 打卡第19天\n体温36.6\n思想稳定\n2. 马俊 打卡14天 36.5", {"高峰": 36.6, "马俊": 36.5}),
        (
            "#接龙\n1、周涛 36.5\n2，吴迪 36.6\n3）郑凯 36.4\n④冯超 36.7\n（5）褚健 36.3",
            {"周涛": 36.5, "吴迪": 36.6, "郑凯": 36.4, "冯超": 36.7, "褚健": 36.3},
        ),
        ("#接龙\n1. 韩旭 36.5\n3. 杨帆 36.4\n3. 朱琳 36.6", {"韩旭": 36.5, "杨帆": 36.4, "朱琳": 36.6}),
        (
            "(third post) #接龙\n1. 韩旭 36.5\n2. 杨帆 37.4\n3. 朱琳 36.6\n4. 秦岭 36.5",
            {"韩旭": 36.5, "杨帆": 37.4, "朱琳": 36.6, "秦岭": 36.5},
        ),
        ("wxid_abc123:\n#接龙\n1. 老钱 36.6", {"钱多": 36.6}),
        ("#接龙\n1. 吕行 \n2. 施工 36.5", {"施工": 36.5}),
        ("一班接龙\n1. 严冬 36.5\n2. 金鑫\n3. 魏来 36.4 争取明天归队", {"严冬": 36.5, "魏来": 36.4}),
        ("接龙 2/15 夜班测温\n+1 小明 36.4\n+1 小華 36.6", {"王明": 36.4, "林华": 36.6}),
        ("#接龙\n1. 谢安 已报,家属的未报\n2. 邹阳 已报 无异常\n3. 喻言 已报 家属未报", {"邹阳": None}),
        ("1. 柏松 7.50-8.20 早操 36.5\n2. 水清 7点半到九点半 学习", {"柏松": 36.5}),
        ("#接龙 明早八点半测温，收到请接龙\n1. 窦中\n2. 章华", {}),
    ],
)
def test_a_chain_of_the_shapes(shape: Say, text: str, expected: dict[str, float | None]) -> None:
    assert values(shape(text)) == expected


def test_fields_parted_by_strokes_need_no_header(shape: Say) -> None:
    reading = shape("姜维-36.5-在岗-无\n戚继-36.6-休假-无")
    assert told(reading) == {"姜维": (36.5, WELL, True), "戚继": (36.6, WELL, True)}
    assert [leave.person for leave in reading.leaves] == ["戚继"]


def test_who_is_away_in_a_line_may_give_a_temperature_as_well(shape: Say) -> None:
    reading = shape("#接龙\n1. 李强 36.5\n2. 王磊 36.3 轮休在家")
    assert [leave.person for leave in reading.leaves] == ["王磊"]
    assert told(reading)["王磊"] == (36.3, WELL, True)


def test_a_morning_by_the_clock_is_no_leave(shape: Say) -> None:
    assert shape("1. 柏松 7.50-8.20 早操 36.5\n2. 水清 7点半到九点半 学习").leaves == ()


@pytest.mark.parametrize(
    "numbers",
    [
        ("1. ", "2. "),
        ("1.", "2."),
        ("1、", "2、"),
        ("1，", "2，"),
        ("1．", "2．"),
        ("1）", "2）"),
        ("1: ", "2: "),
        ("1-", "2-"),
        ("1 ", "2 "),
        ("01 ", "02 "),
        ("01", "02"),
        ("1", "2"),
        ("（1）", "（2）"),
        ("【1】", "【2】"),
        ("（一）", "（二）"),
        ("一、", "十二、"),
        ("①", "㉑"),
        ("⒈", "⒉"),
        ("⑴", "⑵"),
        ("❶", "❷"),
        ("1️⃣", "2️⃣"),
        ("1️⃣ ", "🔟 "),
        ("No.1 ", "No.2 "),
        ("  1. ", "  2. "),
        ("", ""),
        ("7. ", "7. "),
        ("9. ", "3. "),
        ("+1 ", "+1 "),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n\n"])
def test_numbers_are_written_in_many_ways(say: Say, numbers: tuple[str, str], end: str) -> None:
    text = end.join(["#接龙", "体温", f"{numbers[0]}李明 36.5", f"{numbers[1]}王磊 36.4", ""])
    assert values(say(text, "李明")) == PLAIN


@pytest.mark.parametrize(
    "example",
    [
        "例：张伟 38.5 咳嗽",
        "例 张伟 38.5 咳嗽",
        "例张伟 38.5",
        "样例：张伟 38.5",
        "示例 张伟 38.5",
        "范例：张伟 38.5 咳嗽",
        "格式：张伟 38.5 咳嗽",
        "模板：张伟 38.5",
        "如：张伟 38.5 咳嗽",
        "如 张伟 38.5",
        "例如：张伟 38.5",
        "（例：张伟 38.5）",
        "【示例】张伟 38.5",
        "比如：张伟 38.5",
        "举例：张伟 38.5",
    ],
)
@pytest.mark.parametrize("lines", ["1. 李明 36.5\n2. 王磊 36.4", "李明 36.5\n王磊 36.4"])
def test_an_example_is_nobodys_whatever_it_is_called(say: Say, example: str, lines: str) -> None:
    assert values(say(f"#接龙\n今日体温\n{example}\n{lines}", "李明")) == PLAIN
    assert values(say(f"#接龙\n今日体温\n\n{example}\n\n{lines}", "李明")) == PLAIN


@pytest.mark.parametrize("first", ["1. 例：张伟 38.5 咳嗽", "1. 张伟（示例）38.5 咳嗽", "1. 张伟 38.5 咳嗽（例）", "1. 姓名 体温 有无不适"])
def test_the_first_number_may_be_the_example(say: Say, first: str) -> None:
    assert values(say(f"#接龙\n今日体温\n{first}\n2. 李明 36.5\n3. 王磊 36.4", "李明")) == PLAIN


@pytest.mark.parametrize("header", ["#接龙", "#接龍", "# 接龙", "#Group Note", "接龙", "一班接龙", "各位早，麻烦大家接一下 #接龙"])
def test_headers(say: Say, header: str) -> None:
    assert values(say(f"{header}\n体温\n1. 李明 36.5\n2. 王磊 36.4", "李明")) == PLAIN


@pytest.mark.parametrize(
    "name",
    ["张伟-一班-8年", "一班张伟", "一班 张伟", "江北站-张伟", "江北-战斗一班-张伟", "大螃蟹 张伟", "张伟（一班）", "张伟🌿", "江北站张伟"],
)
def test_a_name_may_stand_beside_station_squad_or_nickname(say: Say, name: str) -> None:
    assert values(say(f"#接龙\n体温\n1. 李明 36.5\n2. {name} 37.8\n3. 王磊 36.4")) == PLAIN | {"张伟": 37.8}


def test_the_value_may_stand_before_the_name(say: Say) -> None:
    assert values(say("#接龙\n体温\n1. 36.5 李明\n2. 36.4℃，王磊")) == PLAIN


def test_the_same_as_above_is_no_measurement_of_its_own(say: Say) -> None:
    assert told(say("#接龙\n体温\n1. 李明 36.5 正常\n2. 王磊 同上\n3. 张伟 同上")) == {
        "李明": (36.5, WELL, True),
        "王磊": (None, WELL, True),
        "张伟": (None, WELL, True),
    }
    assert told(say("#接龙\n体温\n1. 李明 38.5 咳嗽\n2. 王磊 同上"))["王磊"] == (None, ("cough", "fever"), False)


@pytest.mark.parametrize("pair", ["张伟、李明 均正常", "张伟和李明都正常", "张伟 李明 都正常", "张伟/李明 正常", "张伟，李明：均无异常"])
def test_several_people_in_one_line(say: Say, pair: str) -> None:
    assert told(say(f"#接龙\n体温\n1. {pair}\n2. 王磊 36.4")) == {
        "张伟": (None, WELL, True),
        "李明": (None, WELL, True),
        "王磊": (36.4, WELL, True),
    }


def test_several_people_with_values_of_their_own_in_one_line(say: Say) -> None:
    assert values(say("#接龙\n体温\n1. 张伟36.6 李明36.5\n2. 王磊 36.4")) == PLAIN | {"张伟": 36.6}


def test_a_line_for_somebody_else_is_theirs(say: Say) -> None:
    reading = say("#接龙\n体温\n1. 李明 36.5\n2. 替小陈：36.4\n3. 张伟代王磊 36.6\n4. 高强（张伟代报）36.7")
    assert values(reading) == {"李明": 36.5, "陈一": 36.4, "王磊": 36.6, "高强": 36.7}


def test_lines_without_words_say_nothing(say: Say) -> None:
    assert values(say("#接龙\n体温\n1. 李明 36.5\n2. \n3. 王磊 36.4\n4. 张伟\n5.\n6、\n")) == PLAIN


@pytest.mark.parametrize(
    "tail", ["\n请大家20点前完成，有发热咳嗽的私信我", "\n\n有发热咳嗽的马上上报", "\n\n\n以上均正常", "\n未报的抓紧：张伟发烧了没有？"]
)
def test_words_below_the_list_are_nobodys(say: Say, tail: str) -> None:
    assert told(say(f"#接龙\n体温\n1. 李明 36.5\n2. 王磊 36.4{tail}")) == {"李明": (36.5, WELL, True), "王磊": (36.4, WELL, True)}


def test_the_last_entry_may_go_on_below_its_name(say: Say) -> None:
    assert told(say("#接龙\n体温\n1. 李明 36.5\n2. 王磊\n\n36.4\n有点咳嗽"))["王磊"] == (36.4, ("cough",), False)


@pytest.mark.parametrize(
    "title",
    ["周五会餐报名", "夜宵统计", "核酸检测预约", "明天参加党课的接一下", "作训服尺码", "收到请接龙", "投票：去哪儿团建", "带家属的写人数"],
)
def test_what_people_sign_up_for_leaves_nothing(say: Say, title: str) -> None:
    assert say(f"#接龙\n{title}\n1. 李明 9点\n2. 王磊 2人\n3. 张伟 +1").intents == ()


def test_a_childs_illness_in_a_line_is_told_by_whose_line_it_is(say: Say) -> None:
    reading = say("#接龙\n体温\n1. 李明 36.5，孩子36.4\n2. 张伟 36.6，孩子38.2 咳嗽", "李明")
    assert [(c.person, c.teller, c.temperature) for c in reading.checkins if c.person.startswith("family:")] == [
        ("family:孩子", "", 36.4),
        ("family:孩子", "张伟", 38.2),
    ]


def test_every_line_has_the_day_of_the_title(say: Say) -> None:
    assert {c.date for c in say("#接龙\n3.3晚检\n1. 李明 36.5\n2. 王磊 36.4").checkins} == {date(2026, 3, 3)}
