"""Whom an ordinary account may write to: its friends, and nobody else; who is none is reached another way, or in the room."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.channel import NOT_A_FRIEND, SendError
from bot.settings import Settings
from models.inbox import MessageStatus
from models.tables.chats import ChatRow
from models.tables.queue import MessageRow, NoticeRow
from tests.ordinary import Ordinary, ordinary
from tests.stage import rows
from tests.test_ways import say_to


@pytest.fixture
async def chat(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ordinary]:
    """The room of 第一党小组, in which 张伟 and 王磊 are known."""
    async with ordinary(settings, monkeypatch) as found:
        await found.named("wxid_zhang", "张伟")
        await found.named("wxid_wang", "王磊")
        yield found


async def befriend(chat: Ordinary, *accounts: str) -> None:
    await chat.story.bot.door.befriended("wechaty", accounts)


async def heard_by_wang(chat: Ordinary) -> list[str]:
    """What 王磊 heard another way, behind the word that an account of that name counts as his."""
    first, *others = await chat.story.heard_by("王磊")
    assert "微信里叫“王磊”的账号" in first
    return others


async def test_a_friend_is_written_to_and_who_is_none_hears_another_way(chat: Ordinary) -> None:
    await befriend(chat, "wxid_zhang", "wxid_zhang")
    await say_to(chat.story, "张伟", "一条通知")
    await say_to(chat.story, "王磊", "一条通知")
    assert (chat.to("wxid_zhang"), chat.to("wxid_wang")) == (["一条通知"], [])
    assert await heard_by_wang(chat) == ["一条通知"]


async def test_friends_are_noted_once_and_over_a_restart(chat: Ordinary, monkeypatch: pytest.MonkeyPatch) -> None:
    await befriend(chat, "wxid_zhang", "wxid_wang")
    await befriend(chat, "wxid_zhang")
    assert len(await rows(chat.story, ChatRow)) == 2
    await chat.story.restart()

    async def no_write(act: object) -> None:
        pytest.fail("all of them are known")

    monkeypatch.setattr(chat.story.bot.office, "write", no_write)
    await befriend(chat, "wxid_wang", "wxid_zhang")
    monkeypatch.undo()


async def test_who_writes_to_the_bot_in_private_is_written_to(chat: Ordinary) -> None:
    await chat.say("wxid_wang", "36.5 正常", addressed=True, room=None)
    assert chat.to("wxid_wang") == ["记下了：36.5℃，正常"]


async def test_who_is_no_friend_any_more_is_not_tried_again_until_they_are(chat: Ordinary) -> None:
    await befriend(chat, "wxid_wang")
    chat.courier.fails(SendError(NOT_A_FRIEND, retry=False), to="wxid_wang")
    await say_to(chat.story, "王磊", "第一条")
    await say_to(chat.story, "王磊", "第二条")
    assert await heard_by_wang(chat) == ["第一条", "第二条"]
    assert len(chat.courier.tries) == 1, "only the first"
    chat.courier.works()
    await befriend(chat, "wxid_wang")
    await say_to(chat.story, "王磊", "第三条")
    assert chat.to("wxid_wang") == ["第三条"]


async def test_another_permanent_failure_leaves_a_friend_a_friend(chat: Ordinary) -> None:
    await befriend(chat, "wxid_wang")
    chat.courier.fails(SendError("too_long", retry=False), to="wxid_wang")
    await say_to(chat.story, "王磊", "第一条")
    chat.courier.works()
    await say_to(chat.story, "王磊", "第二条")
    assert (await heard_by_wang(chat), chat.to("wxid_wang")) == (["第一条"], ["第二条"])


async def test_a_stranger_who_does_not_call_the_bot_hears_nothing_and_the_report_is_kept(chat: Ordinary) -> None:
    await chat.say("wxid_new", "大家早")
    await chat.say("wxid_new", "37.8，咳嗽")
    assert chat.courier.sent == []
    (kept,) = await rows(chat.story, MessageRow)
    assert kept.status == MessageStatus.STRANGER
    assert [row.state for row in await rows(chat.story, NoticeRow) if row.room is None and row.channel == "wechaty"] == []


async def test_a_stranger_who_calls_the_bot_is_told_in_the_room_words_that_it_hears_there(chat: Ordinary) -> None:
    await chat.say("wxid_new", "@小微 37.8，咳嗽", addressed=True)
    (answer,) = chat.in_room()
    assert answer.endswith("你说的我先留着，回一句“@小微 我是 姓名”，组长确认后就记上。")
    await chat.say("wxid_new", "@小微 我是 高强", addressed=True)
    assert chat.in_room()[-1] == "好的，我请李明确认一下你是高强。"
    await chat.story.say("李明", "是")
    await chat.story.later("PT1S")
    assert await chat.checkins() == [("高强", "37.8")]
    assert chat.in_room()[-1] == "高强 记下了 ✓"
    assert chat.to("wxid_new") == [], "who is no friend is not written to in private"


async def test_a_stranger_who_is_a_friend_is_told_in_private(chat: Ordinary) -> None:
    await befriend(chat, "wxid_new")
    await chat.say("wxid_new", "36.5 正常")
    assert chat.in_room() == []
    assert chat.to("wxid_new") == ["你好，我还不认识这个账号。你说的我先留着，回一句“我是 姓名”，组长确认后就记上。"]
