"""Calls of the platform: what is sent, how failures are named, one token for all, and nothing secret in any error or log."""

import asyncio
import json
import logging
import socket
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestServer

from bot.channels.wecom.errors import Policy, WeComError
from bot.channels.wecom.rest import AppApi, Rest

CORP_ID, SECRET, TEXT = "ww0123456789abcdef", "s3cret-of-the-app", "我娘病了"
SEND = "/cgi-bin/message/send"
BODY = {"touser": "lisi", "text": {"content": TEXT}}
START = datetime(2026, 3, 2, tzinfo=UTC)
TAIL = f", hint: [17123], from ip: 203.0.113.7, {TEXT} access_token=token-1 {SECRET}"
"""What an errmsg repeats at its worst."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Platform:
    """A platform of two endpoints. `errors` are answered in turn before it works; `good` are the tokens it takes."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.asked = asyncio.Event()
        self.errors: dict[str, list[int]] = {}
        self.bodies: list[bytes] = []
        self.content_types: list[str] = []
        self.good: set[str] = set()
        self.expires_in: Any = 7200
        self.instead: Answer | None = None
        self.server = TestServer(self._app())

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/cgi-bin/gettoken", self._gettoken)
        app.router.add_route("*", SEND, self._send)
        return app

    def _error(self, request: web.Request) -> web.Response | None:
        self.calls[request.path] += 1
        self.asked.set()
        left = self.errors.get(request.path)
        return failing(left.pop(0)) if left else None

    async def _gettoken(self, request: web.Request) -> web.Response:
        assert request.query["corpid"] == CORP_ID
        error = self._error(request)
        if error is not None:
            return error
        if request.query["corpsecret"] != SECRET:
            return failing(40001)
        token = f"token-{self.calls[request.path]}"
        self.good = {token}
        await asyncio.sleep(0.01)  # others ask in the meantime
        return web.json_response({"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": self.expires_in})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.read())
        self.content_types.append(request.content_type)
        error = self._error(request)
        if error is not None:
            return error
        if self.instead is not None:
            return await self.instead(request)
        if "access_token" in request.query and request.query["access_token"] not in self.good:
            return failing(40014)
        return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": "MSG1"})

    @property
    def sent(self) -> int:
        """How many calls of the second endpoint there were."""
        return self.calls[SEND]

    @property
    def fetched(self) -> int:
        """How often a token was asked for."""
        return self.calls["/cgi-bin/gettoken"]


