"""One message from a chat platform, as a channel hands it over. A channel knows no rules; this is all it says."""

from datetime import datetime

from models.values import Value


class Message(Value):
    """What was said. `id` is the platform's own and unique on its channel; `room` is the platform's id of the chat, None in private.

    `account` is the sender's id on the channel; `addressed` is true where it was said to the bot (private, or the bot was mentioned).
    """

    channel: str
    id: str
    room: str | None
    account: str
    sent_at: datetime
    text: str
    addressed: bool
