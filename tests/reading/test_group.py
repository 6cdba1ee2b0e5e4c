"""A leader's report for a whole group."""

from datetime import date

import pytest

from models.reading import GroupReport, Intent
from tests.reading.conftest import Say, told


def report(say: Say, text: str, sender: str = "李明") -> GroupReport:
    found = say(text, sender).group_report
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("一班应到6人，实到6人，体温全部正常", (6, 6)),
        ("第一党小组应到六人、实到六人，均无发热咳嗽等症状", (6, 6)),
        ("一班6/6，全员正常，最高36.8最低36.2", (6, 6)),
        ("一班6人到齐，36.2～36.7，无异常", (6, 6)),
        ("我班6人全部在位，无发热无咳嗽", (6, 6)),
        ("一班6人今日体温全部正常。", (6, None)),
        ("一班在位5人，都正常", (None, 5)),
        ("组别|应到|实到|异常|备注\n一班|6|6|0|无", (6, 6)),
    ],
)
def test_counts_are_read(say: Say, text: str, counts: tuple[int | None, int | None]) -> None:
    found = report(say, text)
    assert (found.expected, found.present) == counts
    assert found.all_normal


def test_absent_members_are_exceptions_and_leave_is_leave(say: Say) -> None:
    reading = say("三班：应到6，实到5（艾力出差），在位人员体温均正常", "吴静")
    assert reading.group_report is not None
    assert (reading.group_report.group, reading.group_report.exceptions, reading.group_report.all_normal) == ("g3", ("艾力·买买提",), True)
    assert [(leave.person, leave.first, leave.last) for leave in reading.leaves] == [("艾力·买买提", date(2026, 3, 4), None)]


def test_being_out_on_a_call_is_absence_and_no_leave(say: Say) -> None:
    reading = say("二班应到6人，实到5人，马腾出警未归，在位体温正常", "刘洋")
    assert reading.group_report is not None
    assert (reading.group_report.exceptions, reading.leaves) == (("马腾",), ())


def test_a_sick_member_is_an_exception_with_a_check_in(say: Say) -> None:
    reading = say("第一党小组应到六人，实到六人。高强体温三十七度五，其余五人正常。", "李明")
    assert reading.group_report is not None
    assert (reading.group_report.exceptions, reading.group_report.all_normal) == (("高强",), False)
    assert told(reading) == {"高强": (37.5, ("fever",), False)}


def test_a_sick_member_is_never_lost_behind_all_normal(say: Say) -> None:
    reading = say("一班6/6，全员正常，就是陈一有点拉肚子", "李明")
    assert told(reading) == {"陈一": (None, ("diarrhea",), False)}
    assert reading.group_report is not None
    assert not reading.group_report.all_normal


def test_a_zero_report_counts_nobody(say: Say) -> None:
    found = report(say, "一班零报告：昨夜至今无伤病、无发热、无失联。")
    assert (found.expected, found.present, found.all_normal) == (None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "晚点名我要抽查，应到多少实到多少张口就得来",
        "三班今天还有两个没报的",
        "各组今晚九点前报两样：人数、伤病。",
        "3/3 36.4 3/4 36.6",
        "我们班6个人聚餐，谁去报名",
    ],
)
def test_other_counts_are_no_group_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


def test_a_squads_daily_report_with_all_normal_is_both(say: Say) -> None:
    reading = say("一班：上午跑了5公里，下午水枪打靶。全员正常。明天检查安全绳。", "李明")
    assert {Intent.GROUP_REPORT, Intent.REPORT} <= set(reading.intents)


def test_the_evidence_of_a_count_is_its_number_and_of_the_group_its_name(say: Say) -> None:
    text = "本组应到6人，实到5人，韩冰请假，其余正常"
    found = [(e.field, text[e.start : e.end]) for e in report(say, text, "吴静").evidence]
    assert found == [
        ("group", "本组"), ("expected", "6"), ("present", "5"), ("all_normal", "其余正常"), ("exception:韩冰", "韩冰请假"),
    ]  # fmt: skip
