"""One message from a chat platform, as a channel hands it over. A channel knows no rules; this is all it says."""

from datetime import datetime
from enum import StrEnum

from models.values import Value


class Attachment(StrEnum):
    """What came along with a message, or in its place, and cannot be read."""

    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    FORWARD = "forward"
    """Other people's words: a forwarded message, or several."""
    OTHER = "other"
    """A link, a place, a card, a sticker…"""


class Message(Value):
    """What was said. `id` is the platform's own and unique on its channel; `room` is the platform's id of the chat, None in private.

    `account` is the sender's id on the channel; `addressed` is true where it was said to the bot (private, or the bot was mentioned).
    `quoted` is the text of the message that this one quotes. `reply_to` is the platform's handle by which this very message can be
    answered, good until `reply_until`. `attachments` are what nothing can be read in; what they hold is never kept. `called` is what an
    account that is nobody's yet is called in the chat, "" where that is not known; it is not kept. `chain`: the platform itself delivered
    it as a chain (接龙), so that the authors in it are the platform's word; in what somebody typed they are not. It is not kept either.
    """

    channel: str
    id: str
    room: str | None
    account: str
    sent_at: datetime
    text: str
    addressed: bool
    quoted: str | None = None
    reply_to: str | None = None
    reply_until: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    called: str = ""
    chain: bool = False
