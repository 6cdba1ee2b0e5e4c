"""出警: a squad, or those who are named, are out on a call; they are left in peace until they are back."""

import re

from handlers.incoming import Answer, Incoming
from services import call_out

PATTERN = re.compile(r"出警(?:\s+(?P<names>\S+(?:[\s、,，]+\S+)*))?")


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Who is out, in private; a room hears how many."""
    private, public = call_out.begin(incoming.work, incoming.row, incoming.sender, match["names"] or "")
    return Answer(private=private, public=public)
