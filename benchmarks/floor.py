"""The floor: the least that a callback's server in Python can do. `python -m benchmarks.floor DATABASE` on any free port.

Bare aiohttp on uvloop: the signature is verified, the message decrypted and parsed by the project's own functions, and one row is written
by one thread that commits together whatever waits. It answers after the commit, which is as safe as the project's (WAL, synchronous=FULL).
It reads nothing, decides nothing, refuses no replay.
"""

import asyncio
import queue
import sqlite3
import sys
import threading
from functools import partial

import uvloop
from aiohttp import web

from benchmarks.load import AES_KEY, CORP_ID, PATH, TOKEN
from bot.channels.wecom.callback import read_xml
from bot.channels.wecom.crypto import Crypto, CryptoError

Row = tuple[str, str, str, str]


class Writer:
    """One thread that writes."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._waiting: queue.SimpleQueue[tuple[Row, asyncio.Future[None]]] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._run, daemon=True).start()

    async def write(self, row: Row) -> None:
        """Return once the row is committed."""
        done = self._loop.create_future()
        self._waiting.put((row, done))
        await done

    def _run(self) -> None:
        database = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE messages (id TEXT PRIMARY KEY, account TEXT, sent_at TEXT, text TEXT)")
        while True:
            batch = [self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get())
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", [row for row, _ in batch])
            database.execute("COMMIT")
            self._loop.call_soon_threadsafe(partial(_tell, [done for _, done in batch]))


def _tell(written: list[asyncio.Future[None]]) -> None:
    for done in written:
        if not done.done():
            done.set_result(None)


async def serve(path: str) -> None:
    """Listen, and say where on standard error."""
    crypto, writer = Crypto(TOKEN, AES_KEY, CORP_ID), Writer(path)

    async def receive(request: web.Request) -> web.Response:
        query = request.query
        encrypt = read_xml(await request.read())["Encrypt"]
        try:
            crypto.verify(query["msg_signature"], query["timestamp"], query["nonce"], encrypt)
            fields = read_xml(crypto.decrypt(encrypt))
        except CryptoError:
            return web.Response(status=403)
        await writer.write((fields["MsgId"], fields["FromUserName"], fields["CreateTime"], fields["Content"]))
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stderr.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stderr.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
