"""A message that a handler fails on is kept, tried again, and reported by number; nobody ever reads its words in a row or a log."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.bot import Bot
from bot.channels.sandbox.adapter import message
from bot.content import load_lexicon
from bot.desk import Outcome
from bot.settings import Settings
from handlers.commands.command import Command
from handlers.commands.registry import COMMANDS
from handlers.incoming import Answer, Incoming
from handlers.reading.reader import read
from handlers.receive import Receiver
from handlers.registry import HANDLERS, Handler
from models.chats import Chat, known
from models.inbox import MessageStatus
from models.reading import Intent, Reading
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow, IdeaRow
from tests.moving_in import seed_demo
from tests.story import Story

IDEA = "金点子：在食堂门口装个洗手池"
HOT = "37.8，咳嗽"


class Broken:
    """A handler of ideas that writes, and then fails with what was said, as long as `broken` is set."""

    def __init__(self) -> None:
        self.broken = True
        self.calls = 0

    def handle(self, incoming: Incoming) -> list[str]:
        """Fail in the middle of the work."""
        self.calls += 1
        work = incoming.work
        work.session.add(
            IdeaRow(member_id=incoming.sender.id, day=work.today, text=incoming.text, message_id=incoming.row.id, recorded_at=work.now)
        )
        work.session.flush()
        if self.broken:
            raise ValueError(f"cannot digest {incoming.text}")
        return ["金点子记下了"]


def receiver_with(settings: Settings, handlers: Sequence[Handler], commands: Sequence[Command] = COMMANDS) -> Receiver:
    unit = settings.organization
    return Receiver(load_lexicon(unit.content / "lexicon"), unit.bot_name, unit.timezone, handlers, commands)


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
async def story(settings: Settings, broken: Broken) -> AsyncIterator[Story]:
    """The demo unit with a handler of ideas that fails."""
    seed_demo(settings)
    handlers = [replace(handler, handle=broken.handle) if handler.name == "idea" else handler for handler in HANDLERS]
    story = Story(settings)
    await story.open(Bot(settings, receiver=receiver_with(settings, handlers)))
    yield story
    await story.close()


async def the_row(story: Story, external_id: str) -> MessageRow:
    row = await story.bot.store.read(lambda session: session.scalar(select(MessageRow).where(MessageRow.external_id == external_id)))
    assert row is not None
    return row


async def count(story: Story, table: type[IdeaRow] | type[CheckinRow]) -> int:
    return len(await story.bot.store.read(lambda session: session.scalars(select(table)).all()))


async def test_a_message_whose_handler_fails_is_kept_whole_and_half_done_work_is_undone(story: Story) -> None:
    external_id = await story.say("张伟", IDEA)
    row = await the_row(story, external_id)
    assert (row.status, row.text, row.attempts) == ("failed", IDEA, 1)
    assert await count(story, IdeaRow) == 0
    assert (await story.record(external_id))["records"] == ["处理时出错了，内容没有丢，会自动重试"]


async def test_that_somebody_has_spoken_to_the_bot_is_kept_although_the_handler_failed(story: Story) -> None:
    await story.say("张伟", IDEA)
    chats = await story.bot.store.read(known)
    assert Chat("sandbox", "张伟", private=True) in chats, "after a restart the bot may speak there"


async def test_the_error_says_kind_and_place_and_neither_row_nor_log_nor_notice_says_what_was_said(
    settings: Settings, story: Story
) -> None:
    with capture_logs() as logs:
        external_id = await story.say("张伟", IDEA)
        await story.later("PT2H")
    row = await the_row(story, external_id)
    assert row.error is not None
    assert row.error.startswith("ValueError at test_dispatch.py:")
    assert any(entry.get("place") == row.error and entry.get("message") == row.id for entry in logs)
    about = [entry for entry in logs if entry["log_level"] in ("warning", "error")]
    assert about != []
    told = [m.text for m in await story.heard() if m.to == "于海"]
    assert told != []
    for text in (row.error, repr(logs), *told):
        assert not any(word in text for word in ("食堂", "洗手池", "金点子", "张伟", "cannot digest"))


async def test_the_duty_officer_hears_the_number_at_once_and_only_once(story: Story) -> None:
    row = await the_row(story, await story.say("张伟", IDEA))
    assert [(m.to, m.text) for m in await story.heard()] == [("于海", f"第 {row.id} 号消息处理时出错了，内容没有丢，几分钟后会自动重试。")]
    await story.later("PT3M")
    assert len(await story.heard_by("于海")) == 1


async def test_it_is_tried_again_by_the_clock_and_handled_once_when_it_works(story: Story, broken: Broken, settings: Settings) -> None:
    external_id = await story.say("张伟", IDEA)
    wait = settings.queue.inbox_retry
    await story.later(f"PT{int(wait.total_seconds()) - 1}S")
    assert broken.calls == 1
    await story.later("PT1S")
    assert broken.calls == 2
    broken.broken = False
    await story.later("PT4H")
    row = await the_row(story, external_id)
    assert (broken.calls, row.status, row.error) == (3, "handled", None)
    assert await count(story, IdeaRow) == 1
    assert (await story.heard_by("张伟")).count("金点子记下了") == 1
    assert await story.say("张伟", IDEA, id=external_id) == external_id  # the platform repeats it: nothing happens
    assert (broken.calls, await count(story, IdeaRow)) == (3, 1)


async def test_after_the_last_attempt_a_human_is_told_and_nothing_is_lost(story: Story, broken: Broken, settings: Settings) -> None:
    external_id = await story.say("张伟", IDEA)
    await story.later("P1D")
    row = await the_row(story, external_id)
    assert broken.calls == row.attempts == settings.queue.inbox_attempts
    assert (row.status, row.text) == ("failed", IDEA)
    operations = [text for text in await story.heard_by("于海") if text.startswith("第 ")]
    assert operations == [
        f"第 {row.id} 号消息处理时出错了，内容没有丢，几分钟后会自动重试。",
        f"第 {row.id} 号消息试了几次都没处理成功，内容还在，请管理员用 inbox list 看一下。",
    ]
    await story.later("P1D")
    assert broken.calls == settings.queue.inbox_attempts


async def test_the_other_messages_of_the_same_batch_are_unharmed(story: Story) -> None:
    now = story.bot.office.clock.now()
    batch = [("m1", "张伟", "36.5 正常"), ("m2", "王磊", IDEA), ("m3", "高强", "36.7 正常"), ("m4", "陈一", HOT)]
    outcomes = await asyncio.gather(*(story.bot.desk.submit(message(i, None, who, text, now, "小微")) for i, who, text in batch))
    assert outcomes == [Outcome.STORED, Outcome.FAILED, Outcome.STORED, Outcome.STORED]
    committed = await story.bot.store.read(lambda session: session.scalars(select(MessageRow).order_by(MessageRow.id)).all())
    assert [row.status for row in committed] == ["handled", "failed", "handled", "handled"]
    assert len({row.received_at for row in committed}) == 1  # one commit
    await story.later("PT0S")
    assert await count(story, CheckinRow) == 3
    assert (await story.last_to("李明")).startswith("【健康 ")
    for who, text in (("张伟", "记下了：36.5℃，正常"), ("高强", "记下了：36.7℃，正常")):
        assert await story.heard_by(who) == [text]


async def test_a_failing_handler_undoes_what_other_handlers_wrote_of_the_same_message(story: Story, broken: Broken) -> None:
    external_id = await story.say("张伟", f"36.5 正常。{IDEA}")
    reading = Reading.model_validate_json((await the_row(story, external_id)).reading)
    assert {Intent.HEALTH, Intent.IDEA} <= set(reading.intents)
    assert await count(story, CheckinRow) == 0
    broken.broken = False
    await story.later("PT1H")
    assert (await count(story, CheckinRow), await count(story, IdeaRow)) == (1, 1)


async def test_what_failed_before_a_restart_is_tried_after_it(story: Story) -> None:
    external_id = await story.say("张伟", IDEA)
    await story.restart()  # with the handlers as they should be
    await story.later("PT1H")
    assert (await the_row(story, external_id)).status == "handled"
    assert await story.last_to("张伟") == "金点子记下了，会写进今天的汇总。"


async def test_a_command_that_fails_is_kept_and_tried_again_like_any_message(settings: Settings) -> None:
    seed_demo(settings)
    calls = 0

    def run(incoming: Incoming, _match: object) -> Answer:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError(incoming.text)
        return Answer(private="好了")

    commands = [replace(command, run=run) if command.name == "my_records" else command for command in COMMANDS]
    story = Story(settings)
    await story.open(Bot(settings, receiver=receiver_with(settings, HANDLERS, commands)))
    try:
        await story.say("张伟", "我的")
        assert await story.heard_by("张伟") == []
        await story.later("PT1H")
        assert (calls, await story.heard_by("张伟")) == (2, ["好了"])
    finally:
        await story.close()


async def test_a_failure_never_holds_up_an_alert(story: Story) -> None:
    await story.say("王磊", IDEA)
    await story.say("张伟", HOT)
    notices = await story.bot.store.read(lambda session: session.scalars(select(NoticeRow).where(NoticeRow.kind == "alert")).all())
    assert {n.state for n in notices} == {"sent"}
    assert all(n.finished_at is not None and n.finished_at - n.created_at < timedelta(seconds=1) for n in notices)


async def test_somebody_in_need_is_looked_after_although_their_message_fails(story: Story) -> None:
    await story.say("张伟", f"我38.5，难受得很。{IDEA}")
    for who in ("周建国", "于海"):
        heard = [text for text in await story.heard_by(who) if "请先直接联系一下本人" in text]
        assert len(heard) == 1, who
        assert "张伟" in heard[0]
        assert "38.5" not in heard[0], "who helps hears who it is, not what was said"
    await story.later("PT6M")
    assert len([text for text in await story.heard_by("周建国") if "请先直接联系一下本人" in text]) == 1


async def test_words_on_which_reading_itself_breaks_down_are_kept_and_hold_nothing_up(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(text: str, *args: Any, **keys: Any) -> Reading:
        if text == "👌":
            raise IndexError(text)
        return read(text, *args, **keys)

    monkeypatch.setattr("handlers.receive.read", breaks)
    said = await story.say("张伟", "👌", "g1")
    await story.say("张伟", HOT)
    row = await the_row(story, said)
    assert (row.status, row.text) == (MessageStatus.FAILED, "👌")
    assert row.error is not None
    assert row.error.startswith("IndexError at ")
    assert await count(story, CheckinRow) == 1, "what is said next is heard"
    assert "请先直接联系一下本人" in " ".join(await story.heard_by("周建国")), "it may have been a cry"
    monkeypatch.setattr("handlers.receive.read", read)
    await story.later("PT6M")
    assert (await the_row(story, said)).status == MessageStatus.HANDLED
