"""Clients that others wrote work against the fake platform: what they take for WeCom, we may take for WeCom."""

import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.fake_wecom.test_crypto import BOT_KEY, BOT_TOKEN, ECHO, HEAD, MADE, OFFICIAL_CORP, OFFICIAL_KEY, OFFICIAL_TOKEN, POST
from tests.fakes.clients.program import Program, running
from tests.fakes.office import Door, Request
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company

COMPANY = Company()
APP, BOT = COMPANY.apps[0], COMPANY.bot
CHAT = "wr-Demo-Chat"
FAKES = Path(__file__).parent.parent / "fakes"

no_node = pytest.mark.skipif(
    shutil.which("node") is None or not (FAKES / "node" / "node_modules" / "@wecom").is_dir(),
    reason="no Node.js, or its packages are not installed: apt-get install nodejs npm, then npm ci in tests/fakes/node (.ci/run does both)",
)
PYTHON_LINE = (sys.executable, FAKES / "clients" / "line_client.py")
NODE_LINE = ("node", FAKES / "node" / "line_client.cjs")

Start = Callable[..., AbstractAsyncContextManager[Program]]


@pytest.fixture(params=[pytest.param(PYTHON_LINE, id="python"), pytest.param(NODE_LINE, id="node", marks=no_node)])
def start(request: pytest.FixtureRequest) -> Start:
    """Starts one of the two libraries on the long connection."""

    def begin(fake: FakeWeCom, secret: str = BOT.secret, heartbeat: int = 30_000) -> AbstractAsyncContextManager[Program]:
        return running(*request.param, fake.ws_url, BOT.bot_id, secret, str(heartbeat))

    return begin


@pytest.fixture
async def fake() -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(COMPANY) as fake:
        yield fake


@pytest.fixture
async def client(fake: FakeWeCom, start: Start) -> AsyncIterator[Program]:
    """A library that is connected."""
    async with start(fake) as client:
        await client.hears("authenticated")
        yield client


@pytest.fixture
async def wechatpy() -> AsyncIterator[Program]:
    async with running(sys.executable, FAKES / "clients" / "wechatpy_client.py") as program:
        yield program


@pytest.fixture
async def official() -> AsyncIterator[Program]:
    async with running("node", FAKES / "node" / "crypto.cjs") as program:
        yield program


async def test_a_mention_is_answered_by_a_stream_and_people_read_it(fake: FakeWeCom, client: Program) -> None:
    await fake.mention("lisi", CHAT, "@小微 36.5 正常")
    body = (await client.hears("message"))["body"]
    assert (body["from"]["userid"], body["chatid"], body["text"]["content"]) == ("lisi", CHAT, "@小微 36.5 正常")
    assert await client.does("stream", words="正在登记…", finish=False) == 0
    assert await client.does("stream", words="已登记：36.5", finish=True) == 0
    assert "846608" in await client.does("stream", words="再改", finish=False)
    [seen] = fake.seen_in(CHAT)
    assert (seen.text, seen.finished, seen.frames) == ("已登记：36.5", True, ["正在登记…", "已登记：36.5"])


async def test_the_bot_pushes_where_it_was_spoken_to(fake: FakeWeCom, client: Program) -> None:
    body = {"msgtype": "markdown", "markdown": {"content": "**日报** 已交 7"}}
    assert "93006" in await client.does("push", chatid=CHAT, body=body)
    await fake.private("lisi", "36.5")
    await client.hears("message")
    assert await client.does("push", chatid="lisi", body=body) == 0
    assert [one.text for one in fake.seen_by("lisi")] == ["**日报** 已交 7"]


async def test_who_opens_the_chat_is_greeted_and_a_pressed_card_changes(fake: FakeWeCom, client: Program) -> None:
    await fake.enter_chat("wangwu")
    assert (await client.hears("event"))["body"]["event"]["eventtype"] == "enter_chat"
    assert await client.does("welcome", words="你好，直接说体温就行") == 0
    buttons = [{"text": "我来", "key": "mine"}]
    card = {"card_type": "button_interaction", "main_title": {"title": "困难 7"}, "button_list": buttons, "task_id": "case-7"}
    fake.meet("wangwu")
    assert await client.does("push", chatid="wangwu", body={"msgtype": "template_card", "template_card": card}) == 0
    [shown] = fake.cards()
    await fake.press("wangwu", shown, "mine")
    event = (await client.hears("event"))["body"]["event"]["template_card_event"]
    assert (event["event_key"], event["task_id"]) == ("mine", "case-7")
    done = {"card_type": "text_notice", "main_title": {"title": "王五已接"}, "card_action": {"type": 0}, "task_id": "case-7"}
    assert await client.does("update", card=done) == 0
    assert [one.text for one in fake.seen_by("wangwu")] == ["你好，直接说体温就行", "王五已接"]


