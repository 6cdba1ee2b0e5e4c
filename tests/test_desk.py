"""Receiving: what was answered is on the disk, what comes twice counts once, and what comes together is committed together."""

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.bot import Bot
from bot.desk import Outcome
from bot.settings import Settings
from models.message import Message
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import rows
from tests.story import Story
from tests.troubles import full_disk

NAMES = ("张伟", "高强", "王磊", "马腾", "谢天", "冯雪")


def said(bot: Bot, who: str, text: str, message_id: str) -> Message:
    return Message(channel="sandbox", id=message_id, room="g1", account=who, sent_at=bot.office.clock.now(), text=text, addressed=False)


@contextmanager
def listening(bot: Bot, name: str, listener: Any) -> Iterator[None]:
    """Something happens at every `begin` or `commit` of the store's engine."""
    event.listen(bot.store.engine, name, listener)
    try:
        yield
    finally:
        event.remove(bot.store.engine, name, listener)


async def test_nobody_is_answered_before_the_message_is_committed(story: Story) -> None:
    at_commit, go_on = threading.Event(), threading.Event()

    def wait(_connection: object) -> None:
        at_commit.set()
        assert go_on.wait(20)

    loop = asyncio.get_running_loop()
    with listening(story.bot, "commit", wait):
        answer = asyncio.create_task(story.post("/sandbox/messages", {"sender": "张伟", "text": "36.5 正常"}, 202))
        await loop.run_in_executor(None, at_commit.wait, 20)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not answer.done()
        go_on.set()
        message_id = (await answer)["id"]
    with sqlite3.connect(story.settings.database.url.removeprefix("sqlite:///")) as other:  # as another process sees it
        assert other.execute("SELECT external_id FROM messages").fetchall() == [(message_id,)]
        assert other.execute("SELECT count(*) FROM checkins").fetchone() == (1,)
    other.close()


async def test_the_same_message_twice_changes_nothing_at_once_later_and_after_a_restart(each_story: Story) -> None:
    story = each_story
    body = {"sender": "张伟", "text": "37.8，咳嗽", "room": "g1", "id": "from the platform"}
    answers = await asyncio.gather(*(story.post("/sandbox/messages", body, 202) for _ in range(5)))
    assert answers == [{"id": "from the platform"}] * 5
    await story.later("PT1M")
    heard = await story.heard()
    assert Counter(m.to for m in heard) == {"张伟": 1, "李明": 1, "周建国": 1}
    await story.say(**_args(body))
    await story.restart()
    await story.say(**_args(body))
    await story.later("PT1M")
    assert await story.heard() == heard
    assert [len(await rows(story, table)) for table in (MessageRow, CheckinRow, NoticeRow)] == [1, 1, 3]

    await story.say(**_args(body | {"id": "another one"}))
    assert len(await rows(story, MessageRow)) == 2, "the key is the platform's id and not the text"


def _args(body: dict[str, str]) -> dict[str, str]:
    return {"who": body["sender"], "text": body["text"], "room": body["room"], "id": body["id"]}


async def _open_bot(settings: Settings) -> Bot:
    """A bot whose desk works, and nothing else."""
    seed_demo(settings)
    bot = Bot(settings)
    await bot.office.reload()
    bot.desk.start()
    return bot


async def test_two_hundred_messages_at_once_are_committed_in_a_few_transactions(each_database: str, tmp_path: Path) -> None:
    bot = await _open_bot(story_settings(each_database, tmp_path))
    commits: list[int] = []
    with listening(bot, "commit", lambda _connection: commits.append(1)):
        burst = [said(bot, NAMES[n % len(NAMES)], f"36.{n % 9} 正常", f"burst {n}") for n in range(200)]
        outcomes = await asyncio.gather(*(bot.desk.submit(message) for message in burst))
    assert set(outcomes) == {Outcome.STORED}
    assert len(await rows(bot, MessageRow)) == 200
    assert len(commits) <= 5
    await bot.stop()


