"""出警: a squad, or those who are named, are out on a call; they are left in peace until they are back."""

import re

from handlers.incoming import Answer, Incoming
from services import call_out

_OWN = "我们班?|咱们班?|全组|全班|大家|本组|本班"
PATTERN = re.compile(
    rf"(?:(?:{_OWN}|(?P<squad>[^\s,，。]{{1,6}}(?<![值换交])(?:班|组)))\s?)?(?:已经?|都|马上|现在|正在)?出警(?:去?了|中)?"
    r"(?:\s+(?P<names>\S+(?:[\s、,，]+\S+)*))?"
)


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Who is out, in private; a room hears how many."""
    private, public = call_out.begin(incoming.work, incoming.row, incoming.sender, match["names"] or match["squad"] or "")
    return Answer(private=private, public=public)
