"""The pace of a platform: windows that slide, of which a part is kept for alerts."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from bot.channels.channel import Limit
from bot.channels.settings import Wechaty
from bot.channels.wechaty.pace import limits
from bot.pace import Pace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NOTHING = timedelta(0)


def test_a_minute_that_is_full_lets_the_next_go_when_the_first_is_a_minute_old() -> None:
    pace = Pace((Limit(3, MINUTE),))
    for second in (0, 10, 20):
        assert pace.wait("room a", NOON + timedelta(seconds=second)) == timedelta(0)
        pace.note("room a", NOON + timedelta(seconds=second))
    assert pace.wait("room a", NOON + timedelta(seconds=30)) == timedelta(seconds=30)
    assert pace.wait("room a", NOON + MINUTE) == timedelta(0)
    assert pace.wait("room b", NOON + timedelta(seconds=30)) == timedelta(0), "another conversation has its own window"


def test_the_last_places_of_a_window_are_for_alerts() -> None:
    pace = Pace((Limit(5, MINUTE, reserved=2),))
    for _ in range(3):
        pace.note("private a", NOON)
    assert pace.wait("private a", NOON) == MINUTE
    assert pace.left("private a", NOON) == 0
    for _ in range(2):
        assert pace.wait("private a", NOON, alert=True) == timedelta(0)
        pace.note("private a", NOON)
    assert pace.wait("private a", NOON, alert=True) == MINUTE


def test_of_two_windows_the_longer_wait_counts() -> None:
    pace = Pace((Limit(2, MINUTE), Limit(3, HOUR)))
    for minute in (0, 1, 2):
        pace.note("room a", NOON + minute * MINUTE)
    assert pace.wait("room a", NOON + 4 * MINUTE) == 56 * MINUTE
    assert pace.left("room a", NOON + 4 * MINUTE) == 0
    assert pace.left("room a", NOON + HOUR) == 1


def test_a_conversation_in_which_the_platform_takes_nothing_waits_as_long_as_it_said_and_others_do_not() -> None:
    pace = Pace((Limit(5, MINUTE, reserved=2),))
    pace.refused("room a", NOON, MINUTE)
    assert pace.wait("room a", NOON + 20 * SECOND) == 40 * SECOND
    assert pace.wait("room a", NOON + 20 * SECOND, alert=True) == NOTHING, "it may count otherwise, and an alert is worth a try"
    assert pace.wait("room b", NOON + 20 * SECOND) == NOTHING
    assert pace.left("room a", NOON) == 0
    assert pace.left("room b", NOON) == 3
    assert pace.wait("room a", NOON + MINUTE) == NOTHING


def test_what_was_refused_by_a_clock_that_was_ahead_keeps_nobody_waiting() -> None:
    pace = Pace(())
    pace.refused("room a", NOON + HOUR, MINUTE)
    assert pace.wait("room a", NOON) == NOTHING
    assert pace.wait("room a", NOON + HOUR) == NOTHING, "it is forgotten"


def test_where_there_is_no_limit_nothing_waits_and_nothing_is_remembered() -> None:
    pace = Pace(())
    pace.note("room a", NOON)
    assert pace.wait("room a", NOON) == timedelta(0)
    assert pace.left("room a", NOON) is None
    assert pace._sent == {}


def test_a_window_of_all_conversations_counts_them_together() -> None:
    pace = Pace((Limit(2, MINUTE), Limit(3, MINUTE, whole=True)))
    for name in ("room a", "room a", "room b"):
        assert pace.wait(name, NOON) == NOTHING
        pace.note(name, NOON)
    assert pace.wait("room c", NOON + SECOND) == pace.pause(NOON + SECOND) == MINUTE - SECOND
    assert pace.left("room c", NOON) == 0
    assert pace.pause(NOON + MINUTE) == NOTHING
    assert pace.left("room c", NOON + MINUTE) == 2


def test_one_full_conversation_is_no_pause_for_the_others() -> None:
    pace = Pace((Limit(2, MINUTE), Limit(9, MINUTE, whole=True)))
    for _ in range(2):
        pace.note("room a", NOON)
    assert (pace.wait("room a", NOON), pace.pause(NOON)) == (MINUTE, NOTHING)


def test_each_wait_is_longer_by_a_chance_that_is_drawn_once_for_each_message() -> None:
    chances = iter([0.5, 0.0, 1.0])
    pace = Pace((Limit(1, 2 * SECOND, whole=True, jitter=4 * SECOND),), lambda: next(chances))
    moment, gaps = NOON, []
    for name in ("room a", "room b", "private c"):
        pace.note(name, moment)
        wait = pace.wait("room a", moment)
        assert pace.wait("private d", moment) == wait
        for _ in range(3):
            assert pace.wait("room a", moment + SECOND) == wait - SECOND, "to look again does not prolong it"
        assert pace.wait("room a", moment + wait) == NOTHING
        gaps.append(wait / SECOND)
        moment += wait
    assert gaps == [4, 2, 6]
    assert pace.memory == 6 * SECOND


def test_an_alert_does_not_wait_for_a_pause_but_is_followed_by_one() -> None:
    pace = Pace((Limit(1, 2 * SECOND, whole=True), Limit(4, MINUTE, reserved=1, whole=True)))
    pace.note("room a", NOON)
    for _ in range(3):
        assert pace.wait("private b", NOON, alert=True) == NOTHING
        pace.note("private b", NOON)
    assert pace.wait("private b", NOON, alert=True) == MINUTE, "a minute that is full is full for alerts too"
    pace.note("private b", NOON + MINUTE)
    assert pace.pause(NOON + MINUTE + SECOND) == SECOND


@pytest.mark.parametrize(("per_room", "per_minute", "reserved"), [(8, 20, (2, 5)), (1, 2, (0, 1)), (3, 7, (1, 1))])
def test_the_limits_of_an_ordinary_account_keep_about_a_quarter_for_alerts(
    per_room: int, per_minute: int, reserved: tuple[int, int]
) -> None:
    room, whole, pause = limits(Wechaty(per_room=per_room, per_minute=per_minute))
    assert (room.count, room.per, room.whole) == (per_room, MINUTE, False)
    assert (whole.count, whole.per, whole.whole) == (per_minute, MINUTE, True)
    assert (room.reserved, whole.reserved) == reserved
    assert (pause.count, pause.per, pause.jitter, pause.whole) == (1, 2 * SECOND, 3 * SECOND, True)


LIMITS = st.builds(
    lambda count, per, reserved, whole, jitter: Limit(count, per * SECOND, min(reserved, count - 1), whole, jitter * SECOND),
    st.integers(1, 5),
    st.integers(1, 30),
    st.integers(0, 2),
    st.booleans(),
    st.integers(0, 10),
)
WISHES = st.lists(
    st.tuples(st.integers(0, 20_000), st.sampled_from(["room a", "room b", "private c"]), st.booleans(), st.booleans()), max_size=40
)
"""After so many milliseconds something is to be said there: whether it is an alert, and whether it waits or is given up."""


@rules(deadline=None)
@given(st.lists(LIMITS, min_size=1, max_size=3), WISHES, st.randoms(use_true_random=False))
def test_no_window_ever_gets_more_than_it_may(some: list[Limit], wishes: list[tuple[int, str, bool, bool]], chance: Random) -> None:
    pace = Pace(tuple(some), chance.random)
    now, said = NOON, list[tuple[datetime, str, bool]]()
    for milliseconds, name, alert, patient in wishes:
        now += timedelta(milliseconds=milliseconds)
        wait = pace.wait(name, now, alert=alert)
        if not alert:
            assert (wait == NOTHING) == (pace.left(name, now) != 0)
            assert wait >= pace.pause(now)
        if wait and not patient:
            continue
        assert wait <= max(limit.per + limit.jitter for limit in some)
        now += wait
        assert pace.wait(name, now, alert=alert) == NOTHING
        pace.note(name, now)
        said.append((now, name, alert))
    for number, (at, name, alert) in enumerate(said):
        for limit in some:
            before = sum(moment > at - limit.per and (limit.whole or other == name) for moment, other, _ in said[:number])
            if not alert:
                assert before < limit.count - limit.reserved, "the reserved part is left to alerts"
            elif limit.count > 1:
                assert before < limit.count
