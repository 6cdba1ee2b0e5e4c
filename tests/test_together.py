"""What arrives at once is written together, and is there afterwards as if it had come one after the other."""

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.bot import Bot
from bot.desk import Outcome
from models.message import Message
from models.tables.base import Base
from models.tables.cases import QuestionRow
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from services.case_moves import CASE_OVER
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import rows

CORPUS = Path(__file__).parent / "corpus" / "dev.jsonl"
IN_NEED = "孩子发烧39.5，没人照顾，快帮帮我"


def corpus() -> Iterable[Message]:
    """Everything that is said in the corpus but chatter, in private and in a room, by whoever is of the demo unit."""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["expect"]["intents"]:
            yield Message(
                channel="sandbox",
                id=said["id"],
                room="g1" if int(said["id"][1:]) % 3 == 0 else None,
                account=said["sender"],
                sent_at=said["sent_at"],
                text=said["text"],
                addressed=int(said["id"][1:]) % 3 != 0,
            )


async def written(database: str, folder: Path, batches: Iterable[list[Message]]) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the roster's, after batches of messages were received, each at once."""
    await asyncio.to_thread(folder.mkdir)
    settings = story_settings(database, folder)
    seed_demo(settings)
    bot = Bot(settings)
    await bot.office.reload()
    bot.desk.start()
    for batch in batches:
        assert set(await asyncio.gather(*map(bot.desk.submit, batch))) <= {Outcome.STORED, Outcome.DROPPED}
    tables = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ not in ("members", "accounts", "state")]
    found = {table.__tablename__: [_values(row) for row in await rows(bot, table)] for table in tables}
    await bot.stop()
    return found


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


async def test_a_whole_corpus_at_once_is_written_as_if_it_had_come_one_after_the_other(tmp_path: Path) -> None:
    messages = list(corpus())
    at_once = await written(f"sqlite:///{tmp_path}/at_once.db", tmp_path / "at_once", [messages[n : n + 60] for n in range(0, 480, 60)])
    singly = await written(f"sqlite:///{tmp_path}/singly.db", tmp_path / "singly", [[message] for message in messages[:480]])
    assert {name: len(its) for name, its in singly.items()} == {name: len(its) for name, its in at_once.items()}
    for name, its in singly.items():
        assert at_once[name] == its, name
    assert min(len(singly[name]) for name in ("checkins", "cases", "case_moves", "notices", "reports", "leaves", "questions")) > 10


async def test_it_is_the_same_on_every_database(each_database: str, tmp_path: Path) -> None:
    messages = list(corpus())[:120]
    there = await written(each_database, tmp_path / "there", [messages])
    here = await written(f"sqlite:///{tmp_path}/here.db", tmp_path / "here", [messages])
    assert there == here


@pytest.mark.parametrize("failing", ["马腾", "张伟"])
async def test_one_of_many_fails_and_is_kept_while_the_others_are_handled(failing: str, each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    bot = Bot(settings)
    await bot.office.reload()
    bot.desk.start()
    whole = bot.receiver._handle

    def breaks(work: Any, row: MessageRow, message: Message, look: Any) -> None:
        whole(work, row, message, look)
        if message.account == failing:
            raise ZeroDivisionError

    bot.receiver._handle = breaks  # type: ignore[method-assign]
    now = bot.office.clock.now()
    names = ("张伟", "高强", "马腾", "张伟", "谢天", "马腾")
    burst = [
        Message(channel="sandbox", id=f"{n}", room=None, account=name, sent_at=now, text=IN_NEED, addressed=True)
        for n, name in enumerate(names)
    ]
    outcomes = await asyncio.gather(*map(bot.desk.submit, burst))
    assert outcomes == [Outcome.FAILED if name == failing else Outcome.STORED for name in names]
    assert [row.status for row in await rows(bot, MessageRow)] == ["failed" if name == failing else "handled" for name in names]
    well = {name for name in names if name != failing}
    people = {person.id: person.name for person in bot.office.directory.people.values()}
    assert {people[row.member_id] for row in await rows(bot, CheckinRow)} == well
    assert {people[row.member_id or 0] for row in await rows(bot, NoticeRow) if row.kind == "receipt"} == well
    await bot.stop()


async def test_what_was_asked_before_is_asked_again_without_a_flush(database: str, tmp_path: Path) -> None:
    settings = story_settings(database, tmp_path)
    seed_demo(settings)
    bot = Bot(settings)
    await bot.office.reload()
    bot.desk.start()
    changed: list[str] = []

    @event.listens_for(bot.office.store.engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        changed.extend([statement] if statement.startswith("UPDATE") else [])

    said = iter(corpus())
    ill, well, *both = (
        next(said).model_copy(update={"id": f"m{number}", "account": "马腾", "room": None, "addressed": True, "text": text})
        for number, text in enumerate(("38.6，头疼", "36.5，正常", "38.4，头疼", "36.5，正常"))
    )
    for batch in ([ill], [well], both):
        assert set(await asyncio.gather(*map(bot.desk.submit, batch))) == {Outcome.STORED}
        bot.office.clock.set(bot.office.clock.now() + timedelta(minutes=1))  # type: ignore[attr-defined]
    asked = [row for row in await rows(bot, QuestionRow) if row.kind == CASE_OVER]
    await bot.stop()
    assert len(asked) == 1, "asked once, and again"
    assert changed == [], "by the unit of work, one by one"
