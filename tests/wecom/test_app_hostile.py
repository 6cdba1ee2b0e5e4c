"""The app's address is open to the world: whoever is not the platform is refused at once, and nothing that they sent is kept or logged."""

import asyncio
import gzip
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.channels.wecom import endpoint
from bot.channels.wecom.callback import MAX_BODY
from bot.channels.wecom.crypto import Crypto
from bot.settings import Settings
from models.outbox import NoticeState
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from tests.fakes.wecom_server.company import Rules
from tests.stage import only_jobs, rows
from tests.wecom.app_unit import APP, COMPANY, AppStory, told_to_the_app
from tests.wecom.quickly import within

PLATFORM = Crypto(APP.token, APP.aes_key, COMPANY.corp_id)
WORDS = "我娘病了"


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AppStory]:
    async with told_to_the_app(only_jobs(settings)) as story:
        yield story


@dataclass(frozen=True)
class Post:
    """A request as the platform makes it."""

    query: dict[str, str]
    body: bytes


def post(story: AppStory, inner: str = "", *, age: int = 0, crypto: Crypto = PLATFORM, envelope: str | None = None) -> Post:
    """A message of 张伟, `age` seconds old; `inner` takes the place of its XML, `envelope` that of what is around it."""
    moment = int(story.now().timestamp()) - age
    message = inner or (
        f"<xml><ToUserName>{COMPANY.corp_id}</ToUserName><FromUserName>ZhangWei</FromUserName><CreateTime>{moment}</CreateTime>"
        f"<MsgType>text</MsgType><Content>{WORDS}</Content><MsgId>7</MsgId><AgentID>{APP.agent_id}</AgentID></xml>"
    )
    encrypt = crypto.encrypt(message.encode())
    query = {"msg_signature": crypto.sign(str(moment), "n", encrypt), "timestamp": str(moment), "nonce": "n"}
    return Post(query, (envelope or "<xml><Encrypt>{}</Encrypt></xml>").format(encrypt).encode())


async def status_of(story: AppStory, query: dict[str, str], body: Any, **more: Any) -> int:
    """How a POST is answered."""
    async with ClientSession() as http, http.post(story.url, params=query, data=body, **more) as response:
        return response.status


async def refused(story: AppStory, query: dict[str, str], body: Any, **more: Any) -> int:
    """The status of a POST that must be refused: quickly, with one line that says nothing of it, and without a trace."""
    with capture_logs() as lines, within(0.25):  # with all that the sender itself takes
        status = await status_of(story, query, body, **more)
    assert 400 <= status < 500
    (line,) = lines
    assert (line["event"], line["channel"], line["status"]) == ("callback refused", "wecom_app", status)
    assert line.keys() == {"event", "channel", "status", "reason", "log_level"}
    assert line["reason"].isidentifier()
    assert await rows(story.bot, MessageRow) == []
    return status


async def test_the_message_itself_would_be_taken(story: AppStory) -> None:
    sent = post(story)
    assert await status_of(story, sent.query, sent.body) == 200
    (row,) = await rows(story.bot, MessageRow)
    assert row.text == WORDS


