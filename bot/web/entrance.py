"""The entrance of the web server: who opens connections and says little cannot keep the platforms out.

aiohttp limits neither how many connections there are nor how slowly a request comes, and once the system's file descriptors are used up
nobody is let in.
"""

from collections.abc import Callable
from itertools import islice
from typing import Final

import structlog
from aiohttp import web

from bot.web.answers import Handler

log = structlog.get_logger()

MOST: Final = 500
"""Connections at once: far more than platforms and a proxy keep open, and half of the file descriptors that a process usually has."""


class Entrance:
    """Where there are `most` connections, each new one takes the place of the one that has waited longest for a request, or for its end.

    A platform says all that it has to say at once, so that it is never the one that has to go.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._at_work: dict[web.RequestHandler, web.Request] = {}
        self._told = False

    def to(self, runner: web.AppRunner) -> Callable[[], web.RequestHandler]:
        """What handles each new connection to a server that is set up."""
        server = runner.server
        if server is None:
            raise RuntimeError("set the runner up first")

        def enter() -> web.RequestHandler:
            if len(server.connections) >= self._most:
                self._make_room([one for one in server.connections if one.transport is not None])
            return server()

        return enter

    def _make_room(self, connections: list[web.RequestHandler]) -> None:
        waiting = (one for one in connections if (request := self._at_work.get(one)) is None or not request.content.is_eof())
        too_many = len(connections) + 1 - self._most  # several come in at once, and are counted only then
        for connection in islice(waiting, max(0, too_many)):  # the oldest come first
            connection.force_close()
        if not self._told:
            self._told = True  # once: whoever does this would else fill the log
            log.warning("many connections: the oldest that say nothing are closed; see docs/wecom.md", most=self._most)

    @web.middleware
    async def note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Remember which request each connection has brought, for as long as it is handled."""
        self._at_work[request.protocol] = request
        try:
            return await handler(request)
        finally:
            del self._at_work[request.protocol]
