"""Who is away, from when, to when."""

from datetime import date

import pytest

from tests.reading.conftest import Say


def away(say: Say, text: str, sender: str = "张伟") -> list[tuple[str, str, str | None]]:
    return [(leave.person, leave.first.isoformat(), leave.last.isoformat() if leave.last else None) for leave in say(text, sender).leaves]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本人3月20日至27日休年假回老家", ("张伟", "2026-03-20", "2026-03-27")),
        ("请假三天，从明天开始，回家看看老人", ("张伟", "2026-03-05", "2026-03-07")),
        ("明天去总队出差送材料，周五回", ("张伟", "2026-03-05", "2026-03-06")),
        ("13、14号两天我去总队参加通信岗位培训", ("张伟", "2026-03-13", "2026-03-14")),
        ("下周一到周三去训保支队轮训", ("张伟", "2026-03-09", "2026-03-11")),
        ("即日起休年假，休到3月16号（含），17号上班", ("张伟", "2026-03-04", "2026-03-16")),
        ("班长，下个月13号到19号我想把年休用了", ("张伟", "2026-04-13", "2026-04-19")),
        ("下午请个假带孩子打疫苗，晚饭前回", ("张伟", "2026-03-04", "2026-03-04")),
        ("李明明天请假去开家长会，一班晨会我带", ("李明", "2026-03-05", "2026-03-05")),
        ("徐正常同志今日起借调总队，归期待定", ("徐正常", "2026-03-04", None)),
        ("报备：高强5号到6号回乡扫墓，7号早上归队 @周建国", ("高强", "2026-03-05", "2026-03-06")),
        ("9.9—9.11去成都跟班学习", ("张伟", "2026-09-09", "2026-09-11")),
        ("我爸住院，我要马上请假回去", ("张伟", "2026-03-04", None)),
        ("8号到12号回家结婚，已批", ("张伟", "2026-03-08", "2026-03-12")),
        ("5日休假", ("张伟", "2026-03-05", "2026-03-05")),
        ("6号休", ("张伟", "2026-03-06", "2026-03-06")),
        ("5日起休假", ("张伟", "2026-03-05", None)),
        ("下周一到周三去总队学习", ("张伟", "2026-03-09", "2026-03-11")),
        ("我回老家三天", ("张伟", "2026-03-04", "2026-03-06")),
        ("后天开始休息五天，回趟老家", ("张伟", "2026-03-06", "2026-03-10")),
        ("最近不许请假。我妈住院，明天请假一天，站长批了", ("张伟", "2026-03-05", "2026-03-05")),
    ],
)
def test_leave_is_read_with_its_days(say: Say, text: str, expected: tuple[str, str, str | None]) -> None:
    assert away(say, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "请假一律报我这里",
        "谁请假了？",
        "已归队销假，36.5",
        "端午19到21号不休，主动留守",
        "请假条放你桌上了",
        "如果下周请假怎么办",
        "今天组织培训了新同志，明天整理培训材料",
        "大家请假提前说",
        "明天上午9点全站大会，不许请假",
        "明天全员在岗，不得请假",
        "这周一律不批假",
        "6号到8号战备，取消休假",
    ],
)
def test_talk_about_leave_is_no_leave(say: Say, text: str) -> None:
    assert away(say, text) == []


def test_what_is_denied_for_one_holiday_is_no_denial_of_the_other(say: Say) -> None:
    assert away(say, "中秋三天我不休，换班给陈一；国庆10.1到10.4我休，已报指导员") == [("张伟", "2026-10-01", "2026-10-04")]


def test_a_correction_of_leave_keeps_the_new_days(say: Say) -> None:
    reading = say("请假日期更正一下，是3月12日到14日，不是11日")
    assert reading.correction
    assert [(leave.first, leave.last) for leave in reading.leaves] == [(date(2026, 3, 12), date(2026, 3, 14))]
