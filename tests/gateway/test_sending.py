"""What the bot sends in WeChat, and how it makes sure that it arrives once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.channel import Outgoing, SendError
from bot.channels.wechaty.outgoing import MAX_BYTES
from bot.settings import Settings
from models.outbox import NoticeState
from models.tables.queue import MessageRow, NoticeRow
from tests.gateway.unit import HASTE, GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows
from tests.test_ways import say_to

G1 = chat_of("g1")
ZHANG, WANG = account_of("张伟"), account_of("王磊")
PNG = b"\x89PNG\r\n\x1a\n"


def texts(story: GatewayStory) -> list[str]:
    """What arrived, in order."""
    return [sent.text for sent in story.gateway.outbox()]


async def failed(story: GatewayStory, outgoing: Outgoing) -> SendError:
    """Send something that fails."""
    with pytest.raises(SendError) as caught:
        await story.channel.send(outgoing)
    return caught.value


async def test_texts_mentions_and_pictures_arrive_as_they_shall_be_read(settings: Settings, tmp_path: Path) -> None:
    async with told_in_wechat(only_jobs(settings), aliases={"张伟": "一班 张伟🔥"}) as story:
        send = story.channel.send
        sent = await send(Outgoing(901, G1, None, "张伟 记下了 ✓", mention=ZHANG))
        await send(Outgoing(902, None, ZHANG, "**今日汇总**\n## 一班\n[群公告](https://example.org/a)\n36.5*2"))
        small, large = tmp_path / "小课.PNG", tmp_path / "大图.png"
        small.write_bytes(PNG + b"small")
        large.write_bytes(PNG + bytes(range(256)) * 4096 * 8)
        for number, path in ((903, small), (904, large)):
            await send(Outgoing(number, G1, None, "", image=path, part=1))
        first, second, third, fourth = story.gateway.outbox()
        assert sent.platform_ids == (first.id,)
        assert (first.conversation, first.text, first.mentions) == (G1, "@一班 张伟🔥\u2005记下了 ✓", (ZHANG,))
        assert (second.conversation, second.text, second.mentions) == (ZHANG, "今日汇总\n一班\n群公告 https://example.org/a\n36.5*2", ())
        assert (third.name, third.file) == ("小课.png", PNG + b"small")
        assert (fourth.name, fourth.file) == ("大图.png", await asyncio.to_thread(large.read_bytes))
        missing = await failed(story, Outgoing(905, G1, None, "", image=tmp_path / "gone.png"))
        assert (missing.reason, missing.retry) == ("picture_unreadable", False)


async def test_what_was_swallowed_is_not_sent_twice_and_what_was_lost_is_sent_again(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway, send = story.gateway, story.channel.send
        for ids in (True, False):
            gateway.forget()
            await gateway.no_ids(not ids)
            one, two = (Outgoing(910 + 10 * ids + number, None, ZHANG, "今天记得打卡") for number in (1, 2))
            await gateway.swallow_sends(1)
            sent = await send(one)
            assert sent.platform_ids == (gateway.outbox()[0].id,), "its own echo says that it has arrived"
            await gateway.lose_sends(1)
            lost = await failed(story, two)
            assert (lost.retry, lost.answered, texts(story)) == (True, False, ["今天记得打卡"]), "the same words of before do not count"
            assert (await send(two)).platform_ids == ((gateway.outbox()[1].id,) if ids else ())
            assert texts(story) == ["今天记得打卡"] * 2
            await send(Outgoing(915 + 10 * ids, None, ZHANG, "今天记得打卡"))
            assert len(texts(story)) == 3, "a third one is one of its own"


async def test_two_equal_texts_of_which_one_is_lost_and_one_is_not_answered_are_told_apart(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway, send = story.gateway, story.channel.send
        to_zhang, to_wang = Outgoing(931, None, ZHANG, "今天记得打卡"), Outgoing(932, None, WANG, "今天记得打卡")
        await gateway.lose_sends(1)
        await failed(story, to_zhang)
        await gateway.swallow_sends(1)
        await send(to_wang)
        await send(to_zhang)
        assert [sent.conversation for sent in gateway.outbox()] == [WANG, ZHANG]

        gateway.forget()
        first, second = Outgoing(933, G1, None, "开会了"), Outgoing(934, G1, None, "开会了")
        await gateway.lose_sends(1)
        await failed(story, first)
        await gateway.swallow_sends(1)
        assert await send(second)
        await send(first)
        assert texts(story) == ["开会了"] * 2
        assert await story.gateway.say("bot", "开会了", G1), "the owner says the same from the phone"


async def test_a_sending_that_breaks_with_its_connection_is_found_again_by_its_echo_or_sent_again(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway, send = story.gateway, story.channel.send
        await gateway.lose_sends(1)
        lost = Outgoing(941, None, ZHANG, "会议改到三点")
        sending = asyncio.create_task(failed(story, lost))
        await asyncio.sleep(0.1)
        await gateway.restart()
        error = await sending
        assert error.retry
        await story.until(lambda: story.channel.login.account is not None)
        await story.online()
        await send(lost)
        assert texts(story) == ["会议改到三点"]


async def test_an_answer_to_somebody_who_is_called_otherwise_by_now_is_not_said_twice(settings: Settings) -> None:
    hurry = replace(HASTE, call=0.3, echo=0.0)
    async with told_in_wechat(only_jobs(settings), aliases={"张伟": "小张"}, patience=hurry) as story:
        answer = Outgoing(951, G1, None, "张伟 记下了 ✓", mention=ZHANG)
        await story.gateway.swallow_sends(1)
        await failed(story, answer)
        await story.gateway.rename(G1, ZHANG, "一班张伟")
        await story.until(lambda: not story.channel._listener.people._called)
        await story.channel.send(answer)
        assert texts(story) == ["@小张\u2005记下了 ✓"]


async def test_a_notice_that_is_not_answered_arrives_once_through_the_whole_bot(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        await story.gateway.swallow_sends(1)
        await story.say("张伟", "36.5 正常", "g1")
        await story.gateway.fail_sends(1, "频率太快 36.6 正常")
        await story.say("王磊", "36.6 正常", "g1")
        await story.later("PT10M")
        await story.gateway.until(lambda outbox: len(outbox) == 2)
        assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]
        assert await story.heard_by("王磊") == ["记下了：36.6℃，正常"]
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT}


async def test_a_long_digest_arrives_in_parts_each_once_whatever_becomes_of_one(settings: Settings) -> None:
    lines = [f"{number}. 张伟 36.5 正常，今天检查了器材库的水带和空气呼吸器" for number in range(400)]
    async with told_in_wechat(only_jobs(settings)) as story:
        await story.gateway.swallow_sends(1)
        await say_to(story, "张伟", "\n".join(lines))
        await story.gateway.lose_sends(1)
        await say_to(story, "王磊", "\n".join(lines))
        await story.later("PT10M")
        for who in ("张伟", "王磊"):
            parts = await story.heard_by(who)
            assert len(parts) > 3
            assert all(len(part.encode()) <= MAX_BYTES for part in parts)
            assert [line for part in parts for line in part.splitlines() if line.endswith("空气呼吸器")] == lines


async def test_a_lesson_comes_with_its_picture_into_the_room(settings: Settings) -> None:
    picture = (settings.organization.content / "lessons" / "01-mask-and-decon.png").read_bytes()
    async with told_in_wechat(only_jobs(settings, lesson={})) as story:
        await story.at("12:41")
        sent = [one for one in story.gateway.outbox() if one.conversation == G1]
        assert sent[0].text.startswith("【微党课】口罩戴严")
        assert [one.file for one in sent[1:]] == [picture]


async def test_the_bots_own_words_are_not_read_again_and_a_message_that_comes_twenty_times_is_one(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway = story.gateway
        await story.say("张伟", "@小微\u200536.5 正常", "g1", mentions=["bot"])
        await story.taken(await gateway.say("bot", "张伟 38.9 咳嗽，@小微 帮助", G1))
        await story.taken(await gateway.say("bot", "@小微 36.5 正常", to=ZHANG))
        answered = len(gateway.outbox())
        assert answered == 2
        for said in gateway.outbox():
            await gateway.repeat(said.id)
        first = await gateway.say(WANG, "36.6 正常", G1, at=story.now() - timedelta(seconds=30))
        second = await gateway.say(account_of("高强"), "36.7 正常", G1, at=story.now() - timedelta(seconds=50))
        for _ in range(20):
            await gateway.repeat(first)
            await gateway.repeat(second)
        await story.taken(await gateway.say(account_of("陈一"), "36.4 正常", G1, at=story.now()))
        assert len(await rows(story, MessageRow)) == 4
        assert [len(await story.heard_by(name)) for name in ("张伟", "王磊", "高强", "陈一")] == [1, 1, 1, 1]
        assert len(gateway.outbox()) == answered + 3
        assert await story.heard_in("g1") == ["张伟 记下了 ✓"]
