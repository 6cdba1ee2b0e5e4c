"""From what WeCom says to the bot's own Message. Pure."""

from datetime import datetime, timedelta

from bot.channels.wecom import cards
from bot.channels.wecom.moment import said_at
from bot.channels.wecom_aibot.wire import Callback
from models.message import Message

NAME = "wecom_aibot"

MESSAGE_TYPES = frozenset({"text", "mixed", "voice", "image", "file", "video"})
GROUP, SINGLE = "group", "single"


def message(callback: Callback, now: datetime, reply_to: str | None, reply_for: timedelta) -> Message | None:
    """What somebody said or pressed, with the handle by which it can be answered for that long; None where it is neither.

    Pictures and files have no words: the bot was spoken to nevertheless, and says what it can read. A press says the words that it
    stands for, in private wherever the card is: its answer is for whoever pressed.
    """
    if callback.press is not None:
        room, text = None, cards.pressed(callback.press.event_key, callback.press.chosen)
    elif callback.msgtype in MESSAGE_TYPES:
        room, text = (None if callback.chattype == SINGLE else callback.chatid or None), callback.words
        if room is None and callback.chattype == GROUP:  # nobody's private words, and no place to answer them
            return None
    else:
        return None
    if not callback.msgid or not callback.sender.userid:
        return None
    sent_at = said_at(callback.create_time, now)
    return Message(
        channel=NAME,
        id=callback.msgid,
        room=room,
        account=callback.sender.userid,
        sent_at=sent_at,
        text=text,
        addressed=True,  # nothing else is delivered
        quoted=None if callback.quote is None else callback.quote.words or None,
        attachments=() if callback.press is not None else callback.attachments(callback.msgtype),
        reply_to=reply_to,
        reply_until=None if reply_to is None else sent_at + reply_for,
    )
