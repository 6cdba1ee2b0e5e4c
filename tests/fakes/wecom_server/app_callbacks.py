"""What people do in front of an app, which its server hears of as XML."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.fakes.wecom_server import cards
from tests.fakes.wecom_server.callbacks import Answer, Caller, cdata
from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.people import pressed
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.messages import grant

TEXT_BYTES = 2048


class AppPeople:
    """The people in front of the company's apps."""

    def __init__(self, platform: Platform, caller: Caller) -> None:
        self._platform = platform
        self._caller = caller

    async def say(
        self, url: str, who: str, app: App, kind: str, fields: Mapping[str, Any], *, msgid: int | None, at: datetime | None, **how: Any
    ) -> Answer:
        """Send the app a message of any kind; `fields` are those of the kind."""
        inner = {"MsgType": kind, **fields, "MsgId": msgid or self._platform.serial()}
        return await self._post(url, who, app, inner, at, **how)

    async def event(self, url: str, who: str, app: App, name: str, fields: Mapping[str, Any], *, at: datetime | None, **how: Any) -> Answer:
        """Do something that is an event; it has no MsgId."""
        return await self._post(url, who, app, {"MsgType": "event", "Event": name, **fields}, at, **how)

    async def press(
        self, url: str, who: str, card: Message, key: str, selected: Mapping[str, list[str]], *, at: datetime | None, **how: Any
    ) -> Answer:
        """Press something on a card of an app."""
        if card.channel != "app":
            raise ValueError("this is no card of an app: use press")
        userid, app = self._platform.user(who), self._platform.app(int(card.sender))
        shown = pressed(card, userid, key, selected)
        fields = {
            "EventKey": key,
            "TaskId": shown.get("task_id", ""),
            "CardType": shown["card_type"],
            "ResponseCode": grant(self._platform, app, [card]),
        }
        name = "template_card_menu_event"
        if not cards.in_menu(shown, key):
            name = "template_card_event"
            items = [{"QuestionKey": question, "OptionIds": [{"OptionId": one} for one in ids]} for question, ids in selected.items()]
            fields["SelectedItems"] = [{"SelectedItem": item} for item in items]
        answer = await self.event(url, userid, app, name, fields, at=at, **how)
        if answer.reply is not None and answer.reply.get("MsgType") == "update_button":
            card.update(cards.greyed(shown, str(answer.reply.get("Button", {}).get("ReplaceName", ""))))
        return answer

    async def _post(self, url: str, who: str, app: App, inner: Mapping[str, Any], at: datetime | None, **how: Any) -> Answer:
        userid = self._platform.user(who)
        head = {
            "ToUserName": self._platform.company.corp_id,
            "FromUserName": userid,
            "CreateTime": int((at or self._platform.now()).timestamp()),
        }
        answer = await self._caller.post_app(url, app, f"<xml>{_xml({**head, **inner, 'AgentID': app.agent_id})}</xml>", **how)
        if answer.reply is not None and not self._show(userid, app, answer.reply):
            return replace(answer, error=f"a reply of a kind that is not shown: {answer.reply.get('MsgType')}")
        return answer

    def _show(self, userid: str, app: App, reply: Mapping[str, Any]) -> bool:
        """Show a passive reply to the one it answers, a text cut as in sending; whether its kind is known."""
        match reply.get("MsgType"):
            case "text":
                content = {"content": reply.get("Content", "").encode()[:TEXT_BYTES].decode(errors="ignore")}
            case "image" | "voice" | "video" as kind:
                content = {"media_id": reply.get(kind.capitalize(), {}).get("MediaId", "")}
            case "update_button":
                return True
            case _:
                return False
        self._platform.show("app", str(app.agent_id), str(reply["MsgType"]), content, to=userid, msgid=secrets.token_urlsafe(16))
        return True


def _xml(fields: Mapping[str, Any]) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())


def _value(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return _xml(value)
    if isinstance(value, list):
        return "".join(_xml(item) for item in value)
    return cdata(str(value))