async def test_messages_are_handled_in_the_order_in_which_they_came(each_database: str, tmp_path: Path) -> None:
    bot = await _open_bot(story_settings(each_database, tmp_path))
    texts = [(name, f"36.{n} 正常") for n in range(9) for name in NAMES]
    burst = [said(bot, name, text, f"{name} {text}") for name, text in texts]
    await asyncio.gather(*(bot.desk.submit(message) for message in burst))
    assert [row.external_id for row in await rows(bot, MessageRow)] == [message.id for message in burst]
    current = [row for row in await rows(bot, CheckinRow) if row.ended_at is None]
    assert [row.temperature for row in current] == [36.8] * len(NAMES), "the last word counts"
    await bot.stop()


async def test_a_message_that_breaks_a_handler_does_not_harm_those_committed_with_it(settings: Settings) -> None:
    bot = await _open_bot(settings)
    whole = bot.receiver._handle

    def breaks(work: Any, row: MessageRow, message: Message, look: Any) -> None:
        whole(work, row, message, look)
        if message.account == "高强":
            raise ZeroDivisionError

    bot.receiver._handle = breaks  # type: ignore[method-assign]
    burst = [said(bot, name, "36.5 正常", name) for name in NAMES]
    outcomes = dict(zip(NAMES, await asyncio.gather(*(bot.desk.submit(message) for message in burst)), strict=True))
    assert outcomes == dict.fromkeys(NAMES, Outcome.STORED) | {"高强": Outcome.FAILED}
    assert {row.external_id: row.status for row in await rows(bot, MessageRow)}["高强"] == "failed"
    assert len(await rows(bot, CheckinRow)) == len(NAMES) - 1
    await bot.stop()


async def test_a_store_that_cannot_commit_is_told_to_the_channel_and_nothing_is_half_done(story: Story) -> None:
    long = {"sender": "张伟", "text": "37.8，咳嗽。" + "今天保养了水带，" * 1500, "id": "long"}
    with full_disk(story.bot.store):
        refused = await story.post("/sandbox/messages", long, 503)
        assert "send it again with the same id" in refused["error"]
        assert "咳嗽" not in refused["error"]
    await story.later("PT1M")
    assert await story.heard() == []
    assert [await rows(story, table) for table in (MessageRow, CheckinRow, NoticeRow)] == [[], [], []]

    await story.post("/sandbox/messages", long, 202)
    await story.later("PT0S")
    assert Counter(m.to for m in await story.heard()) == {"张伟": 1, "李明": 1, "周建国": 1}
    assert len(await rows(story, CheckinRow)) == 1


async def test_whoever_hangs_up_before_the_answer_is_heard_nevertheless(story: Story) -> None:
    at_commit, go_on = threading.Event(), threading.Event()

    def wait(_connection: object) -> None:
        at_commit.set()
        assert go_on.wait(20)

    with listening(story.bot, "commit", wait):
        sending = asyncio.create_task(story.bot.desk.submit(said(story.bot, "张伟", "36.5 正常", "hung up")))
        await asyncio.get_running_loop().run_in_executor(None, at_commit.wait, 20)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        go_on.set()
        assert await story.bot.desk.submit(said(story.bot, "张伟", "36.5 正常", "hung up")) == Outcome.REPEATED
        assert await story.bot.desk.submit(said(story.bot, "高强", "36.5 正常", "the next")) == Outcome.STORED


async def test_chatter_is_dropped_without_a_transaction(story: Story) -> None:
    commits: list[int] = []
    with listening(story.bot, "commit", lambda _connection: commits.append(1)):
        message = said(story.bot, "张伟", "哈哈哈", "chatter")
        for _ in range(2):
            assert await story.bot.desk.submit(message) == Outcome.DROPPED
    assert len(commits) <= 1, "at most the sender looked for notices meanwhile"
    assert await rows(story, MessageRow) == []


async def test_what_waits_at_the_desk_is_committed_before_the_bot_stops(settings: Settings) -> None:
    bot = await _open_bot(settings)
    waiting = [asyncio.create_task(bot.desk.submit(said(bot, name, "36.5 正常", name))) for name in NAMES]
    await asyncio.sleep(0)
    await bot.stop()
    assert [await task for task in waiting] == [Outcome.STORED] * len(NAMES)
    again = Bot(settings)
    assert len(await rows(again, MessageRow)) == len(NAMES)
    assert again.office.clock.now() - bot.office.clock.now() == timedelta(0)
    again.store.close()
