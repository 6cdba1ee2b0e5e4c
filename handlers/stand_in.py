"""Who stands in, said beside something else: 36.4，我去总队学习，4号到6号由张伟代. As a message of its own it is a command."""

import re
from datetime import date

from handlers.commands.stand_in import DOES, days_in
from handlers.incoming import Incoming
from models.people import Person
from models.reading import Intent, Reading
from models.roster import Role
from services import stand_in

_ENDS = r"(?=$|[\s,，、。;；!！~～])"
_DOES = rf"(?:来|先|暂时|临时)*{DOES}{_ENDS}"
_ASKED = re.compile(
    rf"(?P<when>[^\s,，、。;；:：!！]{{0,24}}?)(?<![别不])(?<!不[用要必])(?:由|请|让|叫)(?P<name>[^\s\d,，、。;；]{{2,12}}?){_DOES}"
)
_WHAT = re.compile(r"(?:期间|其间|这几天|这段时间|组里|班里|队里|支部|党?小组|组长|副?书记|值班|工作|事情|事|班|的|我|先|暂时|临时)+$")
"""What somebody has the charge of, and that it is for a while, says no day."""
_BEFORE = r"(?:^|(?<=[\s,，、。;；!！]))"


def wants(reading: Reading) -> bool:
    """Any message that reports something; whether it names somebody who stands in its words say."""
    return bool(reading.intents)


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt. The days are those that stand beside the name, or those of the absence."""
    sender, reading = incoming.sender, incoming.reading
    if sender.role is Role.MEMBER or not any(word in incoming.text for word in "代顶替"):
        return []
    said = _ASKED.search(incoming.text) or _named_alone(incoming).search(incoming.text)
    away = None if said is None else _away(incoming)
    if said is None or away is None or away.role is Role.MEMBER:
        return []
    days = _days(incoming, said)
    if days is None or (Intent.REPORT in reading.intents and not reading.leaves):  # what a daily report tells is over
        return []
    if not stand_in.may_appoint(sender, away):
        return [incoming.work.say("stand_in.not_yours_to_say", name=away.name)]
    return [stand_in.appoint(incoming.work, incoming.row, sender, away, said["name"], days)]


def _named_alone(incoming: Incoming) -> re.Pattern[str]:
    """孙丽代: a member's name where a clause begins."""
    names = "|".join(sorted(map(re.escape, incoming.work.directory.called), key=len, reverse=True))
    return re.compile(rf"{_BEFORE}(?P<when>)(?P<name>{names}){_DOES}")


def _away(incoming: Incoming) -> Person | None:
    """Who is away: the one of whom the message says so, else the sender; None where it says so of several."""
    names = {leave.person for leave in incoming.reading.leaves}
    if len(names) > 1:
        return None
    return incoming.work.directory.named(names.pop(), near=incoming.sender) if names else incoming.sender


def _days(incoming: Incoming, said: re.Match[str]) -> tuple[date, date | None] | None:
    """From when to when: by the words beside the name, or else while the absence lasts."""
    words = _WHAT.sub("", said["when"])
    words = f"{words}到{said['until']}" if said["until"] else words
    days = days_in(incoming, words.strip()) if words.strip() else None
    leave = next(iter(incoming.reading.leaves), None)
    return days or (None if leave is None else (leave.first, leave.last))
