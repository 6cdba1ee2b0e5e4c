"""Somebody takes a message back in the chat (撤回): what it reported no longer counts, and its sender hears so in private."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import sender
from bot.bot import Bot
from bot.settings import Settings
from handlers.registry import HANDLERS
from models.message import Message
from models.tables.base import Base
from models.tables.cases import CaseRow, QuestionRow
from models.tables.queue import MessageRow, NoticeRow, TimerRow
from models.tables.records import CheckinRow, IdeaRow, LeaveRow
from models.tables.reviews import ReviewRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import Ways, rows, told
from tests.story import Story
from tests.test_dispatch import IDEA, Broken, receiver_with
from tests.test_ways import APP

TAKEN_BACK = "06:05 那条已撤回，记录也一起撤了。"
NOTHING_LEFT = f"{TAKEN_BACK}\n今天的健康现在没有记录，再报一次就行。"


async def recall(story: Story, message_id: str) -> None:
    """The platform tells that a message was taken back; everything it leads to at once is done."""
    await story.forget()
    await story.recall(message_id)


async def temperatures(story: Story) -> list[float | None]:
    """What stands."""
    return [row.temperature for row in await rows(story, CheckinRow) if row.ended_at is None]


async def test_a_check_in_that_is_taken_back_in_the_room_no_longer_counts_and_its_sender_hears_so_in_private(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "36.5 正常", "g1")
    second = await story.say("张伟", "37.9 咳嗽", "g1")
    await recall(story, second)
    assert await temperatures(story) == [36.5], "what it had replaced stands again"
    assert len(await rows(story, CheckinRow)) == 2, "history stays"
    assert (await story.last_to("张伟")).startswith(f"{TAKEN_BACK}\n今天记的是 36.5℃，正常。")
    assert await story.heard_in("g1") == []
    (first_row, second_row) = await rows(story, MessageRow)
    assert (first_row.retracted_at, second_row.retracted_at) == (None, story.bot.office.clock.now())


async def test_it_takes_back_that_very_message_and_not_the_last_one(story: Story) -> None:
    first = await story.say("张伟", "3月4日到3月6日出差")
    await story.say("张伟", IDEA)
    await recall(story, first)
    assert [row.ended_at is None for row in await rows(story, LeaveRow)] == [False]
    assert [row.ended_at is None for row in await rows(story, IdeaRow)] == [True]


async def test_twice_is_once_and_what_was_undone_by_a_word_is_not_told_again(story: Story) -> None:
    message = await story.say("张伟", "36.5 正常")
    await asyncio.gather(*(story.recall(message) for _ in range(3)))
    await story.later("PT1M")
    await recall(story, message)
    assert await story.heard() == []
    assert [row.text for row in await rows(story, NoticeRow)].count(NOTHING_LEFT) == 1
    undone = await story.say("张伟", "36.6 正常")
    await story.say("张伟", "撤销")
    await recall(story, undone)
    assert await story.heard() == []


async def test_a_case_stays_until_its_reporter_says_that_it_is_over(story: Story) -> None:
    message = await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")
    number = await story.case_of(message)
    await recall(story, message)
    question = f"你撤回的消息里有一件事（事项 {number}）。这件事也不用管了吗？回“是 {number}”就结束，不回我们就接着管。"
    assert await story.heard_by("张伟") == [f"06:05 那条已撤回。\n{question}"]
    assert await story.heard_by("周建国") == [f"事项 {number} 有新情况：张伟撤回了那条消息，还没说事情是不是结束了"]
    (case,) = await rows(story, CaseRow)
    assert case.state == "open"
    await story.say("张伟", f"是 {number}")
    (case,) = await rows(story, CaseRow)
    assert case.state == "closed"


async def test_its_question_and_its_place_on_the_review_list_go_with_it(story: Story) -> None:
    asked = await story.say("张伟", "365")
    listed = await story.say("王磊", "体温：忘带表了", "g1")
    assert [row.answered_at for row in await rows(story, QuestionRow)] == [None]
    assert [row.closed_at for row in await rows(story, ReviewRow)] == [None]
    await recall(story, asked)
    await recall(story, listed)
    assert [row.answered_at is None for row in await rows(story, QuestionRow)] == [False]
    assert [row.outcome for row in await rows(story, ReviewRow)] == ["taken_back"]
    assert await temperatures(story) == []


async def test_an_acknowledgement_a_question_and_words_without_a_record_undo_nothing_and_nobody_hears_of_it(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "38.5，咳嗽"))
    said = [
        await story.say("李明", f"收到 {number}"),
        await story.say("李明", "未报"),
        await story.say("李明", "@小微 今天吃什么", "g1"),
    ]
    before = [row.temperature for row in await rows(story, CheckinRow)]
    for message in said:
        await recall(story, message)
        assert await story.heard() == []
    assert [row.state for row in await rows(story, CaseRow)] == ["acknowledged"]
    assert await temperatures(story) == before


async def test_what_a_correction_replaced_does_not_come_back_once_its_own_message_is_taken_back(story: Story) -> None:
    wrong = await story.say("张伟", "36.2 正常")
    right = await story.say("张伟", "更正：36.8")
    await recall(story, wrong)
    assert await story.heard() == [], "36.8 stands, as before"
    assert await temperatures(story) == [36.8]
    await recall(story, right)
    assert await temperatures(story) == []


async def everything(story: Story) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: len(await rows(story, mapper.class_)) for mapper in Base.registry.mappers for table in mapper.tables}


def files(folder: Path) -> dict[str, bytes]:
    """The database as it lies on the disk."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name in ("sanwei.db", "sanwei.db-wal")}


