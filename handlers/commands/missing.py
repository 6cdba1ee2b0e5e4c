"""未报: who is open, and why (leave, no word)."""

import re

from handlers.incoming import Answer, Incoming
from services import coverage

PATTERN = re.compile(r"未报|未报名单")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Names in private; a room hears the count."""
    work = incoming.work
    days = [coverage.of_group(work, group_id, work.today) for group_id in work.directory.groups_led(incoming.sender)]
    lines = [work.say("digest.of_group", name=work.directory.group_names[day.group_id]) + coverage.line(work, day) for day in days]
    heard, expected = sum(d.heard for d in days), sum(d.expected for d in days)
    return Answer(private="\n".join(lines), public=work.say("missing.public", heard=heard, expected=expected))
