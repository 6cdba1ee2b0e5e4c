"""The AI bot hears what mentions it in groups and what is said to it in private, and answers it there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.settings import Settings
from handlers.mention import without_call
from models.chats import Chat
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.fakes.wecom_server.said import Said
from tests.reading.wechat import solitaire
from tests.stage import only_jobs, rows
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot
from tests.wecom.app_unit import USERIDS

OTHER = CHAT.lower()


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings)) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


async def test_a_check_in_with_a_mention_is_written_down_and_answered_under_it(story: AibotStory) -> None:
    said = await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    (message,) = await rows(story.bot, MessageRow)
    assert (message.channel, message.external_id, message.room, message.account) == ("wecom_aibot", said.msgid, CHAT, "ZhangWei")
    assert (message.addressed, message.sent_at) == (True, story.now())
    assert len(await rows(story.bot, CheckinRow)) == 1
    (answer,) = story.fake.seen_in(CHAT)
    assert answer.answers == said.msgid
    assert answer.text.startswith("张伟 记下了 ✓")
    assert story.read_by("张伟") == [], "nobody has spoken to it there yet"


@pytest.mark.parametrize(
    "text",
    [
        "@小微 36.5，正常",
        "@小微\u200536.5，正常",
        "@小微\u200b36.5，正常",
        "@小微\ufeff\u2005 36.5，正常",
        "36.5，正常 @小微",
        "36.5，正常@小微\u2005",
        "36.5，@小微\u2005正常",
        "＠小微，36.5，正常",
    ],
)
def test_a_mention_is_nothing_that_was_said(text: str) -> None:
    assert without_call(text, "小微") == "36.5，正常"


async def test_in_private_there_is_no_mention_and_the_receipt_is_under_the_message(story: AibotStory) -> None:
    said = await story.private("张伟", "36.5 正常")
    await story.fake.until(lambda: story.read_by("张伟"))
    (answer,) = story.fake.seen_by("ZhangWei")
    assert (answer.text, answer.answers, answer.finished) == ("记下了：36.5℃，正常", said.msgid, True)
    (message,) = await rows(story.bot, MessageRow)
    assert message.room is None


async def test_a_chain_is_handed_over_by_quoting_it(story: AibotStory) -> None:
    lines = [("李明", "2026-03-02T06:00:00+08:00", "李明 36.5"), ("王磊", "2026-03-02T06:01:00+08:00", "王磊 36.6")]
    await story.mention("张伟", "@小微", quote=solitaire("#接龙\n今日体温", lines))
    await story.fake.until(story.read_in)
    assert len(await rows(story.bot, CheckinRow)) == 2
    (message,) = await rows(story.bot, MessageRow)
    assert (message.text, message.quoted is not None) == ("@小微", True)


async def test_another_persons_quoted_words_are_not_the_speakers(story: AibotStory) -> None:
    await story.mention("张伟", "@小微 36.5 正常", quote=Said(mixed=("39.2 咳嗽", b"picture")))
    await story.fake.until(story.read_in)
    (checkin,) = await rows(story.bot, CheckinRow)
    assert checkin.temperature == 36.5
    (message,) = await rows(story.bot, MessageRow)
    assert message.quoted == "39.2 咳嗽"


async def test_text_between_pictures_and_a_voice_are_read(story: AibotStory) -> None:
    await story.mention("张伟", mixed=(b"first", "@小微", b"second", "36.5 正常"))
    await story.private("王磊", voice="三十六度六，正常")
    await story.fake.until(lambda: story.read_in() and story.read_by("王磊"))
    assert sorted(row.temperature or 0 for row in await rows(story.bot, CheckinRow)) == [36.5, 36.6]


async def test_who_sends_a_picture_or_a_file_hears_that_words_are_read(story: AibotStory) -> None:
    words_only = "，打几个字就行，比如“36.5，正常”。"
    await story.private("张伟", image=b"picture")
    await story.private("张伟", file=("日报.xlsx", b"sheet"))
    await story.private("张伟", video=b"film")
    await story.mention("张伟", mixed=("@小微", b"picture"))
    await story.fake.until(lambda: len(story.read_by("张伟")) == 3 and story.read_in())
    whats = ("图片我还看不懂", "文件我还看不懂", "图片、语音和文件我看不懂")
    assert story.read_by("张伟") == [f"张伟 {what}{words_only}" for what in whats]
    assert story.read_in()[0].startswith(f"张伟 图片我还看不懂{words_only.replace('36.5', '@小微 36.5')}")


async def test_repeats_and_a_mixed_up_order_change_nothing(story: AibotStory) -> None:
    await story.private("张伟", "36.5 正常", msgid="m-1", copies=3)
    story.fake.hold()
    await story.private("李明", "37.9 咳嗽", at=story.now() - timedelta(minutes=5))
    await story.private("李明", "更正：36.4", at=story.now() - timedelta(minutes=1))
    await story.private("张伟", "36.5 正常", msgid="m-1")
    await story.fake.release([2, 1, 0])
    found = await story.stored(3)
    await story.later(seconds=0)
    assert len(found) == 3
    assert story.read_by("张伟") == ["记下了：36.5℃，正常"]
    assert len(await rows(story.bot, CheckinRow)) >= 3
    assert {row.sent_at for row in found if row.account == "liming"} == {story.now() - timedelta(minutes=m) for m in (1, 5)}


async def test_chats_are_told_apart_letter_for_letter_and_kept(story: AibotStory) -> None:
    assert OTHER != CHAT
    await story.mention("李明", "@小微 绑定")
    await story.mention("刘洋", "@小微 绑定", OTHER)
    await story.fake.until(lambda: story.read_in() and story.read_in(OTHER))
    assert story.read_in() == ["好，这个群就是“第一党小组”的群了。"]
    assert story.read_in(OTHER) == ["好，这个群就是“第二党小组”的群了。"]
    chats = story.bot.office.directory.chats
    assert chats == {Chat("wecom_aibot", CHAT, private=False), Chat("wecom_aibot", OTHER, private=False)}


async def test_a_stranger_reads_in_the_group_how_to_become_known(settings: Settings) -> None:
    known = {name: userid for name, userid in USERIDS.items() if name != "张伟"}
    async with told_to_the_bot(only_jobs(settings), userids=known) as story:
        await story.fake.until(lambda: story.fake.connected)
        await story.mention("ZhangWei", "@小微 36.5 正常")
        await story.until_read(["你好，我还不认识这个账号。你说的我先留着，回一句“@小微 我是 姓名”，组长确认后就记上。"])
        assert await rows(story.bot, CheckinRow) == []
        await story.private("ZhangWei", "我是 张伟")
        await story.fake.until(lambda: story.fake.seen_by("ZhangWei"))


async def test_what_is_no_message_is_left_alone(story: AibotStory) -> None:
    await story.mention("张伟", fields={"msgtype": "hologram", "hologram": {"depth": 3}})
    await story.mention("张伟", "@小微 36.5", fields={"chatid": ""})
    await story.private("张伟", "36.5", fields={"msgid": ""})
    await story.private("张伟", "36.5", fields={"from": {}})
    await story.private("张伟", "帮助")
    await story.fake.until(lambda: story.read_by("张伟"))
    (message,) = await rows(story.bot, MessageRow)
    assert message.text == "帮助"


@pytest.mark.parametrize(
    "fields",
    [
        {"chatid": None, "image": None, "mixed": None, "event": None, "quote": None},
        {"chattype": None, "create_time": None},
        {"create_time": "刚才"},
        {"create_time": 1772409600.5},
        {"response_url": 5},
        {"quote": {"msgtype": "link", "text": "https://example.org"}},
        {"quote": {"msgtype": "mixed", "mixed": {"msg_item": [None]}}},
        {"quote": {"msgtype": "text", "text": {"content": None}}},
    ],
    ids=str,
)
async def test_what_the_platform_may_add_or_leave_empty_costs_nobodys_words(story: AibotStory, fields: dict[str, Any]) -> None:
    await story.private("张伟", "36.5 正常", fields=fields)
    (message,) = await story.stored(1)
    assert (message.text, message.account, message.room) == ("36.5 正常", "ZhangWei", None)


async def test_text_beside_what_is_new_in_a_message_is_read(story: AibotStory) -> None:
    items = [{"msgtype": "text", "text": {"content": "36.5 正常"}}, {"msgtype": "poll", "text": "?"}, {"msgtype": "image", "image": None}]
    await story.private("张伟", fields={"msgtype": "mixed", "text": None, "mixed": {"msg_item": items}})
    (message,) = await story.stored(1)
    assert message.text == "36.5 正常"


async def test_a_time_that_is_none_is_the_present(story: AibotStory) -> None:
    for number, seconds in enumerate((10**20, 253402300799, 0, -1, None)):
        await story.private("张伟", f"36.{number} 正常", at=story.now(), fields={"create_time": seconds})
    found = await story.stored(5)
    assert {message.sent_at for message in found} == {story.now()}
