"""The fake platform's groups, robots, files and contacts keep the platform's rules: what is refused, what is swallowed, what is seen."""

import base64
import hashlib
from typing import Any

import pytest

from tests.fakes.http_client import BUTTONS, COMPANY, OTHER_ROBOT, PNG, ROBOT, SQUAD_APP, Client, texts, web_client
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company, Rules, User


async def test_a_robot_writes_twenty_times_a_minute(client: Client, fake: FakeWeCom, clock: MovedClock) -> None:
    body = {"msgtype": "markdown", "markdown": {"content": "## 日报"}}
    assert {(await client.robot(body))["errcode"] for _ in range(20)} == {0}
    clock.later(seconds=30)
    refused = await client.robot(body)
    assert (refused["errcode"], refused["errmsg"].split(",")[0]) == (45009, "api freq out of limit")
    assert len(fake.seen_in("wr-demo-chat")) == 20
    assert (await client.robot(body, OTHER_ROBOT.key))["errcode"] == 0
    clock.later(seconds=59)
    assert (await client.robot(body))["errcode"] == 45009, "who went beyond has to wait a minute from then on"
    clock.later(seconds=1)
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
    async with FakeWeCom(COMPANY, now=MovedClock(), rules=Rules(appchat_person_per_minute=2)) as fake, web_client() as http:
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
    async with FakeWeCom(Company(users=users, tags=((5, ("zhaoliu",)),)), now=MovedClock()) as fake, web_client() as http:
        client = await Client(fake, http).log_in()
        answer = await client.text("", toparty="3|77", totag="5|6")
        assert (answer["invalidparty"], answer["invalidtag"], answer["unlicenseduser"]) == ("77", "6", "unpaid")
        assert [len(fake.seen_by(who)) for who in ("lisi", "wangwu", "zhaoliu", "unpaid")] == [1, 1, 1, 0]
