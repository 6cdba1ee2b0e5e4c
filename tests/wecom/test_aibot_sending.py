"""What the AI bot says arrives, once, where it was spoken to: under the message while that is possible, of its own accord later."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.settings import Settings
from models.outbox import NoticeState
from models.tables.queue import MessageRow
from tests.fakes.wecom_server.company import Rules
from tests.stage import only_jobs, rows
from tests.wecom.aibot_unit import CHAT, HASTE, AibotStory, told_to_the_bot
from tests.wecom.app_unit import app_settings

NOTED = "张伟 记下了 ✓ 私聊我一句，以后回执就单独发你\n（这个群还没登记，请组长来 @我 登记一下）"


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings)) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


def pushes(story: AibotStory) -> list[dict[str, Any]]:
    """What was pushed and accepted."""
    return [call.body for call in story.fake.calls("aibot_send_msg") if call.errcode == 0]


async def states(story: AibotStory) -> list[str]:
    """What became of everything that was to be said in the group."""
    return [row.state for row in await story.notices() if row.room is not None]


async def test_it_speaks_of_its_own_accord_where_it_was_spoken_to_also_after_a_restart(story: AibotStory) -> None:
    await story.mention("张伟", "@小微 36.5 正常")
    await story.private("王磊", "36.6 正常")
    await story.fake.until(lambda: story.read_in() and story.read_by("王磊"))
    await story.close()
    await story.open()
    await story.fake.until(lambda: story.fake.connected)
    await story.say_in("今天的课：口罩戴严")
    await story.tell("王磊", "别忘了日报")
    assert story.read_in()[1:] == ["今天的课：口罩戴严"]
    assert story.read_by("王磊")[1:] == ["别忘了日报"]
    assert [(body["chatid"], body["chat_type"], body["msgtype"]) for body in pushes(story)] == [
        (CHAT, 2, "markdown"),
        ("wanglei", 1, "markdown"),
    ]


async def test_whom_it_never_heard_in_private_it_does_not_try(story: AibotStory) -> None:
    await story.tell("王磊", "别忘了日报")
    (row,) = await story.notices()
    assert (row.state, row.reason) == (NoticeState.FAILED, "unreachable")
    assert story.fake.calls("aibot_send_msg") == []


async def test_only_the_first_of_several_messages_is_under_what_was_said_and_its_handle_is_used_once(story: AibotStory) -> None:
    said = await story.private("王磊", "学习")
    await story.fake.until(lambda: len(story.read_by("王磊")) == 2)
    lesson, picture = story.fake.seen_by("wanglei")
    assert (lesson.answers, picture.answers, picture.msgtype) == (said.msgid, "", "image")
    await story.settled()
    (message,) = await rows(story.bot, MessageRow)
    assert message.reply_to is None


async def test_an_answer_whose_acknowledgement_was_lost_is_not_said_twice(story: AibotStory) -> None:
    async with story.an_answer_lost("aibot_respond_msg", accepted=True):
        await story.mention("张伟", "@小微 36.5 正常")
        await story.fake.until(story.read_in)
        await story.settled()
    assert await states(story) == [NoticeState.WAITING]
    await story.later(seconds=10)
    assert await states(story) == [NoticeState.SENT]
    assert [call.errcode for call in story.fake.calls("aibot_respond_msg")] == [None, 846608]
    assert story.read_in() == [NOTED]


async def test_an_answer_that_was_lost_on_its_way_is_said_again(story: AibotStory) -> None:
    async with story.an_answer_lost("aibot_respond_msg"):
        await story.mention("张伟", "@小微 36.5 正常")
        await story.fake.until(lambda: story.fake.calls("aibot_respond_msg"))
        await story.settled()
    await story.later(seconds=10)
    assert story.read_in() == [NOTED]


async def test_where_a_message_cannot_be_answered_any_more_it_is_pushed_at_once(story: AibotStory) -> None:
    story.fake.fail("aibot_respond_msg", errcode=846605)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    await story.settled()
    assert await states(story) == [NoticeState.SENT]
    (message,) = story.fake.seen_in(CHAT)
    assert (message.text, message.answers, message.msgtype) == (NOTED, "", "markdown")
    await story.say_in("还有一句")
    assert len(story.fake.calls("aibot_respond_msg")) == 1, "the dead handle is not tried again"


async def test_what_waits_for_a_connection_counts_no_try_and_is_pushed_once_it_is_back(story: AibotStory) -> None:
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    await story.fake.stop()
    channel: Any = story.bot.channels["wecom_aibot"]
    await story.fake.until(lambda: not channel._connection.ready)
    await story.say_in("断线时说的")
    await story.later(minutes=3)
    row = (await story.notices())[-1]
    assert (row.state, row.reason, row.attempts) == (NoticeState.WAITING, "not_connected", 0)
    await story.fake.start()
    await story.fake.until(lambda: channel._connection.ready)
    await story.later(seconds=5)
    assert story.read_in() == [NOTED, "断线时说的"]


async def test_an_answer_that_comes_much_later_is_a_message_of_its_own(story: AibotStory) -> None:
    story.fake.fail("aibot_respond_msg", errcode=-1, times=None)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(lambda: story.fake.calls("aibot_respond_msg"))
    await story.later(minutes=9)
    assert story.read_in() == []
    await story.later(minutes=11)
    (message,) = story.fake.seen_in(CHAT)
    assert (message.text, message.answers) == (NOTED, "")


async def test_a_full_window_is_waited_for(settings: Settings) -> None:
    rules = Rules(conversation_per_minute=2)
    async with told_to_the_bot(only_jobs(settings), rules=rules) as story:
        await story.fake.until(lambda: story.fake.connected)
        await story.mention("李明", "@小微 绑定")
        for text in ("第一句", "第二句"):
            await story.fake.until(story.read_in)
            await story.say_in(text)
        await story.settled()
        row = (await story.notices())[-1]
        assert (row.state, row.reason) == (NoticeState.WAITING, "conversation_limit")
        await story.later(seconds=59)
        assert story.read_in()[1:] == ["第一句"]
        await story.later(seconds=2)
        assert story.read_in()[1:] == ["第一句", "第二句"]


async def test_five_of_thirty_a_minute_are_kept_for_alerts(story: AibotStory) -> None:
    await story.mention("李明", "@小微 绑定")
    await story.fake.until(story.read_in)
    for number in range(40):
        await story.say_in(f"第{number}句")
    said = [call for call in story.fake.calls("aibot_send_msg") if call.errcode == 0]
    assert len(said) == 24, "one answer and 24 pushes"
    assert {call.errcode for call in story.fake.calls("aibot_send_msg")} == {0}, "the platform has not refused anything"
    await story.later(seconds=61)
    assert story.read_in()[-1].endswith("第39句"), "what waited is said, together"


async def test_a_group_that_put_it_out_is_given_up_and_told_of_once(story: AibotStory) -> None:
    await story.private("于海", "帮助")
    await story.mention("李明", "@小微 绑定")
    await story.fake.until(lambda: story.read_in() and story.read_by("于海"))
    for _ in range(2):
        story.fake.remove_bot(CHAT)
        for text in ("还在吗", "在吗"):
            await story.say_in(text)
        await story.later(seconds=0)
        assert [(row.state, row.reason) for row in await story.notices() if row.text == "还在吗"][-1] == (
            NoticeState.FAILED,
            "invalid_chat",
        )
        await story.mention("李明", "@小微 在吗")
        await story.fake.until(lambda: "李明 我在" in story.read_in()[-1])
        await story.say_in("又在了")
    told = [text for text in story.read_by("于海") if "的群发不进消息了" in text]
    assert len(told) == 2
    assert "“第一党小组”" in told[0]


async def test_of_a_bot_that_was_taken_over_the_duty_officer_hears_on_another_way(settings: Settings) -> None:
    async with told_to_the_bot(only_jobs(settings), app=app_settings()) as story, ClientSession() as http:
        await story.fake.until(lambda: story.fake.connected)
        async with http.ws_connect(story.fake.ws_url) as other:
            body = {"bot_id": "aib-demo", "secret": "bot-SECRET"}
            await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "s"}, "body": body})
            await story.fake.until(lambda: story.fake.seen_by("yuhai", "app"))
        (told,) = story.fake.seen_by("yuhai", "app")
        assert "把机器人挤掉了：@它、私聊它的话现在都收不到，以后也补不回来" in told.text
        assert "请管理员停掉另一处，再重启机器人" in told.text


async def test_of_a_platform_that_is_out_of_reach_the_duty_officer_hears_on_another_way_and_then_that_it_is_back(
    settings: Settings,
) -> None:
    async with told_to_the_bot(only_jobs(settings), app=app_settings(), patience=replace(HASTE, unreached=0.2)) as story:
        await story.fake.until(lambda: story.fake.connected)
        story.fake.fail("aibot_subscribe", errcode=-1, times=None)
        story.fake.drop_connection(1006)
        await story.fake.until(lambda: story.fake.seen_by("yuhai", "app"))
        (told,) = story.fake.seen_by("yuhai", "app")
        assert told.text.startswith("智能机器人连不上企业微信：@它、私聊它的话现在都收不到，以后也补不回来。")
        tried = len(story.fake.calls("aibot_subscribe"))
        await story.fake.until(lambda: len(story.fake.calls("aibot_subscribe")) > tried + 10)
        assert len(story.fake.seen_by("yuhai", "app")) == 1, "and once"
        story.fake.works("aibot_subscribe")
        await story.fake.until(lambda: len(story.fake.seen_by("yuhai", "app")) > 1)
        assert story.fake.seen_by("yuhai", "app")[-1].text == "智能机器人恢复了，攒着的消息接着发。"


async def test_nobodys_words_call_anybody_and_long_ones_come_in_parts(story: AibotStory) -> None:
    await story.mention("李明", "@小微 绑定")
    await story.fake.until(story.read_in)
    await story.say_in("<@all> 快来")
    await story.say_in("字" * 10_000)
    _, tagged, *parts = story.read_in()
    assert tagged == "(@all) 快来"
    assert len(parts) == 2
    assert all(len(part.encode()) <= 20480 for part in parts)
    assert "".join(part.split("\n")[0] for part in parts) == "字" * 10_000
