"""Two hundred thousand messages that nobody would write: none raises, and what is read of them is sound."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from tests.reading.fuzz import failures

MESSAGES, PARTS, PROCESSES = 200_000, 40, 2


def test_two_hundred_thousand_disturbed_messages_are_read_soundly() -> None:
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = [failure for part in pool.map(failures, range(PARTS), [MESSAGES // PARTS] * PARTS) for failure in part]
    assert not found, "\n".join(found[:5])
