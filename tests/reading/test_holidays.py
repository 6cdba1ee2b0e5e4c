"""Leave that names a holiday instead of days: the days are those of its year."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar import Holiday

from handlers.reading.leave.holidays import upcoming
from tests.reading.conftest import Say


def away(say: Say, text: str, day: str) -> list[tuple[str, str | None]]:
    found = say(text, at=f"{day}T08:05:00+08:00").leaves
    return [(leave.first.isoformat(), leave.last.isoformat() if leave.last else None) for leave in found]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("中秋请假回家", "2026-09-10", ("2026-09-25", "2026-09-27")),
        ("班长，中秋节我想请假回趟老家", "2026-09-10", ("2026-09-25", "2026-09-27")),
        ("端午休假", "2026-06-01", ("2026-06-19", "2026-06-21")),
        ("春节请假回家过年", "2026-01-20", ("2026-02-15", "2026-02-23")),
        ("过年休假", "2026-01-20", ("2026-02-15", "2026-02-23")),
        ("国庆休假回家", "2026-09-10", ("2026-10-01", "2026-10-07")),
        ("十一长假我请假回老家", "2026-09-10", ("2026-10-01", "2026-10-07")),
        ("元旦请假", "2025-12-28", ("2026-01-01", "2026-01-03")),
        ("端午休假", "2024-06-01", ("2024-06-08", "2024-06-10")),
        # in 2025 both were one holiday
        ("中秋请假回家", "2025-09-20", ("2025-10-01", "2025-10-08")),
        # so many days of it as are counted
        ("国庆请假三天", "2026-09-10", ("2026-10-01", "2026-10-03")),
        # it has begun; it is over
        ("中秋休假", "2026-09-26", ("2026-09-25", "2026-09-27")),
        ("端午休假", "2025-06-10", ("2026-06-19", "2026-06-21")),
        # the year is not published
        ("国庆休假", "2033-09-10", ("2033-10-01", "2033-10-07")),
        ("中秋休假", "2028-09-10", ("2028-10-03", "2028-10-03")),
        ("春节休假", "2030-01-10", ("2030-02-02", "2030-02-05")),
    ],
)
def test_a_holiday_says_the_days_of_a_leave(say: Say, text: str, day: str, expected: tuple[str, str | None]) -> None:
    assert away(say, text, day) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中秋请假，9月24号走，28号回", ("2026-09-24", "2026-09-28")),
        ("中秋我值班，9月28到30补休三天", ("2026-09-28", "2026-09-30")),
        ("国庆物资点完了，明天请假一天", ("2026-09-11", "2026-09-11")),
        ("今天起休假三天，中秋值班", ("2026-09-10", "2026-09-12")),
    ],
)
def test_days_that_are_said_count_more_than_the_name_of_a_holiday(say: Say, text: str, expected: tuple[str, str | None]) -> None:
    assert away(say, text, "2026-09-10") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "中秋前请假回家",
        "国庆后休假",
        "过完中秋请假回家",
        "中秋值班，不休假",
        "中秋不回家",
        "中秋谁请假？",
        "国庆一律不许请假",
        "中秋班次自己接龙 别让我排 排了又骂",
        "中秋节快乐，休假的也快乐",
        "去年中秋休假回家，路上堵了一夜",
    ],
)
def test_nobody_is_away_because_a_holiday_is_spoken_of(say: Say, text: str) -> None:
    assert away(say, text, "2026-09-10") == []


def test_whose_days_nobody_knows_yet_is_not_away_from_today(say: Say) -> None:
    assert away(say, "端午休假", "2040-05-01") == []
    assert away(say, "请假回家", "2040-05-01") == [("2040-05-01", None)]


@pytest.mark.parametrize("holiday", [h for h in Holiday if h is not Holiday.anti_fascist_70th_day])
def test_a_holiday_is_free_from_its_first_day_to_its_last_and_not_over(holiday: Holiday) -> None:
    for ahead in range(365 * 3):
        today = date(2023, 1, 1) + timedelta(days=ahead)
        span = upcoming(holiday, today)
        assert span is not None
        first, last = span
        assert last >= today
        assert last - first <= timedelta(days=8)
        assert all(chinese_calendar.is_holiday(first + timedelta(days=n)) for n in range((last - first).days + 1) if last.year < 2027)
