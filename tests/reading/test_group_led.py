"""A leader speaks of the own group by the way it is told: 三班正常, the others beside an exception, two numbers."""

import pytest

from models.reading import GroupReport
from tests.reading.conftest import Say


def told(report: GroupReport | None) -> tuple[int | None, int | None, bool, tuple[str, ...]] | None:
    """What a group report says of numbers and persons."""
    return None if report is None else (report.expected, report.present, report.all_normal, report.exceptions)


@pytest.mark.parametrize(
    ("sender", "text"),
    [("李明", "一班正常"), ("吴静", "三班，正常"), ("黄敏", "机关组正常"), ("刘洋", "二班无异常"), ("李明", "我们一班一切正常。")],
)
def test_the_group_by_its_name_is_well(say: Say, sender: str, text: str) -> None:
    assert told(say(text, sender).group_report) == (None, None, True, ())


@pytest.mark.parametrize(
    ("sender", "text", "exception", "healthy"),
    [
        ("刘洋", "除了马腾请假，其他人都正常", "马腾", True),
        ("李明", "除了高强37.8，其他都正常", "高强", False),
        ("李明", "除高强外都正常", "高强", True),
        ("李明", "除了高强，其他人都正常", "高强", True),
        ("吴静", "其他人都正常，就冯雪没来", "冯雪", True),
        ("吴静", "除冯雪休假外，其他人正常", "冯雪", True),
    ],
)
def test_all_but_one_are_well(say: Say, sender: str, text: str, exception: str, healthy: bool) -> None:
    reading = say(text, sender)
    assert told(reading.group_report) == (None, None, healthy, (exception,))
    assert {checkin.person for checkin in reading.checkins} <= {exception}


@pytest.mark.parametrize("text", ["5人正常，1人请假", "5个正常，1个休假", "二班5人正常，1人请假"])
def test_who_is_well_and_who_is_away_are_all(say: Say, text: str) -> None:
    reading = say(text, "刘洋")
    assert told(reading.group_report) == (6, 5, True, ())
    assert reading.leaves == ()
    assert reading.checkins == ()


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("谢天", "二班正常"),
        ("刘洋", "三班正常"),
        ("张伟", "除了高强请假，其他人都正常"),
        ("李明", "一班36.5正常"),
        ("李明", "一班正常训练"),
        ("李明", "36.5，除了有点咳，其他正常"),
        ("李明", "家里都正常，就孩子37.8"),
        ("李明", "其他都正常"),
    ],
)
def test_what_is_no_word_of_the_leader_on_the_group_is_none(say: Say, sender: str, text: str) -> None:
    assert say(text, sender).group_report is None


@pytest.mark.parametrize(
    ("text", "sender", "counts", "missing"),
    [
        ("云飞培训还没回 一班应到6实到5 其他人都正常", "李明", (6, 5), ("赵云飞",)),
        ("静姐休假 我来替她报 三班应到6实到5 均正常", "郑凯", (6, 5), ("吴静",)),
        ("其余5人都在，陈一请假", "李明", (None, 5), ("陈一",)),
        ("今天一班就差云飞没来，别的都齐", "李明", (None, None), ("赵云飞",)),
        ("到了五个，高强没来，家里有事", "李明", (None, 5), ("高强",)),
        ("二班点名：六缺一，谢天输液", "刘洋", (6, 5), ("谢天",)),
        ("机关组6人，体温全部正常，徐正常去市局送文件路上。", "黄敏", (6, None), ("徐正常",)),
        ("昨天报的三班实到6人写错了，是5人，冯雪送材料未归，其余正常", "吴静", (6, 5), ("冯雪",)),
        ("应到8实到7，小陈去医院拿药", "李明", (8, 7), ("陈一",)),
    ],
)
def test_who_is_missing_by_any_reason(say: Say, text: str, sender: str, counts: tuple[int | None, int | None], missing: tuple[str]) -> None:
    group = say(text, sender).group_report
    assert group is not None
    assert ((group.expected, group.present), group.exceptions) == (counts, missing)


def test_who_is_counted_as_not_well(say: Say) -> None:
    group = say("二班晨检汇总：总数6，正常5，异常1（谢天，37.4℃，腹泻），已就医。", "刘洋").group_report
    assert group is not None
    assert not group.all_normal


def test_a_question_of_something_else_asks_no_count(say: Say) -> None:
    text = "三班应到6人实到6人，艾力刚才突然喘不上气，36.9，其余正常。值机缺人，支队能不能现在派一个来顶"
    assert say(text, "吴静").group_report is not None


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("我跟云飞两个都到位了，体温正常", "张伟"),
        ("陈一和云飞在我这儿，俩人都在，都正常", "张伟"),
        ("一屋四个人都在里面住着，电热水器漏电，碰水龙头都冒火花，今晚必须断电修", "马腾"),
        ("后勤三个人就剩我一个在，两个借调走了，采购报销伙食全压我这，再这么下去要出错", "黄敏"),
        ("跟班爬坡五公里，最后一个到的，最后一个到也是到", "欧阳朔"),
        ("安全员培训，签到表上应到四十个，实到三十三个", "沈冬"),
    ],
)
def test_those_who_are_named_one_alone_and_short_hands_are_no_group(say: Say, text: str, sender: str) -> None:
    assert say(text, sender).group_report is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("替高强和云飞报一下，都36.5", {"高强", "赵云飞"}),
        ("陈一和云飞在我这儿，俩人都在，都正常", {"陈一", "赵云飞"}),
        ("我跟谢天，都36.6", {"张伟", "谢天"}),
        ("王磊和李明去支队，都正常", {"王磊", "李明"}),
        ("谢天、马腾陪我去的医院，都36.5", {"张伟"}),
    ],
)
def test_who_is_listed_right_before_shares_it(say: Say, text: str, people: set[str]) -> None:
    assert {c.person for c in say(text).checkins} == people


def test_who_is_listed_and_ill_is_not_well_by_what_is_said_of_both(say: Say) -> None:
    people = {c.person: c.healthy for c in say("高强咳嗽，高强和云飞在宿舍，都正常").checkins}
    assert people.get("高强") is False
