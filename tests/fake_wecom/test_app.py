"""The fake platform's app keeps the platform's rules: what is refused, what is swallowed, what is seen, and how it fails."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientTimeout, ServerDisconnectedError

from tests.fakes.http_client import APP, BUTTONS, COMPANY, SQUAD_APP, Client, texts
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom


async def test_a_message_reaches_everybody_named_and_the_answer_says_who_was_not(client: Client, fake: FakeWeCom) -> None:
    answer = await client.text("LISI|wangwu|Nobody")
    assert (answer["errcode"], answer["errmsg"], answer["invaliduser"]) == (0, "ok", "nobody")
    assert answer["msgid"]
    assert texts(fake.seen_by("lisi")) == texts(fake.seen_by("wangwu")) == ["请报体温"]
    assert fake.seen_by("zhaoliu") == []


async def test_an_app_reaches_only_whom_it_may_see(fake: FakeWeCom, client: Client) -> None:
    squad = await Client(fake, client.http, SQUAD_APP).log_in()
    assert (await squad.text("lisi|zhaoliu"))["invaliduser"] == "zhaoliu"
    assert (await squad.text("zhaoliu"))["errcode"] == 81013
    assert (await squad.text("@all"))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 2
    assert fake.seen_by("zhaoliu") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": ""}, 82001),
        ({"text": {"content": "good \x0b morning"}}, 40033),
        ({"touser": "|".join(f"u{n}" for n in range(1001))}, 40032),
        ({"touser": "", "toparty": "|".join(map(str, range(101)))}, 82002),
        ({"agentid": 7}, 40056),
        ({"agentid": 1000003}, 301002),
        ({"msgtype": "shout"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"text": "x"}, 40058),
        ({"msgtype": "markdown", "markdown": {"content": "字" * 683}}, 40058),
        ({"msgtype": "file", "file": {"media_id": "gone"}}, 40007),
    ],
)
async def test_what_cannot_be_sent_is_refused_and_seen_by_nobody(client: Client, fake: FakeWeCom, change: Any, code: int) -> None:
    answer = await client.text("lisi", **change)
    assert answer["errcode"] == code
    assert f"from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e={code}" in answer["errmsg"]
    assert fake.seen_by("lisi") == []


async def test_a_long_text_is_cut_between_characters(client: Client, fake: FakeWeCom) -> None:
    await client.text("lisi", "字" * 700)
    assert texts(fake.seen_by("lisi")) == ["字" * 682]


async def test_what_one_person_gets_too_often_is_dropped_without_a_word(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    assert {(await client.text("lisi|wangwu", f"第{n}条"))["errcode"] for n in range(30)} == {0}
    assert (await client.text("lisi", "第31条"))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 30
    assert [(one.to, one.reason) for one in fake.dropped()] == [("lisi", "too often")]
    clock.later(seconds=61)
    await client.text("lisi", "第32条")
    assert texts(fake.seen_by("lisi"))[-1] == "第32条"


async def test_the_same_again_is_dropped_where_the_sender_asks_for_it(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    check: dict[str, Any] = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
    for _ in range(2):
        assert (await client.text("lisi", **check))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 1
    assert len(fake.dropped("duplicate")) == 1
    await client.text("lisi")
    clock.later(seconds=601)
    await client.text("lisi", **check)
    assert len(fake.seen_by("lisi")) == 3


async def test_a_token_stays_the_same_runs_out_and_can_be_taken_away(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    first = client.token
    await client.log_in()
    assert client.token == first
    assert len(first) <= 512
    clock.later(hours=2)
    assert (await client.text("lisi"))["errcode"] == 42001
    await client.log_in()
    assert client.token != first
    for take_away, code in ((fake.expire_token, 42001), (fake.revoke_token, 40014)):
        take_away()
        assert (await client.text("lisi"))["errcode"] == code
        await client.log_in()
        assert (await client.text("lisi"))["errcode"] == 0


async def test_who_has_no_right_token_or_address_is_refused(client: Client, fake: FakeWeCom) -> None:
    assert (await client.get("gettoken", corpid="ww1", corpsecret=APP.secret))["errcode"] == 40013
    assert (await client.get("gettoken", corpid=COMPANY.corp_id, corpsecret="no"))["errcode"] == 40001
    assert (await client.get("gettoken", corpsecret=APP.secret))["errcode"] == 41002
    assert (await client.get("gettoken", corpid=COMPANY.corp_id))["errcode"] == 41004
    fake.trust_only(["203.0.113.7"])
    assert (await client.text("lisi"))["errcode"] == 60020
    fake.trust_only(None)
    client.token = ""
    assert (await client.post("message/send", {"access_token": "in the body"}))["errcode"] == 41001
    client.token = "made-up"
    assert (await client.text("lisi"))["errcode"] == 40014


async def test_a_card_is_changed_once_for_those_named(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    answer = await client.card("lisi|wangwu", BUTTONS)
    assert (await client.card("lisi", BUTTONS))["errcode"] == 42014
    assert fake.cards()[0].text == "困难事项 7\n孩子没人带"
    change = {"agentid": 1000002, "userids": ["wangwu", "zhaoliu"], "response_code": answer["response_code"]}
    squad = await Client(fake, client.http, SQUAD_APP).log_in()
    stolen = {**change, "agentid": SQUAD_APP.agent_id, "button": {"replace_name": "别人的"}}
    assert (await squad.post("message/update_template_card", stolen))["errcode"] == 60140
    done = await client.post("message/update_template_card", {**change, "button": {"replace_name": "已处理"}})
    assert (done["errcode"], done["invaliduser"]) == (0, ["zhaoliu"])
    [of_lisi], [of_wangwu] = fake.seen_by("lisi"), fake.seen_by("wangwu")
    assert of_lisi.card == BUTTONS
    assert of_wangwu.card is not None
    assert of_wangwu.card["replace_name"] == "已处理"
    assert "button_list" not in of_wangwu.card
    again = await client.post("message/update_template_card", {**change, "button": {"replace_name": "已处理"}})
    assert again["errcode"] == 60140
    late = await client.card("lisi", {**BUTTONS, "task_id": "case-8"})
    clock.later(hours=72)
    await client.log_in()
    change["response_code"] = late["response_code"]
    assert (await client.post("message/update_template_card", {**change, "template_card": BUTTONS}))["errcode"] == 60140


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"task_id": ""}, 42014),
        ({"task_id": "case 7"}, 42014),
        ({"button_list": [{"text": str(n), "key": str(n)} for n in range(7)]}, 40016),
        ({"button_list": [{"text": "a", "key": "same"}, {"text": "b", "key": "same"}]}, 40058),
        ({"button_list": []}, 40058),
        ({"main_title": None}, 40058),
        ({"card_type": "billboard"}, 40058),
        ({"horizontal_content_list": [{"keyname": "a", "value": "b"}] * 7}, 40058),
        ({"button_selection": {"question_key": "q", "option_list": []}}, 40058),
        ({"card_type": "vote_interaction", "submit_button": {"text": "交", "key": "k"}}, 40058),
    ],
)
async def test_a_card_that_is_not_built_as_it_should_be_is_refused(client: Client, fake: FakeWeCom, change: Any, code: int) -> None:
    assert (await client.card("lisi", {**BUTTONS, **change}))["errcode"] == code
    assert fake.cards() == []


async def test_a_message_is_taken_back_within_a_day_by_its_own_app(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    msgid, late = (await client.text("lisi", "发错了"))["msgid"], (await client.text("lisi", "太晚了"))["msgid"]
    squad = await Client(fake, client.http, SQUAD_APP).log_in()
    assert (await squad.post("message/recall", {"msgid": msgid}))["errcode"] == 40058
    assert (await client.post("message/recall", {"msgid": msgid}))["errcode"] == 0
    assert texts(fake.seen_by("lisi")) == ["太晚了"]
    clock.later(hours=25)
    await client.log_in()
    assert (await client.post("message/recall", {"msgid": late}))["errcode"] == 40058


async def test_the_platform_fails_as_it_is_told(client: Client, fake: FakeWeCom) -> None:
    fake.fail("message/send", errcode=-1, times=2)
    fake.fail("message/send", errcode=45009)
    assert [(await client.text("lisi"))["errcode"] for _ in range(4)] == [-1, -1, 45009, 0]
    fake.fail("message/send", errcode=42001, times=None)
    assert {(await client.text("lisi"))["errcode"] for _ in range(3)} == {42001}
    fake.works("message/send")
    assert (await client.text("lisi"))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 2
    assert [call.errcode for call in fake.calls("message/send")] == [-1, -1, 45009, 0, 42001, 42001, 42001, 0]


async def test_an_accepted_message_is_seen_although_the_answer_never_comes(client: Client, fake: FakeWeCom) -> None:
    url, query = f"{fake.base_url}/cgi-bin/message/send", {"access_token": client.token}
    body = {"touser": "lisi", "msgtype": "text", "agentid": 1000002, "text": {"content": "收到了吗"}}
    fake.fail("message/send", silent=True, accepted=True)
    with pytest.raises(asyncio.TimeoutError):
        await client.http.post(url, params=query, json=body, timeout=ClientTimeout(total=0.05))
    assert texts(fake.seen_by("lisi")) == ["收到了吗"]
    fake.fail("message/send", silent=True)
    with pytest.raises(asyncio.TimeoutError):
        await client.http.post(url, params=query, json=body, timeout=ClientTimeout(total=0.05))
    fake.fail("message/send", close=1006, accepted=True)
    with pytest.raises(ServerDisconnectedError):
        await client.http.post(url, params=query, json=body)
    assert len(fake.seen_by("lisi")) == 2
    fake.fail("message/send", status=502)
    async with client.http.post(url, params=query, json=body) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    fake.fail("message/send", malformed=True, accepted=True)
    async with client.http.post(url, params=query, json=body) as response:
        with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
            await response.json()
    fake.fail("message/send", delay=0.01)
    assert (await client.text("lisi"))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 4
    assert [call.answer is None for call in fake.calls("message/send")] == [True, True, True, True, False, False]


async def test_a_body_that_is_no_json_is_warned_of(client: Client, fake: FakeWeCom) -> None:
    url = f"{fake.base_url}/cgi-bin/message/send"
    async with client.http.post(url, params={"access_token": client.token}, data="{'touser'") as response:
        answer = await response.json()
    assert answer["errcode"] == 40056
    assert "Warning: wrong json format." in answer["errmsg"]
    assert (await client.get("message/send"))["errcode"] == 40058


async def test_a_server_that_was_down_comes_back_at_its_address_and_remembers(client: Client, fake: FakeWeCom) -> None:
    await client.text("lisi")
    address = fake.base_url
    await fake.stop()
    with pytest.raises(ClientConnectionError):
        await client.text("lisi")
    await fake.start()
    assert fake.base_url == address
    assert (await client.text("lisi"))["errcode"] == 0
    assert len(fake.seen_by("lisi")) == 2
