"""The two that are compared by wechaty.py: each a process of its own.

It prints a line of JSON when it is ready. For each line of standard input that says how many messages there are by then, it prints another
one when it has them all; an empty line ends it. Run as ``python -m benchmarks.wechaty_contenders NAME ENDPOINT TOKEN FOLDER``.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog
import uvloop
from grpclib.client import Channel
from sqlalchemy.orm import Session
from wechaty_grpc.wechaty import PuppetStub
from wechaty_grpc.wechaty.puppet import EventType

from benchmarks import unit
from benchmarks.receiving import Stopwatch
from bot.bot import Bot
from bot.channels.wechaty.intake import AHEAD
from bot.channels.wechaty.wire import NAME
from bot.wiring import open_store
from models import rooms
from models.roster_rows import apply, difference
from models.roster_sheet import RosterLine

BOT, STUB = "the bot", "the bare stub (the floor)"
POLL_SECONDS = 0.005


def people() -> list[RosterLine]:
    """The made-up members of groups, each with an account on WeChat."""
    return [line.model_copy(update={"wechat_id": line.wecom_userid}) for line in unit.others() if line.group_id]


def chats(lines: Sequence[RosterLine]) -> dict[str, list[str]]:
    """The accounts in each group's chat."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.group_id or "", []).append(line.wechat_id or "")
    return found


async def work_of_stub(gateway: dict[str, Any], done: Callable[..., Any]) -> None:
    """Fetch every message."""
    host, port = gateway["endpoint"].split(":")
    channel = Channel(host, int(port))
    stub = PuppetStub(channel, metadata={"authorization": f"Wechaty {gateway['token']}"})
    told: asyncio.Queue[str] = asyncio.Queue()
    fetched: set[str] = set()

    async def fetch() -> None:
        while True:
            message = await stub.message_payload(id=await told.get())
            fetched.add(message.id)

    async def listen() -> None:
        async for event in stub.event():
            if event.type == EventType.EVENT_TYPE_MESSAGE:
                told.put_nowait(json.loads(event.payload)["messageId"])
            elif not hearing.done():
                hearing.set_result(None)

    hearing = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(act()) for act in (listen, *[fetch] * AHEAD)]
    await hearing
    await parts(lambda: len(fetched), done)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    channel.close()


async def work_of_bot(gateway: dict[str, Any], folder: Path, done: Callable[..., Any]) -> None:
    """Receive every message. It is ready when it knows of everybody that they are friends, which it asks for at last."""
    lines = people()
    settings = unit.settings(
        folder,
        SANWEI__CLOCK__KIND="manual",
        SANWEI__CLOCK__START=unit.MONDAY.isoformat(),
        SANWEI__CHANNELS__WECOM_APP__ENABLED="false",
        SANWEI__CHANNELS__WECHATY__ENABLED="true",
        SANWEI__CHANNELS__WECHATY__ENDPOINT=gateway["endpoint"],
        SANWEI__CHANNELS__WECHATY__TOKEN=gateway["token"],
        SANWEI__CHANNELS__WECHATY__TLS="false",
    )
    store = open_store(settings)
    store.write_now(partial(_move_in, lines))
    store.close()
    bot = Bot(settings)
    await bot.start()
    await until(lambda: len(bot.office.directory.chats) >= len(lines))
    reading, transaction = Stopwatch(), Stopwatch()

    def count(*outcomes: str) -> int:
        samples = [sample for metric in bot.metrics.messages.collect() for sample in metric.samples if sample.name.endswith("_total")]
        return round(sum(sample.value for sample in samples if not outcomes or sample.labels["outcome"] in outcomes))

    with reading.on(bot.receiver, "look"), transaction.on(bot.store, "write_now"):
        await parts(count, lambda: done(stored=count("stored"), reading=reading.taken, transaction=transaction.taken))
    await bot.stop()


async def parts(handled: Callable[[], int], done: Callable[..., Any]) -> None:
    """Wait for so many messages, for each line of standard input that says how many there are by then."""
    done()
    while wanted := (await asyncio.to_thread(sys.stdin.readline)).strip():
        number = int(wanted)
        await until(lambda: handled() >= number)  # noqa: B023  (it is waited for here)
        done()


async def until(so: Callable[[], bool]) -> None:
    """Wait for something that happens beyond a socket."""
    while not so():  # noqa: ASYNC110
        await asyncio.sleep(POLL_SECONDS)


def say(**more: Any) -> None:
    """One line about this process: its processor time, what it holds, and the most that it held since the last line."""
    status = Path("/proc/self/status").read_text()
    sizes = {name: int(re.search(rf"{name}:\s+(\d+)", status)[1]) for name in ("VmRSS", "VmHWM")}  # type: ignore[index]
    print(json.dumps({"processor": time.process_time(), **sizes, **more}), flush=True)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew


def _move_in(lines: Sequence[RosterLine], session: Session) -> None:
    apply(session, difference(session, lines), unit.MONDAY)
    for group in chats(lines):
        rooms.bind(session, NAME, group, "group", group)


def main() -> None:
    """Be one of them."""
    name, endpoint, token, folder = sys.argv[1:]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))  # standard output is for figures
    gateway = {"endpoint": endpoint, "token": token}
    uvloop.run(work_of_stub(gateway, say) if name == STUB else work_of_bot(gateway, Path(folder), say))


if __name__ == "__main__":
    main()
