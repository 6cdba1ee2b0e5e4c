"""The AI bot in callback mode: WeCom posts what mentions it, and every message can be answered once."""

import json
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.channel import Outgoing
from bot.channels.wecom import endpoint
from bot.channels.wecom.crypto import Crypto
from bot.settings import Settings
from models.outbox import NoticeState
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from services.cards import Card
from tests.fakes.wecom_server.company import Rules
from tests.stage import only_jobs, rows
from tests.test_cases_told import NO_CARER
from tests.test_desk import listening
from tests.troubles import full_disk
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot
from tests.wecom.app_unit import COMPANY, app_settings
from tests.wecom.test_aibot_reception import MEMBERS_BOT
from tests.wecom.test_cards import CARD

NOTED = "张伟 记下了 ✓ 私聊我一句，以后回执就单独发你\n（这个群还没登记，请组长来 @我 登记一下）"


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings), mode="callback") as story:
        verified = await story.fake.use_callback(story.url)
        assert verified is not None
        assert verified.accepted, verified
        yield story


async def said(story: AibotStory) -> list[tuple[str, str | None]]:
    """What became of everything that was to be said, and why."""
    return [(row.state, row.reason) for row in await story.notices()]


async def test_a_mention_is_stored_before_it_is_answered_with_nothing_and_then_answered_at_its_address(story: AibotStory) -> None:
    mention = await story.mention("张伟", "@小微 36.5 正常")
    assert mention.answer is not None
    assert (mention.answer.statuses, mention.answer.reply) == ((200,), None)
    (message,) = await rows(story.bot, MessageRow)
    assert (message.room, message.account, message.text) == (CHAT, "ZhangWei", "@小微 36.5 正常")
    assert len(await rows(story.bot, CheckinRow)) == 1
    await story.until_read([NOTED])
    (answer,) = story.fake.seen_in(CHAT)
    assert (answer.answers, answer.msgtype) == (mention.msgid, "markdown")
    await story.later(seconds=0)
    (message,) = await rows(story.bot, MessageRow)
    assert message.reply_to is None, "its address is good for nothing any more"


async def test_in_private_as_well(story: AibotStory) -> None:
    await story.private("张伟", "36.5 正常")
    await story.fake.until(lambda: story.read_by("张伟"))
    assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_forgeries_repeats_and_what_is_played_again_change_nothing(story: AibotStory) -> None:
    for forgery, status in (("signature", 403), ("key", 400), ("receiver", 400)):
        refused = await story.mention("张伟", "@小微 36.5 正常", forgery=forgery)
        assert refused.answer is not None
        assert set(refused.answer.statuses) == {status}
    assert await rows(story.bot, MessageRow) == []
    repeated = await story.mention("张伟", "@小微 36.5 正常", copies=3)
    assert repeated.answer is not None
    assert repeated.answer.statuses == (200, 200, 200)
    assert len(await rows(story.bot, MessageRow)) == 1
    await story.until_read([NOTED])
    await story.later(seconds=5)
    assert story.read_in() == [NOTED]
    assert (await story.fake.bot_verify(story.url, forgery="signature")).statuses == (403,)


async def test_what_cannot_be_stored_is_answered_with_503_and_comes_again(story: AibotStory) -> None:
    text = "@小微 36.5 正常。" + "今天保养了水带，" * 500
    with full_disk(story.bot.store):
        refused = await story.mention("张伟", text, msgid="m-1")
        assert refused.answer is not None
        assert refused.answer.statuses == (503, 503, 503)
    taken = await story.mention("张伟", text, msgid="m-1")
    assert taken.delivered
    assert len(await rows(story.bot, CheckinRow)) == 1


async def test_a_cry_for_help_is_kept_although_nobody_can_say_in_time_who_it_is(settings: Settings) -> None:
    app = app_settings(MEMBERS_BOT)
    async with told_to_the_bot(only_jobs(settings), MEMBERS_BOT, app=app, mode="callback") as story:
        await story.fake.use_callback(story.url)
        story.fake.fail("batch/openuserid_to_userid", delay=6.0)
        mention = await story.mention("张伟", "@小微 孩子没人带，上不了班")
        assert mention.answer is not None
        assert mention.answer.statuses == (200,)
        (message,) = await rows(story.bot, MessageRow)
        assert message.status == "stranger"
        await story.mention("张伟", "@小微 36.5 正常")
        await story.later(seconds=2)
        assert [row.status for row in await rows(story.bot, MessageRow)] == ["handled", "handled"]
        assert len(await rows(story.bot, CaseRow)) == 1


