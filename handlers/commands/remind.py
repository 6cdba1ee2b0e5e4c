"""催报: remind those still open, each in private."""

import re

from handlers.incoming import Answer, Incoming
from services import remind, wording

PATTERN = re.compile(r"催报|催一下")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Who was reminded, in private; a room hears how many."""
    work = incoming.work
    reminded = []
    for group_id in work.directory.groups_led(incoming.sender):
        reminded += remind.checkin(work, group_id, work.today, late="", expires_at=None)
    if not reminded:
        return Answer(private=work.say("remind.nobody"), public=work.say("remind.nobody"))
    names = wording.listed(work.unit.texts, (p.name for p in reminded))
    return Answer(
        private=work.say("remind.done", count=len(reminded), names=names), public=work.say("remind.done_public", count=len(reminded))
    )
