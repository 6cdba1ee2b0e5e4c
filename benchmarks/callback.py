"""How many messages a second the app's callback takes, beside the least that such a server must do and what is commonly used.

Four contenders, one after the other on the same core, each a process of its own over a fresh SQLite file with synchronous=FULL:

- the floor (floor.py): bare aiohttp that verifies, decrypts, parses, and commits one row together with those that wait as well;
- the project: the real ``python -m bot run`` with the demo unit's people. It reads every message, writes its records, decides what is
  answered, commits, answers with 200, and sends as in life, to a platform on the load's core that takes everything (sink.py); the
  channel's own pace (30 messages a minute to a person) holds most of it back, as in life. What it sends after the last request is not
  waited for;
- the same with a platform that never answers, so that nothing is sent: what receiving alone costs;
- the common stack (common_stack.py): wechatpy and Flask under gunicorn with one worker and 8 threads, a commit for each row. It is no part
  of the project: ``python -m venv X``, ``X/bin/pip install flask gunicorn wechatpy cryptography``, and ``--rival-python X/bin/python``.

The load (load.py) keeps 64 connections busy from another core, with the same bytes for all. In each of five rounds every contender has its
turn: started, warmed up, measured as fast as it answers; the project then at half of the rate it has just shown, where a wait counts from
when the request was due. Then it is killed, and its rows are counted: every request must have been answered with 200 and be there.

Processor time is that of all threads and processes of the server, out of /proc, which others on the machine disturb little; requests a
second by the clock are what it comes to on a machine that is not busy. The table shows medians of the rounds and, in brackets, the least
and the most; each share of the floor is that of its own round. Linux only. Run from the repository's root:
``python -m benchmarks.callback``, or ``make bench``.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from benchmarks.contenders import COMMON, CONTENDERS, FLOOR, HELD_BACK, LOAD_CORE, PROJECT, kill, on_core, start, unit, why_not
from benchmarks.load import Load, check_ins, requests
from benchmarks.sink import Sink
from bot.config import REPOSITORY

MICROSECONDS, MILLISECONDS = 1e6, 1e3
SHARE_OF_FLOOR, TIMES_COMMON, P99_MILLISECONDS = 0.45, 4.0, 60.0
"""What is aimed at."""


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds, and in each how many requests warm up, count, and are paced."""

    rounds: int
    warm: int
    counted: int
    paced: int


FULL, QUICK = Size(rounds=5, warm=400, counted=2000, paced=1000), Size(rounds=1, warm=16, counted=48, paced=16)


@dataclass(frozen=True)
class Turn:
    """What one turn of a contender came to. Processor times are seconds a request; `p99` is seconds, of the project alone."""

    rate: float
    processor: float
    load: float
    answered: int
    stored: int
    p99: float | None = None


async def turn(name: str, made: Sequence[bytes], size: Size, folder: Path, rival_python: str) -> Turn:
    """Start a contender, ask it all this, kill it, count its rows. Raises SystemExit where one request was not taken."""
    sink, load, paced = Sink(), Load(), None
    sink.silent = name == HELD_BACK
    server, process = await start(name, folder, await sink.open(), rival_python)
    try:
        await load.open(server.port)
        warm = await load.as_fast_as_answered(made[: size.warm])
        before, own = server.processor_seconds(), time.process_time()
        counted = await load.as_fast_as_answered(made[size.warm : size.warm + size.counted])
        own, spent = time.process_time() - own, server.processor_seconds() - before
        rate = size.counted / counted.seconds
        if name == PROJECT:
            paced = await load.at_rate(made[size.warm + size.counted :], rate / 2)
    finally:
        kill(process)
        load.close()
        sink.close()
    parts = [part for part in (warm, counted, paced) if part is not None]
    answered = sum(part.statuses.get(200, 0) for part in parts)
    asked, stored = sum(len(part.waits) for part in parts), server.stored()
    if not asked == answered == stored:
        statuses = [part.statuses for part in parts]
        raise SystemExit(f"{name}: of {asked} requests {answered} were answered with 200 and {stored} are stored; statuses: {statuses}")
    p99 = None if paced is None else statistics.quantiles(paced.waits, n=100)[-1]
    return Turn(rate, spent / size.counted, own / size.counted, answered, stored, p99)


