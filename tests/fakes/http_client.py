"""For the tests of the fake platform: a company with two apps and two robots, and a plain client of the HTTP interfaces."""

import json
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, FormData

from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import App, Company, Robot
from tests.fakes.wecom_server.ledger import Message

APP = App(1000002, "app-SECRET")
SQUAD_APP = App(1000003, "squad-SECRET", departments=(3,))
ROBOT, OTHER_ROBOT = Robot("5a1e7c3e-0001", "wr-demo-chat"), Robot("5a1e7c3e-0002", "wr-other-chat")
COMPANY = Company(apps=(APP, SQUAD_APP), robots=(ROBOT, OTHER_ROBOT))
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
BUTTONS = {
    "card_type": "button_interaction",
    "main_title": {"title": "困难事项 7", "desc": "孩子没人带"},
    "button_list": [{"text": "我来处理", "key": "case:7:mine"}, {"text": "看详情", "type": 1, "url": "https://example.org"}],
    "task_id": "case-7",
}


def web_client() -> ClientSession:
    """A client of the web that writes every letter as it is, as the platform wants it."""
    return ClientSession(json_serialize=partial(json.dumps, ensure_ascii=False))


class Client:
    """A plain client of the HTTP interfaces."""

    def __init__(self, fake: FakeWeCom, http: ClientSession, app: App = APP) -> None:
        self.fake, self.http, self.app, self.token = fake, http, app, ""

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        async with self.http.get(f"{self.fake.base_url}/cgi-bin/{path}", params={"access_token": self.token, **query}) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def post(self, path: str, body: Any, **query: Any) -> dict[str, Any]:
        query = {"access_token": self.token, **query}
        async with self.http.post(f"{self.fake.base_url}/cgi-bin/{path}", params=query, json=body) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def log_in(self) -> "Client":
        answer = await self.get("gettoken", corpid=COMPANY.corp_id, corpsecret=self.app.secret)
        self.token = answer["access_token"]
        return self

    async def text(self, to: str, words: str = "请报体温", **more: Any) -> dict[str, Any]:
        body = {"touser": to, "msgtype": "text", "agentid": self.app.agent_id, "text": {"content": words}, **more}
        return await self.post("message/send", body)

    async def card(self, to: str, card: Any) -> dict[str, Any]:
        body = {"touser": to, "msgtype": "template_card", "agentid": self.app.agent_id, "template_card": card}
        return await self.post("message/send", body)

    async def robot(self, body: Any, key: str = ROBOT.key) -> dict[str, Any]:
        return await self.post("webhook/send", body, key=key)

    async def upload(self, path: str, data: bytes, name: str = "a.csv", **query: Any) -> dict[str, Any]:
        form = FormData()
        form.add_field("media", BytesIO(data), filename=name)
        query = {"access_token": self.token, **query}
        async with self.http.post(f"{self.fake.base_url}/cgi-bin/{path}", params=query, data=form) as response:
            answer: dict[str, Any] = await response.json()
            return answer


def texts(messages: Iterable[Message]) -> list[str]:
    """What messages say."""
    return [message.text for message in messages]