async def test_a_store_that_is_too_slow_is_answered_with_503_in_time_and_stores_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.2)
    go_on = threading.Event()
    async with told_to_the_bot(only_jobs(settings), rules=Rules(bot_deliveries=1), mode="callback") as story:
        await story.fake.use_callback(story.url)
        with listening(story.bot, "commit", lambda _connection: go_on.wait(20)):
            refused = await story.mention("张伟", "@小微 36.5 正常", msgid="m-1")
            assert refused.answer is not None
            assert refused.answer.statuses == (503,)
            go_on.set()
            monkeypatch.undo()
            repeated = await story.mention("张伟", "@小微 36.5 正常", msgid="m-1")
        assert repeated.delivered
        assert len(await rows(story.bot, MessageRow)) == 1
        assert len(await rows(story.bot, CheckinRow)) == 1


async def test_it_cannot_speak_of_its_own_accord(story: AibotStory) -> None:
    await story.tell("王磊", "别忘了日报")
    await story.private("王磊", "36.5 正常")
    await story.fake.until(lambda: story.read_by("王磊"))
    await story.later(seconds=0)
    await story.tell("王磊", "别忘了日报")
    await story.say_in("今天的课")
    assert [state for state in await said(story) if state[0] == NoticeState.FAILED] == [
        (NoticeState.FAILED, "unreachable"),
        (NoticeState.FAILED, "unreachable"),
        (NoticeState.FAILED, "no_way_in"),
    ]
    assert story.read_by("王磊") == ["记下了：36.5℃，正常"]


async def test_what_waits_for_one_conversation_is_said_together_in_its_only_answer(story: AibotStory) -> None:
    story.fake.fail("aibot/response", errcode=40201)
    await story.private("王磊", "36.5 正常")
    await story.later(seconds=0)
    await story.tell("王磊", "别忘了日报", "今晚七点学习")
    assert story.read_by("王磊") == ["别忘了日报\n\n今晚七点学习"]
    assert [state for state, _ in await said(story)] == [NoticeState.FAILED, NoticeState.SENT, NoticeState.SENT]


async def test_an_answer_whose_acknowledgement_was_lost_is_not_tried_at_another_messages_address(story: AibotStory) -> None:
    story.fake.fail("aibot/response", close=1006, accepted=True)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.until_read([NOTED])
    await story.later(seconds=10)
    assert story.read_in() == [NOTED]
    assert ("sent", None) in await said(story)


async def test_an_address_that_is_dead_is_given_up_and_the_next_messages_is_used(story: AibotStory) -> None:
    story.fake.fail("aibot/response", errcode=60140)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(lambda: story.fake.calls("aibot/response"))
    await story.later(seconds=0)
    assert story.read_in() == []
    good = await story.mention("李明", "@小微 绑定")
    await story.fake.until(story.read_in)
    (answer,) = story.fake.seen_in(CHAT)
    assert (answer.answers, answer.text) == (good.msgid, "好，这个群就是“第一党小组”的群了。")
    assert [call.errcode for call in story.fake.calls("aibot/response")] == [60140, 0]


async def test_an_hour_later_nothing_is_sent_to_the_address(story: AibotStory) -> None:
    story.fake.fail("aibot/response", errcode=-1, times=None)
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(lambda: story.fake.calls("aibot/response"))
    await story.later(minutes=58)
    story.fake.works()
    calls = len(story.fake.calls("aibot/response"))
    await story.later(minutes=30)
    assert len(story.fake.calls("aibot/response")) == calls
    assert (NoticeState.FAILED, "no_way_in") in await said(story)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "", None])
async def test_an_address_that_is_none_is_not_called(story: AibotStory, url: str | None) -> None:
    head = {"msgid": "m-1", "chatid": CHAT, "chattype": "group", "from": {"userid": "ZhangWei"}, "response_url": url}
    assert await post(story, json.dumps({**head, "msgtype": "text", "text": {"content": "@小微 36.5 正常"}})) == 200
    await story.later(seconds=0)
    (message,) = await rows(story.bot, MessageRow)
    assert (message.text, message.reply_to) == ("@小微 36.5 正常", None)
    assert (NoticeState.FAILED, "no_way_in") in await said(story)


