"""The power fails: a real process is killed at any moment, and whatever it had answered or promised still holds."""

import json
import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.cli_run import DEMO
from bot.config import REPOSITORY
from bot.settings import Settings
from bot.wiring import open_store
from models.outbox import NoticeKind, NoticeState
from models.tables.base import Base
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow, NoticeRow, SandboxMessageRow, SlotRow
from models.tables.records import CheckinRow

LOOKS = 5000
"""How often the bot is asked for what it said, until it must have said enough."""
GONE = (OSError, HTTPException)


@dataclass
class Machine:
    """An office PC on which the demo is started, killed and started again."""

    settings: Settings
    port: int = 0
    process: "subprocess.Popen[str] | None" = None
    answered: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the bot on a free port, and wait until it answers."""
        environment = os.environ | {
            "SANWEI__DATABASE__URL": self.settings.database.url,
            "SANWEI__PRIVACY__KEY_FILE": str(self.settings.privacy.key_file),
            "SANWEI__CLOCK__START": "2026-03-02T06:05:00+08:00",
            "SANWEI__WEB__PORT": "0",
        }
        words = [sys.executable, "-m", "bot", "demo", "--config", str(DEMO)]
        self.process = subprocess.Popen(
            words, env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stderr is not None
        for line in self.process.stderr:  # a line comes when something happens, and none when the process has ended
            if '"listening"' in line:
                self.port = int(json.loads(line)["url"].rsplit(":", 1)[1])
                break
        else:
            pytest.fail("the bot ended before it listened")
        assert self.ask("GET", "/healthz") == (200, {"status": "ok"})
        self._reader = ThreadPoolExecutor(1)
        self._reader.submit(self.process.stderr.read)  # what it logs must not fill the pipe

    def kill(self) -> None:
        """The power fails."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self._reader.shutdown()
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.process = None

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        """The status and the answer of one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def say(self, who: str, text: str, message_id: str) -> bool:
        """Whether a message was answered as received."""
        try:
            status, _ = self.ask("POST", "/sandbox/messages", {"sender": who, "text": text, "id": message_id})
        except GONE:
            return False
        if status == 202:
            self.answered[message_id] = who
        return status == 202

    def rows(self, table: type[Base]) -> list[Any]:
        """Every row of a table, as it is on the disk."""
        store = open_store(self.settings)
        try:
            return store.read_now(lambda session: session.query(table).all())
        finally:
            store.close()


@pytest.fixture
def machine(settings: Settings) -> Any:
    """A machine that is off."""
    machine = Machine(settings)
    yield machine
    if machine.process is not None:
        machine.kill()


def names() -> list[str]:
    roster = json.loads((REPOSITORY / "content" / "demo" / "roster.json").read_text(encoding="utf-8"))
    return [member["name"] for group in roster["groups"] for member in group["members"]]


def stream(machine: Machine, kill_after: int, mark: str) -> list[tuple[str, str, str]]:
    """Four people's phones send reports without a pause; after some answers the machine is killed. What was sent."""
    people = names()
    enough = Event()
    sent: list[tuple[str, str, str]] = []

    def phone(number: int) -> None:
        for turn in range(400):
            who = people[(number + 4 * turn) % len(people)]
            message = (who, f"36.{turn % 9} 正常", f"{mark} {number} {turn}")
            sent.append(message)
            if not machine.say(*message):
                return
            if sum(key.startswith(mark) for key in list(machine.answered)) >= kill_after:
                enough.set()

    with ThreadPoolExecutor(5) as phones:
        running = [phones.submit(phone, number) for number in range(4)]
        assert enough.wait(60)
        machine.kill()
        for done in running:
            done.result()
    return sent