async def measure(size: Size, folder: Path, names: Sequence[str], rival_python: str) -> dict[str, list[Turn]]:
    """The turns of every contender, a round after the other."""
    said = check_ins({line.name: line.wecom_userid for line in unit()})
    turns: dict[str, list[Turn]] = defaultdict(list)
    for number in range(size.rounds):
        made = requests(said, size.warm + size.counted + size.paced)
        for name in names:
            with TemporaryDirectory(dir=folder) as empty:
                turns[name].append(await turn(name, made, size, Path(empty), rival_python))
            sys.stderr.write(f"round {number + 1}: {name}: {turns[name][-1].rate:.0f}/s\n")
    return turns


def spread(values: Sequence[float], form: str = ".0f") -> str:
    """The median, and the least and the most."""
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def table(turns: dict[str, list[Turn]], missing: str | None) -> Iterator[str]:
    """Every contender as a row, in Markdown."""
    yield "| | processor µs a request | × floor | requests/s | of the floor | load's µs | answered 200 | stored |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    floor = turns[FLOOR]
    for name in CONTENDERS:
        if name not in turns:
            yield f"| {name} | not measured: {missing} | | | | | | |"
            continue
        mine = turns[name]
        cells = (
            spread([one.processor * MICROSECONDS for one in mine]),
            spread([one.processor / (its.processor or 1) for one, its in zip(mine, floor, strict=True)], ".2f"),
            spread([one.rate for one in mine]),
            spread([one.rate / its.rate for one, its in zip(mine, floor, strict=True)], ".2f"),
            f"{statistics.median(one.load * MICROSECONDS for one in mine):.0f}",
            str(sum(one.answered for one in mine)),
            str(sum(one.stored for one in mine)),
        )
        yield f"| {name} | {' | '.join(cells)} |"


def targets(turns: dict[str, list[Turn]]) -> Iterator[str]:
    """What is aimed at, and whether it is reached, in Markdown."""
    mine = turns[PROJECT]
    p99s = [one.p99 * MILLISECONDS for one in mine if one.p99 is not None]
    yield "| aim | measured | |"
    yield "|---|---|---|"
    for other, least, aim in ((FLOOR, SHARE_OF_FLOOR, "of the floor"), (COMMON, TIMES_COMMON, "times the common stack")):
        if other in turns:
            pairs = list(zip(mine, turns[other], strict=True))
            share = statistics.median(one.rate / its.rate for one, its in pairs)
            by_processor = statistics.median(its.processor / one.processor for one, its in pairs if one.processor)
            measured = f"{share:.2f} by the clock, {by_processor:.2f} by processor time"
            yield f"| at least {least:g} {aim} | {measured} | {met(share >= least)} |"
    reached = met(statistics.median(p99s) < P99_MILLISECONDS)
    yield f"| p99 below {P99_MILLISECONDS:.0f} ms at half its own maximum | {spread(p99s, '.1f')} ms | {reached} |"


def met(reached: bool) -> str:
    """In a word."""
    return "met" if reached else "not met"


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rival-python", default=sys.executable, help="the interpreter that has Flask, gunicorn and wechatpy")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "data", help="where the databases go: a disk, no memory")
    parser.add_argument("--quick", action="store_true", help="a few requests, to see that it works; the figures mean nothing")
    args = parser.parse_args()
    missing = why_not(args.rival_python)
    names = [name for name in CONTENDERS if name != COMMON or missing is None]
    args.folder.mkdir(parents=True, exist_ok=True)
    with on_core(LOAD_CORE), TemporaryDirectory(dir=args.folder) as folder:
        turns = uvloop.run(measure(QUICK if args.quick else FULL, Path(folder), names, args.rival_python))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores\n", *table(turns, missing), "", *targets(turns), sep="\n")


if __name__ == "__main__":
    main()
