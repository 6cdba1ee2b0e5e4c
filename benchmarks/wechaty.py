"""How many messages a second come from a Wechaty gateway to committed records, beside a client that does nothing but fetch them.

A real gateway (tests/gateway: Wechaty's own server, in Node) over an account that is played. In each round both contenders take their turn,
each a process of its own over a gateway with the same world: the unit of a thousand (benchmarks/unit.py) in its groups' chats, where all of
tests/corpus/dev.jsonl is said in turn, chatter and reports as they are mixed there, as fast as the gateway tells of it.

- The stub (the floor) is the Wechaty project's own client: its stream of events, `message_payload` of each message, as many at a time
  as the bot asks, and nothing else.
- The bot is the whole of it, but for its web server: it fetches, knows who speaks, reads, drops chatter, commits what remains, decides what
  to answer. It speaks at its human pace, so that nearly all answers wait.

The clock runs from the first message that the gateway is told of until the last one is fetched, or committed. Processor time is that of the
contender's process with all its threads, without that of the gateway and of whoever plays the people; memory is by how much its peak is
above what it held before. A message that is missing ends the measuring. Linux only. Run from the repository's root:
``python -m benchmarks.wechaty``, or ``make bench``.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import unit
from benchmarks.corpus import messages
from benchmarks.wechaty_contenders import BOT, STUB, chats, people
from bot.config import REPOSITORY
from tests.gateway.gateway import Gateway, running_gateway
from tests.gateway.packages import missing

MICROSECONDS, MEGABYTE = 1e6, 1024
SECONDS = 300.0


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds, and in each how many messages warm up and how many count."""

    rounds: int
    warm: int
    counted: int


FULL, QUICK = Size(rounds=5, warm=800, counted=4000), Size(rounds=1, warm=40, counted=120)


@dataclass(frozen=True)
class Turn:
    """What one turn of a contender came to, for the messages that count: seconds, processor seconds, kilobytes."""

    count: int
    seconds: float
    processor: float
    memory: int
    stored: int = 0
    reading: float = 0.0
    transaction: float = 0.0


async def say_all(gateway: Gateway, members: dict[str, list[str]], first: int, count: int) -> None:
    """So many messages, a group after the other; in each its members take turns, and so do the texts in all of them."""
    said = [message["text"] for message in messages("dev.jsonl")]
    each = -(-count // len(members))
    for room, accounts in members.items():
        part = min(each, count)
        if part <= 0:
            return
        texts = [said[(first + number) % len(said)] for number in range(part)]
        await gateway.burst(part, room, accounts, texts, first=first)
        first, count = first + part, count - part


async def turn(name: str, size: Size, folder: Path) -> Turn:
    """One contender, over a gateway of its own. Raises SystemExit where it fails."""
    lines = people()
    members = chats(lines)
    async with running_gateway(started=False, clock=lambda: unit.MONDAY) as gateway:
        for line in lines:
            await gateway.contact(line.wechat_id or "", line.name)
        for room, accounts in members.items():
            await gateway.room(room, room, dict.fromkeys(accounts, ""))
        await gateway.start()
        command = (sys.executable, "-m", "benchmarks.wechaty_contenders", name, gateway.endpoint, gateway.token, str(folder))
        process = await asyncio.create_subprocess_exec(
            *command, cwd=REPOSITORY, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdin is not None
        assert process.stdout is not None

        async def next_line() -> dict[str, Any]:
            assert process.stdout is not None
            async with asyncio.timeout(SECONDS):
                line = await process.stdout.readline()
            if not line:
                raise SystemExit(f"{name} ended before it had all messages")
            found: dict[str, Any] = json.loads(line)
            return found

        await next_line()
        await say_all(gateway, members, 1, size.warm)
        process.stdin.write(f"{size.warm}\n".encode())
        before = await next_line()
        start = time.perf_counter()
        process.stdin.write(f"{size.warm + size.counted}\n".encode())
        await say_all(gateway, members, size.warm + 1, size.counted)
        after = await next_line()
        seconds = time.perf_counter() - start
        process.stdin.write(b"\n")
        await process.wait()
    spent = {key: after[key] - before[key] for key in ("processor", "stored", "reading", "transaction") if key in after}
    return Turn(count=size.counted, seconds=seconds, memory=after["VmHWM"] - before["VmRSS"], **spent)


def spread(values: Sequence[float], form: str = ".0f") -> str:
    """The median, and the least and the most."""
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def table(turns: dict[str, list[Turn]]) -> Iterator[str]:
    """The contenders, and the parts of what the bot does, in Markdown."""
    yield "| | messages/s | of the floor | processor µs a message | × floor | memory, MB more | messages | kept |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    floor = turns[STUB]
    for name, mine in turns.items():
        cells = (
            spread([one.count / one.seconds for one in mine]),
            spread([its.seconds / one.seconds for one, its in zip(mine, floor, strict=True)], ".2f"),
            spread([one.processor / one.count * MICROSECONDS for one in mine]),
            spread([one.processor / its.processor for one, its in zip(mine, floor, strict=True)], ".2f"),
            spread([one.memory / MEGABYTE for one in mine], ".1f"),
            str(sum(one.count for one in mine)),
            str(sum(one.stored for one in mine)) if name == BOT else "",
        )
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield "| of the bot's processor time | µs a message |"
    yield "|---|--:|"
    bots = turns[BOT]
    for title, part in (
        ("reading", lambda one: one.reading),
        ("the transactions", lambda one: one.transaction),
        ("the rest: events, fetching, who speaks, the loop", lambda one: one.processor - one.reading - one.transaction),
    ):
        yield f"| {title} | {spread([part(one) / one.count * MICROSECONDS for one in bots])} |"


async def measure(size: Size, folder: Path) -> dict[str, list[Turn]]:
    """The turns of both, a round after the other."""
    turns: dict[str, list[Turn]] = {STUB: [], BOT: []}
    for number in range(size.rounds):
        for name, mine in turns.items():
            with TemporaryDirectory(dir=folder) as empty:
                mine.append(await turn(name, size, Path(empty)))
            sys.stderr.write(f"round {number + 1}: {name}: {size.counted / mine[-1].seconds:.0f}/s\n")
    return turns


def main() -> None:
    """Measure and print the tables; or be a contender."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "data", help="where the databases go: a disk, no memory")
    parser.add_argument("--quick", action="store_true", help="a few messages, to see that it works; the figures mean nothing")
    args = parser.parse_args()
    if reason := missing():
        print(f"messages from a Wechaty gateway are not measured: {reason}")
        return
    args.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=args.folder) as folder:
        turns = asyncio.run(measure(QUICK if args.quick else FULL, Path(folder)))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores\n", *table(turns), sep="\n")


if __name__ == "__main__":
    main()
