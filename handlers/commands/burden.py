"""负担: how many messages and minutes the bot asks of people in a week."""

import re

from handlers.incoming import Answer, Incoming
from services import burden

PATTERN = re.compile(r"负担|看负担|负担统计")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """By group in private; a room hears two numbers."""
    private, public = burden.shown(incoming.work, incoming.sender)
    return Answer(private=private, public=public)