async def test_chatter_that_is_taken_back_leaves_no_trace(story: Story, tmp_path: Path) -> None:
    chatter = await story.say("张伟", "晚上一起打球", "g1")
    before, on_disk = await everything(story), files(tmp_path)
    await story.bot.door.recalled("sandbox", chatter)
    await story.bot.door.recalled("sandbox", "an-id-that-nobody-knows")
    await story.bot.door.recalled("wechaty", chatter)
    assert files(tmp_path) == on_disk, "not a byte was written"
    assert await everything(story) == before


async def test_a_message_that_is_taken_back_while_it_waits_at_the_desk_is_taken_back(each_story: Story) -> None:
    story, door = each_story, each_story.bot.door
    now = story.bot.office.clock.now()
    said = [
        Message(channel="sandbox", id=f"quick {number}", room="g1", account=who, sent_at=now, text="36.5 正常", addressed=False)
        for number, who in enumerate(("张伟", "王磊", "高强"))
    ]
    acts = [act for message in said for act in (door.receive(message), door.recalled("sandbox", message.id))]
    await asyncio.gather(*(asyncio.create_task(act) for act in acts))
    await story.later("PT0S")
    assert [row.ended_at is None for row in await rows(story, CheckinRow)] == [False] * 3
    for message in said:
        assert await story.last_to(message.account) == NOTHING_LEFT


async def test_its_sender_hears_on_the_channel_of_the_message_without_waiting_for_the_clock(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "POLL_SECONDS", 600)  # nothing is sent but by who wakes the senders
    ways = Ways(monkeypatch, wechaty=APP)
    async with told(settings) as story:
        await ways.give_accounts(story)
        now = story.bot.office.clock.now()
        await story.bot.door.receive(
            Message(channel="wechaty", id="m1", room=None, account="张伟", sent_at=now, text="36.5 正常", addressed=True)
        )
        await story.bot.door.recalled("wechaty", "m1")
        for _ in range(1000):
            if len(ways.couriers["wechaty"].received("张伟")) > 1:
                break
            await asyncio.sleep(0.01)
        assert [text for _, text in ways.couriers["wechaty"].received("张伟")][-1] == NOTHING_LEFT
        assert await story.heard_by("张伟") == []


async def test_what_a_stranger_reported_and_took_back_is_not_recorded_after_the_claim(story: Story) -> None:
    kept = await story.say("wx-1", "36.5 正常")
    gone = await story.say("wx-1", "金点子：在食堂门口装个洗手池")
    await recall(story, gone)
    assert await story.heard_by("wx-1") == ["06:05 那条已撤回。"]
    await story.say("wx-1", "我是 张伟")
    await story.say("李明", "是")
    await story.later("PT1M")
    assert await temperatures(story) == [36.5]
    assert await rows(story, IdeaRow) == []
    by_id = {row.external_id: row for row in await rows(story, MessageRow)}
    assert (by_id[kept].status, by_id[gone].status) == ("handled", "stranger")


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
async def failing(database: str, tmp_path: Path, broken: Broken) -> AsyncIterator[Story]:
    """The demo unit with a handler of ideas that fails."""
    settings = story_settings(database, tmp_path)
    seed_demo(settings)
    handlers = [replace(h, handle=broken.handle) if h.name == "idea" else h for h in HANDLERS]
    story = Story(settings)
    await story.open(Bot(settings, receiver=receiver_with(settings, handlers)))
    yield story
    await story.close()


async def test_a_failed_message_that_is_taken_back_is_not_tried_again(failing: Story, broken: Broken) -> None:
    message = await failing.say("张伟", IDEA)
    await recall(failing, message)
    assert await failing.heard_by("张伟") == ["06:05 那条已撤回。"]
    assert [(row.kind, row.outcome) for row in await rows(failing, TimerRow)] == [("message_retry", "cancelled")]
    broken.broken = False
    await failing.later("PT4H")
    (row,) = await rows(failing, MessageRow)
    received = await failing.bot.office.write(lambda work: failing.bot.receiver.retry(work, row.id))
    assert received is None, "nor when somebody asks for it"
    assert broken.calls == 1
    assert await rows(failing, IdeaRow) == []
