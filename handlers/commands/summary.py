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
    names = work.directory.group_names if sender.role is Role.LEADER else work.directory.branch_names
    title = names[(sender.group_id if sender.role is Role.LEADER else sender.branch_id) or ""]
    facts = digest.gather(work, title, groups_led(work.directory, sender), work.today, sender)
    return Answer(private=digest.so_far(work, facts))
