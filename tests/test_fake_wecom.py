"""The fake platform's HTTP interfaces keep the platform's rules: what is refused, what is swallowed, what is seen."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession, ClientTimeout, FormData, ServerDisconnectedError

from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import App, Company, Robot, Rules, User

APP = App(1000002, "app-SECRET")
SQUAD_APP = App(1000003, "squad-SECRET", departments=(3,))
ROBOT, OTHER_ROBOT = Robot("5a1e7c3e-0001", "wr-demo-chat"), Robot("5a1e7c3e-0002", "wr-other-chat")
COMPANY = Company(apps=(APP, SQUAD_APP), robots=(ROBOT, OTHER_ROBOT))
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
BUTTONS = {
    "card_type": "button_interaction",
    "main_title": {"title": "困难事项 7", "desc": "孩子没人带"},
    "button_list": [{"text": "我来处理", "key": "case:7:mine"}, {"text": "看详情", "type": 1, "url": "https://example.org"}],
    "task_id": "case-7",
}


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def fake(clock: MovedClock) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(COMPANY, now=clock) as fake:
        yield fake


class Client:
    """A plain client of the HTTP interfaces."""

    def __init__(self, fake: FakeWeCom, http: ClientSession, app: App = APP) -> None:
        self.fake, self.http, self.app, self.token = fake, http, app, ""

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        async with self.http.get(f"{self.fake.base_url}/cgi-bin/{path}", params={"access_token": self.token, **query}) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def post(self, path: str, body: Any, **query: Any) -> dict[str, Any]:
        query = {"access_token": self.token, **query}
        async with self.http.post(f"{self.fake.base_url}/cgi-bin/{path}", params=query, json=body) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def log_in(self) -> "Client":
        answer = await self.get("gettoken", corpid=COMPANY.corp_id, corpsecret=self.app.secret)
        self.token = answer["access_token"]
        return self

    async def text(self, to: str, words: str = "请报体温", **more: Any) -> dict[str, Any]:
        body = {"touser": to, "msgtype": "text", "agentid": self.app.agent_id, "text": {"content": words}, **more}
        return await self.post("message/send", body)

    async def card(self, to: str, card: Any) -> dict[str, Any]:
        body = {"touser": to, "msgtype": "template_card", "agentid": self.app.agent_id, "template_card": card}
        return await self.post("message/send", body)

    async def robot(self, body: Any, key: str = ROBOT.key) -> dict[str, Any]:
        return await self.post("webhook/send", body, key=key)

    async def upload(self, path: str, data: bytes, name: str = "a.csv", **query: Any) -> dict[str, Any]:
        form = FormData()
        form.add_field("media", BytesIO(data), filename=name)
        query = {"access_token": self.token, **query}
        async with self.http.post(f"{self.fake.base_url}/cgi-bin/{path}", params=query, data=form) as response:
            answer: dict[str, Any] = await response.json()
            return answer


@pytest.fixture
async def client(fake: FakeWeCom) -> AsyncIterator[Client]:
    async with ClientSession() as http:
        yield await Client(fake, http).log_in()


def texts(messages: list[Any]) -> list[str]:
    return [message.text for message in messages]


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


async def test_a_robot_writes_twenty_times_a_minute(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    body = {"msgtype": "markdown", "markdown": {"content": "## 日报"}}
    assert {(await client.robot(body))["errcode"] for _ in range(20)} == {0}
    refused = await client.robot(body)
    assert (refused["errcode"], refused["errmsg"].split(",")[0]) == (45009, "api freq out of limit")
    assert len(fake.seen_in("wr-demo-chat")) == 20
    assert (await client.robot(body, OTHER_ROBOT.key))["errcode"] == 0
    clock.later(seconds=60)
    assert (await client.robot(body))["errcode"] == 0
    assert fake.dropped() == []


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"msgtype": "markdown", "markdown": {"content": "x" * 4097}}, 40058, "markdown.content exceed max length 4096. invalid Req"),
        ({"msgtype": "markdown_v2", "markdown_v2": {"content": "x" * 4097}}, 40058, "markdown_v2.content exceed max length 4096."),
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 40058, "text.content exceed max length 2048."),
        ({"msgtype": "text", "text": {"content": ""}}, 44004, "empty content"),
        ({"msgtype": "stream", "stream": {"content": "x"}}, 40008, "invalid message type"),
        ({"msgtype": "template_card", "template_card": BUTTONS}, 40058, "template_card.card_type"),
        ({"msgtype": "image", "image": {"base64": base64.b64encode(PNG).decode(), "md5": "0" * 32}}, 301019, "md5 not match"),
        ({"msgtype": "news", "news": {"articles": [{"title": "t"}] * 9}}, 45008, "article"),
    ],
)
async def test_what_a_robot_may_not_say_is_refused_whole(client: Client, fake: FakeWeCom, body: Any, code: int, text: str) -> None:
    answer = await client.robot(body)
    assert answer["errcode"] == code
    assert answer["errmsg"].startswith(text)
    assert fake.seen_in("wr-demo-chat") == []


async def test_a_robot_that_was_removed_or_never_was_has_no_address(client: Client, fake: FakeWeCom) -> None:
    assert (await client.robot({}, "unknown"))["errcode"] == 93000
    image = {"base64": base64.b64encode(PNG).decode(), "md5": hashlib.md5(PNG).hexdigest()}
    assert (await client.robot({"msgtype": "image", "image": image}))["errcode"] == 0
    fake.remove_robot(ROBOT.key)
    assert (await client.robot({"msgtype": "image", "image": image}))["errcode"] == 93000


async def test_a_robots_file_is_its_own_and_an_apps_file_is_the_companys(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    media = (await client.upload("webhook/upload_media", b"name,temp\n", key=ROBOT.key, type="file"))["media_id"]
    body = {"msgtype": "file", "file": {"media_id": media}}
    assert (await client.robot(body))["errcode"] == 0
    assert (await client.robot(body, OTHER_ROBOT.key))["errcode"] == 40007
    assert (await client.text("lisi", msgtype="file", file={"media_id": media}))["errcode"] == 40007
    answer = await client.upload("media/upload", b"name,temp\n", type="file")
    assert answer["created_at"] == str(int(clock().timestamp()))
    assert (await client.text("lisi", msgtype="file", file={"media_id": answer["media_id"]}))["errcode"] == 0
    clock.later(days=3)
    await client.log_in()
    assert (await client.text("lisi", msgtype="file", file={"media_id": answer["media_id"]}))["errcode"] == 40007
    answer = await client.upload("media/upload", b"name,temp\n", type="file")
    fake.expire_media()
    assert (await client.text("lisi", msgtype="file", file={"media_id": answer["media_id"]}))["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("shout", b"123456", 40004),
        ("file", b"12345", 40006),
        ("image", PNG * 400_000, 40009),
        ("image", b"no picture", 40004),
        ("voice", b"no voice", 301017),
        ("voice", b"#!AMR\n" + b"0", 0),
        ("image", PNG, 0),
    ],
)
async def test_a_file_must_be_of_its_kind_and_size(client: Client, kind: str, data: bytes, code: int) -> None:
    assert (await client.upload("media/upload", data, type=kind))["errcode"] == code


async def test_an_app_makes_a_group_and_writes_only_into_its_own(client: Client, fake: FakeWeCom) -> None:
    made = await client.post("appchat/create", {"name": "三班", "userlist": ["lisi", "wangwu"], "chatid": "squad3"})
    assert (made["errcode"], made["chatid"]) == (0, "squad3")
    again = await client.post("appchat/create", {"userlist": ["lisi", "wangwu"], "chatid": "squad3"})
    assert again["errcode"] == 86215
    body = {"chatid": "squad3", "msgtype": "text", "text": {"content": "今日汇总"}}
    assert (await client.post("appchat/send", body))["errcode"] == 0
    assert texts(fake.seen_in("squad3")) == ["今日汇总"]
    squad = await Client(fake, client.http, SQUAD_APP).log_in()
    assert (await squad.post("appchat/send", body))["errcode"] == 86008
    assert (await squad.post("appchat/create", {"userlist": ["lisi", "wangwu"]}))["errcode"] == 48002
    assert (await client.post("appchat/send", {**body, "chatid": "other"}))["errcode"] == 86003
    changed = {"chatid": "squad3", "add_user_list": ["zhaoliu"], "del_user_list": ["lisi"], "name": "一中队"}
    assert (await client.post("appchat/update", changed))["errcode"] == 0
    info = (await client.get("appchat/get", chatid="squad3"))["chat_info"]
    assert (info["name"], info["owner"], info["userlist"]) == ("一中队", "wangwu", ["wangwu", "zhaoliu"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"userlist": ["lisi"]}, 86006),
        ({"userlist": ["lisi", "nobody"]}, 86216),
        ({"userlist": ["lisi", "wangwu"], "owner": "zhaoliu"}, 86207),
        ({"userlist": ["lisi", "wangwu"], "chatid": "has-a-hyphen"}, 86001),
        ({"userlist": ["lisi", "wangwu"], "name": "名" * 51}, 86004),
    ],
)
async def test_a_group_must_be_made_properly(client: Client, body: Any, code: int) -> None:
    assert (await client.post("appchat/create", body))["errcode"] == code


async def test_in_a_group_too_a_person_gets_no_more_than_may_be() -> None:
    async with FakeWeCom(COMPANY, now=MovedClock(), rules=Rules(appchat_person_per_minute=2)) as fake, ClientSession() as http:
        client = await Client(fake, http).log_in()
        await client.post("appchat/create", {"userlist": ["lisi", "wangwu"], "chatid": "squad3"})
        for _ in range(3):
            answer = await client.post("appchat/send", {"chatid": "squad3", "msgtype": "text", "text": {"content": "x"}})
            assert answer["errcode"] == 0
        assert [one.to for one in fake.dropped("too often")] == ["lisi", "wangwu"]


async def test_names_and_departments_are_those_that_the_app_may_see(client: Client, fake: FakeWeCom) -> None:
    departments = (await client.get("department/list"))["department"]
    assert [(one["id"], one["name"], one["parentid"]) for one in departments] == [(1, "支队", 0), (2, "一中队", 1), (3, "一班", 2)]
    assert [one["id"] for one in (await client.get("department/simplelist", id=2))["department_id"]] == [2, 3]
    people = (await client.get("user/simplelist", department_id=3))["userlist"]
    assert [(one["userid"], one["name"], one["department"]) for one in people] == [("lisi", "李四", [3]), ("wangwu", "王五", [3])]
    assert [one["status"] for one in (await client.get("user/list", department_id=2))["userlist"]] == [1]
    person = await client.get("user/get", userid="lisi")
    assert person["name"] == "李四"
    assert "mobile" not in person
    assert (await client.get("user/get", userid="nobody"))["errcode"] == 60111
    squad = await Client(fake, client.http, SQUAD_APP).log_in()
    assert [one["id"] for one in (await squad.get("department/list"))["department"]] == [3]
    assert (await squad.get("user/get", userid="zhaoliu"))["errcode"] == 60011
    assert (await squad.get("user/simplelist", department_id=2))["errcode"] == 60011
    assert (await squad.get("user/simplelist", department_id=9))["errcode"] == 60003
    wanted = ["woAJ2GCAAAlisi", "woAJ2GCAAAzhaoliu", "wangwu"]
    ids = await squad.post("batch/openuserid_to_userid", {"open_userid_list": wanted})
    assert ids["userid_list"] == [{"open_userid": "woAJ2GCAAAlisi", "userid": "lisi"}]
    assert ids["invalid_open_userid_list"] == ["woAJ2GCAAAzhaoliu", "wangwu"]
    assert (await client.get("getcallbackip"))["ip_list"] == ["127.0.0.1"]


async def test_a_department_gets_a_message_with_all_below_it() -> None:
    users = (*COMPANY.users, User("unpaid", "无账号", (3,), licensed=False))
    async with FakeWeCom(Company(users=users, tags=((5, ("zhaoliu",)),)), now=MovedClock()) as fake, ClientSession() as http:
        client = await Client(fake, http).log_in()
        answer = await client.text("", toparty="3|77", totag="5|6")
        assert (answer["invalidparty"], answer["invalidtag"], answer["unlicenseduser"]) == ("77", "6", "unpaid")
        assert [len(fake.seen_by(who)) for who in ("lisi", "wangwu", "zhaoliu", "unpaid")] == [1, 1, 1, 0]


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
