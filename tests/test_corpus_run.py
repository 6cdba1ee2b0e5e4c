"""The main job on real input: every message of the corpus through the sandbox, as its sender, with the clock moved along.

What is no report and not said to the bot must leave no trace: not one distinctive piece of it may be found in the files of the
database, which for this test is kept unsealed, because a search through sealed bytes could not fail.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, or_, select

from bot.config import REPOSITORY, load_settings
from models.inbox import MessageStatus
from models.outbox import NoticeKind, NoticeState
from models.tables.base import Base
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow, NoticeRow, SlotRow
from models.tables.records import CheckinRow, GroupReportRow, IdeaRow, LeaveRow, ReportRow
from tests.moving_in import seed_demo
from tests.story import Heard, Story

CORPUS = Path(__file__).parent / "corpus"
BOT = "@小微"
ALERT = re.compile("回“收到 ([0-9]+)”我来处理")
HAN = re.compile("[一-鿿]")
"""Pieces without a Chinese character ("12:30") prove nothing: the database is full of times of its own."""
PIECE = 5
"""How many characters of a message are looked for at a time."""


@dataclass(frozen=True)
class Run:
    """What was left after all messages had gone through."""

    messages: list[dict[str, Any]]
    heard: list[Heard]
    rows: dict[str, int]
    stored: set[str]
    statuses: Counter[str]
    notices: Counter[tuple[str, str]]
    outcomes: Counter[str]
    texts: dict[str, str]
    files: dict[str, bytes]


def corpus() -> list[dict[str, Any]]:
    lines = (CORPUS / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda message: str(message["sent_at"]))


def room_of(roster: dict[str, Any], sender: str) -> str:
    """The room in which somebody would post: the own group's, or the own branch's."""
    for group in roster["groups"]:
        if any(member["name"] == sender for member in group["members"]):
            return str(group["id"])
    return next(str(b["id"]) for b in roster["branches"] if sender in (b["secretary"], b["deputy"]))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Post everything once, for all the tests of this file."""
    folder = tmp_path_factory.mktemp("corpus")
    messages = corpus()
    env = {
        "SANWEI__DATABASE__URL": f"sqlite:///{folder}/sanwei.db",
        "SANWEI__PRIVACY__ENCRYPT": "false",
        "SANWEI__CLOCK__START": "2025-12-31T23:00:00+08:00",
    }
    settings = load_settings(REPOSITORY / "deploy" / "demo.yaml", env)
    seed_demo(settings)
    story = Story(settings)
    await story.open()
    roster = json.loads((CORPUS / "roster.json").read_text(encoding="utf-8"))
    heard: list[Heard] = []
    waiting: dict[str, Heard] = {}
    taken: set[str] = set()
    for m in messages:
        await story.post("/sandbox/clock", {"to": m["sent_at"]}, 200)
        news = await story.heard()
        await story.forget()
        heard += news
        waiting |= {number: h for h in news if h.to for number in ALERT.findall(h.text) if number not in {*taken, *waiting}}
        for number, h in list(waiting.items()):
            if h.at.date().isoformat() < m["sent_at"][:10]:  # whoever was told first takes it and settles it, not before the next day
                other = "周建国" if h.to == "于海" else "于海"  # confirms for the reporter
                settled = ((h.to, f"收到 {number}"), (h.to, f"办结 {number} 办好了"), (other, f"代确认 {number} 电话里问过"))
                for who, words in settled:
                    await story.post("/sandbox/messages", {"sender": who, "text": words, "room": None}, 202)
                taken.add(number)
                del waiting[number]
        said = {"sender": m["sender"], "text": m["text"], "room": room_of(roster, m["sender"]), "sent_at": m["sent_at"], "id": m["id"]}
        await story.post("/sandbox/messages", said, 202)
    await story.later("PT20M")
    heard += await story.heard()
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith("sanwei.db")}
    read = story.bot.store.read_now
    due = or_(NoticeRow.state != NoticeState.WAITING, NoticeRow.due_at <= story.bot.office.clock.now())  # some wait for the morning
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    found = Run(
        messages=messages,
        heard=heard,
        rows={name: read(lambda s, t=table: s.scalar(select(func.count()).select_from(t))) or 0 for name, table in tables.items()},
        stored=set(read(lambda s: s.scalars(select(MessageRow.external_id)).all())),
        statuses=Counter(read(lambda s: s.scalars(select(MessageRow.status)).all())),
        notices=Counter(
            (kind, state) for kind, state in read(lambda s: s.execute(select(NoticeRow.kind, NoticeRow.state).where(due)).all())
        ),
        outcomes=Counter(read(lambda s: s.scalars(select(SlotRow.outcome)).all())),
        texts={row.external_id: row.text for row in read(lambda s: s.scalars(select(MessageRow)).all())},
        files=files,
    )
    await story.close()
    return found


def is_chatter(message: dict[str, Any]) -> bool:
    return not message["expect"]["intents"] and BOT not in message["text"]


def pieces(text: str) -> Iterator[str]:
    for start in range(max(len(text) - PIECE + 1, 1)):
        yield text[start : start + PIECE]


def test_every_message_goes_through_without_an_error(run: Run) -> None:
    assert len(run.messages) == 780
    assert set(run.statuses) == {MessageStatus.HANDLED}
    assert set(run.outcomes) == {"done"}


def test_records_cases_leaves_and_digests_appear(run: Run) -> None:
    at_least = {CheckinRow: 400, ReportRow: 60, IdeaRow: 15, LeaveRow: 30, GroupReportRow: 25, CaseRow: 80}
    for table, number in at_least.items():
        assert run.rows[table.__tablename__] >= number, table.__tablename__
    digests = [h for h in run.heard if "汇总" in h.text]
    assert {h.to for h in digests} >= {"李明", "刘洋", "吴静", "黄敏", "周建国", "钱志远"}
    assert any(h.room == "g1" and "微党课" in h.text for h in run.heard)


def test_everything_that_was_decided_was_sent(run: Run) -> None:
    assert {state for _, state in run.notices} <= {NoticeState.SENT, NoticeState.DROPPED}
    assert run.notices[NoticeKind.ALERT, NoticeState.SENT] >= 150


def test_no_word_of_chatter_is_anywhere_in_the_database(run: Run) -> None:
    told = "\n".join(run.texts.values()) + "\n".join(h.text for h in run.heard)
    everything = "".join(data.decode("utf-8", errors="ignore") for data in run.files.values())
    assert {"sanwei.db", "sanwei.db-wal"} <= set(run.files)
    chatter = [m for m in run.messages if is_chatter(m)]
    assert len(chatter) > 180
    lawful = set(pieces(told))
    sought = {piece for m in chatter for piece in pieces(m["text"]) if HAN.search(piece) and piece not in lawful}
    assert len(sought) > 2_000
    assert not sought.intersection(pieces(everything))
    assert [m["text"] for m in chatter if m["id"] in run.stored] == []


def test_the_search_for_traces_finds_what_is_there(run: Run) -> None:
    everything = b"".join(run.files.values())
    reported = [m for m in run.messages if m["expect"]["intents"] and m["id"] in run.stored]
    assert all(next(pieces(m["text"])).encode() in everything for m in reported)


def test_a_room_never_hears_anybodys_health_or_hardship(run: Run) -> None:
    said = [h.text for h in run.heard if h.room is not None and "微党课" not in h.text]
    assert len(said) > 0, "the rooms hear something"
    for text in said:
        assert "℃" not in text
        assert "事项" not in text
