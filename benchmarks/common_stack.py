"""What such a callback is commonly made of: wechatpy and Flask, one row and one commit for each message. Run by gunicorn (contenders.py).

It imports nothing of this project, because it runs in an environment of its own. Its keys and its file come from the environment. It gets
the same journal and the same care for the disk as the others.
"""

import os
import sqlite3
import threading

from flask import Flask, request
from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

app = Flask(__name__)
crypto = WeChatCrypto(os.environ["BENCH_TOKEN"], os.environ["BENCH_AES_KEY"], os.environ["BENCH_CORP_ID"])
mine = threading.local()


def database() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(mine, "database"):
        mine.database = sqlite3.connect(os.environ["BENCH_DATABASE"], timeout=60)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            mine.database.execute(f"PRAGMA {pragma}")
    return mine.database


@app.post(os.environ["BENCH_PATH"])
def receive() -> str:
    """Take a message."""
    args = request.args
    message = parse_message(crypto.decrypt_message(request.data, args["msg_signature"], args["timestamp"], args["nonce"]))
    row = (str(message.id), message.source, str(message.create_time), message.content)
    database().execute("INSERT INTO messages VALUES (?, ?, ?, ?)", row)
    database().commit()
    return ""


database().execute("CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, account TEXT, sent_at TEXT, text TEXT)")
