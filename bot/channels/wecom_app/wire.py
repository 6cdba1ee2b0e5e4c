"""What the platform tells an app, out of its XML. Fields that are not named here are nobody's business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.wecom import attachments, cards
from bot.channels.wecom.callback import CallbackError
from bot.channels.wecom.moment import said_at
from models.message import Message

NAME: Final = "wecom_app"
PRESSED: Final = frozenset({"template_card_event", "template_card_menu_event"})
OPENED: Final = frozenset({"subscribe", "enter_agent"})


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed something on a card: the words that it stands for. With the code the card can be replaced, once."""

    message: Message
    task_id: str
    response_code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened the app, or (`joined`) was let into its scope."""

    account: str
    joined: bool


Heard = Message | Press | Opened


def heard(fields: Mapping[str, Any], now: datetime) -> Heard | None:
    """What happened, heard now; None for what nobody here asks for. Raises CallbackError where a field is missing or none of its kind."""
    kind, account = _text(fields, "MsgType"), _text(fields, "FromUserName")
    if kind != "event":
        words = _text(fields, "Content") if kind == "text" else None
        return _message(fields, now, account, _text(fields, "MsgId"), words)
    event = _text(fields, "Event")
    if event in PRESSED:
        key, task_id = _text(fields, "EventKey"), _text(fields, "TaskId")
        # An event has no id: nobody presses the same thing twice in one second.
        number = f"{account} {_text(fields, 'CreateTime')} {event} {task_id} {key}"
        message = _message(fields, now, account, number, cards.pressed(key, _chosen(fields)))
        return Press(message, task_id, _text(fields, "ResponseCode"))
    return Opened(account, event == "subscribe") if event in OPENED else None


def _message(fields: Mapping[str, Any], now: datetime, account: str, number: str, words: str | None) -> Message:
    return Message(
        channel=NAME,
        id=number,
        room=None,
        account=account,
        sent_at=said_at(_seconds(fields), now),
        text=words or "",
        addressed=True,
        attachments=() if words is not None else (attachments.kind(_text(fields, "MsgType")),),
    )


def _chosen(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids of what was chosen, by question."""
    selected = fields.get("SelectedItems")
    items = _listed(selected.get("SelectedItem")) if isinstance(selected, dict) else []
    found = {}
    for item in items:
        ids = item.get("OptionIds") if isinstance(item, dict) else None
        if isinstance(ids, dict):
            found[_text(item, "QuestionKey")] = [one for one in _listed(ids.get("OptionId")) if isinstance(one, str)]
    return found


def _listed(value: Any) -> list[Any]:
    """An element that may stand there several times."""
    return value if isinstance(value, list) else [value]


def _seconds(fields: Mapping[str, Any]) -> int:
    seconds = _text(fields, "CreateTime")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):  # noqa: PLR2004  (the year 5138)
        raise CallbackError(400, "message")
    return int(seconds)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise CallbackError(400, "message")
    return value
