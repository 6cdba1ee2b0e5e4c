"""The rules of being under watch by themselves: which days end it, when an answer is overdue, when somebody is lost, what a rise is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policies import Watching
from services.under_watch import is_in_hospital
from services.watching import Contact, Health, State, illnesses, rise

POLICY = Watching()
FEVER = 37.3
FIRST = date(2026, 3, 2)
MARKS = {"+": Health.ILL, "-": Health.WELL, "?": Health.UNCERTAIN}


def told(days: str, *, needed: int = 3) -> list[tuple[int, int | None]]:
    """Each time under watch by the numbers of its first and its last day. A mark is a day, a dot one without a word; the last is today."""
    known = {FIRST + timedelta(days=n): MARKS[mark] for n, mark in enumerate(days) if mark in MARKS}
    found = illnesses(known, FIRST + timedelta(days=len(days) - 1), needed)
    return [((one.since - FIRST).days, None if one.over is None else (one.over - FIRST).days) for one in found]


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ("", []),
        ("-----", []),
        ("?..-?", []),
        ("+", [(0, None)]),
        ("+---", [(0, None)]),  # the third of them is today, and may still bring a relapse
        ("+---.", [(0, 3)]),
        ("+---+", [(0, 3), (4, None)]),
        ("+--+---", [(0, None)]),
        ("+--+---.", [(0, 6)]),
        ("+--.---.", [(0, 6)]),  # a day without a word is no normal day
        ("+--?---.", [(0, 6)]),
        ("+--?--", [(0, None)]),
        ("-+-+---.", [(1, 6)]),
        ("+---+---.", [(0, 3), (4, 7)]),
        ("..+......", [(2, None)]),
    ],
)
def test_three_normal_days_in_a_row_end_it(days: str, times: list[tuple[int, int | None]]) -> None:
    assert told(days) == times


def test_a_unit_decides_how_many_days_it_takes() -> None:
    assert told("+-.", needed=1) == [(0, 1)]
    assert told("+----.", needed=5) == [(0, None)]


@given(st.text("+-?.", max_size=40))
def test_whatever_the_days_bring_the_times_follow_each_other(days: str) -> None:
    times = told(days)
    assert all(over is not None for _, over in times[:-1]), "only the last one may last"
    for since, over in times:
        assert days[since] == "+"
        assert over is None or (days[over - 2 : over + 1] == "---" and over < len(days) - 1)
    bounds = [bound for time in times for bound in time if bound is not None]
    assert bounds == sorted(set(bounds))
    covered = {day for since, over in times for day in range(since, (len(days) if over is None else over + 1))}
    assert {day for day, mark in enumerate(days) if mark == "+"} <= covered, "nobody who is ill is left out"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{moment}").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def contact(reported: str, *asked: str, heard: str | None = None, away: bool = False) -> Contact:
    return Contact(at(reported), at(heard or reported), [at(moment) for moment in asked], away)


@pytest.mark.parametrize(
    ("known", "now", "state"),
    [
        (contact("02T06:05"), "05T06:05", State.WATCHED),  # nobody asked, so nobody can have failed to answer
        (contact("02T06:05", "02T12:25"), "02T13:54", State.WATCHED),
        (contact("02T06:05", "02T12:25"), "02T13:55", State.OVERDUE),
        (contact("02T12:26", "02T12:25"), "02T18:34", State.WATCHED),
        (contact("02T12:26", "02T12:25", "02T18:35"), "02T20:05", State.OVERDUE),
        (contact("02T06:05", "02T12:25", "02T18:35"), "03T06:04", State.OVERDUE),
        (contact("02T06:05", "02T12:25", "02T18:35"), "03T06:05", State.LOST),
        (contact("02T06:05", "02T12:25", "02T18:35", heard="02T18:00"), "03T17:59", State.OVERDUE),  # a daily report is a word, no answer
        (contact("02T06:05", "02T12:25", "02T18:35", heard="02T18:00"), "03T18:00", State.LOST),
        (contact("02T07:40", "02T12:25", "02T18:35", "03T07:25"), "03T08:54", State.OVERDUE),  # what was just asked gets its time
        (contact("02T07:40", "02T12:25", "02T18:35", "03T07:25"), "03T08:55", State.LOST),
        (contact("02T06:05", "02T12:25", "02T18:35", "03T07:25"), "03T07:25", State.LOST),  # who was lost before is not found by a question
        (contact("02T12:25", "02T18:35", "03T12:25"), "03T12:25", State.LOST),  # a question of that very minute comes too late
        (contact("02T06:05", "03T07:25"), "03T08:54", State.WATCHED),  # the bot was off: the answer gets its time
        (contact("02T06:05", "03T07:25"), "03T08:55", State.LOST),
        (contact("02T08:00", "03T07:25", away=True), "04T07:59", State.WATCHED),  # who is away is asked once a day
        (contact("02T08:00", "03T07:25", away=True), "04T08:00", State.LOST),
    ],
)
def test_an_answer_is_overdue_and_somebody_lost_from_one_minute_on(known: Contact, now: str, state: State) -> None:
    assert known.state(at(now), POLICY) is state


@pytest.mark.parametrize(
    ("temperature", "earlier", "above"),
    [
        (37.1, [36.4, 36.4, 36.4, 36.4, 36.4], 0.7),
        (37.0, [36.4, 36.4, 36.4, 36.4, 36.4], 0.6),
        (36.9, [36.3, 36.3, 36.3, 36.3, 36.3], 0.6),  # 36.9 - 36.3 is less than 0.6 in binary
        (36.9, [36.4, 36.4, 36.4, 36.4, 36.4], None),
        (36.9, [36.3, 36.3, 36.3, 36.4, 36.4, 36.4], None),  # the median of an even number: 36.35, and 0.55 above it
        (37.0, [36.3, 36.3, 36.3, 36.4, 36.4, 36.4], 0.65),
        (37.2, [36.6, 36.6, 36.6, 36.6, 36.6], 0.6),
        (37.3, [36.6, 36.6, 36.6, 36.6, 36.6], None),  # a fever, and not a rise
        (37.2, [36.5, 36.5, 36.5, 36.5], None),  # too few to compare with
        (37.1, [36.4, 36.4, 38.5, 36.4, 39.0], 0.7),  # one illness does not move the median
    ],
)
def test_a_rise_is_counted_in_tenths_against_the_own_median(temperature: float, earlier: list[float], above: float | None) -> None:
    assert rise(temperature, earlier, POLICY, FEVER) == above


@given(st.integers(350, 372), st.lists(st.integers(350, 400), min_size=5, max_size=5))
def test_a_rise_of_whole_tenths_is_exact(now: int, before: list[int]) -> None:
    found = rise(now / 10, [value / 10 for value in before], POLICY, FEVER)
    above = now - sorted(before)[2]
    assert (found is not None) is (above >= 6)
    assert found is None or round(found * 10) == above


@pytest.mark.parametrize(
    ("words", "so"),
    [
        ("住院了", True),
        ("我住院了，在市一院", True),
        ("今天住院了", True),
        ("在住院", True),
        ("烧得厉害，医生让住院", True),
        ("我妈住院没人陪护", False),
        ("不用住院", False),
        ("出院了", False),
        ("孩子住院，家里没人", False),
        ("住院费太贵", False),
    ],
)
def test_only_who_says_so_of_themselves_is_in_hospital(words: str, *, so: bool) -> None:
    assert is_in_hospital(words) is so
