"""The guard: what is old or was taken before stays outside; what could not be taken may come again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.wecom.replay import ReplayGuard

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


def asked(guard: ReplayGuard, signature: str = "s", *, at: int = 0, now: datetime = NOW) -> str | None:
    """What the guard says of a delivery whose timestamp is `at` seconds from NOW."""
    return guard.problem(signature, str(SECONDS + at), now)


@pytest.mark.parametrize(("at", "problem"), [(0, None), (-300, None), (300, None), (-301, "age"), (301, "age"), (-SECONDS, "age")])
def test_five_minutes_of_difference_are_allowed_both_ways(at: int, problem: str | None) -> None:
    assert asked(ReplayGuard(), at=at) == problem


@pytest.mark.parametrize(
    "timestamp", ["", "now", "-1767225600", "1767225600.0", " 1767225600", "１７６７２２５６００", "1_767_225_600", "9" * 5000, "²"]
)
def test_a_timestamp_is_a_plain_number_of_seconds(timestamp: str) -> None:
    assert ReplayGuard().problem("s", timestamp, NOW) == "timestamp"


def test_what_was_taken_is_a_replay_the_second_time() -> None:
    guard = ReplayGuard()
    assert asked(guard) is None
    guard.taken("s", NOW)
    assert asked(guard) == "repeated"
    assert asked(guard, "another") is None


def test_what_was_answered_with_503_is_let_in_again() -> None:
    guard = ReplayGuard()
    assert asked(guard) is None
    assert asked(guard, now=NOW + timedelta(seconds=5)) is None


@pytest.mark.parametrize("ahead", [0, 150, 300])
def test_what_was_taken_is_known_for_as_long_as_its_timestamp_passes(ahead: int) -> None:
    guard = ReplayGuard()
    for second in range(0, 1200, 7):  # a busy channel: the memory turns over
        now = NOW + timedelta(seconds=second)
        guard.taken(f"other {second}", now)
        if second == 350:
            guard.taken("s", now)
        if second > 350:
            assert asked(guard, at=350 + ahead, now=now) in {"repeated", "age"}


def test_it_forgets_in_time_and_its_memory_is_bounded() -> None:
    guard = ReplayGuard(capacity=100)
    for number in range(1000):
        guard.taken(str(number), NOW)
        assert len(guard._recent) + len(guard._older) <= 100
        assert asked(guard, str(number)) == "repeated"
    assert asked(guard, "990") == "repeated"
    assert asked(guard, "1") is None

    quiet = ReplayGuard()
    quiet.taken("s", NOW)
    for minutes in (11, 22):
        quiet.taken(f"later {minutes}", NOW + timedelta(minutes=minutes))
    assert quiet._recent | quiet._older == {"later 11", "later 22"}


def test_a_clock_that_is_set_back_does_no_harm() -> None:
    guard = ReplayGuard()
    guard.taken("s", NOW)
    guard.taken("t", NOW - timedelta(days=1))
    assert asked(guard) == "repeated"
