"""Where another program answers whatever it is told, one of the two must stop: the bot, for it has said all that it had to say."""

from datetime import timedelta
from typing import Final

from models import cases, deliveries, inbox
from services.work import Work

MOST: Final = 5
"""So often the same words are answered with the same words within a while; a person has read them by then."""
MACHINE: Final = 30
"""So often nobody is answered in that while who writes differing words by hand."""
WITHIN: Final = timedelta(minutes=10)


def enough(work: Work, channel: str, room: str | None, account: str, text: str, member_id: int | None = None) -> bool:
    """Whether these words, which say that nothing was understood, were said to an account often enough, in the room or in private.

    Whoever writes differing words is a person and answered on, and so is a member who waits for help in whatever words.
    """
    since = work.now - WITHIN
    said = deliveries.said_since(work.session, channel, room, account, since)
    times = sum(row.text == text and row.mention in (None, account) for row in said)
    if times < MOST or times >= MACHINE:
        return times >= MACHINE
    if member_id is not None and cases.of_member(work.session, member_id):
        return False
    heard = [_shape(words) for words in inbox.said_since(work.session, channel, room, account, since)]
    return heard.count(heard[-1]) > MOST if heard else True


def _shape(text: str) -> str:
    """Words without what a program counts up."""
    return "".join(letter for letter in text if letter.isalpha())
