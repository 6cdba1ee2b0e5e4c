"""WeCom's REST interface: one connection pool, answers judged by their `errcode`, and the access token of a self-built app.

Tokens, secrets and keys travel in query strings, and aiohttp's errors carry the address: none of these errors leaves this file, not
even as the cause of ours.
"""

import asyncio
import json as jsonlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    DummyCookieJar,
    FormData,
)

from bot.channels.wecom.encoding import encoded
from bot.channels.wecom.errors import BUSY, Failure, Policy, WeComError, error_of, no_answer

INVALID_SECRET: Final = 40001
TRIES: Final = 4
"""A call that finds the platform busy is made again up to three times."""
NOT_CONNECTED: Final = ("connect_failed", "tls_failed")
CALL_SECONDS: Final = 8.0
"""No call takes longer than this."""


class Rest:
    """Calls of the interface at `api_base`. Nothing can be called before `open` or after `close`."""

    def __init__(self, api_base: str, *, busy_seconds: float = 0.5, call_seconds: float = CALL_SECONDS) -> None:
        self._api_base = api_base.rstrip("/")
        self._busy_seconds = busy_seconds
        self._timeout = ClientTimeout(total=call_seconds)
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Make the connection pool; connects to nothing yet."""
        self._session = ClientSession(timeout=self._timeout, cookie_jar=DummyCookieJar())

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        data: FormData | None = None,
    ) -> dict[str, Any]:
        """The answer to a call of `path` (like "/cgi-bin/message/send"); raises WeComError for every failure and every errcode but 0.

        `json` is sent as `encoded`.
        """
        body: bytes | FormData | None = data
        headers = {}
        if json is not None:
            body = encoded(json)
            headers["Content-Type"] = "application/json"
        code = BUSY
        for tried in range(TRIES):
            if tried:
                await asyncio.sleep(self._busy_seconds * 2 ** (tried - 1))
            answer = _judged(*await self._ask(method, path, query, body, headers))
            code = answer["errcode"]
            if code == 0:
                return answer
            if code != BUSY:
                break
        failure = error_of(code).failure
        raise WeComError(replace(failure, doubt=tried > 0))

    async def _ask(
        self, method: str, path: str, query: Mapping[str, str] | None, body: bytes | FormData | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self._session is None:
            raise no_answer("not_open", tried=False)
        try:
            # A redirect is not followed: WeCom makes none, and whoever else does must not get what is sent.
            async with self._session.request(
                method, self._api_base + path, params=query, data=body, headers=headers, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            name = "timeout"
        except ClientSSLError:
            name = "tls_failed"
        except ClientConnectorError:
            name = "connect_failed"
        except (ClientError, OSError):
            name = "connection_lost"
        # Outside of the handlers, so that the error with the address hangs nowhere on ours.
        raise no_answer(name, tried=name not in NOT_CONNECTED)


def _judged(status: int, body: bytes) -> dict[str, Any]:
    """An answer with its whole number `errcode`."""
    if status != 200:  # noqa: PLR2004
        raise no_answer(f"http_{status}")
    try:
        answer = jsonlib.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or type(answer.get("errcode")) is not int:
        raise no_answer("malformed")
    return answer


@dataclass(frozen=True)
class _Token:
    """An access token, good until a moment."""

    value: str
    until: datetime


class AppApi:
    """Calls in the name of a self-built app. The token is shared by all, and fetched by one caller at a time.

    `now` is the clock by which a token grows old. Where no token can be got, everybody is told so without asking again, for 5 seconds
    at first and up to 5 minutes later: WeCom blocks whoever asks in vain too often.
    """

    MARGIN: Final = timedelta(minutes=5)
    """A token is replaced this long before it ends."""
    LONGEST_LIFE: Final = 30 * 24 * 3600
    """More seconds than any token is good for; whoever promises more has answered nonsense."""
    FIRST_WAIT: Final = timedelta(seconds=5)
    LONGEST_WAIT: Final = timedelta(minutes=5)

    def __init__(self, rest: Rest, corp_id: str, secret: str, now: Callable[[], datetime]) -> None:
        self._rest = rest
        self._credentials = {"corpid": corp_id, "corpsecret": secret}
        self._now = now
        self._lock = asyncio.Lock()
        self._token: _Token | None = None
        self._failure: Failure | None = None
        self._wait = self.FIRST_WAIT
        self._not_before: datetime | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        data: FormData | None = None,
    ) -> dict[str, Any]:
        """As Rest.call, with the token. Where WeCom does not take it, a new one is got and the call repeated, once."""

        async def with_token(token: _Token) -> dict[str, Any]:
            return await self._rest.call(method, path, query={**(query or {}), "access_token": token.value}, json=json, data=data)

        token = await self._good_token(None)
        try:
            return await with_token(token)
        except WeComError as error:
            if error.policy is not Policy.REFRESH and error.code != INVALID_SECRET:
                raise
        return await with_token(await self._good_token(token))

    async def _good_token(self, refused: _Token | None) -> _Token:
        """The token that all share; another one than `refused`."""
        async with self._lock:
            if self._token is refused:  # nobody got another one in the meantime
                self._token = None
            if self._token is None or self._now() >= self._token.until:
                self._token = await self._fetch()
            return self._token

    async def _fetch(self) -> _Token:
        now = self._now()
        if self._failure is not None and self._not_before is not None and now < self._not_before:
            raise WeComError(replace(self._failure, wait=self._not_before - now, tried=False))
        try:
            answer = await self._rest.call("GET", "/cgi-bin/gettoken", query=self._credentials)
            token, seconds = answer.get("access_token"), answer.get("expires_in")
            if not isinstance(token, str) or not token or type(seconds) is not int or not 0 < seconds <= self.LONGEST_LIFE:
                raise no_answer("malformed")
        except WeComError as error:
            self._failure, self._not_before = error.failure, now + self._wait
            self._wait = min(2 * self._wait, self.LONGEST_WAIT)
            raise
        self._failure, self._not_before, self._wait = None, None, self.FIRST_WAIT
        # Whoever grants less than twice the margin has half of it used, or every call would fetch a token.
        return _Token(token, now + max(timedelta(seconds=seconds) - self.MARGIN, timedelta(seconds=seconds) / 2))
