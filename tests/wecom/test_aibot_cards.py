"""Cases come as cards: pressing a button does what its words do, and the card shows it."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.wecom.cards import QUESTION
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from tests.fakes.wecom_server.ledger import Message, words
from tests.stage import notices, only_jobs, rows
from tests.test_cases_told import NO_CARER
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot

LONG = NO_CARER + "，" + "她七十多岁了，腿脚不好，晚上也得有人看着，" * 6


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings)) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


async def case_of(story: AibotStory, text: str = NO_CARER) -> tuple[CaseRow, Message]:
    """Somebody is in need: the case, and the card that the secretary sees. The leader has not spoken to the bot, and hears nothing."""
    await story.private("周建国", "帮助")
    await story.fake.until(lambda: story.read_by("周建国"))
    await story.private("张伟", text)
    await story.fake.until(story.fake.cards)
    (case,) = await rows(story.bot, CaseRow)
    (card,) = story.fake.cards()
    assert card.to == "ZhouJianGuo"
    return case, card


async def state(story: AibotStory) -> str:
    (case,) = await rows(story.bot, CaseRow)
    return case.state


def shown(card: Message) -> str:
    """What the secretary reads on the card now."""
    now = card.card_for("ZhouJianGuo")
    assert now is not None
    return words(now)


def buttons(card: Message) -> list[str]:
    now = card.card_for("ZhouJianGuo")
    assert now is not None
    return [button["text"] for button in now.get("button_list", ())]


async def test_what_the_secretary_presses_does_what_the_words_do_and_the_card_shows_it(story: AibotStory) -> None:
    case, card = await case_of(story)
    assert shown(card) == f"【困难 {case.id}】张伟\n06:05 第一党小组 待响应\n{NO_CARER}\n（身体、家庭）"
    assert buttons(card) == ["收到，我来", "转交", "办结"]

    await story.fake.press("ZhouJianGuo", card, f"收到 {case.id}")
    await story.fake.until(lambda: len(buttons(card)) == 2)
    assert await state(story) == "acknowledged"
    assert shown(card).split("\n")[1].endswith("：周建国")
    press = (await rows(story.bot, MessageRow))[-1]
    assert (press.text, press.room, press.account, press.addressed) == (f"收到 {case.id}", None, "ZhouJianGuo", True)
    await story.later(seconds=0)
    assert story.read_by("周建国")[-1] == f"好，事项 {case.id}（张伟）由你处理。办完发“办结 {case.id} 结果”。"
    assert story.read_by("张伟")[-1] == f"周建国已经看到你说的事（事项 {case.id}），会跟你联系。"

    await story.fake.press("ZhouJianGuo", card, f"办结 {case.id}")
    await story.fake.until(lambda: buttons(card) != ["转交", "办结"])
    assert await state(story) == "proposed"


async def test_whom_a_case_is_handed_to_is_chosen_on_the_card(story: AibotStory) -> None:
    await story.private("孙丽", "帮助")
    case, card = await case_of(story)
    await story.fake.press("ZhouJianGuo", card, f"转交 {case.id}", selected={QUESTION: [f"转交 {case.id} 孙丽"]})
    await story.fake.until(lambda: "待响应：孙丽" in shown(card))
    (case,) = await rows(story.bot, CaseRow)
    directory = story.bot.office.directory
    assert directory.people[case.owner_id or 0].name == "孙丽"
    await story.later(seconds=0)
    assert any(f"{case.id}" in text for text in story.read_by("孙丽")[1:])


async def test_the_same_press_twice_counts_once(story: AibotStory) -> None:
    case, card = await case_of(story)
    before = len(await rows(story.bot, MessageRow))
    await story.fake.press("ZhouJianGuo", card, f"收到 {case.id}", copies=2)
    await story.fake.until(lambda: len(story.fake.calls("aibot_respond_update_msg")) == 2)
    assert len(await rows(story.bot, MessageRow)) == before + 1
    assert [call.errcode for call in story.fake.calls("aibot_respond_update_msg")] == [0, 846605]


async def test_a_card_that_is_changed_too_late_stays_and_what_was_pressed_counts(story: AibotStory) -> None:
    case, card = await case_of(story)
    story.fake.fail("aibot_respond_update_msg", errcode=846605)
    await story.fake.press("ZhouJianGuo", card, f"收到 {case.id}")
    await story.fake.until(lambda: story.fake.calls("aibot_respond_update_msg"))
    assert await state(story) == "acknowledged"
    assert buttons(card) == ["收到，我来", "转交", "办结"]
    await story.later(seconds=0)
    assert "由你处理" in story.read_by("周建国")[-1]


async def test_what_does_not_fit_on_a_card_is_said_before_it(story: AibotStory) -> None:
    case, card = await case_of(story, LONG)
    assert shown(card).endswith("…")
    _, text, shown_card = story.fake.seen_by("ZhouJianGuo")
    assert LONG[:-1] in text.text.replace("\n", "")
    assert shown_card is card
    assert f"收到 {case.id}" in text.text


async def test_of_many_hardships_in_one_minute_the_platform_has_to_refuse_none(story: AibotStory) -> None:
    members = ("张伟", "王磊", "高强", "赵云飞")
    for who in ("周建国", *members):
        await story.private(who, "帮助")
    for number in range(24):
        await story.private(members[number % 4], f"我爸住院要做手术，家里没人照顾，{LONG}第{number}件")
    await story.stored(29)
    for _ in range(3):
        await story.later(seconds=65)
    assert {call.errcode for call in story.fake.calls() if call.answer is not None} == {0}
    read = story.fake.seen_by("ZhouJianGuo")
    assert [number for number in range(24) if not any(f"第{number}件" in message.text for message in read)] == []
    assert sum(message.card is not None for message in read) == 24


async def test_a_card_that_fails_is_tried_again_and_its_text_is_said_once(story: AibotStory) -> None:
    await story.private("周建国", "帮助")
    await story.fake.until(lambda: story.read_by("周建国"))
    story.fake.fail("aibot_send_msg", delay=0.0)
    story.fake.fail("aibot_send_msg", errcode=-1)
    await story.private("张伟", LONG)
    await story.fake.until(lambda: len(story.fake.calls("aibot_send_msg")) >= 2)
    await story.later(seconds=10)
    assert [message.msgtype for message in story.fake.seen_by("ZhouJianGuo")][1:] == ["markdown", "template_card"]


async def test_a_card_whose_acknowledgement_was_lost_is_not_shown_twice(story: AibotStory) -> None:
    await story.private("周建国", "帮助")
    await story.fake.until(lambda: story.read_by("周建国"))
    async with story.an_answer_lost("aibot_send_msg", accepted=True):
        await story.private("张伟", NO_CARER)
        await story.fake.until(story.fake.cards)
        await story.settled()
    await story.later(seconds=10)
    assert [call.errcode for call in story.fake.calls("aibot_send_msg")] == [None, 42014]
    assert [message.msgtype for message in story.fake.seen_by("ZhouJianGuo")][1:] == ["template_card"]
    (alert,) = [row for row in await notices(story.bot, NoticeKind.ALERT) if row.member_id and row.address]
    assert alert.state == NoticeState.SENT


@pytest.mark.parametrize("code", [42014, 40016, 40058])
async def test_where_a_card_is_not_taken_the_words_go_without_it(story: AibotStory, code: int) -> None:
    """42014: an older database of the unit has used its key. Rather twice than never."""
    await story.private("周建国", "帮助")
    await story.fake.until(lambda: story.read_by("周建国"))
    story.fake.fail("aibot_send_msg", errcode=code)
    await story.private("张伟", NO_CARER)
    await story.fake.until(lambda: len(story.read_by("周建国")) == 2)
    assert NO_CARER in story.read_by("周建国")[-1]
    assert story.fake.cards() == []


async def test_who_opens_the_chat_is_welcomed_once_a_day(story: AibotStory) -> None:
    await story.fake.enter_chat("ZhangWei")
    await story.fake.until(lambda: story.read_by("张伟"))
    assert story.read_by("张伟")[0].startswith("张伟，我是小微")
    assert not (await story.fake.enter_chat("ZhangWei")).delivered
    assert await rows(story.bot, MessageRow) == []
    assert story.bot.office.directory.chats == frozenset(), "opening a chat is not speaking to it"


async def test_a_greeting_that_came_too_late_is_nothing_to_try_again(story: AibotStory) -> None:
    story.fake.fail("aibot_respond_welcome_msg", errcode=846605)
    await story.fake.enter_chat("ZhangWei")
    await story.fake.until(lambda: story.fake.calls("aibot_respond_welcome_msg"))
    await story.private("张伟", "36.5 正常")
    await story.fake.until(lambda: story.read_by("张伟"))
    assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_other_events_are_left_alone(story: AibotStory) -> None:
    for event in ({"eventtype": "feedback_event", "feedback_event": {"id": "f", "type": 1}}, {"eventtype": "party"}, None):
        body = {"msgid": f"m-{event}", "from": {"userid": "ZhangWei"}, "msgtype": "event", "event": event, "chattype": "single"}
        await story.fake.send_frame({"cmd": "aibot_event_callback", "headers": {"req_id": "r"}, "body": body})
    await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(lambda: story.fake.seen_in(CHAT))
    assert len(await rows(story.bot, MessageRow)) == 1
