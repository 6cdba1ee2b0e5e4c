"""The shared parts against the platform: its posts are opened, its repeats and forgeries told apart, its tokens looked after."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.channels.wecom.callback import CallbackError, open_callback, open_echo, read_json, read_xml
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.errors import Policy, WeComError
from bot.channels.wecom.replay import ReplayGuard
from bot.channels.wecom.rest import AppApi, Rest
from tests.fakes.office import Door, MovedClock, Request
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company

COMPANY = Company()
APP, BOT = COMPANY.apps[0], COMPANY.bot
CHAT = "wr-demo-chat"


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def fake(clock: MovedClock) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(COMPANY, now=clock) as fake:
        yield fake


class Desk:
    """A bot's server made of the shared parts: what it read is in `read`; with `busy` it cannot store anything."""

    def __init__(self, crypto: Crypto, reader: Callable[[bytes], dict[str, Any]], clock: MovedClock) -> None:
        self.read: list[dict[str, Any]] = []
        self.busy = False
        self._crypto, self._reader, self._clock = crypto, reader, clock
        self._guard = ReplayGuard()

    async def answer(self, request: Request) -> web.Response:
        """Open what comes."""
        now = self._clock()
        try:
            if request.method == "GET":
                return web.Response(body=open_echo(request.query, self._crypto, self._guard, now))
            message = self._reader(open_callback(request.query, request.body.encode(), self._crypto, self._guard, now))
        except CallbackError as error:
            return web.Response(status=error.status, text=error.reason)
        if self.busy:
            return web.Response(status=503)
        self.read.append(message)
        self._guard.taken(request.query["msg_signature"], now)
        return web.Response()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async def nobody(_request: Request) -> web.Response:
        return web.Response(status=500)

    door = Door(nobody)
    await door.open()
    yield door
    await door.close()


async def test_an_app_hears_what_is_said_to_it(fake: FakeWeCom, door: Door, clock: MovedClock) -> None:
    desk = Desk(Crypto(APP.token, APP.aes_key, COMPANY.corp_id), read_xml, clock)
    door.answer = desk.answer
    assert (await fake.app_verify(door.url)).accepted
    assert (await fake.app_says(door.url, "lisi", "36.5 <正常> & ]]>")).accepted
    assert desk.read[0]["Content"] == "36.5 <正常> & ]]>"
    assert desk.read[0]["FromUserName"] == "lisi"


async def test_an_ai_bot_hears_what_is_said_to_it(fake: FakeWeCom, door: Door, clock: MovedClock) -> None:
    desk = Desk(Crypto(BOT.token, BOT.aes_key, ""), read_json, clock)
    door.answer = desk.answer
    verified = await fake.use_callback(door.url)
    assert verified is not None
    assert verified.accepted
    await fake.mention("lisi", CHAT, "@小微 36.5 正常")
    assert desk.read[0]["text"]["content"] == "@小微 36.5 正常"


async def test_what_could_not_be_stored_comes_again_and_what_was_played_again_does_not(
    fake: FakeWeCom, door: Door, clock: MovedClock
) -> None:
    desk = Desk(Crypto(APP.token, APP.aes_key, COMPANY.corp_id), read_xml, clock)
    door.answer = desk.answer
    desk.busy = True
    assert (await fake.app_says(door.url, "lisi", "36.5")).statuses == (503, 503, 503)
    desk.busy = False
    recorded = door.requests[-1]
    assert (await desk.answer(recorded)).status == 200
    assert (await desk.answer(recorded)).status == 409
    clock.later(minutes=6)
    assert (await desk.answer(recorded)).status == 403
    assert len(desk.read) == 1


@pytest.mark.parametrize(("forgery", "status"), [("signature", 403), ("receiver", 400), ("key", 400)])
async def test_forgeries_are_refused(fake: FakeWeCom, door: Door, clock: MovedClock, forgery: Any, status: int) -> None:
    desk = Desk(Crypto(APP.token, APP.aes_key, COMPANY.corp_id), read_xml, clock)
    door.answer = desk.answer
    assert set((await fake.app_says(door.url, "lisi", "36.5", forgery=forgery)).statuses) == {status}
    assert desk.read == []


async def test_a_token_is_looked_after_whatever_the_platform_does_with_it(fake: FakeWeCom, clock: MovedClock) -> None:
    rest = Rest(fake.base_url, busy_seconds=0)
    await rest.open()
    api = AppApi(rest, COMPANY.corp_id, APP.secret, clock)

    async def send() -> dict[str, Any]:
        body = {"touser": "lisi", "msgtype": "text", "agentid": APP.agent_id, "text": {"content": "请报体温"}}
        return await api.call("POST", "/cgi-bin/message/send", json=body)

    await send()
    for trouble in (fake.expire_token, fake.revoke_token, lambda: clock.later(minutes=118), lambda: clock.later(hours=3)):
        trouble()
        await send()
    assert [message.text for message in fake.seen_by("lisi")] == ["请报体温"] * 5
    fake.trust_only(["203.0.113.7"])
    with pytest.raises(WeComError, match=r"^address_not_trusted \(60020\)$") as caught:
        await send()
    assert caught.value.policy is Policy.STOP
    await rest.close()
