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