async def test_a_file_in_three_pieces_is_uploaded_and_sent(fake: FakeWeCom, client: Program, tmp_path: Path) -> None:
    fake.meet(CHAT)
    sheet = tmp_path / "daily.csv"
    sheet.write_bytes(b"0123456789" * 120_000)
    assert await client.does("send_file", chatid=CHAT, path=str(sheet)) == 0
    assert [one.msgtype for one in fake.seen_in(CHAT)] == ["file"]
    assert len(fake.calls("aibot_upload_media_chunk")) == 3


async def test_what_a_person_sent_is_fetched_and_decrypted(fake: FakeWeCom, client: Program) -> None:
    await fake.private("lisi", file=("日报.txt", "一切正常".encode()))
    file = (await client.hears("message"))["body"]["file"]
    assert await client.does("download", **file) == ["一切正常", "日报.txt"]


async def test_a_wrong_secret_is_not_let_in(fake: FakeWeCom, start: Start) -> None:
    async with start(fake, "wrong"):
        await fake.until(lambda: fake.calls("aibot_subscribe"))
        assert fake.calls("aibot_subscribe")[0].errcode == 853000
        assert not fake.connected


async def test_a_heart_beats_and_without_an_answer_the_client_comes_anew(fake: FakeWeCom, start: Start) -> None:
    async with start(fake, heartbeat=50) as client:
        await fake.until(lambda: len(fake.calls("ping")) >= 3)
        assert [call.errcode for call in fake.calls("ping")[:3]] == [0, 0, 0]
        fake.fail("ping", silent=True, times=None)
        await client.hears("reconnecting")
        fake.works()
        await client.hears("authenticated")


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011])
async def test_a_client_comes_back_after_every_end(fake: FakeWeCom, client: Program, code: int) -> None:
    fake.drop_connection(code)
    await client.hears("disconnected")
    await client.hears("authenticated")
    await fake.mention("lisi", CHAT, "@小微 还在吗")
    assert (await client.hears("message"))["body"]["text"]["content"] == "@小微 还在吗"


async def test_a_client_comes_back_after_an_outage(fake: FakeWeCom, client: Program) -> None:
    await fake.stop()
    await client.hears("reconnecting")
    await fake.start()
    await client.hears("authenticated")


async def test_a_client_that_was_replaced_stays_away(fake: FakeWeCom, start: Start, client: Program) -> None:
    async with start(fake) as other:
        await other.hears("authenticated")
        assert (await client.hears("event"))["body"]["event"]["eventtype"] == "disconnected_event"
        await client.hears("disconnected")
        assert await client.does("push", chatid=CHAT, body={}) != 0  # it is gone, and had time to say that it comes back
        assert "reconnecting" not in {event["event"] for event in client.events}


async def test_a_withheld_or_refused_acknowledgement_reaches_the_caller(fake: FakeWeCom, client: Program) -> None:
    fake.meet(CHAT)
    body = {"msgtype": "markdown", "markdown": {"content": "日报"}}
    fake.fail("aibot_send_msg", errcode=846607)
    assert "846607" in await client.does("push", chatid=CHAT, body=body)
    fake.fail("aibot_send_msg", close=1011, accepted=True)
    assert await client.does("push", chatid=CHAT, body=body) != 0
    assert [one.text for one in fake.seen_in(CHAT)] == ["日报"]


