"""What it costs to receive a check-in, without HTTP: read, recorded, answered and committed, beside a bare commit.

Every round is a day of a unit of a thousand (benchmarks/unit.py): each member says one thing, 64 at a time, through the desk of a bot over
a database on the disk; what the bot decides to answer is written, and not sent. The floor, in the same round: the same messages over the
same asyncio queue into one table by plain sqlite3, with the same group commit and the same care for the disk. Processor time of the
whole process is counted, because a busy machine makes no more of it; the median of the rounds, with the least and the most. The reading
and the transaction are timed for themselves, in their threads; the rest is the loop, its queue, and waking threads. Run from the
repository's root: ``python benchmarks/receiving.py``.
"""

import asyncio
import sqlite3
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import unit  # noqa: E402
from bot.channels.registry import capabilities  # noqa: E402
from bot.desk import Desk, Outcome  # noqa: E402
from bot.metrics import Metrics  # noqa: E402
from bot.unit import build_receiver, build_unit  # noqa: E402
from bot.wiring import open_store  # noqa: E402
from models.clock import ManualClock  # noqa: E402
from models.message import Message  # noqa: E402
from services.office import Office  # noqa: E402

DAYS = 7
TASKS = 64
MICROSECONDS = 1e6


class Stopwatch:
    """The processor time that calls of a function took, all together, in whichever thread."""

    def __init__(self) -> None:
        self.taken = 0.0

    @contextmanager
    def on(self, owner: Any, name: str) -> Iterator[None]:
        """Measure every call of an object's method."""
        whole = getattr(owner, name)

        def measured(*args: Any, **more: Any) -> Any:
            start = time.thread_time()
            try:
                return whole(*args, **more)
            finally:
                self.taken += time.thread_time() - start

        setattr(owner, name, measured)
        try:
            yield
        finally:
            delattr(owner, name)


async def through(messages: list[Message], receive: Callable[[Message], Awaitable[object]]) -> float:
    """The processor time of each message, where 64 are on their way all the time."""
    waiting = iter(messages)

    async def one_after_the_other() -> None:
        for message in waiting:
            await receive(message)

    start = time.process_time()
    await asyncio.gather(*(one_after_the_other() for _ in range(TASKS)))
    return (time.process_time() - start) / len(messages)


class Floor:
    """A desk that keeps what was said in one table and does nothing else."""

    def __init__(self, path: Path) -> None:
        self._queue: asyncio.Queue[tuple[Message, asyncio.Future[None]]] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE messages (id TEXT PRIMARY KEY, account TEXT, sent_at TEXT, text TEXT)")

    async def submit(self, message: Message) -> None:
        """Return once the message is committed."""
        done = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((message, done))
        await done

    async def run(self) -> None:
        """Commit together what waits."""
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            rows = [(message.id, message.account, message.sent_at.isoformat(), message.text) for message, _ in batch]
            await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, rows)
            for _, done in batch:
                done.set_result(None)

    def _commit(self, rows: list[tuple[str, str, str, str]]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
        self._database.execute("COMMIT")


async def measure(folder: Path) -> dict[str, list[float]]:
    """By what was measured, the seconds a message takes in each round."""
    settings = unit.settings(folder)
    store = open_store(settings)
    unit.move_in(store)
    clock = ManualClock(unit.MONDAY)
    office = Office(store, clock, build_unit(settings, capabilities(settings.channels)), settings.organization.name)
    await office.reload()
    receiver = build_receiver(settings)
    desk = Desk(office, receiver, Metrics(), lambda: None)
    desk.start()
    floor = Floor(folder / "floor.db")
    running = asyncio.create_task(floor.run())
    taken: dict[str, list[float]] = {"floor": [], "whole": [], "reading": [], "transaction": []}
    for day in range(DAYS + 1):
        clock.set(unit.MONDAY + timedelta(days=day))
        messages = list(unit.said(clock.now()))
        bare = await through(messages, floor.submit)
        reading, transaction = Stopwatch(), Stopwatch()
        with reading.on(receiver, "look"), transaction.on(store, "write_now"):
            whole = await through(messages, desk.submit)
        if day:  # the first one warms up
            for name, seconds in zip(taken, (bare, whole, reading.taken / len(messages), transaction.taken / len(messages)), strict=True):
                taken[name].append(seconds)
    outcomes = set(await asyncio.gather(*map(desk.submit, messages)))
    assert outcomes == {Outcome.REPEATED}, outcomes
    running.cancel()
    await desk.stop()
    store.close()
    return taken


def main() -> None:
    """Measure and print a small table."""
    with TemporaryDirectory() as folder:
        taken = asyncio.run(measure(Path(folder)))
    taken["rest"] = [w - r - t for w, r, t in zip(taken["whole"], taken["reading"], taken["transaction"], strict=True)]
    floor = statistics.median(taken["floor"])
    print(f"{'processor time of a message':34s}{'µs':>8s}{'least':>8s}{'most':>8s}{'× floor':>9s}")
    for name, title in (
        ("floor", "floor: bare group commit"),
        ("whole", "received, recorded, answered"),
        ("reading", "  of this reading"),
        ("transaction", "  the transaction"),
        ("rest", "  the rest"),
    ):
        middle, least, most = (f(taken[name]) * MICROSECONDS for f in (statistics.median, min, max))
        print(f"{title:34s}{middle:8.0f}{least:8.0f}{most:8.0f}{middle / floor / MICROSECONDS:9.1f}")


if __name__ == "__main__":
    main()
