"""The servers that are compared: each started as a process of its own on one core, and killed when its time is over."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import AES_KEY, AGENT_ID, CORP_ID, PATH, TOKEN
from bot.config import REPOSITORY, load_settings
from bot.wiring import open_store
from models.clock import SystemClock
from models.roster import Roster
from models.roster_rows import apply, difference
from models.roster_sheet import RosterLine, lines_from_roster

LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")
START_SECONDS = 60.0
DATABASE, LOG = "messages.db", "log"
TICKS = os.sysconf("SC_CLK_TCK")

FLOOR, PROJECT, HELD_BACK, COMMON = "bare aiohttp (the floor)", "/wecom/app", "/wecom/app, sending held back", "wechatpy + Flask + gunicorn"
CONTENDERS = (FLOOR, PROJECT, HELD_BACK, COMMON)

_CORES = sorted(os.sched_getaffinity(0))
LOAD_CORE, SERVER_CORE = _CORES[0], _CORES[-1]


def unit() -> list[RosterLine]:
    """The people of the demo unit, each with a userid."""
    roster = Roster.model_validate_json((REPOSITORY / "content" / "demo" / "roster.json").read_bytes())
    lines = enumerate(lines_from_roster(roster))
    return [line.model_copy(update={"wecom_userid": f"user{number:02}"}) for number, line in lines]


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """This thread runs on this core, and so does every process that it starts meanwhile."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True)
class Server:
    """A running contender: its port, and the session that all its processes are in."""

    port: int
    session: int
    database: Path

    def processor_seconds(self) -> float:
        """The processor time of all its processes so far, in user and in kernel mode."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if int(fields[3]) == self.session:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def stored(self) -> int:
        """How many messages are in its database."""
        database = sqlite3.connect(self.database)
        try:
            return int(database.execute("SELECT count(*) FROM messages").fetchone()[0])
        finally:
            database.close()


async def start(name: str, folder: Path, platform: str, rival_python: str) -> tuple[Server, "subprocess.Popen[bytes]"]:
    """Start a contender over a fresh database in an empty folder, and wait until it listens. `platform`: where the bot sends to."""
    process = _begin(name, folder, platform, rival_python)
    try:
        async with asyncio.timeout(START_SECONDS):
            while (port := _port(name, folder, process)) is None:  # noqa: ASYNC110  (another process)
                await asyncio.sleep(0.02)
    except BaseException:
        kill(process)
        raise
    return Server(port, process.pid, folder / DATABASE), process


def _begin(name: str, folder: Path, platform: str, rival_python: str) -> "subprocess.Popen[bytes]":
    command, environment = _how(name, folder, platform, rival_python)
    with (folder / LOG).open("wb") as out, on_core(SERVER_CORE):
        return subprocess.Popen(
            command, env=environment, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )


def _port(name: str, folder: Path, process: "subprocess.Popen[bytes]") -> int | None:
    """Where it listens, once it has said so."""
    said = (folder / LOG).read_text(encoding="utf-8", errors="replace")
    if process.poll() is not None:
        raise SystemExit(f"{name} ended before it listened:\n{said}")
    found = LISTENING.search(said)
    return int(found[1]) if found else None


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Without warning: whatever was answered must be in the database nevertheless."""
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _how(name: str, folder: Path, platform: str, rival_python: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a contender."""
    database = folder / DATABASE
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SANWEI__")}
    if name == FLOOR:
        return [sys.executable, "-m", "benchmarks.floor", str(database)], clean
    if name == COMMON:
        its = {"DATABASE": str(database), "TOKEN": TOKEN, "AES_KEY": AES_KEY, "CORP_ID": CORP_ID, "PATH": PATH}
        gunicorn = ["-m", "gunicorn", "--workers=1", "--threads=8", "--keep-alive=60", "--bind=127.0.0.1:0", "common_stack:app"]
        return [rival_python, *gunicorn, "--chdir=benchmarks"], clean | {f"BENCH_{key}": value for key, value in its.items()}
    its = {
        "DATABASE__URL": f"sqlite:///{database}",
        "PRIVACY__KEY_FILE": str(folder / "key"),
        "WEB__PORT": "0",
        "CHANNELS__WECOM_APP__ENABLED": "true",
        "CHANNELS__WECOM_APP__CORP_ID": CORP_ID,
        "CHANNELS__WECOM_APP__AGENT_ID": str(AGENT_ID),
        "CHANNELS__WECOM_APP__SECRET": "benchmark",
        "CHANNELS__WECOM_APP__TOKEN": TOKEN,
        "CHANNELS__WECOM_APP__ENCODING_AES_KEY": AES_KEY,
        "CHANNELS__WECOM_APP__API_BASE": platform,
    }
    environment = clean | {f"SANWEI__{key}": value for key, value in its.items()}
    config = REPOSITORY / "config.yaml"
    store = open_store(load_settings(config, environment))
    try:
        store.write_now(lambda session: apply(session, difference(session, unit()), SystemClock().now()))
    finally:
        store.close()
    return [sys.executable, "-m", "bot", "run", "--config", str(config)], environment


def why_not(rival_python: str) -> str | None:
    """Why the common stack cannot be measured with this interpreter; None: it can."""
    look = [rival_python, "-c", "import flask, gunicorn, wechatpy.enterprise.crypto"]
    try:
        done = subprocess.run(look, capture_output=True, text=True, check=False)
    except OSError as failure:
        return f"{rival_python}: {failure.strerror}"
    return None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
