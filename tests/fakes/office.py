"""For the tests of the fakes: a clock that is moved, and a bot's own server that answers as it is told."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer


class MovedClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now

    def later(self, **span: float) -> None:
        """Time passes, as timedelta counts it."""
        self._now += timedelta(**span)


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    query: Mapping[str, str]
    body: str


@dataclass
class Door:
    """A server of a bot. `answer` decides what it says; everything that it was asked is in `requests`."""

    answer: Callable[[Request], Awaitable[web.Response]]
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    async def open(self) -> None:
        """Listen at `url`."""
        app = web.Application()
        app.router.add_route("*", "/", self._serve)
        self._server = TestServer(app)
        await self._server.start_server()
        self.url = str(self._server.make_url("/"))

    async def close(self) -> None:
        """Stop."""
        await self._server.close()

    async def _serve(self, http: web.Request) -> web.Response:
        request = Request(http.method, dict(http.query), await http.text())
        self.requests.append(request)
        return await self.answer(request)
