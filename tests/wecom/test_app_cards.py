"""Cards of the app: an alert can be acted on with one press, and the card then says how things stand; and who opens the app is greeted."""

from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.channels.wecom.cards import QUESTION
from bot.settings import Settings
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from tests.fakes.wecom_server.ledger import Message
from tests.stage import only_jobs, rows
from tests.wecom.app_unit import USERIDS, AppStory, told_to_the_app


async def alert(story: AppStory, words: str = "我娘住院了没人照顾，请组织帮忙") -> Message:
    """A hardship of 张伟; the card of his secretary."""
    await story.say("张伟", words)
    (card,) = story.cards_of("周建国")
    return card


def labels(card: Message) -> list[str]:
    return [button["text"] for button in (card.card or {}).get("button_list", [])]


def key_of(card: Message, label: str) -> str:
    return next(str(button["key"]) for button in (card.card or {})["button_list"] if button["text"] == label)


async def test_a_secretary_takes_a_case_with_one_press_and_the_card_says_so(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        card = await alert(story)
        assert "我娘住院了没人照顾" in card.text
        assert labels(card) == ["收到，我来", "转交", "办结"]
        await story.press("周建国", card, key_of(card, "收到，我来"))
        (case,) = await rows(story.bot, CaseRow)
        assert case.state == "acknowledged"
        assert "周建国" in card.text, "the card says who has it"
        assert labels(card) == ["转交", "办结"]
        assert len(story.cards_of("周建国")) == 1, "it is the same card"
        pressed = (await rows(story.bot, MessageRow))[-1]
        assert (pressed.text, pressed.account, pressed.room) == ("收到 1", "ZhouJianGuo", None)


async def test_a_case_is_handed_over_to_whoever_is_chosen_on_the_card(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        card = await alert(story)
        options = {option["text"]: option["id"] for option in (card.card or {})["button_selection"]["option_list"]}
        await story.press("周建国", card, options["孙丽"].removesuffix(" 孙丽"), selected={QUESTION: [options["孙丽"]]})
        (case,) = await rows(story.bot, CaseRow)
        owner = story.bot.office.directory.people[case.owner_id or 0]
        assert owner.name == "孙丽"
        assert "孙丽" in card.text


async def test_a_press_that_is_delivered_three_times_is_one_message_and_a_card_that_cannot_be_changed_is_one_log_line(
    settings: Settings,
) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        card = await alert(story)
        before = len(await rows(story.bot, MessageRow))
        story.fake.fail("message/update_template_card", errcode=60140, times=None)
        with capture_logs() as lines:
            await story.press("周建国", card, key_of(card, "收到，我来"), copies=3)
        assert len(await rows(story.bot, MessageRow)) == before + 1
        assert [line["reason"] for line in lines] == ["response_code_used (60140)"] * 3
        assert not any("住院" in str(line) or "周建国" in str(line) for line in lines)


async def test_a_press_in_the_corner_of_a_card_says_its_words_too(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        card = await alert(story)
        fields = {"EventKey": "收到 1", "TaskId": (card.card or {})["task_id"], "CardType": "button_interaction", "ResponseCode": "none"}
        assert (await story.fake.app_event(story.url, "ZhouJianGuo", "template_card_menu_event", fields)).accepted
        await story.quiet()
        (case,) = await rows(story.bot, CaseRow)
        assert case.state == "acknowledged"


LOST_ANSWERS: list[dict[str, Any]] = [{"errcode": -1}, {"status": 502}, {"silent": True}, {"close": 1006}]


@pytest.mark.parametrize("trouble", LOST_ANSWERS, ids=str)
@pytest.mark.parametrize("of", ["the words", "the card"])
async def test_words_that_a_card_has_no_room_for_go_before_it_and_both_are_seen_once(
    settings: Settings, trouble: dict[str, Any], of: str
) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        if of == "the card":
            story.fake.fail("message/send", delay=0.001)  # the words, which arrive
        story.lose_an_answer(**trouble)
        await story.say("张伟", "我娘住院了没人照顾，请组织帮忙。" + "医院在城东，离营区两个小时。" * 12)
        await story.later(minutes=3)
        words, card = story.fake.seen_by(USERIDS["周建国"])
        assert "医院在城东，离营区两个小时。" * 12 in words.text
        assert card.card is not None
        assert card.text.endswith("…")


@pytest.mark.parametrize("trouble", LOST_ANSWERS, ids=str)
async def test_a_card_whose_answer_was_lost_is_seen_once(settings: Settings, trouble: dict[str, Any]) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.lose_an_answer(**trouble)  # alerts go first
        await story.say("张伟", "我娘住院了没人照顾，请组织帮忙")
        await story.later(minutes=3)
        assert story.fake.calls("message/send")[0].body["msgtype"] == "template_card"
        assert [message.msgtype for message in story.fake.seen_by(USERIDS["周建国"])] == ["template_card"]
        assert [message.msgtype for message in story.fake.seen_by(USERIDS["李明"])] == ["template_card"]
        assert [message.msgtype for message in story.fake.seen_by(USERIDS["张伟"])] == ["text"]


@pytest.mark.parametrize("code", [42014, 40016, 40058])
async def test_a_card_that_is_not_taken_is_said_in_words(settings: Settings, code: int) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        send = story.channel._client.send

        async def refuses_cards(userid: str, content: Any, *, once: bool) -> str:
            if content["msgtype"] == "template_card":
                story.fake.fail("message/send", errcode=code)
            return await send(userid, content, once=once)

        story.channel._client.send = refuses_cards  # type: ignore[method-assign]
        await story.say("张伟", "我娘住院了没人照顾，请组织帮忙")
        await story.later(seconds=0)
        (told,) = story.read_by("周建国")
        assert "我娘住院了没人照顾" in told
        assert "收到 1" in told, "it says what to answer"


async def test_without_an_address_that_receives_there_are_no_buttons(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), token=None, encoding_aes_key=None, sandbox=True) as story:
        await story.decide("周建国", "早")
        assert not story.channel.capabilities.buttons
        assert not story.channel.capabilities.private
        async with ClientSession() as http, http.post(story.url, data="<xml/>") as response:
            assert response.status == 404


async def test_who_opens_the_app_for_the_first_time_is_greeted_and_nobody_twice(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), userids=USERIDS | {"高强": ""}) as story:
        for event in ("subscribe", "enter_agent", "enter_agent"):
            for who in ("ZhangWei", "gaoqiang"):
                assert (await story.fake.app_event(story.url, who, event, {"EventKey": ""})).accepted
            await story.quiet()
        (known,), (unknown,) = story.read_by("张伟"), story.read_by("高强")
        assert known.startswith("张伟，我是小微")
        assert "我是 你的姓名" in unknown


async def test_who_has_talked_to_the_app_is_not_greeted_at_every_opening(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.say("张伟", "36.5 正常")
        for _ in range(3):
            await story.fake.app_event(story.url, "ZhangWei", "enter_agent", {"EventKey": ""})
        await story.quiet()
        assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_a_greeting_that_did_not_arrive_is_said_at_the_next_opening(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.fake.fail("message/send", errcode=60011)
        for _ in range(2):
            await story.fake.app_event(story.url, "ZhangWei", "enter_agent", {"EventKey": ""})
            await story.quiet()
        assert len(story.read_by("张伟")) == 1


@pytest.mark.parametrize("event", ["unsubscribe", "LOCATION", "click", "view", "change_contact", "a_new_one"])
async def test_other_events_are_answered_and_leave_no_trace(settings: Settings, event: str) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        assert (await story.fake.app_event(story.url, "ZhangWei", event, {"EventKey": "收到 1"})).accepted
        await story.later(seconds=0)
        assert await rows(story.bot, MessageRow) == []
        assert story.read_by("张伟") == []


async def test_where_some_read_the_app_from_wechat_everything_is_said_in_words(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), cards=False) as story:
        await story.say("张伟", "我娘住院了没人照顾，请组织帮忙")
        assert story.cards_of("周建国") == []
        assert any("我娘住院了没人照顾" in text and "收到 1" in text for text in story.read_by("周建国"))
        await story.say("周建国", "收到 1")
        (case,) = await rows(story.bot, CaseRow)
        assert case.state == "acknowledged"
