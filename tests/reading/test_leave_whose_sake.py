"""A leave of weeks, and one for the sake of somebody of the family: it is the speaker who goes."""

from datetime import date

import pytest

from tests.reading.conftest import Say

Days = list[tuple[str, date, date | None]]


def leaves(say: Say, text: str, sender: str = "张伟") -> Days:
    """Who is away from when to when."""
    return [(leave.person, leave.first, leave.last) for leave in say(text, sender).leaves]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("外出培训一周", 4, 10),
        ("外出学习两周", 4, 17),
        ("外出集训半个月", 4, 18),
        ("明天外出培训一周", 5, 11),
        ("下周一外出培训一周", 9, 15),
        ("我外出见学一周", 4, 10),
        ("外出培训一周，准备考核", 4, 10),
        ("探亲一周", 4, 10),
    ],
)
def test_weeks_of_a_course_that_is_gone_to_are_a_leave(say: Say, text: str, first: int, last: int) -> None:
    assert leaves(say, text) == [("张伟", date(2026, 3, first), date(2026, 3, last))]


@pytest.mark.parametrize(
    "text",
    [
        "外出培训一周，收获很大",
        "外出培训一周了，有点想家",
        "外出培训一周的体会",
        "外出培训一周终于结束了",
        "外出学习一周学到很多",
        "上周外出培训一周",
        "外出执勤一周",
        "值班一周",
        "业务学习一周",
    ],
)
def test_weeks_that_are_over_or_of_duty_are_none(say: Say, text: str) -> None:
    assert leaves(say, text) == []


@pytest.mark.parametrize(
    ("text", "person", "days"),
    [
        ("老婆生孩子请假一周", "张伟", 7),
        ("媳妇生娃请假一周", "张伟", 7),
        ("媳妇生孩子请三天假", "张伟", 3),
        ("王磊老婆生孩子请假一周", "王磊", 7),
        ("带孩子请假两天", "张伟", 2),
        ("照顾母亲请假三天", "张伟", 3),
        ("陪我妈请假两天做检查", "张伟", 2),
        ("伺候老娘请假五天", "张伟", 5),
        ("看望父亲请假两天", "张伟", 2),
    ],
)
def test_who_goes_for_the_sake_of_the_family_is_away(say: Say, text: str, person: str, days: int) -> None:
    assert leaves(say, text) == [(person, date(2026, 3, 4), date(2026, 3, 3 + days))]


@pytest.mark.parametrize(
    "text",
    [
        "老婆请假一周",
        "老婆请假陪我去复查",
        "孩子请假一天，发烧",
        "我妈请假三天带孩子",
        "老婆送孩子请假半天",
        "我爸陪我妈请假去复查",
        "媳妇为了带孩子请假一周",
    ],
)
def test_one_of_the_family_who_takes_leave_puts_nobody_on_leave(say: Say, text: str) -> None:
    assert leaves(say, text) == []


@pytest.mark.parametrize("text", ["老婆生孩子请假一周", "爱人分娩，请假三天", "我姐生孩子，我请两天假"])
def test_a_birth_in_the_family_is_a_need_beside_the_leave(say: Say, text: str) -> None:
    reading = say(text)
    assert reading.leaves
    assert reading.hardship is not None


@pytest.mark.parametrize("text", ["媳妇想生孩子", "我妈催我生孩子", "老婆不想生孩子", "老婆生孩子那年我在值班", "隔壁家生孩子了"])
def test_a_birth_that_is_only_spoken_of_is_none(say: Say, text: str) -> None:
    assert say(text).hardship is None