async def test_wechatpy_opens_the_published_vectors_and_what_the_fake_seals(fake: FakeWeCom, wechatpy: Program) -> None:
    """Its answer is given back through the door of an app, so that both directions are gone."""
    published = {"token": OFFICIAL_TOKEN, "aes_key": OFFICIAL_KEY, "corp_id": OFFICIAL_CORP}
    echo = {"signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "timestamp": "1409659589", "nonce": "263014780", "echostr": ECHO}
    assert await wechatpy.does("echo", **published, **echo) == "1616140317555161061"
    post = {"signature": "477715d11cdb4164915debcba66cb864d751f3e6", "timestamp": "1409659813", "nonce": "1372623149"}
    opened = await wechatpy.does("open", **published, **post, body=f"<xml><Encrypt>{POST}</Encrypt></xml>")
    assert (opened["type"], opened["source"], opened["content"]) == ("text", "mycreate", "hello")
    ours = {"token": APP.token, "aes_key": APP.aes_key, "corp_id": COMPANY.corp_id}

    async def answer(request: Request) -> web.Response:
        query = {"signature": request.query["msg_signature"], **{name: request.query[name] for name in ("timestamp", "nonce")}}
        if request.method == "GET":
            return web.Response(text=await wechatpy.does("echo", **ours, **query, echostr=request.query["echostr"]))
        message = await wechatpy.does("open", **ours, **query, body=request.body)
        xml = f"<xml><MsgType>text</MsgType><Content><![CDATA[收到：{message['content']}]]></Content></xml>"
        return web.Response(text=await wechatpy.does("seal", **ours, xml=xml, nonce="own-nonce", timestamp="1767225602"))

    door = Door(answer)
    await door.open()
    assert not (await fake.app_verify(door.url)).error
    assert not (await fake.app_says(door.url, "lisi", "36.5 <正常>")).error
    assert [one.text for one in fake.seen_by("lisi")] == ["收到：36.5 <正常>"]
    await door.close()


async def test_wechatpy_refuses_what_the_fake_forges(fake: FakeWeCom, wechatpy: Program) -> None:
    posts: list[Any] = []

    async def answer(request: Request) -> web.Response:
        query = {"signature": request.query["msg_signature"], **{name: request.query[name] for name in ("timestamp", "nonce")}}
        ours = {"token": APP.token, "aes_key": APP.aes_key, "corp_id": COMPANY.corp_id}
        posts.append(await wechatpy.does("open", **ours, **query, body=request.body))
        return web.Response()

    door = Door(answer)
    await door.open()
    for forgery in ("signature", "receiver"):
        await fake.app_says(door.url, "lisi", "36.5", forgery=forgery)
    assert posts == ["refused: InvalidSignatureException", "refused: InvalidCorpIdException"]
    await door.close()


async def test_wechatpy_gets_a_token_and_sends(fake: FakeWeCom, wechatpy: Program) -> None:
    order = {"api": f"{fake.base_url}/cgi-bin/", "corp_id": COMPANY.corp_id, "secret": APP.secret, "agent_id": APP.agent_id}
    answer = await wechatpy.does("send", **order, users=["lisi", "nobody"], text="请报体温")
    assert (answer["errcode"], answer["invaliduser"]) == (0, "nobody")
    assert [one.text for one in fake.seen_by("lisi")] == ["请报体温"]
    assert await wechatpy.does("send", **order, users=["nobody"], text="x") == "refused 81013"
    fake.fail("message/send", errcode=42001)
    assert (await wechatpy.does("send", **order, users=["lisi"], text="令牌过期也能发"))["errcode"] == 0


@no_node
async def test_the_platforms_own_encryption_agrees_letter_for_letter(official: Program) -> None:
    for timestamp, nonce, message, encrypted, signature in MADE:
        assert await official.does("open", aes_key=BOT_KEY, encrypted=encrypted) == {"message": message, "id": ""}
        assert await official.does("seal", aes_key=BOT_KEY, message=message, receiver="", head=HEAD.decode()) == encrypted
        facts = {"token": BOT_TOKEN, "timestamp": timestamp, "nonce": nonce, "encrypted": encrypted}
        assert await official.does("sign", **facts) == signature
    opened = await official.does("open", aes_key=OFFICIAL_KEY, encrypted=ECHO)
    assert opened == {"message": "1616140317555161061", "id": OFFICIAL_CORP}


@no_node
async def test_the_platforms_own_encryption_opens_a_callback_and_seals_its_answer(fake: FakeWeCom, official: Program) -> None:
    async def answer(request: Request) -> web.Response:
        nonce = request.query["nonce"]
        if request.method == "GET":
            return web.Response(text=(await official.does("open", aes_key=BOT.aes_key, encrypted=request.query["echostr"]))["message"])
        encrypted = json.loads(request.body)["encrypt"]
        facts = {"token": BOT.token, "timestamp": request.query["timestamp"], "nonce": nonce, "encrypted": encrypted}
        assert await official.does("sign", **facts) == request.query["msg_signature"]
        opened = await official.does("open", aes_key=BOT.aes_key, encrypted=encrypted)
        assert opened["id"] == ""
        words = json.loads(opened["message"])["text"]["content"]
        reply = json.dumps({"msgtype": "stream", "stream": {"id": "s-1", "finish": True, "content": f"收到 {words}"}})
        sealed = await official.does("seal", aes_key=BOT.aes_key, message=reply, receiver="")
        signature = await official.does("sign", token=BOT.token, timestamp="1767225602", nonce=nonce, encrypted=sealed)
        return web.json_response({"encrypt": sealed, "msgsignature": signature, "timestamp": 1767225602, "nonce": nonce})

    door = Door(answer)
    await door.open()
    verified = await fake.use_callback(door.url)
    assert verified is not None
    assert not verified.error
    await fake.mention("lisi", CHAT, "@小微 36.5 正常")
    assert [one.text for one in fake.seen_in(CHAT)] == ["收到 @小微 36.5 正常"]
    await door.close()
