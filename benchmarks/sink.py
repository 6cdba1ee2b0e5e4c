"""A platform that takes whatever it is told: the sink of what the bot sends while it is measured."""

import asyncio
import json
import re

ANSWER = json.dumps({"errcode": 0, "errmsg": "ok", "access_token": "benchmark", "expires_in": 7200, "msgid": "m1"}).encode()
TAKEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)
HEAD = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Sink:
    """Answers every call alike. While it is `silent` it answers none, so that the sender waits with the first one."""

    def __init__(self) -> None:
        self.silent = False
        self.calls = 0

    async def open(self) -> str:
        """Listen; where."""
        self._server = await asyncio.get_running_loop().create_server(lambda: _Caller(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Listen no more."""
        self._server.close()


class _Caller(asyncio.Protocol):
    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._came = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        end = self._came.find(b"\r\n\r\n")
        length = HEAD.search(self._came, 0, end) if end >= 0 else None
        if end >= 0 and len(self._came) >= end + 4 + (int(length[1]) if length else 0):
            self._came = b""
            if not self._sink.silent:
                self._sink.calls += 1
                self._transport.write(TAKEN)
