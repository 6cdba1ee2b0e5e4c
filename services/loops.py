"""Where another program answers whatever it is told, one of the two must stop: the bot, for it has said all that it had to say."""

from datetime import timedelta
from typing import Final

from models.conversations import said_since
from services.work import Work

MOST: Final = 5
"""So often the same words are said to the same one within a while; a person has read them by then."""
WITHIN: Final = timedelta(minutes=10)


def enough(work: Work, channel: str, room: str | None, account: str, text: str) -> bool:
    """Whether these words, which say that nothing was understood, were said to an account often enough, in the room or in private."""
    said = said_since(work.session, channel, room, account, work.now - WITHIN)
    return sum(row.text == text and row.mention in (None, account) for row in said) >= MOST