class Clock:
    """A clock that is moved."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time


def failing(code: int) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": f"TEXT{TAIL}"})


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    platform = Platform()
    await platform.server.start_server()
    yield platform
    await platform.server.close()


@pytest.fixture
async def rest(platform: Platform) -> AsyncIterator[Rest]:
    rest = Rest(str(platform.server.make_url("/")), busy_seconds=0)
    await rest.open()
    yield rest
    await rest.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(rest: Rest, clock: Clock) -> AppApi:
    return AppApi(rest, CORP_ID, SECRET, clock.now)


async def failure_of(call: Awaitable[Any]) -> WeComError:
    """How a call fails, having told no secret on any way."""
    with pytest.raises(WeComError) as caught:
        await call
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    causes, cause = [], error.__context__
    while cause is not None:
        causes.append(cause)
        cause = cause.__context__
    assert all(isinstance(cause, WeComError) for cause in causes), causes
    assert not any(word in told for word in ("token-", SECRET, CORP_ID, TEXT, "203.0.113.7", "127.0.0.1")), told
    return error


async def test_an_answer_without_error_is_given_back_and_text_goes_out_as_it_is(platform: Platform, rest: Rest) -> None:
    assert (await rest.call("POST", SEND, json=BODY))["msgid"] == "MSG1"
    assert TEXT.encode() in platform.bodies[0]
    assert json.loads(platform.bodies[0]) == BODY
    assert platform.content_types == ["application/json"]
    assert (await rest.call("GET", SEND, query={"a": "b&c=d 中"}))["errcode"] == 0


async def test_half_of_a_letter_is_sent_as_a_question_mark(platform: Platform, rest: Rest) -> None:
    await rest.call("POST", SEND, json={"text": "好\ud83d"})
    assert json.loads(platform.bodies[0]) == {"text": "好?"}


async def test_an_error_is_named_and_its_message_is_forgotten(platform: Platform, rest: Rest) -> None:
    platform.errors[SEND] = [60111]
    error = await failure_of(rest.call("POST", SEND, json=BODY, query={"access_token": "token-1"}))
    assert str(error) == "unknown_user (60111)"
    assert platform.sent == 1


async def test_a_busy_platform_is_asked_three_more_times(platform: Platform, rest: Rest) -> None:
    platform.errors[SEND] = [-1, -1, -1]
    assert (await rest.call("POST", SEND, json=BODY))["errcode"] == 0
    assert platform.sent == 4
    platform.errors[SEND] = [-1] * 4
    assert str(await failure_of(rest.call("POST", SEND, json=BODY))) == "system_busy (-1)"
    assert platform.sent == 8


async def test_a_file_is_sent_again_whole(platform: Platform, rest: Rest) -> None:
    form = FormData()
    form.add_field("media", b"report", filename="r.csv")
    platform.errors[SEND] = [-1]
    await rest.call("POST", SEND, data=form)
    assert platform.content_types == ["multipart/form-data"] * 2
    assert [body.count(b"report") for body in platform.bodies] == [1, 1]


@pytest.mark.parametrize(
    ("status", "text", "name"),
    [
        (200, '{"errcode":0', "malformed"),
        (200, "", "malformed"),
        (200, "[" * 100_000, "malformed"),
        (200, "[]", "malformed"),
        (200, '{"errmsg":"ok"}', "malformed"),
        (200, '{"errcode":"0"}', "malformed"),
        (200, '{"errcode":false}', "malformed"),
        (502, f"<html>{TEXT}</html>", "http_502"),
        (404, '{"errcode":0}', "http_404"),
    ],
)
async def test_an_answer_that_is_none_is_named(platform: Platform, rest: Rest, status: int, text: str, name: str) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text)

    platform.instead = answer
    error = await failure_of(rest.call("POST", SEND, json=BODY, query={"access_token": "token-1"}))
    assert (str(error), error.code, error.policy) == (name, None, Policy.RETRY)


async def test_a_redirect_is_not_followed_with_what_is_secret(platform: Platform, rest: Rest) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/cgi-bin/gettoken?corpid=x")

    platform.instead = answer
    assert str(await failure_of(rest.call("POST", SEND, json=BODY))) == "http_307"
    assert platform.fetched == 0


async def test_a_platform_that_hangs_up_or_does_not_answer_is_named(platform: Platform) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def never(_request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    rest = Rest(str(platform.server.make_url("/")), call_seconds=0.05)
    await rest.open()
    for instead, name in ((hang_up, "connection_lost"), (never, "timeout")):
        platform.instead = instead
        assert str(await failure_of(rest.call("POST", SEND, json=BODY, query={"access_token": "token-1"}))) == name
    await rest.close()


async def test_a_platform_that_is_not_there_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        for base, name in (
            (f"http://127.0.0.1:{taken.getsockname()[1]}", "connect_failed"),
            (f"http://token-1{SECRET}.invalid", "connect_failed"),
            (f"ftp://token-1{SECRET}", "connection_lost"),
        ):
            rest = Rest(base)
            await rest.open()
            error = await failure_of(rest.call("GET", SEND, query={"access_token": "token-1"}))
            assert (str(error), error.tried) == (name, name != "connect_failed")
            await rest.close()
            assert str(await failure_of(rest.call("GET", SEND))) == "not_open"


async def test_a_platform_without_a_certificate_is_named(platform: Platform) -> None:
    rest = Rest(f"https://127.0.0.1:{platform.server.port}")
    await rest.open()
    assert str(await failure_of(rest.call("GET", SEND, query={"access_token": "token-1"}))) == "tls_failed"
    await rest.close()


async def test_fifty_who_call_at_once_share_one_token(platform: Platform, api: AppApi) -> None:
    answers = await asyncio.gather(*(api.call("POST", SEND, json=BODY) for _ in range(50)))
    assert len(answers) == 50
    assert platform.fetched == 1


@pytest.mark.parametrize("code", [40014, 42001, 40001])
async def test_a_token_that_is_taken_back_early_is_replaced_once_and_the_call_repeated(platform: Platform, api: AppApi, code: int) -> None:
    await api.call("POST", SEND, json=BODY)
    platform.errors[SEND] = [code]
    assert (await api.call("POST", SEND, json=BODY))["msgid"] == "MSG1"
    assert (platform.sent, platform.fetched) == (3, 2)


async def test_fifty_whose_token_is_taken_back_share_the_next_one(platform: Platform, api: AppApi) -> None:
    await api.call("POST", SEND, json=BODY)
    platform.good.clear()
    await asyncio.gather(*(api.call("POST", SEND, json=BODY) for _ in range(50)))
    assert platform.fetched == 2


async def test_a_platform_that_takes_no_token_is_asked_twice_and_no_more(platform: Platform, api: AppApi) -> None:
    platform.errors[SEND] = [42001, 42001, 42001]
    assert str(await failure_of(api.call("POST", SEND, json=BODY))) == "token_expired (42001)"
    assert (platform.sent, platform.fetched) == (2, 2)


async def test_other_errors_do_not_cost_a_token(platform: Platform, api: AppApi) -> None:
    platform.errors[SEND] = [81013]
    assert str(await failure_of(api.call("POST", SEND, json=BODY))) == "no_valid_recipient (81013)"
    assert (platform.sent, platform.fetched) == (1, 1)


async def test_a_token_is_replaced_a_little_before_it_ends(platform: Platform, api: AppApi, clock: Clock) -> None:
    for seconds, fetched in ((0, 1), (6899, 1), (6900, 2), (6900 + 6899, 2), (6900 + 6900, 3)):
        clock.time = START + timedelta(seconds=seconds)
        await api.call("POST", SEND, json=BODY)
        assert platform.fetched == fetched, seconds


async def test_a_token_of_few_seconds_is_used_for_half_of_them(platform: Platform, api: AppApi, clock: Clock) -> None:
    platform.expires_in = 60
    for seconds, fetched in ((0, 1), (29, 1), (30, 2)):
        clock.time = START + timedelta(seconds=seconds)
        await api.call("POST", SEND, json=BODY)
        assert platform.fetched == fetched, seconds


async def test_where_no_token_can_be_got_nobody_hammers(platform: Platform, api: AppApi, clock: Clock) -> None:
    platform.errors["/cgi-bin/gettoken"] = [40001] * 20
    errors = await asyncio.gather(*(failure_of(api.call("POST", SEND, json=BODY)) for _ in range(30)))
    assert {str(error) for error in errors} == {"invalid_secret (40001)"}
    assert {error.policy for error in errors} == {Policy.STOP}
    assert (platform.sent, platform.fetched) == (0, 1)
    assert errors[1].after == timedelta(seconds=5)
    assert [error.tried for error in errors] == [True] + [False] * 29, "who did not ask has not tried"
    asked = []
    for _second in range(1200):
        clock.time += timedelta(seconds=1)
        before = platform.fetched
        await failure_of(api.call("POST", SEND, json=BODY))
        if platform.fetched > before:
            asked.append(int((clock.time - START).total_seconds()))
    assert asked == [5, 15, 35, 75, 155, 315, 615, 915]


async def test_once_the_secret_is_set_right_everything_goes_on(platform: Platform, api: AppApi, clock: Clock) -> None:
    platform.errors["/cgi-bin/gettoken"] = [40001, 40001]
    for seconds in (0, 5):
        clock.time = START + timedelta(seconds=seconds)
        await failure_of(api.call("POST", SEND, json=BODY))
    clock.time = START + timedelta(seconds=15)
    assert (await api.call("POST", SEND, json=BODY))["errcode"] == 0
    platform.good.clear()
    platform.errors["/cgi-bin/gettoken"] = [45009]
    assert (await failure_of(api.call("POST", SEND, json=BODY))).policy is Policy.RETRY_AFTER
    clock.time += timedelta(seconds=5)
    assert (await api.call("POST", SEND, json=BODY))["errcode"] == 0, "the waits begin anew"


@pytest.mark.parametrize("expires_in", [None, "7200", 0, -1, 10**12, True])
async def test_a_token_of_no_sensible_life_is_none(platform: Platform, api: AppApi, expires_in: Any) -> None:
    platform.expires_in = expires_in
    assert str(await failure_of(api.call("POST", SEND, json=BODY))) == "malformed"


async def test_a_caller_who_gives_up_holds_nobody_up(platform: Platform, api: AppApi) -> None:
    impatient = asyncio.create_task(api.call("POST", SEND, json=BODY))
    patient = asyncio.create_task(api.call("POST", SEND, json=BODY))
    await platform.asked.wait()
    impatient.cancel()
    assert (await patient)["errcode"] == 0


async def test_no_log_line_says_what_is_secret(platform: Platform, api: AppApi, rest: Rest, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    platform.errors[SEND] = [-1, 40014, 60111]
    await failure_of(api.call("POST", SEND, json=BODY))
    platform.errors["/cgi-bin/gettoken"] = [40013]
    await failure_of(AppApi(rest, CORP_ID, SECRET, lambda: START).call("POST", SEND, json=BODY))
    client = "\n".join(record.getMessage() for record in caplog.records if record.name != "aiohttp.access")
    assert not any(word in client for word in ("token-", SECRET, TEXT)), "the access log is the platform's own"
    for thing in (api, rest):
        assert SECRET not in repr(thing)
