"""Two hundred thousand messages that nobody would write: none raises, and what is read of them is sound."""

import pytest

from tests.reading.fuzz import failures

MESSAGES, PARTS = 200_000, 40


@pytest.mark.parametrize("seed", range(PARTS))
def test_disturbed_messages_are_read_soundly(seed: int) -> None:
    found = failures(seed, MESSAGES // PARTS)
    assert not found, "\n".join(found)
