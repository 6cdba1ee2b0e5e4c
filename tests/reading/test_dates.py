"""The day a value is about."""

from datetime import date, datetime

from handlers.reading.dates import days
from tests.reading.conftest import TODAY, Say, only


def by_day(say: Say, text: str, at: str = "2026-03-04T08:05:00+08:00") -> dict[str, float | None]:
    return {c.date.isoformat()[5:]: c.temperature for c in say(text, at=at).checkins}


def test_yesterday_and_the_days_before(say: Say) -> None:
    assert by_day(say, "补报昨天：36.5，正常") == {"03-03": 36.5}
    assert by_day(say, "前天36.4，昨天36.6，今天36.5") == {"03-02": 36.4, "03-03": 36.6, "03-04": 36.5}


def test_dates_and_days_of_the_month(say: Say) -> None:
    assert by_day(say, "2号36.5，3号36.6，今天36.4，均正常") == {"03-02": 36.5, "03-03": 36.6, "03-04": 36.4}
    assert by_day(say, "1.29 36.4\n1.30 36.5", "2026-02-01T09:00:00+08:00") == {"01-29": 36.4, "01-30": 36.5}


def test_several_days_said_together_take_the_values_in_turn(say: Say) -> None:
    assert by_day(say, "补报3月1日、2日体温：36.5、36.6") == {"03-01": 36.5, "03-02": 36.6}


def test_a_span_of_days_takes_the_values_in_turn_or_one_for_all(say: Say) -> None:
    assert by_day(say, "补1号到3号的：36.5 36.6 36.4") == {"03-01": 36.5, "03-02": 36.6, "03-03": 36.4}
    assert by_day(say, "3月1日至3日体温均为36.5") == {"03-01": 36.5, "03-02": 36.5, "03-03": 36.5}


def test_leave_to_come_takes_no_value_away_from_today(say: Say) -> None:
    assert by_day(say, "3月20日休假，今晚38.5") == {"03-04": 38.5}


def test_a_day_said_after_the_value_belongs_to_it(say: Say) -> None:
    assert by_day(say, "写串行了，37.2是昨天的，今天36.6") == {"03-03": 37.2, "03-04": 36.6}


def test_a_weekday_is_the_latest_one(say: Say) -> None:
    assert by_day(say, "周一那天36.7") == {"03-02": 36.7}


def test_a_day_to_come_has_no_value_yet(say: Say) -> None:
    assert only(say("昨天开会，今天36.6明天还不知道")).date == TODAY


def test_a_car_number_is_no_day() -> None:
    assert days("37号车和8号车都在3号楼下", TODAY) == []


def test_impossible_dates_are_none() -> None:
    assert [d.day for d in days("2月30日，2月28日", TODAY)] == [date(2026, 2, 28)]


def test_the_day_is_that_of_the_senders_zone(say: Say) -> None:
    assert only(say("36.5", at="2026-03-03T23:30:00+08:00")).date == date(2026, 3, 3)
    assert only(say("36.5", at="2026-03-03T23:30:00+00:00")).date == date(2026, 3, 3)


def test_times_at_the_ends_of_the_calendar_raise_nothing(say: Say) -> None:
    for moment in (datetime.min, datetime.max):  # noqa: DTZ901 - only their digits are used
        say("昨天36.5，下周一到周五休假", at=moment.isoformat() + "+00:00")
