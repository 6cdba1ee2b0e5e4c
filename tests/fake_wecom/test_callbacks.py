"""The fake platform calls a bot's own server: verification, repeats, forgeries, and what it takes for a reply."""

import asyncio
import json
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.fakes.http_client import web_client
from tests.fakes.office import Door, MovedClock, Request
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server import crypto
from tests.fakes.wecom_server.company import Company, Rules

COMPANY = Company()
APP, BOT = COMPANY.apps[0], COMPANY.bot
CHAT = "wr-demo-chat"


@pytest.fixture
async def fake(clock: MovedClock) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(COMPANY, now=clock, rules=Rules(verify_seconds=0.2, callback_seconds=0.2)) as fake:
        yield fake


async def empty(_request: Request) -> web.Response:
    return web.Response()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door(empty)
    await door.open()
    yield door
    await door.close()


def app_message(request: Request) -> dict[str, str]:
    """What an app reads out of a post."""
    encrypted = ET.fromstring(request.body).findtext("Encrypt") or ""
    query = request.query
    assert crypto.signed(query["msg_signature"], APP.token, query["timestamp"], query["nonce"], encrypted)
    return {child.tag: child.text or "" for child in ET.fromstring(crypto.decrypt(APP.aes_key, encrypted, COMPANY.corp_id))}


def app_reply(xml: str, token: str = APP.token) -> web.Response:
    """An app's passive reply."""
    encrypted = crypto.encrypt(APP.aes_key, xml, COMPANY.corp_id)
    signature = crypto.signature(token, "1767225602", "own", encrypted)
    tail = f"<MsgSignature>{signature}</MsgSignature><TimeStamp>1767225602</TimeStamp><Nonce>own</Nonce>"
    return web.Response(text=f"<xml><Encrypt>{encrypted}</Encrypt>{tail}</xml>")


def bot_message(request: Request) -> dict[str, Any]:
    """What an AI bot reads out of a post."""
    encrypted, query = json.loads(request.body)["encrypt"], request.query
    assert crypto.signed(query["msg_signature"], BOT.token, query["timestamp"], query["nonce"], encrypted)
    message: dict[str, Any] = json.loads(crypto.decrypt(BOT.aes_key, encrypted, ""))
    return message


def bot_reply(request: Request, body: Any, **change: Any) -> web.Response:
    """An AI bot's passive reply."""
    encrypted = crypto.encrypt(BOT.aes_key, json.dumps(body, ensure_ascii=False), "")
    nonce = request.query["nonce"]
    signature = crypto.signature(BOT.token, "1767225602", nonce, encrypted)
    return web.json_response({"encrypt": encrypted, "msgsignature": signature, "timestamp": 1767225602, "nonce": nonce} | change)


def streamed(words: str, *, finish: bool) -> dict[str, Any]:
    return {"msgtype": "stream", "stream": {"id": "s-1", "finish": finish, "content": words}}


@pytest.mark.parametrize(
    ("tail", "error"), [("", ""), ("\n", "another text than the echo"), ('"', "another text than the echo"), ("slow", "no answer in time")]
)
async def test_an_address_proves_itself_by_the_echo_alone_and_at_once(fake: FakeWeCom, door: Door, tail: str, error: str) -> None:
    async def answer(request: Request) -> web.Response:
        query = request.query
        assert crypto.signed(query["msg_signature"], APP.token, query["timestamp"], query["nonce"], query["echostr"])
        if tail == "slow":
            await asyncio.sleep(0.5)
        return web.Response(text=crypto.decrypt(APP.aes_key, query["echostr"], COMPANY.corp_id) + tail)

    door.answer = answer
    assert (await fake.app_verify(door.url)).error == error


async def test_a_message_to_the_app_arrives_encrypted_and_is_answered(fake: FakeWeCom, door: Door, clock: MovedClock) -> None:
    async def answer(request: Request) -> web.Response:
        assert app_message(request) == {
            "ToUserName": COMPANY.corp_id,
            "FromUserName": "lisi",
            "CreateTime": str(int(clock().timestamp())),
            "MsgType": "text",
            "Content": "36.5 <正常> ]]> & 好",
            "MsgId": "4561255354251345929",
            "AgentID": "1000002",
        }
        return app_reply("<xml><MsgType>text</MsgType><Content>收到</Content></xml>")

    door.answer = answer
    said = await fake.app_says(door.url, "lisi", "36.5 <正常> ]]> & 好", msgid=4561255354251345929)
    assert (said.statuses, said.error) == ((200,), "")
    assert [one.text for one in fake.seen_by("lisi")] == ["收到"]


