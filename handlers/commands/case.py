"""收到 N, 办结 N 结果, 代确认 N 原因, 转交 N 姓名: what a leader or secretary does with a case."""

import re

from handlers.incoming import Answer, Incoming
from services import cases, wording

_COUNTS = "件个起份次项名人箱套张条只台辆"

ACKNOWLEDGE = re.compile(r"收到\s*(?:事项)?\s*[#＃]?\s*(?P<number>\d{1,9})")
ACKNOWLEDGE_WAITING = re.compile(r"收到|好的?[,，]?收到")
PROPOSE = re.compile(rf"办结\s*[#＃]?\s*(?P<number>\d{{1,9}})(?:(?:[\s,，:：]+|(?=[^\s\d{_COUNTS}]))(?P<result>.*))?", re.DOTALL)
HAND_OVER = re.compile(r"转交\s*[#＃]?\s*(?P<number>\d{1,9})[\s,，:：给]*(?P<name>[^\s\d]\S{1,19})")
HAND_OVER_TO_WHOM = re.compile(r"转交\s*[#＃]?\s*(?P<number>\d{1,9})?")
OVERRIDE = re.compile(r"代(?:为)?确认\s*[#＃]?\s*(?P<number>\d{1,9})(?:[\s,，:：]*(?P<reason>.*))?", re.DOTALL)
COUNTED = re.compile(rf"\D*\d+\s*[{_COUNTS}]")
"""办结 3 件群众诉求, 转交 12 个口罩: a number of things, not the number of a case."""


def acknowledge(incoming: Incoming, match: re.Match[str]) -> Answer:
    """收到 12."""
    return Answer(private=cases.acknowledge(incoming.work, incoming.sender, int(match["number"])))


def acknowledge_waiting(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """A bare 收到, said to the bot: the one case that waits for the sender; of several they say which."""
    work = incoming.work
    waiting = cases.waiting_for(work, incoming.sender)
    if len(waiting) == 1:
        return Answer(private=cases.acknowledge(work, incoming.sender, waiting[0].id))
    if not waiting:
        return Answer(private=work.say("case.nothing_waits"))
    numbers = wording.listed(work.unit.texts, (str(case.id) for case in waiting))
    return Answer(private=work.say("case.which", numbers=numbers, number=waiting[0].id))


def propose(incoming: Incoming, match: re.Match[str]) -> Answer:
    """办结 12 已送医."""
    return Answer(private=cases.propose(incoming.work, incoming.sender, int(match["number"]), (match["result"] or "").strip()))


def override(incoming: Incoming, match: re.Match[str]) -> Answer:
    """代确认 12 电话里说已经好了."""
    return Answer(private=cases.override(incoming.work, incoming.sender, int(match["number"]), (match["reason"] or "").strip()))


def hand_over(incoming: Incoming, match: re.Match[str]) -> Answer:
    """转交 12 孙丽."""
    return Answer(private=cases.hand_over(incoming.work, incoming.sender, int(match["number"]), match["name"]))


def hand_over_to_whom(incoming: Incoming, match: re.Match[str]) -> Answer:
    """转交 12, without a name: on a card, nobody was chosen."""
    return Answer(private=incoming.work.say("case.to_whom", number=match["number"] or "12"))
