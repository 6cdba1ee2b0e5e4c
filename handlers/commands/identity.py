"""我是 姓名: whose account it is."""

import re

from handlers.incoming import Answer, Incoming

PATTERN = re.compile(r"我是\s*(?P<name>[^\s，。！？,.!?]{2,20}(?:\s+[^\s，。！？,.!?]{2,20})?)")
"""The name may stand behind the group's (我是 二班 张伟), where several people share it."""


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Somebody whom the bot knows already; a stranger's claim is taken by handlers.strangers."""
    work = incoming.work
    group = work.directory.group_names.get(incoming.sender.group_id or "", "")
    return Answer(private=work.say("claim.known", name=incoming.sender.name, group=group))