async def test_a_message_to_the_app_is_tried_three_times(fake: FakeWeCom, door: Door) -> None:
    async def answer(_request: Request) -> web.Response:
        if len(door.requests) == 1:
            return web.Response(status=500)
        await asyncio.sleep(0.5 if len(door.requests) == 2 else 0)
        return web.Response(text="success")

    door.answer = answer
    said = await fake.app_says(door.url, "lisi", "36.5")
    assert said.statuses == (500, None, 200)
    assert said.accepted
    assert len({app_message(request)["MsgId"] for request in door.requests}) == 1
    await door.close()
    assert (await fake.app_says(door.url, "lisi", "36.5")).statuses == (None, None, None)


async def test_forgeries_and_repeats_are_sent_on_request(fake: FakeWeCom, door: Door) -> None:
    await fake.app_says(door.url, "lisi", "36.5", copies=2)
    assert len({app_message(request)["MsgId"] for request in door.requests}) == 1
    for forgery in ("signature", "receiver", "key"):
        await fake.app_says(door.url, "lisi", "36.5", forgery=forgery)
        with pytest.raises((AssertionError, crypto.UnreadableError)):
            app_message(door.requests[-1])
    assert len(door.requests) == 5


async def test_a_repeat_is_signed_anew_or_is_the_same_to_the_letter(door: Door, clock: MovedClock) -> None:
    for anew, different in ((True, 2), (False, 1)):
        async with FakeWeCom(COMPANY, now=clock, rules=Rules(repeats_signed_anew=anew)) as fake:
            door.requests.clear()
            await fake.app_says(door.url, "lisi", "36.5", copies=2)
            assert len({(request.query["msg_signature"], request.body) for request in door.requests}) == different
            assert len({app_message(request)["MsgId"] for request in door.requests}) == 1
            await fake.app_says(door.url, "lisi", "36.5", forgery="stale")
            assert int(door.requests[-1].query["timestamp"]) == int(clock().timestamp()) - 86400


async def test_a_reply_of_a_kind_that_nobody_would_see_is_reported(fake: FakeWeCom, door: Door) -> None:
    async def answer(_request: Request) -> web.Response:
        return app_reply("<xml><MsgType>dance</MsgType></xml>")

    door.answer = answer
    assert "dance" in (await fake.app_event(door.url, "lisi", "enter_agent", {"EventKey": ""})).error


async def test_a_button_is_greyed_by_the_reply_itself(fake: FakeWeCom, door: Door) -> None:
    async def answer(_request: Request) -> web.Response:
        return app_reply("<xml><MsgType>update_button</MsgType><Button><ReplaceName>已接</ReplaceName></Button></xml>")

    door.answer = answer
    buttons = [{"text": "我来", "key": "mine"}]
    card = {"card_type": "button_interaction", "main_title": {"title": "困难 7"}, "button_list": buttons, "task_id": "case-7"}
    async with web_client() as http:
        query = {"corpid": COMPANY.corp_id, "corpsecret": APP.secret}
        async with http.get(f"{fake.base_url}/cgi-bin/gettoken", params=query) as response:
            token = (await response.json())["access_token"]
        body = {"touser": "lisi", "agentid": APP.agent_id, "msgtype": "template_card", "template_card": card}
        await http.post(f"{fake.base_url}/cgi-bin/message/send", params={"access_token": token}, json=body)
    [shown] = fake.cards()
    assert not (await fake.app_press(door.url, "lisi", shown, "mine")).error
    assert shown.card is not None
    assert shown.card["replace_name"] == "已接"


async def test_a_reply_with_a_wrong_signature_is_not_shown(fake: FakeWeCom, door: Door) -> None:
    async def answer(_request: Request) -> web.Response:
        return app_reply("<xml><MsgType>text</MsgType><Content>x</Content></xml>", token="another")

    door.answer = answer
    assert "wrong signature" in (await fake.app_says(door.url, "lisi", "36.5")).error
    assert fake.seen_by("lisi") == []


