"""汇总: the digest as it is now."""

import re

from handlers.commands.command import groups_led
from handlers.incoming import Answer, Incoming
from models.roster import Role
from services import digest

PATTERN = re.compile(r"汇总|今日汇总|看汇总")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Everything of the day, in private."""
    work = incoming.work
    sender = incoming.sender
    if sender.role is Role.LEADER and sender.group_id is not None:
        title = work.directory.group_names[sender.group_id]
    elif sender.branch_id is not None and sender.role is not Role.DUTY_OFFICER:
        title = work.directory.branch_names[sender.branch_id]
    else:
        title = work.directory.roster.organization
    facts = digest.gather(work, title, groups_led(work.directory, sender), work.today, sender)
    return Answer(private=digest.so_far(work, facts))
