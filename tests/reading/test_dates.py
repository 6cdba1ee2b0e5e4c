"""The day a value is about."""

from datetime import date, datetime

import pytest

from handlers.reading.text.dates import days
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


@pytest.mark.parametrize(
    ("text", "temperatures"),
    [
        ("昨天晒了一天宣传牌，36.5", {"03-04": 36.5}),
        ("就是腿酸 昨天蹲起做猛了 别的木有 36.4", {"03-04": 36.4}),
        ("昨晚警报器边上站久了，耳朵嗡嗡响，36.6", {"03-04": 36.6}),
        ("昨晚开始发烧，38.5", {"03-04": 38.5}),
        ("昨天忘报了，36.7", {"03-03": 36.7}),
        ("昨天，36.7", {"03-03": 36.7}),
        ("上周五落了一天，那天36.5，今天36.4", {"02-27": 36.5, "03-04": 36.4}),
        ("昨天还有点发烧，37.4，今天降到36.7了", {"03-03": 37.4, "03-04": 36.7}),
        ("前天昨天连着烧，38.6、38.1，今天36.8，缓过来了", {"03-02": 38.6, "03-03": 38.1, "03-04": 36.8}),
        ("三十六度四，昨儿也是，前儿也是", {"03-02": 36.4, "03-03": 36.4, "03-04": 36.4}),
        ("昨儿漏报，补上：昨36.7，今36.5", {"03-03": 36.7, "03-04": 36.5}),
        ("半小时前36.5", {"03-04": 36.5}),
    ],
)
def test_a_day_on_which_nothing_was_measured_keeps_no_value(say: Say, text: str, temperatures: dict[str, float]) -> None:
    assert by_day(say, text) == temperatures


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("头疼，不咳了，36.5", ("headache",)),
        ("昨晚吐了，今天不吐了，就是软，36.3", ("fatigue",)),
        ("肚子疼，拉肚子止住了，36.6", ("stomach_pain",)),
        ("烧退了，36.8，还是没劲", ("fatigue",)),
        ("昨晚拉了四五趟，今早没再拉，36.9", ()),
        ("嗓子不疼了，36.5", ()),
    ],
)
def test_what_is_over_ends_only_what_it_names(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert only(say(text)).symptoms == symptoms


@pytest.mark.parametrize(
    ("text", "temperatures"),
    [
        ("训练前36.5", {"03-04": 36.5}),
        ("归队前36.7", {"03-04": 36.7}),
        ("吃药前38.5，吃药后37.1", {"03-04": 38.5}),
        ("睡前37.6，早起36.5", {"03-04": 37.6}),
        ("打针前39.1，打完37.2", {"03-04": 39.1}),
        ("前36.5，昨36.6，今36.4", {"03-02": 36.5, "03-03": 36.6, "03-04": 36.4}),
        ("昨36.7今36.5前36.4", {"03-02": 36.4, "03-03": 36.7, "03-04": 36.5}),
    ],
)
def test_before_something_is_not_the_day_before_yesterday(say: Say, text: str, temperatures: dict[str, float]) -> None:
    assert by_day(say, text) == temperatures


@pytest.mark.parametrize(("text", "symptom"), [("从前天起头疼", "headache"), ("从前天开始咳嗽", "cough"), ("从前晚开始拉肚子", "diarrhea")])
def test_since_the_day_before_yesterday_is_no_old_time(say: Say, text: str, symptom: str) -> None:
    assert only(say(text)).symptoms == (symptom,)


@pytest.mark.parametrize("text", ["从前天天训练到吐", "从前天气冷，总咳嗽", "从前头疼，现在好了", "从前晚上总失眠"])
def test_old_times_are_no_day_before_yesterday(say: Say, text: str) -> None:
    assert say(text).checkins == ()
