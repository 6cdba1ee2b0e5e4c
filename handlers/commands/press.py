"""直报: what I said cannot wait."""

import re

from handlers.incoming import Answer, Incoming
from services import cases

PATTERN = re.compile(r"直报\s*[#＃]?\s*(?P<number>\d{1,9})?")


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Make the sender's newest case, or the one of that number, urgent."""
    number = match["number"]
    return Answer(private=cases.press(incoming.work, incoming.sender, None if number is None else int(number)))
