"""The pace of a platform: windows that slide, of which a part is kept for alerts."""

from datetime import UTC, datetime, timedelta

from bot.channels.channel import Limit
from bot.pace import Pace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


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


def test_where_there_is_no_limit_nothing_waits_and_nothing_is_remembered() -> None:
    pace = Pace(())
    pace.note("room a", NOON)
    assert pace.wait("room a", NOON) == timedelta(0)
    assert pace.left("room a", NOON) is None
    assert pace._sent == {}
