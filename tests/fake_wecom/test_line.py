"""The fake platform's long connection keeps the platform's rules: who may connect, what is acknowledged, what people see."""

from typing import Any

import pytest
from aiohttp import ClientSession

from tests.fakes.line_bot import CARD, CHAT, Bot, call, mentioned
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Rules


async def test_nothing_goes_before_the_subscription_and_a_wrong_secret_gets_none(fake: FakeWeCom, http: ClientSession) -> None:
    bot = await call(fake, http)
    assert await bot.code("ping", None) == 846609
    assert await bot.push() == 846609
    assert await bot.subscribe("wrong") == 853000
    assert not fake.connected
    assert await bot.subscribe() == 0
    assert await bot.code("ping", None) == 0
    assert await bot.code("aibot_dance", {}) == 40058


async def test_who_subscribes_too_often_must_wait(http: ClientSession, clock: MovedClock) -> None:
    async with FakeWeCom(now=clock, rules=Rules(subscribes_per_minute=2)) as fake:
        bot = await call(fake, http)
        assert [await bot.subscribe() for _ in range(3)] == [0, 0, 45009]
        clock.later(seconds=60)
        assert await bot.subscribe() == 0


async def test_a_second_subscription_ends_the_first(fake: FakeWeCom, http: ClientSession, bot: Bot) -> None:
    other = await call(fake, http)
    assert await other.subscribe() == 0
    goodbye = await bot.read()
    assert (goodbye["cmd"], goodbye["body"]["event"]["eventtype"]) == ("aibot_event_callback", "disconnected_event")
    assert "from" not in goodbye["body"]
    assert await bot.closed() == 1000
    await fake.mention("lisi", CHAT, "@小微 在吗")
    assert (await other.read())["body"]["text"]["content"] == "@小微 在吗"


async def test_a_connection_without_a_ping_is_closed(http: ClientSession) -> None:
    beat = [0.0]
    async with FakeWeCom(monotonic=lambda: beat[0]) as fake:
        bot = await call(fake, http)
        await bot.subscribe()
        for beat[0] in (60.0, 120.0, 180.0):
            assert await bot.code("ping", None) == 0
        beat[0] = 271.0
        assert await bot.closed() == 1001


async def test_a_mention_is_answered_by_a_stream_that_grows(fake: FakeWeCom, bot: Bot) -> None:
    delivery = await fake.mention("lisi", CHAT, "@小微 36.5", msgid="m-1", quote="今天谁还没报？")
    frame = await bot.read()
    assert frame["cmd"] == "aibot_msg_callback"
    assert frame["body"] == {
        "msgid": "m-1",
        "aibotid": "aib-demo",
        "chatid": CHAT,
        "chattype": "group",
        "from": {"userid": "lisi"},
        "msgtype": "text",
        "text": {"content": "@小微 36.5"},
        "quote": {"msgtype": "text", "text": {"content": "今天谁还没报？"}},
    }
    assert await bot.stream(delivery, "收到…") == 0
    [seen] = fake.seen_in(CHAT)
    assert (seen.text, seen.finished) == ("收到…", False)
    assert await bot.stream(delivery, "已登记 36.5", finish=True) == 0
    assert (seen.text, seen.finished, seen.answers, seen.frames) == ("已登记 36.5", True, "m-1", ["收到…", "已登记 36.5"])
    assert await bot.stream(delivery, "还有") == 846608
    assert await bot.stream(delivery, "另一条", name="s-2", finish=True) == 0
    assert [message.text for message in fake.seen_in(CHAT)] == ["已登记 36.5", "另一条"]


async def test_an_answer_has_its_time(fake: FakeWeCom, bot: Bot, clock: MovedClock) -> None:
    delivery = await mentioned(fake, bot)
    assert await bot.stream(delivery, "…") == 0
    clock.later(minutes=6, seconds=1)
    assert await bot.stream(delivery, "晚了", finish=True) == 846608
    assert await bot.stream(delivery, "新的一条", name="s-2", finish=True) == 0
    clock.later(hours=24)
    assert await bot.stream(delivery, "太晚了", name="s-3") == 846605


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"msgtype": "text", "text": {"content": "好"}}, 40008),
        ({"msgtype": "stream", "stream": {"content": "没有编号"}}, 40058),
        ({"msgtype": "stream", "stream": {"id": "s", "content": "字" * 6827}}, 40058),
        ({"msgtype": "stream", "stream": {"id": "s", "content": "", "finish": True, "msg_item": []}}, 40058),
        ({"msgtype": "markdown", "markdown": {"content": "x" * 20481}}, 40058),
        ({"msgtype": "file", "file": {"media_id": "gone"}}, 40007),
        ({"msgtype": "template_card", "template_card": {**CARD, "task_id": ""}}, 42014),
    ],
)
async def test_an_answer_of_a_wrong_kind_is_refused(fake: FakeWeCom, bot: Bot, body: Any, code: int) -> None:
    delivery = await mentioned(fake, bot)
    assert await bot.code("aibot_respond_msg", body, delivery.req_id) == code
    assert fake.seen_in(CHAT) == []


