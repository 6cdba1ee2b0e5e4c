"""A weekend said on one of its days, whom one calls before one's value, and being well without a value."""

from datetime import date

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    ("sent", "text", "day"),
    [
        (date(2026, 3, 8), "周末值班，36.5", date(2026, 3, 8)),
        (date(2026, 3, 7), "周末值班，36.5", date(2026, 3, 7)),
        (date(2026, 3, 8), "上周末36.6", date(2026, 2, 28)),
        (date(2026, 3, 9), "周末36.6", date(2026, 3, 7)),
        (date(2026, 3, 4), "周末愉快，36度", date(2026, 3, 4)),
    ],
)
def test_a_weekend_is_today_where_today_belongs_to_it(say: Say, sent: date, text: str, day: date) -> None:
    assert only(say(text, at=f"{sent}T08:05:00+08:00")).date == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("静姐，36.5", {"张伟": (36.5, (), True)}),
        ("李班长，体温36.7", {"张伟": (36.7, (), True)}),
        ("静姐36.5", {"吴静": (36.5, (), True)}),
        ("静姐，她36.5", {"吴静": (36.5, (), True)}),
        ("静姐，36.5，凯子，36.6", {"吴静": (36.5, (), True), "郑凯": (36.6, (), True)}),
        ("静姐，36.5，她让我报的", {"吴静": (36.5, (), True)}),
        ("高强，36.5", {"高强": (36.5, (), True)}),
    ],
)
def test_who_is_called_by_a_title_is_told_the_senders_value(say: Say, text: str, expected: dict[str, object]) -> None:
    assert told(say(text)) == expected


@pytest.mark.parametrize("text", ["体温没量，好着呢", "今天忘量了，没事", "体温计坏了没测，身体好着呢", "没顾上量，好着呢"])
def test_who_could_not_measure_may_be_well(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (None, (), True)}


@pytest.mark.parametrize("text", ["水压没测，没事", "还没量，没事，一会儿再量", "他没量，好着呢", "体温没测，应该没事"])
def test_who_is_not_said_to_be_well_is_not(say: Say, text: str) -> None:
    assert say(text).checkins == ()
