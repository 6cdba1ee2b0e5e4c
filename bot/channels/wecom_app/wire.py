"""What the platform tells an app, out of its XML. Fields that are not named here are nobody's business."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.wecom.callback import CallbackError
from models.message import Message

NAME: Final = "wecom_app"


def message_of(fields: Mapping[str, Any]) -> Message | None:
    """What somebody wrote to the app; None for what is no message. Raises CallbackError where a field is missing or none of its kind."""
    kind = _text(fields, "MsgType")
    if kind == "event":
        return None
    is_text = kind == "text"
    return Message(
        channel=NAME,
        id=_text(fields, "MsgId"),
        room=None,
        account=_text(fields, "FromUserName"),
        sent_at=_moment(fields),
        text=_text(fields, "Content") if is_text else "",
        addressed=True,
        wordless=not is_text,
    )


def _moment(fields: Mapping[str, Any]) -> datetime:
    seconds = _text(fields, "CreateTime")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):  # noqa: PLR2004  (the year 5138)
        raise CallbackError(400, "message")
    return datetime.fromtimestamp(int(seconds), UTC)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise CallbackError(400, "message")
    return value
