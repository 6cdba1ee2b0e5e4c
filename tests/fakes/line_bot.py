"""For the tests of the fake platform: a bare bot on the long connection."""

import asyncio
import json
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.people import Delivery

CHAT = "wr-Demo-Chat"
CARD = {
    "card_type": "vote_interaction",
    "main_title": {"title": "今晚谁值班"},
    "checkbox": {"question_key": "who", "option_list": [{"id": "a", "text": "李四"}, {"id": "b", "text": "王五"}]},
    "submit_button": {"text": "提交", "key": "vote:1"},
    "task_id": "vote-1",
}


class Bot:
    """A bare client of the long connection: it says what it is told to."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self._ids = 0

    async def send(self, command: str, body: Any = None, req_id: str = "") -> str:
        self._ids += 1
        req_id = req_id or f"own-{self._ids}"
        await self.socket.send_str(json.dumps({"cmd": command, "headers": {"req_id": req_id}, "body": body}))
        return req_id

    async def read(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.receive_str(), 5))
        return frame

    async def ask(self, command: str, body: Any = None, req_id: str = "") -> dict[str, Any]:
        """Send a frame and read its acknowledgement."""
        req_id = await self.send(command, body, req_id)
        ack = await self.read()
        assert ack["headers"]["req_id"] == req_id
        assert "cmd" not in ack
        return ack

    async def subscribe(self, secret: str = "bot-SECRET") -> int:
        return int((await self.ask("aibot_subscribe", {"bot_id": "aib-demo", "secret": secret}))["errcode"])

    async def code(self, command: str, body: Any, req_id: str = "") -> int:
        return int((await self.ask(command, body, req_id))["errcode"])

    async def push(self, words: str = "汇总", chatid: str = CHAT, **more: Any) -> int:
        body = {"chatid": chatid, "msgtype": "markdown", "markdown": {"content": words}, **more}
        return await self.code("aibot_send_msg", body)

    async def stream(self, delivery: Delivery, words: str, *, finish: bool = False, name: str = "s-1") -> int:
        body = {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": words}}
        return await self.code("aibot_respond_msg", body, delivery.req_id)

    async def closed(self) -> int | None:
        """The code with which the platform ends it."""
        message = await asyncio.wait_for(self.socket.receive(), 5)
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR}
        return self.socket.close_code


async def call(fake: FakeWeCom, http: ClientSession) -> Bot:
    """A bot that is connected, and not accepted yet."""
    return Bot(await http.ws_connect(fake.ws_url))


async def mentioned(fake: FakeWeCom, bot: Bot, text: str = "@小微 36.5") -> Delivery:
    """Somebody mentions the bot, and it has read so."""
    delivery = await fake.mention("lisi", CHAT, text)
    assert (await bot.read())["headers"]["req_id"] == delivery.req_id
    return delivery
