"""销假: whoever was away is back; from today on a check-in is owed again."""

import re

from handlers.incoming import Answer, Incoming
from services import record, wording

PATTERN = re.compile(r"销假|(?:我)?(?:已经?)?(?:回来|归队|返岗|到岗)了?")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """End the leave that covers today, in private."""
    work = incoming.work
    ended = record.back(work, incoming.row, incoming.sender)
    if not ended:
        return Answer(private=work.say("leave.none_to_end"))
    what = wording.listed(work.unit.texts, dict.fromkeys(row.reason for row in ended))
    return Answer(private=work.say("leave.back", reason=what))