async def test_who_does_not_know_the_token_or_the_key_or_speaks_to_another_company_is_refused(story: AppStory) -> None:
    sent = post(story)
    assert await refused(story, {**sent.query, "msg_signature": "0" * 40}, sent.body) == 403
    assert await refused(story, {**sent.query, "nonce": "m"}, sent.body) == 403
    assert await refused(story, sent.query, sent.body.replace(b"</Encrypt>", b"AAAA</Encrypt>")) == 403
    for name in sent.query:
        assert await refused(story, {key: value for key, value in sent.query.items() if key != name}, sent.body) == 400
    other_key = Crypto(APP.token, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE", COMPANY.corp_id)
    for stranger in (other_key, Crypto(APP.token, APP.aes_key, "ww-other")):
        made = post(story, crypto=stranger)
        assert await refused(story, made.query, made.body) == 400


async def test_a_recording_is_refused_when_it_is_old_and_when_it_was_taken_before(story: AppStory) -> None:
    old, ahead = post(story, age=301), post(story, age=-301)
    assert await refused(story, old.query, old.body) == 403
    assert await refused(story, ahead.query, ahead.body) == 403
    sent = post(story, "<xml><MsgType>event</MsgType><Event>LOCATION</Event><FromUserName>ZhangWei</FromUserName></xml>")
    assert await status_of(story, sent.query, sent.body) == 200
    assert await refused(story, sent.query, sent.body) == 409


MALFORMED = {
    "nothing": b"",
    "json": b"[1,2]",
    "no envelope": b"<xml><a>b</a></xml>",
    "two envelopes": b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    "entities": b'<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    "a file": b'<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Encrypt>&f;</Encrypt></xml>',
    "deep": b"<a>" * 50_000,
    "wide": b"<xml>" + b"<a/>" * 50_000 + b"</xml>",
    "open": b"<xml><Encrypt><![CDATA[" + b"]" * 100_000,
    "bytes": bytes(range(256)) * 500,
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_what_is_no_envelope_is_refused_at_once(story: AppStory, name: str) -> None:
    assert await refused(story, post(story).query, MALFORMED[name]) == 400


@pytest.mark.parametrize(
    "inner",
    [
        "hello",
        "<xml/>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>ZhangWei</FromUserName><CreateTime>now</CreateTime><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId></xml>",
        "<xml><FromUserName><a>b</a></FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId></xml>",
        "<xml><FromUserName>ZhangWei</FromUserName><CreateTime>99999999999999</CreateTime><MsgType>image</MsgType><MsgId>1</MsgId></xml>",
        "<xml><MsgType>event</MsgType><FromUserName>ZhangWei</FromUserName><Event>template_card_event</Event></xml>",
        '<!DOCTYPE xml [<!ENTITY a "b">]><xml><MsgType>text</MsgType><Content>&a;</Content></xml>',
    ],
)
async def test_what_is_signed_but_no_message_is_refused_too(story: AppStory, inner: str) -> None:
    sent = post(story, inner)
    assert await refused(story, sent.query, sent.body) == 400


async def test_what_is_too_large_is_refused_before_it_is_read_and_what_unfolds_to_much_as_well(story: AppStory) -> None:
    query = post(story).query
    assert await refused(story, query, b"<" + b"a" * MAX_BODY) == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(500):
            yield b"a" * 10_000

    assert await refused(story, query, chunks()) == 413
    bomb = gzip.compress(b"a" * 50_000_000)
    assert await refused(story, query, bomb, headers={"Content-Encoding": "gzip"}) == 413


async def test_what_is_said_to_be_packed_and_is_not_is_refused_like_anything_malformed(story: AppStory) -> None:
    assert await refused(story, post(story).query, b"junk", headers={"Content-Encoding": "gzip"}) == 400


@pytest.mark.parametrize("query", [{}, {"echostr": "a"}, {"msg_signature": "a", "timestamp": "1", "nonce": "1", "echostr": "a"}])
async def test_who_tries_the_address_out_without_being_the_platform_is_refused(story: AppStory, query: dict[str, str]) -> None:
    with capture_logs() as lines:
        async with ClientSession() as http, http.get(story.url, params=query) as response:
            assert response.status in {400, 403}
            assert await response.read() == b""
    assert [line["event"] for line in lines] == ["callback refused"]


@pytest.mark.parametrize("signed_anew", [True, False], ids=["signed anew", "to the letter"])
async def test_three_deliveries_of_one_message_make_one_record(settings: Settings, signed_anew: bool) -> None:
    async with told_to_the_app(only_jobs(settings), rules=Rules(repeats_signed_anew=signed_anew)) as story:
        answer = await story.fake.app_says(story.url, "ZhangWei", "36.5 正常", copies=3)
        assert answer.statuses[0] == 200
        await story.later(seconds=0)
        assert len(await rows(story.bot, MessageRow)) == 1
        assert len(await rows(story.bot, CheckinRow)) == 1
        assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_three_deliveries_at_once_and_what_is_played_again_after_a_restart_make_no_second_record(story: AppStory) -> None:
    sent = post(story)
    assert await asyncio.gather(*(status_of(story, sent.query, sent.body) for _ in range(3))) == [200] * 3
    await story.close()
    await story.open()
    assert await status_of(story, sent.query, sent.body) == 200, "it is taken for the platform's own repeat"
    await story.later(seconds=0)
    assert [row.text for row in await rows(story.bot, MessageRow)] == [WORDS]
    assert len(story.fake.seen_by("ZhangWei")) == 1


async def test_what_cannot_be_stored_in_time_is_answered_with_503_and_the_repeat_is_stored_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert endpoint.ANSWER_SECONDS <= 4
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.1)
    async with told_to_the_app(only_jobs(settings), rules=Rules(app_deliveries=1)) as story:
        file = settings.database.url.removeprefix("sqlite:///")
        with sqlite3.connect(file, isolation_level=None) as somebody:
            somebody.execute("BEGIN IMMEDIATE")
            with capture_logs() as lines:
                answer = await story.fake.app_says(story.url, "ZhangWei", "36.5 正常", msgid=7)
            assert answer.statuses == (503,)
            assert [(line["event"], line["reason"]) for line in lines] == [("callback not stored", "too_slow")]
            assert somebody.execute("SELECT count(*) FROM messages").fetchone() == (0,)
            somebody.execute("ROLLBACK")
        somebody.close()
        monkeypatch.undo()
        assert (await story.fake.app_says(story.url, "ZhangWei", "36.5 正常", msgid=7)).statuses == (200,)
        await story.later(seconds=0)
        assert len(await rows(story.bot, MessageRow)) == 1
        assert len(await rows(story.bot, CheckinRow)) == 1
        assert [row.state for row in await rows(story.bot, NoticeRow)] == [NoticeState.SENT]
        assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_a_sender_who_never_comes_to_an_end_is_not_waited_for(story: AppStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"<xml>"
        await story.fake.until(lambda: lines)

    with capture_logs() as lines:
        assert await status_of(story, post(story).query, slowly()) == 503
    assert [line["reason"] for line in lines] == ["too_slow"]
