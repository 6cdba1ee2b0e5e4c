"""绑定 二班: whose room this chat is."""

import re

from handlers.commands.command import said
from handlers.incoming import Answer, Incoming
from services import bind

PATTERN = re.compile(r"绑定(?:本群)?(?:到)?\s*(?P<name>\S{0,30})")


def names_a_room(text: str, *, addressed: bool) -> bool:
    """Whether the whole message, without a call of the bot, says whose room this chat is, by name.

    Where it is not said to the bot, a space must stand before the name: people say 绑定手机号 to each other.
    """
    words = said(text)
    match = PATTERN.fullmatch(words)
    if match is None or not match["name"]:
        return False
    return addressed or words[match.start("name") - 1].isspace()


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Bind the room in which it is said."""
    return Answer(public=bind.bind(incoming.work, incoming.message, incoming.sender, match["name"]))
