"""帮助: what can be said to the bot, as far as it concerns whoever asks."""

import re

from handlers.incoming import Answer, Incoming
from models.roster import Role
from services import reach

PATTERN = re.compile(r"帮助|使用帮助|使用说明|help|HELP|Help")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Say how to report; leaders and secretaries read their commands as well. In a room everybody may read it."""
    work = incoming.work
    if incoming.message.room is not None:
        by_mention = reach.by_mention(work, incoming.message.channel, incoming.message.room)
        return Answer(public=work.say("help.room_by_mention" if by_mention else "help.member", bot=work.unit.bot_name))
    text = work.say("help.member", bot=work.unit.bot_name)
    if incoming.sender.has(tuple(Role)[1:]):
        text += "\n" + work.say("help.leader")
    return Answer(private=text)