def test_every_answered_report_is_there_once_however_often_the_power_fails(machine: Machine) -> None:
    dice = random.Random(119)
    for round_number in range(4):
        machine.start()
        mark = f"round {round_number}"
        sent = stream(machine, dice.randrange(5, 90), mark)
        stored = {row.external_id for row in machine.rows(MessageRow)}
        assert machine.answered.keys() <= stored, "an answered report is lost"
        machine.start()
        for who, text, message_id in sent:  # the phones did not hear an answer, or are not sure: they send all again
            assert machine.say(who, text, message_id)
        machine.ask("POST", "/sandbox/clock", {"advance": "PT1S"})
        machine.kill()
        messages = [row.external_id for row in machine.rows(MessageRow)]
        assert len(messages) == len(set(messages))
        assert {key for _, _, key in sent} <= set(messages)

    current = [row for row in machine.rows(CheckinRow) if row.ended_at is None]
    assert len(current) == len({row.member_id for row in current}) == len(names())
    by_message = [row.message_id for row in machine.rows(CheckinRow)]
    assert len(by_message) == len(set(by_message)) == len(machine.rows(MessageRow)), "each report was written down once"
    notices = machine.rows(NoticeRow)
    assert len(notices) == len(machine.rows(MessageRow)), "each was answered with one receipt"
    assert {row.state for row in notices} == {NoticeState.SENT}, "and none of them was lost"
    shown = [row.notice_id for row in machine.rows(SandboxMessageRow)]
    assert sorted(shown) == sorted(row.id for row in notices), "which the sandbox shows once"


def test_what_was_promised_before_the_power_failed_happens_after_it(machine: Machine) -> None:
    machine.start()
    assert machine.say("马腾", "39.6，头疼", "urgent")
    assert machine.say("高强", "37.8，咳嗽", "ordinary")
    machine.kill()

    machine.start()
    assert machine.ask("GET", "/sandbox/clock")[1] == {"now": "2026-03-02T06:05:00+08:00"}
    with ThreadPoolExecutor(1) as hand:  # killed again while the clock is moved over the whole morning
        moving = hand.submit(_moved, machine, "2026-03-02T12:00:00+08:00")
        assert any(len(machine.ask("GET", "/sandbox/messages")[1]["messages"]) >= 12 for _ in range(LOOKS))
        machine.kill()
        moving.result()

    machine.start()
    assert _moved(machine, "2026-03-02T12:45:00+08:00")
    heard = machine.ask("GET", "/sandbox/messages")[1]["messages"]
    machine.kill()

    case = {row.kind + row.urgency: row.id for row in machine.rows(CaseRow)}
    climbs = sorted((m["at"][11:16], m["text"].split("】")[0][-1]) for m in heard if m["to"] == "于海" and m["text"].startswith("已经"))
    urgent = [at for at, number in climbs if number == str(case["healthurgent"])]
    assert urgent[:3] == ["06:15", "06:25", "06:35"]
    assert len(urgent) == len(set(urgent))
    assert [at for at, number in climbs if number == str(case["healthordinary"])] == ["10:05"]
    slots = [(row.job, row.scope) for row in machine.rows(SlotRow)]
    assert sorted(slots) == sorted(
        [(job, group) for job in ("nudge_checkin", "chase", "digest_group", "lesson") for group in ("g1", "g2", "g3", "g4")]
        + [(job, branch) for job in ("health_morning", "digest_branch", "preflight", "health_noon") for branch in ("b1", "b2")]
    )
    for words, count in (("今天的健康还没报", 22), ("健康汇总", 6), ("【微党课】", 4)):
        assert len([m for m in heard if words in m["text"]]) == count, words
    unfinished = [row.kind for row in machine.rows(NoticeRow) if row.state not in (NoticeState.SENT, NoticeState.DROPPED)]
    assert unfinished == []
    climbed = [row for row in machine.rows(NoticeRow) if row.kind == NoticeKind.CLIMB]
    told = {(row.case_id, row.member_id, row.created_at) for row in climbed if row.state == NoticeState.SENT}
    # killed between a climb and the note of the clock, the case climbs at that moment again, in place of what nobody had read
    dropped = {(row.case_id, row.member_id, row.created_at) for row in climbed if row.state == NoticeState.DROPPED}
    assert dropped <= told


def _moved(machine: Machine, to: str) -> bool:
    try:
        return machine.ask("POST", "/sandbox/clock", {"to": to})[0] == 200
    except GONE:
        return False


def test_a_key_and_a_database_made_before_the_power_failed_are_used_after_it(machine: Machine, tmp_path: Path) -> None:
    machine.start()
    assert machine.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "hardship")
    key = machine.settings.privacy.key_file.read_bytes()
    machine.kill()
    machine.start()
    machine.ask("POST", "/sandbox/clock", {"advance": "PT0S"})
    heard = machine.ask("GET", "/sandbox/messages")[1]["messages"]
    assert any("我妈住院没人陪护" in m["text"] for m in heard if m["to"] == "周建国")
    assert machine.settings.privacy.key_file.read_bytes() == key
