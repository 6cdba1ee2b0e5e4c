"""What was heard is not lost: it waits where the store takes nothing. And an encrypted userid is a member like any other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels import reception
from bot.channels.reception import Reception
from bot.channels.wecom_aibot import by_socket
from bot.settings import Settings
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from models.tables.unit import AccountRow
from tests.fakes.wecom_server.company import BotAccount
from tests.stage import only_jobs, rows
from tests.troubles import full_disk
from tests.wecom.aibot_unit import AibotStory, told_to_the_bot
from tests.wecom.app_unit import COMPANY, USERIDS, app_settings

MEMBERS_BOT = replace(COMPANY, bot=BotAccount("aib-demo", "bot-SECRET", encrypted_ids=True))
OPEN = {name: f"woAJ2GCAAA{userid}" for name, userid in USERIDS.items()}
ALL_DAY = "今天保养了水带，" * 500
"""Long enough to need new pages in the database."""


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings)) as story:
        hurry(story)
        await story.fake.until(lambda: story.fake.connected)
        yield story


def hurry(story: AibotStory) -> Reception:
    """Let the waits between two tries be milliseconds."""
    taking: Reception = story.bot.channels["wecom_aibot"]._reception  # type: ignore[attr-defined]
    taking._first_wait = taking._longest_wait = 0.01
    return taking


async def test_what_could_not_be_stored_waits_and_is_stored_in_the_order_of_saying(story: AibotStory) -> None:
    waiting = hurry(story)._waiting
    with full_disk(story.bot.store):
        await story.private("张伟", "36.5 正常。" + ALL_DAY)
        await story.fake.until(lambda: len(waiting) == 1)
        await story.private("张伟", "更正：36.6")
        await story.fake.until(lambda: len(waiting) == 2)
        await asyncio.sleep(0.05)
        assert await rows(story.bot, MessageRow) == []
    found = await story.stored(2)
    assert [row.text[:6] for row in found] == ["36.5 正", "更正：36."]
    await story.fake.until(lambda: not waiting)
    await story.later(seconds=0)
    assert [row.temperature for row in await rows(story.bot, CheckinRow) if row.ended_at is None] == [36.6]
    assert len(story.read_by("张伟")) == 2


async def test_others_are_heard_meanwhile(story: AibotStory) -> None:
    waiting = hurry(story)._waiting
    with full_disk(story.bot.store):
        await story.private("张伟", "36.5 正常。" + ALL_DAY)
        await story.fake.until(lambda: waiting)
        await story.private("王磊", "帮助")
        await story.stored(1)
        assert len(waiting) == 1
    await story.stored(2)


async def test_the_bot_stops_with_a_last_try(story: AibotStory) -> None:
    waiting = hurry(story)._waiting
    hurry(story)._first_wait = 60.0
    with full_disk(story.bot.store):
        await story.private("张伟", "36.5 正常。" + ALL_DAY)
        await story.fake.until(lambda: waiting)
    await story.close()
    await story.open()
    (message,) = await rows(story.bot, MessageRow)
    assert message.text.startswith("36.5 正常")


async def test_a_store_that_is_gone_does_not_hold_up_the_stop(story: AibotStory) -> None:
    taking = hurry(story)
    taking._last_wait = 0.05
    with full_disk(story.bot.store):
        await story.private("张伟", "36.5 正常。" + ALL_DAY)
        await story.fake.until(lambda: taking._waiting)
        assert taking._trying is not None
        taking._trying.cancel()
        await story.bot.desk.stop()  # nothing is answered any more
        await asyncio.wait_for(taking.stop(), 5)
    assert len(taking._waiting) == 1
    story.bot.desk.start()


async def test_no_more_than_a_bounded_number_waits(story: AibotStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "MOST_WAITING", 2)
    waiting = hurry(story)._waiting
    with full_disk(story.bot.store):
        for number in range(4):
            await story.private("张伟", f"{ALL_DAY}{number}", msgid=f"m-{number}")
            await story.fake.until(lambda: waiting)
        await story.fake.enter_chat("ZhangWei")
        await story.fake.until(lambda: story.read_by("张伟"))
        assert [message.id for message in waiting] == ["m-0", "m-1"], "the oldest stay"
    await story.stored(2)


@pytest.fixture
async def members_bot(settings: Settings) -> AsyncIterator[AibotStory]:
    """A bot that an ordinary member made, beside the unit's app."""
    async with told_to_the_bot(only_jobs(settings), MEMBERS_BOT, app=app_settings(MEMBERS_BOT)) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


def asked(story: AibotStory) -> int:
    return len(story.fake.calls("batch/openuserid_to_userid"))


