"""直报: what I said cannot wait."""

import re

from handlers.incoming import Answer, Incoming
from handlers.plain_words import PRESSES, numbers
from services import pressing

PATTERN = PRESSES


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Make the sender's newest case, or the ones of these numbers, urgent."""
    meant = numbers(match.string) or (None,)
    return Answer(private="\n".join(pressing.press(incoming.work, incoming.sender, number) for number in meant))