async def test_only_what_the_platform_asked_can_be_answered(fake: FakeWeCom, bot: Bot, clock: MovedClock) -> None:
    message = await mentioned(fake, bot)
    words = {"msgtype": "text", "text": {"content": "你好"}}
    stream = {"msgtype": "stream", "stream": {"id": "s", "content": "你好", "finish": True}}
    assert await bot.code("aibot_respond_msg", stream, "made-up") == 846605
    assert await bot.code("aibot_respond_welcome_msg", words, message.req_id) == 846605
    entered = await fake.enter_chat("wangwu")
    assert (await bot.read())["body"]["event"] == {"eventtype": "enter_chat"}
    assert await bot.code("aibot_respond_msg", stream, entered.req_id) == 846605
    assert await bot.code("aibot_respond_welcome_msg", words, entered.req_id) == 0
    assert await bot.code("aibot_respond_welcome_msg", words, entered.req_id) == 846605
    assert [message.text for message in fake.seen_by("wangwu")] == ["你好"]
    assert not (await fake.enter_chat("wangwu")).delivered
    clock.later(days=1)
    late = await fake.enter_chat("wangwu")
    await bot.read()
    clock.later(seconds=6)
    assert await bot.code("aibot_respond_welcome_msg", words, late.req_id) == 846605


async def test_a_card_is_pressed_and_changed_at_once_for_some_or_all(fake: FakeWeCom, bot: Bot, clock: MovedClock) -> None:
    fake.meet(CHAT)
    assert await bot.push(msgtype="template_card", template_card=CARD, chat_type=2) == 0
    [card] = fake.cards()
    pressed = await fake.press("wangwu", card, "vote:1", selected={"who": ["b"]})
    body = (await bot.read())["body"]
    assert (body["from"], body["chatid"], body["event"]["eventtype"]) == ({"userid": "wangwu"}, CHAT, "template_card_event")
    assert body["event"]["template_card_event"] == {
        "card_type": "vote_interaction",
        "event_key": "vote:1",
        "task_id": "vote-1",
        "selected_items": {"selected_item": [{"question_key": "who", "option_ids": {"option_id": ["b"]}}]},
    }
    thanks = {"card_type": "text_notice", "main_title": {"title": "已投"}, "card_action": {"type": 0}, "task_id": "vote-1"}
    change = {"response_type": "update_template_card", "userids": ["wangwu"], "template_card": thanks}
    other = {**change, "template_card": {**thanks, "task_id": "vote-2"}}
    assert await bot.code("aibot_respond_update_msg", other, pressed.req_id) == 40058
    assert await bot.code("aibot_respond_update_msg", change, pressed.req_id) == 0
    assert (card.card_for("wangwu"), card.card_for("lisi")) == (thanks, CARD)
    assert await bot.code("aibot_respond_update_msg", change, pressed.req_id) == 846605
    with pytest.raises(ValueError, match="no 'vote:1'"):
        await fake.press("wangwu", card, "vote:1")
    late = await fake.press("lisi", card, "vote:1", selected={"who": ["a"]})
    await bot.read()
    clock.later(seconds=6)
    assert await bot.code("aibot_respond_update_msg", change, late.req_id) == 846605
    with pytest.raises(ValueError, match="does not offer"):
        await fake.press("lisi", card, "vote:1", selected={"who": ["c"]})
    last = await fake.press("lisi", card, "vote:1", selected={"who": ["a"]})
    await bot.read()
    closed = {**change, "userids": [], "template_card": {**thanks, "main_title": {"title": "投票结束"}}}
    assert await bot.code("aibot_respond_update_msg", closed, last.req_id) == 0
    assert card.card_for("wangwu") == card.card_for("lisi") == closed["template_card"]


async def test_the_bot_pushes_only_where_somebody_has_talked_to_it(fake: FakeWeCom, bot: Bot) -> None:
    assert await bot.push() == 93006
    await mentioned(fake, bot)
    assert await bot.push() == 0
    assert await bot.push(chatid=CHAT.lower()) == 93006
    assert await bot.push(chatid="lisi", chat_type=1) == 93006
    assert await bot.push(chatid=CHAT, chat_type=1) == 93006
    await fake.private("lisi", "36.5")
    assert (await bot.read())["body"]["chattype"] == "single"
    assert await bot.push("私信", "lisi", chat_type=1) == 0
    assert await bot.push("私信", "lisi") == 0
    assert await bot.push(msgtype="text", text={"content": "x"}) == 40008
    assert await bot.push("字" * 6827) == 40058
    fake.remove_bot(CHAT)
    assert await bot.push() == 93006
    assert ([one.text for one in fake.seen_in(CHAT)], [one.text for one in fake.seen_by("lisi")]) == (["汇总"], ["私信", "私信"])


async def test_answers_and_pushes_share_thirty_a_minute_and_a_thousand_an_hour(fake: FakeWeCom, bot: Bot, clock: MovedClock) -> None:
    delivery = await mentioned(fake, bot)
    fake.meet("lisi")
    assert {await bot.stream(delivery, f"{n}") for n in range(15)} == {0}
    assert {await bot.push() for _ in range(15)} == {0}
    assert await bot.push() == 846607
    assert await bot.stream(delivery, "多一条") == 846607
    assert await bot.push("另一个会话", "lisi") == 0
    for _ in range(33):
        clock.later(seconds=60)
        codes = {await bot.push() for _ in range(30)}
    assert codes == {0, 846607}
    clock.later(minutes=30)
    assert await bot.push() == 0