async def test_a_button_of_the_app_is_pressed_and_its_card_changed(fake: FakeWeCom, door: Door) -> None:
    card = {
        "card_type": "multiple_interaction",
        "main_title": {"title": "选时间"},
        "select_list": [{"question_key": "when", "option_list": [{"id": "am", "text": "上午"}, {"id": "pm", "text": "下午"}]}],
        "submit_button": {"text": "提交", "key": "talk:3"},
        "task_id": "talk-3",
    }
    async with web_client() as http:

        async def ask(path: str, **how: Any) -> Any:
            async with http.request("POST" if "json" in how else "GET", f"{fake.base_url}/cgi-bin/{path}", **how) as response:
                return await response.json()

        token = (await ask("gettoken", params={"corpid": COMPANY.corp_id, "corpsecret": APP.secret}))["access_token"]
        body = {"touser": "wangwu", "agentid": APP.agent_id, "msgtype": "template_card", "template_card": card}
        await ask("message/send", params={"access_token": token}, json=body)
        [shown] = fake.cards()
        await fake.app_press(door.url, "wangwu", shown, "talk:3", selected={"when": ["pm"]})
        xml = ET.fromstring(crypto.decrypt(APP.aes_key, ET.fromstring(door.requests[0].body).findtext("Encrypt") or "", COMPANY.corp_id))
        event = [xml.findtext(name) for name in ("Event", "EventKey", "TaskId", "CardType", "FromUserName", "MsgId")]
        assert event == ["template_card_event", "talk:3", "talk-3", "multiple_interaction", "wangwu", None]
        assert xml.findtext("SelectedItems/SelectedItem/QuestionKey") == "when"
        assert [one.text for one in xml.findall("SelectedItems/SelectedItem/OptionIds/OptionId")] == ["pm"]
        change = {"agentid": APP.agent_id, "userids": ["wangwu"], "button": {"replace_name": "下午见"}}
        code = xml.findtext("ResponseCode")
        done = await ask("message/update_template_card", params={"access_token": token}, json={**change, "response_code": code})
        assert done["errcode"] == 0
        assert shown.card is not None
        assert shown.card["replace_name"] == "下午见"
        with pytest.raises(ValueError, match="'talk:3'"):
            await fake.app_press(door.url, "wangwu", shown, "talk:3")


async def switched(fake: FakeWeCom, door: Door, answer: Any) -> None:
    """The bot is in callback mode, and its server answers like this."""

    async def serve(request: Request) -> web.Response:
        if request.method == "GET":
            return web.Response(text=crypto.decrypt(BOT.aes_key, request.query["echostr"], ""))
        response: web.Response = await answer(request)
        return response

    door.answer = serve
    verified = await fake.use_callback(door.url)
    assert verified is not None
    assert not verified.error
    door.requests.clear()


async def test_an_ai_bot_in_callback_mode_answers_and_goes_on_when_it_is_asked(fake: FakeWeCom, door: Door) -> None:
    async def answer(request: Request) -> web.Response:
        message = bot_message(request)
        if message["msgtype"] == "stream":
            assert message["stream"] == {"id": "s-1"}
            return bot_reply(request, streamed("已登记", finish=True))
        assert (message["chatid"], message["text"]) == (CHAT, {"content": "@小微 36.5"})
        return bot_reply(request, streamed("…", finish=False))

    await switched(fake, door, answer)
    delivery = await fake.mention("lisi", CHAT, "@小微 36.5")
    [seen] = fake.seen_in(CHAT)
    assert (seen.text, seen.finished) == ("…", False)
    await fake.refresh(delivery)
    assert (seen.text, seen.finished) == ("已登记", True)
    with pytest.raises(ValueError, match="no stream"):
        await fake.refresh(delivery)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"nonce": "own"}, "another nonce"),
        ({"timestamp": "1767225602"}, "no integer"),
        ({"msgsignature": "0" * 40}, "wrong signature"),
        ({"encrypt": crypto.encrypt(BOT.aes_key, "{}", "ww1")}, "wrong signature"),
    ],
)
async def test_a_reply_that_is_not_as_it_should_be_is_not_shown(fake: FakeWeCom, door: Door, change: Any, error: str) -> None:
    async def answer(request: Request) -> web.Response:
        return bot_reply(request, streamed("x", finish=True), **change)

    await switched(fake, door, answer)
    delivery = await fake.mention("lisi", CHAT, "@小微")
    assert delivery.answer is not None
    assert error in delivery.answer.error
    assert fake.seen_in(CHAT) == []