async def test_who_opens_the_chat_is_welcomed_in_the_answer_itself(story: AibotStory) -> None:
    entered = await story.fake.enter_chat("ZhangWei")
    assert entered.answer is not None
    assert entered.answer.error == ""
    assert story.read_by("张伟")[0].startswith("张伟，我是小微")


async def test_a_case_is_a_card_in_private_and_what_is_pressed_counts_and_shows(story: AibotStory) -> None:
    story.fake.fail("aibot/response", errcode=-1, times=4)  # so that the secretary's message is still to be answered
    await story.private("周建国", "在吗")
    await story.fake.until(lambda: len(story.fake.calls("aibot/response")) == 4)
    await story.private("张伟", NO_CARER)
    await story.fake.until(story.fake.cards)
    (card,) = story.fake.cards()
    (case,) = await rows(story.bot, CaseRow)
    pressed = await story.fake.press("ZhouJianGuo", card, f"收到 {case.id}")
    assert pressed.answer is not None
    assert pressed.answer.error == ""
    now = card.card_for("ZhouJianGuo")
    assert now is not None
    assert [button["text"] for button in now["button_list"]] == ["转交", "办结"]
    (case,) = await rows(story.bot, CaseRow)
    assert case.state == "acknowledged"
    await story.later(seconds=20)
    assert any("由你处理" in text for text in story.read_by("周建国")), "the press is answered at its own address"


@pytest.mark.parametrize(
    ("card", "chat", "shown"),
    [
        (CARD, None, "template_card"),
        (CARD, CHAT, "markdown"),  # a group's address takes no card
        (replace(CARD, text="字" * 150), None, "markdown"),  # one answer, and not all of it would be on the card
    ],
)
async def test_a_card_goes_where_it_can_be_read_and_words_elsewhere(story: AibotStory, card: Card, chat: str | None, shown: str) -> None:
    for sender in story.bot._senders:
        await sender.stop()
    await (story.private("张伟", "在吗") if chat is None else story.mention("张伟", "@小微 在吗", chat))
    (message,) = await rows(story.bot, MessageRow)
    channel = story.bot.channels["wecom_aibot"]
    sent = await channel.send(Outgoing(1, chat, None if chat else "ZhangWei", "全部的话", card, message.reply_to))
    assert sent.reply_used
    (seen,) = story.fake.seen_in(CHAT) if chat else story.fake.seen_by("ZhangWei")
    assert seen.msgtype == shown
    assert (seen.text == "全部的话") == (shown == "markdown")


async def test_a_press_that_could_not_be_stored_counts_nevertheless(story: AibotStory) -> None:
    story.bot.channels["wecom_aibot"]._reception._first_wait = 0.01  # type: ignore[attr-defined]
    words = "今天保养了水带，" * 500
    with full_disk(story.bot.store):
        status = await post(story, press(words))
        assert status == 503
    (message,) = await story.stored(1)
    assert message.text == words


@pytest.mark.parametrize("body", ["[]", '"x"', '{"from": 7, "msgid": "m"}', "no json at all"])
async def test_what_is_signed_and_is_no_message_is_refused(story: AibotStory, body: str) -> None:
    assert await post(story, body) == 400
    assert await rows(story.bot, MessageRow) == []


async def test_over_the_long_connection_nothing_listens_there(settings: Settings) -> None:
    async with told_to_the_bot(only_jobs(settings)) as story:
        assert await post(story, press("收到")) == 404


def press(key: str) -> str:
    event = {"eventtype": "template_card_event", "template_card_event": {"event_key": key, "task_id": "case-1-1"}}
    body = {"msgid": "m-press", "from": {"userid": "ZhangWei"}, "msgtype": "event", "event": event}
    return json.dumps(body, ensure_ascii=False)


async def post(story: AibotStory, body: str) -> int:
    """The status with which a signed post is answered."""
    crypto = Crypto(COMPANY.bot.token, COMPANY.bot.aes_key, "")
    encrypt, timestamp = crypto.encrypt(body.encode()), str(int(story.now().timestamp()))
    query: dict[str, Any] = {"msg_signature": crypto.sign(timestamp, "n", encrypt), "timestamp": timestamp, "nonce": "n"}
    async with ClientSession() as http, http.post(story.url, params=query, json={"encrypt": encrypt}) as response:
        return response.status
