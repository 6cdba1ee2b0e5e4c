"""wecom-aibot-sdk-python on the long connection, told by lines of JSON.

Its arguments: ws_url, bot_id, secret, milliseconds between heartbeats.
"""

import asyncio
import json
import logging
import sys
from typing import Any

from wecom_aibot_sdk import WSClient, WSClientOptions

SOON = 20
"""Milliseconds until it comes back: a test does not wait as long as an office does."""


def tell(event: str, **facts: Any) -> None:
    """Say what happened."""
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


class Quiet:
    """The library logs; nobody reads it here."""

    def debug(self, *_: Any) -> None:
        """Nothing."""

    info = warn = error = debug


class LineClient:
    """The library, with the last frame that it was given."""

    def __init__(self, ws_url: str, bot_id: str, secret: str, heartbeat: str) -> None:
        beats = {"heartbeat_interval": int(heartbeat), "reconnect_interval": SOON}
        self.client = WSClient(WSClientOptions(bot_id=bot_id, secret=secret, ws_url=ws_url, logger=Quiet(), **beats))
        for event in ("authenticated", "disconnected", "reconnecting"):
            self.client.on(event, self._happened(event))
        for event in ("message", "event"):
            self.client.on(event, self._called(event))

    def _happened(self, event: str) -> Any:
        async def handler(_frame: Any) -> None:
            tell(event)

        return handler

    def _called(self, event: str) -> Any:
        async def handler(frame: Any) -> None:
            self.frame = frame
            tell(event, body=frame.body)

        return handler

    async def do(self, order: dict[str, Any]) -> Any:
        """What an order comes to; a refusal is its text."""
        try:
            return await getattr(self, order.pop("do"))(**order)
        except (RuntimeError, TimeoutError) as refused:
            return str(refused)

    async def stream(self, words: str, *, finish: bool) -> Any:
        """Answer the last message."""
        return (await self.client.reply_stream(self.frame, "s-1", words, finish)).errcode

    async def welcome(self, words: str) -> Any:
        """Greet who opened the chat."""
        return (await self.client.reply_welcome(self.frame, {"msgtype": "text", "text": {"content": words}})).errcode

    async def update(self, card: dict[str, Any]) -> Any:
        """Change the pressed card."""
        body = {"response_type": "update_template_card", "template_card": card}
        return (await self.client.reply(self.frame, body, "aibot_respond_update_msg")).errcode

    async def push(self, chatid: str, body: dict[str, Any]) -> Any:
        """Send of its own accord."""
        return (await self.client.send_message(chatid, body)).errcode

    async def send_file(self, chatid: str, path: str) -> Any:
        """Upload a file and send it."""
        return (await self.client.send_media_message(chatid, path)).errcode

    async def download(self, url: str, aeskey: str) -> list[str | None]:
        """Fetch what was sent: its words and its name."""
        data, name = await self.client.download_file(url, aeskey)
        return [data.decode(), name]


async def main() -> None:
    """Connect, and do what is told until the end."""
    logging.disable()
    line_client = LineClient(*sys.argv[1:])
    line_client.client.connect()
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async for line in reader:
        tell("done", result=await line_client.do(json.loads(line)))


asyncio.run(main())
