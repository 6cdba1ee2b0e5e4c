"""绑定 二班: whose room this chat is."""

import re

from handlers.incoming import Answer, Incoming
from services import bind

PATTERN = re.compile(r"绑定(?:本群)?(?:到)?\s*(?P<name>\S{0,30})")


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Bind the room in which it is said."""
    return Answer(public=bind.bind(incoming.work, incoming.message, incoming.sender, match["name"]))
