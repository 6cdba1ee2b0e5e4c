"""汇总: the digest as it is now."""

import re

from handlers.incoming import Answer, Incoming
from services import digest, wording

PATTERN = re.compile(r"汇总|今日汇总|看汇总")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Everything of the day, in private."""
    work = incoming.work
    sender = incoming.sender
    names = work.directory.group_names | work.directory.branch_names
    scopes = dict.fromkeys(charge.scope for charge in sender.charges if charge.scope is not None)
    title = wording.listed(work.unit.texts, (names[scope] for scope in scopes))
    facts = digest.gather(work, title, work.directory.groups_led(sender), work.today, sender)
    return Answer(private=digest.so_far(work, facts))
