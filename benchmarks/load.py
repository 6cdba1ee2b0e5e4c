"""The load: pre-encrypted check-ins over 64 connections that are kept alive, as fast as they are answered or at a given rate.

The texts are those of tests/corpus/dev.jsonl with a check-in of whoever sends them, each sent by that member of the demo unit, in turn;
every message has a MsgId, a nonce and a signature of its own. The requests are bytes before the clock starts, so that the load costs less
than any server; what it costs is measured all the same.
"""

import asyncio
import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from benchmarks.corpus import messages
from bot.channels.wecom.crypto import Crypto

CONNECTIONS = 64
ANSWER_SECONDS = 120.0
TICK_SECONDS = 0.001
PATH = "/wecom/app"

CORP_ID, AGENT_ID = "ww5a4e57c0de5a4e57", 1000002
TOKEN, AES_KEY = "benchmark0Token", "benchmarkbenchmarkbenchmarkbenchmark0123456"

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def check_ins(userids: dict[str, str]) -> list[tuple[str, str]]:
    """Who says what: (userid, text). `userids` are those of the unit's members by name."""
    said = [m for m in messages("dev.jsonl") if any(one["person"] == m["sender"] for one in m["expect"]["checkins"])]
    return [(userids[m["sender"]], m["text"]) for m in said if m["sender"] in userids]


def requests(said: Sequence[tuple[str, str]], count: int) -> list[bytes]:
    """So many whole HTTP requests, signed now: they are good for five minutes."""
    crypto, moment, first = Crypto(TOKEN, AES_KEY, CORP_ID), str(int(time.time())), secrets.randbits(60)
    made = []
    for number in range(count):
        userid, text = said[number % len(said)]
        xml = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><FromUserName><![CDATA[{userid}]]></FromUserName>"
            f"<CreateTime>{moment}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
            f"<MsgId>{first + number}</MsgId><AgentID>{AGENT_ID}</AgentID></xml>"
        )
        encrypt, nonce = crypto.encrypt(xml.encode()), secrets.token_hex(8)
        query = f"msg_signature={crypto.sign(moment, nonce, encrypt)}&timestamp={moment}&nonce={nonce}"
        body = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt>"
            f"<AgentID><![CDATA[{AGENT_ID}]]></AgentID></xml>"
        )
        head = f"POST {PATH}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        made.append((head + body).encode())
    return made


class Connection(asyncio.Protocol):
    """One connection: a request at a time, and what is to be done with the status of its answer."""

    def __init__(self, lost: Callable[[], None]) -> None:
        self._lost = lost
        self._came = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Be ready."""
        self._transport = transport

    def ask(self, request: bytes, then: Callable[[Self, int], None]) -> None:
        """Send a request."""
        self._then = then
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """An answer, or a piece of it."""
        self._came += data
        end = self._came.find(b"\r\n\r\n")
        length = LENGTH.search(self._came, 0, end) if end >= 0 else None
        if length is not None and len(self._came) >= end + 4 + int(length[1]):
            status, self._came = int(self._came[9:12]), b""
            self._then(self, status)

    def connection_lost(self, _error: Exception | None) -> None:
        """The server has hung up, or we did."""
        self._lost()

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


@dataclass(frozen=True)
class Answered:
    """What came of a load: how many requests got which status, the seconds it took, and of each request, in order of the answers."""

    statuses: dict[int, int]
    seconds: float
    waits: list[float]


class Load:
    """Connections to one server."""

    def __init__(self) -> None:
        self._connections: list[Connection] = []
        self._all: asyncio.Future[None] | None = None

    async def open(self, port: int) -> None:
        """Connect."""
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: Connection(self._lost), "127.0.0.1", port)
            self._connections.append(connection)

    def close(self) -> None:
        """Hang up."""
        for connection in self._connections:
            connection.close()

    def _lost(self) -> None:
        if self._all is not None and not self._all.done():
            self._all.set_exception(ConnectionError("the server closed a connection while it was asked"))

    async def as_fast_as_answered(self, made: Sequence[bytes]) -> Answered:
        """Every connection asks again as soon as it was answered."""
        return await self._run(made, None)

    async def at_rate(self, made: Sequence[bytes], rate: float) -> Answered:
        """So many requests a second, whatever is answered; a wait counts from when its request was due."""
        return await self._run(made, rate)

    async def _run(self, made: Sequence[bytes], rate: float | None) -> Answered:
        loop = asyncio.get_running_loop()
        self._all = loop.create_future()
        every = self._all
        statuses: dict[int, int] = {}
        waits: list[float] = []
        free = deque(self._connections)
        start, asked = time.perf_counter(), 0

        def ask(connection: Connection, number: int) -> None:
            due = time.perf_counter() if rate is None else start + number / rate

            def answered(connection: Connection, status: int) -> None:
                waits.append(time.perf_counter() - due)
                statuses[status] = statuses.get(status, 0) + 1
                free.append(connection)
                if len(waits) == len(made) and not every.done():
                    every.set_result(None)
                go_on()

            connection.ask(made[number], answered)

        def go_on() -> None:
            nonlocal asked
            allowed = len(made) if rate is None else min(len(made), int((time.perf_counter() - start) * rate) + 1)
            while free and asked < allowed:
                ask(free.popleft(), asked)
                asked += 1

        async with asyncio.timeout(ANSWER_SECONDS):
            go_on()
            while rate is not None and asked < len(made):
                await asyncio.sleep(TICK_SECONDS)
                go_on()
            await every
        self._all = None
        return Answered(statuses, time.perf_counter() - start, waits)