async def test_a_later_answer_by_its_address_works_once_within_an_hour(fake: FakeWeCom, door: Door, clock: MovedClock) -> None:
    await switched(fake, door, empty)
    await fake.mention("lisi", CHAT, "@小微 汇总")
    await fake.private("lisi", "汇总")
    in_group, in_private = [bot_message(request)["response_url"] for request in door.requests]
    card = {"card_type": "text_notice", "main_title": {"title": "汇总"}, "card_action": {"type": 0}}
    async with web_client() as http:

        async def post(url: str, body: Any) -> int:
            async with http.post(url, json=body) as response:
                return int((await response.json())["errcode"])

        words = {"msgtype": "markdown", "markdown": {"content": "已交 7"}}
        assert await post(in_group, {"msgtype": "template_card", "template_card": card}) == 40008
        assert await post(in_group, {"msgtype": "text", "text": {"content": "x"}}) == 40008
        assert await post(in_group, words) == 0
        assert await post(in_group, words) == 60140
        assert await post(in_private, {"msgtype": "template_card", "template_card": card}) == 0
        await fake.mention("lisi", CHAT, "@小微 汇总")
        late = bot_message(door.requests[-1])["response_url"]
        clock.later(hours=1)
        assert await post(late, words) == 60140
    assert ([one.text for one in fake.seen_in(CHAT)], [one.text for one in fake.seen_by("lisi")]) == (["已交 7"], ["汇总"])


async def test_events_come_once_and_a_message_again_until_it_is_taken(fake: FakeWeCom, door: Door) -> None:
    async def answer(_request: Request) -> web.Response:
        return web.Response(status=503)

    await switched(fake, door, answer)
    delivery = await fake.enter_chat("lisi")
    assert delivery.answer is not None
    assert delivery.answer.statuses == (503,)
    delivery = await fake.private("lisi", "36.5")
    assert delivery.answer is not None
    assert delivery.answer.statuses == (503, 503, 503)
    assert not delivery.delivered
    assert len({bot_message(request)["msgid"] for request in door.requests}) == 2


async def test_a_greeting_and_a_changed_card_are_replies_too(fake: FakeWeCom, door: Door) -> None:
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": "困难 7"},
        "button_list": [{"text": "我来", "key": "mine"}],
        "task_id": "case-7",
    }

    async def answer(request: Request) -> web.Response:
        message = bot_message(request)
        if message["event"]["eventtype"] == "enter_chat":
            return bot_reply(request, {"msgtype": "template_card", "template_card": card})
        done = {"card_type": "text_notice", "main_title": {"title": "王五已接"}, "card_action": {"type": 0}, "task_id": "case-7"}
        return bot_reply(request, {"response_type": "update_template_card", "template_card": done})

    await switched(fake, door, answer)
    await fake.enter_chat("wangwu")
    [shown] = fake.seen_by("wangwu")
    await fake.press("wangwu", shown, "mine")
    assert shown.text == "王五已接"


async def test_switching_to_a_callback_ends_the_long_connection(fake: FakeWeCom, door: Door) -> None:
    async with web_client() as http:
        socket = await http.ws_connect(fake.ws_url)
        subscribe = {"cmd": "aibot_subscribe", "headers": {"req_id": "1"}, "body": {"bot_id": BOT.bot_id, "secret": BOT.secret}}
        await socket.send_json(subscribe)
        assert (await socket.receive_json())["errcode"] == 0
        await switched(fake, door, empty)
        await socket.receive()
        assert socket.closed
        other = await http.ws_connect(fake.ws_url)
        await other.send_json(subscribe)
        assert (await other.receive_json())["errcode"] == 853000
        await fake.use_callback(None)
        await other.send_json(subscribe)
        assert (await other.receive_json())["errcode"] == 0
