"""From what a gateway says to the bot's own Message. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.channels.wechaty import rich
from bot.channels.wechaty.rpc import Payload
from bot.channels.wechaty.wire import NAME, MessageType
from handlers.mention import is_called
from models.message import Attachment, Message

SYSTEM: Final = frozenset(
    {"weixin", "filehelper", "fmessage", "newsapp", "medianote", "floatbottle", "qqmail", "qmessage", "tmessage", "notifymessage"}
)
"""Accounts of the platform itself, which write to everybody."""
OFFICIAL: Final = "gh_"
"""How the ids of official accounts (公众号) begin."""
LATEST_IN_SECONDS: Final = 100_000_000_000
"""A smaller time is in seconds, a greater one in milliseconds."""
DELIVERED_WITHIN: Final = timedelta(days=1)
MENTION_END: Final = "\u2005"
"""The space that WeChat sets behind a mention."""

_ATTACHMENTS: Final = {
    MessageType.ATTACHMENT: Attachment.FILE,
    MessageType.AUDIO: Attachment.VOICE,
    MessageType.CHAT_HISTORY: Attachment.FORWARD,
    MessageType.IMAGE: Attachment.PICTURE,
    MessageType.VIDEO: Attachment.VIDEO,
    MessageType.CONTACT: Attachment.OTHER,
    MessageType.LOCATION: Attachment.OTHER,
    MessageType.MINI_PROGRAM: Attachment.OTHER,
    MessageType.GROUP_NOTE: Attachment.OTHER,
    MessageType.URL: Attachment.OTHER,
    MessageType.POST: Attachment.OTHER,
}
"""Stickers, transfers and red envelopes say nothing that the bot could answer; they are not among these, and neither are system lines."""

# Some gateways write a quotation above the words, as WeChat's own clients once did.
_QUOTE: Final = re.compile(r"「(?P<quoted>.+?)」\n(?:- ?){5,40}\n(?P<words>.*)", re.DOTALL)
_EVERYBODY: Final = re.compile(r"[@＠](?:所有人|all(?![a-z]))", re.IGNORECASE)
_SPEAKER: Final = re.compile(r"[^：:\n]{1,40}[：:]")
_REVOKED: Final = re.compile(r"<(?P<name>newmsgid|msgid)>\s{0,9}(?P<id>\d{1,25})\s{0,9}</(?P=name)>")
_HEAD: Final = 20_000  # characters in which a recall must say what it takes back


@dataclass(frozen=True)
class Recall:
    """A message was taken back: its id, or the two that the platform has for it, of which gateways use either."""

    message_ids: tuple[str, ...]


@dataclass(frozen=True)
class Me:
    """The account of the bot: its id, the names by which a room may call it, and the bot's name."""

    account: str
    names: Collection[str]
    bot_name: str


def heard(payload: Payload, me: Me, now: datetime) -> Message | Recall | None:
    """What somebody said or took back; None for what is nobody's words: system lines, stickers, official accounts."""
    if payload.type == MessageType.RECALLED:
        taken_back = _taken_back(payload.text)
        return Recall(taken_back) if taken_back else None
    if payload.talker in ("", payload.room) or payload.talker in SYSTEM or payload.talker.startswith(OFFICIAL):
        return None
    said = _said(payload)
    if said is None:
        return None
    words, quoted, attachments = said
    room = payload.room or None
    mentioned = me.account in payload.mentions and _means(words, me)
    if mentioned:
        words = without_mention(words, me.names)
    return Message(
        channel=NAME,
        id=payload.id,
        room=room,
        account=payload.talker,
        sent_at=_sent_at(payload.timestamp, now),
        text=words,
        addressed=room is None or mentioned or is_called(words, me.bot_name),
        quoted=quoted,
        attachments=attachments,
        chain=payload.type != MessageType.TEXT and rich.is_chain(payload.text),  # a text may have been typed
    )


def without_mention(words: str, names: Collection[str]) -> str:
    """The words without "@name" of any of these names, the longest first: one may be the beginning of another."""
    for name in sorted(names, key=len, reverse=True):
        words = re.sub(rf"@{re.escape(name)}(?:{MENTION_END}|\s|$)", "", words)
    return words.strip()


def _means(words: str, me: Me) -> bool:
    """Whether a mention is one of the bot: with "@所有人" some gateways say that everybody was mentioned, one by one."""
    return _EVERYBODY.search(words) is None or any(f"@{name}" in words for name in me.names)


def _said(payload: Payload) -> tuple[str, str | None, tuple[Attachment, ...]] | None:
    """Words, what they quote, and what came in place of words."""
    if rich.is_rich(payload.text):
        return rich.said(payload.text)
    if payload.type == MessageType.TEXT:
        return *_quotation(payload.text), ()
    attachment = _ATTACHMENTS.get(MessageType(payload.type)) if payload.type in list(MessageType) else None
    return None if attachment is None else ("", None, (attachment,))


def _quotation(text: str) -> tuple[str, str | None]:
    found = _QUOTE.fullmatch(text)
    if found is None:
        return text, None
    quoted = found["quoted"]
    return found["words"], _SPEAKER.sub("", quoted, count=1)


def _taken_back(text: str) -> tuple[str, ...]:
    """The ids of the message that was taken back: the text itself, or what the platform's XML says of it."""
    if "<" in text:
        return tuple(found["id"] for found in _REVOKED.finditer(text[:_HEAD]))
    return tuple(filter(None, [text.strip()]))


def _sent_at(timestamp: int, now: datetime) -> datetime:
    """A message may come without a time; one that is days away is none, for nothing is delivered so late."""
    try:
        moment = datetime.fromtimestamp(timestamp if timestamp < LATEST_IN_SECONDS else timestamp / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return now
    return moment if abs(moment - now) < DELIVERED_WITHIN else now