async def test_an_encrypted_id_is_asked_about_once_and_is_a_member_from_then_on(members_bot: AibotStory) -> None:
    story = members_bot
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    await story.mention("张伟", "@小微 36.6 正常")
    await story.stored(2)
    assert asked(story) == 1
    (message, _) = await rows(story.bot, MessageRow)
    assert message.account == OPEN["张伟"]
    assert len(await rows(story.bot, CheckinRow)) == 2
    await story.fake.until(lambda: len(story.read_in()) == 2)
    assert story.read_in()[0].startswith("张伟 记下了 ✓")
    account = next(row for row in await rows(story.bot, AccountRow) if row.address == OPEN["张伟"])
    assert (account.channel, account.confirmed_at is not None) == ("wecom_aibot", True)
    await story.close()
    await story.open()
    await story.fake.until(lambda: story.fake.connected)
    await story.mention("张伟", "@小微 36.4 正常")
    await story.stored(3)
    assert asked(story) == 1, "it is known for good"


@pytest.mark.parametrize("mode", ["websocket", "callback"])
async def test_who_opens_the_chat_with_an_encrypted_id_is_welcomed_as_the_member_they_are(settings: Settings, mode: str) -> None:
    async with told_to_the_bot(only_jobs(settings), MEMBERS_BOT, app=app_settings(MEMBERS_BOT), mode=mode) as story:
        if mode == "callback":
            await story.fake.use_callback(story.url)
        else:
            await story.fake.until(lambda: story.fake.connected)
        await story.fake.enter_chat("ZhangWei")
        await story.fake.until(lambda: story.read_by("张伟"))
        assert story.read_by("张伟")[0].startswith("张伟，我是小微")


async def test_a_platform_that_is_slow_to_say_who_somebody_is_costs_nobody_the_greeting(
    members_bot: AibotStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_socket, "ASKED_SECONDS", 0.05)
    members_bot.fake.fail("batch/openuserid_to_userid", silent=True)
    await members_bot.fake.enter_chat("ZhangWei")
    await members_bot.fake.until(lambda: members_bot.read_by("张伟"))
    assert "我是 你的姓名" in members_bot.read_by("张伟")[0]


async def test_who_cannot_be_identified_now_is_a_stranger_and_asked_about_again(members_bot: AibotStory) -> None:
    story = members_bot
    story.fake.fail("batch/openuserid_to_userid", errcode=60020)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    assert "我还不认识这个账号" in story.read_in()[0]
    await story.mention("张伟", "@小微 36.6 正常")
    await story.fake.until(lambda: len(story.read_in()) == 2)
    assert asked(story) == 2
    assert story.read_in()[1].startswith("张伟 记下了 ✓")


async def test_what_somebody_said_who_could_not_be_identified_then_is_written_down_once_they_are(members_bot: AibotStory) -> None:
    story = members_bot
    story.fake.fail("batch/openuserid_to_userid", errcode=60020)
    await story.mention("张伟", "@小微 孩子没人带，上不了班")
    await story.fake.until(story.read_in)
    assert "你说的我先留着" in story.read_in()[0]
    assert await rows(story.bot, CaseRow) == []
    await story.mention("张伟", "@小微 36.6 正常")
    await story.stored(2)
    await story.later(seconds=2)
    (case,) = await rows(story.bot, CaseRow)
    assert case.text.startswith("孩子没人带，上不了班")
    assert [row.status for row in await rows(story.bot, MessageRow)] == ["handled", "handled"]


async def test_who_has_no_plain_id_is_a_stranger_and_not_asked_about_again(settings: Settings) -> None:
    unseen = replace(MEMBERS_BOT, apps=(replace(MEMBERS_BOT.apps[0], departments=(), users=("liming",)),))
    async with told_to_the_bot(only_jobs(settings), unseen, app=app_settings(unseen)) as story:
        await story.fake.until(lambda: story.fake.connected)
        for text in ("@小微 36.5 正常", "@小微 在吗"):
            await story.mention("张伟", text)
        await story.fake.until(lambda: len(story.read_in()) == 2)
        assert asked(story) == 1
        await story.mention("李明", "@小微 36.5 正常")
        await story.fake.until(lambda: len(story.read_in()) == 3)
        assert story.read_in()[2].startswith("李明 记下了 ✓")


async def test_others_are_heard_and_answered_while_somebody_is_asked_about(members_bot: AibotStory) -> None:
    story = members_bot
    await story.mention("李明", "@小微 绑定")
    await story.fake.until(story.read_in)
    story.fake.fail("batch/openuserid_to_userid", delay=1.0)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(lambda: asked(story) == 2)
    await story.mention("李明", "@小微 36.4 正常")
    await story.fake.until(lambda: len(story.read_in()) == 2)
    assert story.read_in()[1].startswith("李明 记下了 ✓")
    await story.stored(3)
    await story.fake.until(lambda: len(story.read_in()) == 3)
    assert story.read_in()[2].startswith("张伟 记下了 ✓")
