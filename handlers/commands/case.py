"""收到 N, 办结 N 结果, 代确认 N 原因, 转交 N 姓名: what a leader or secretary does with a case."""

import re
from collections.abc import Callable

from handlers.incoming import Answer, Incoming
from handlers.plain_words import ANY, BESIDE_RECEIVED, MORE, ONE, RECEIVED, RECEIVES, all_meant, choice, numbers
from services import case_lists, cases

_COUNTS = "件个起份次项名人箱套张条只台辆"
_NUMBERS = rf"(?P<numbers>{ONE}{MORE}(?:\s+\d{{1,9}}(?=\s|$)(?!\s*[{_COUNTS}天月年日点分万元块]))*)"
"""办结 1 2 已安排: a number that stands for itself is one of a case."""
_TO_DO = r"(?:来|去|帮忙)?(?:处理|办理|办|跟进|负责|接手|吧|一下|谢谢)*"
_NAME = rf"(?P<name>[^\s\d号#＃给][^\s,，。]{{1,19}}?)[\s,，。]*{_TO_DO}"

ACKNOWLEDGE = re.compile(
    rf"收到\s*(?P<numbers>{ONE}(?:[\s,，、和跟与及]+{ANY})*)"
    rf"(?:[\s,，。!！]+(?>{choice([*RECEIVED, *BESIDE_RECEIVED])}|[\s,，。!！])++)?"
)
ACKNOWLEDGE_WAITING = RECEIVES
PROPOSE = re.compile(rf"办结\s*{_NUMBERS}(?:(?:[\s,，:：]+|(?=[^\s\d{_COUNTS}]))(?P<result>.*))?", re.DOTALL)
PROPOSE_MINE = re.compile(r"办结(?:[\s,，:：]+(?P<result>\D.*))?", re.DOTALL)
HAND_OVER = re.compile(rf"转交\s*{ONE}[\s,，:：给]*{_NAME}")
HAND_OVER_MINE = re.compile(rf"转交[\s给]*{_NAME}")
HAND_OVER_TO_WHOM = re.compile(rf"转交\s*(?:{ONE})?")
OVERRIDE = re.compile(rf"代(?:为)?确认\s*{ONE}(?:[\s,，:：]*(?P<reason>.*))?", re.DOTALL)
COUNTED = re.compile(rf"\D*\d+\s*[{_COUNTS}]")
"""办结 3 件群众诉求, 转交 12 个口罩: a number of things, not the number of a case."""


def acknowledge(incoming: Incoming, match: re.Match[str]) -> Answer:
    """收到 12; 收到 1、2，我来."""
    return Answer(private=_each(numbers(match["numbers"]), lambda number: cases.acknowledge(incoming.work, incoming.sender, number)))


def acknowledge_waiting(incoming: Incoming, match: re.Match[str]) -> Answer:
    """收到, 我来处理, said to the bot: the one case that waits for the sender; of several they say which, or all of them."""
    work = incoming.work
    waiting = case_lists.waiting_for(work, incoming.sender)
    meant = numbers(match.string) or tuple(case.id for case in waiting)
    if len(meant) == 1 or numbers(match.string) or (meant and all_meant(match.string)):
        return Answer(private=_each(meant, lambda number: cases.acknowledge(work, incoming.sender, number)))
    if not waiting:
        return Answer(private=work.say("case.nothing_waits"))
    return Answer(private=work.say("case.which", list=case_lists.told_apart(work, waiting, incoming.sender), number=meant[0]))


def propose(incoming: Incoming, match: re.Match[str]) -> Answer:
    """办结 12 已送医; 办结 1 和 2."""
    result = (match["result"] or "").strip()
    return Answer(private=_each(numbers(match["numbers"]), lambda number: cases.propose(incoming.work, incoming.sender, number, result)))


def propose_mine(incoming: Incoming, match: re.Match[str]) -> Answer:
    """办结 已送医, without a number: the one case that the sender has."""
    result = (match["result"] or "").strip()
    return _of_mine(incoming, "办结 {number} 结果", lambda number: cases.propose(incoming.work, incoming.sender, number, result))


def override(incoming: Incoming, match: re.Match[str]) -> Answer:
    """代确认 12 电话里说已经好了."""
    return Answer(private=cases.override(incoming.work, incoming.sender, int(match["number"]), (match["reason"] or "").strip()))


def hand_over(incoming: Incoming, match: re.Match[str]) -> Answer:
    """转交 12 孙丽."""
    return Answer(private=cases.hand_over(incoming.work, incoming.sender, int(match["number"]), match["name"]))


def hand_over_mine(incoming: Incoming, match: re.Match[str]) -> Answer:
    """转交孙丽, without a number: the one case that the sender has, or that waits for them."""
    name = match["name"]
    return _of_mine(incoming, f"转交 {{number}} {name}", lambda number: cases.hand_over(incoming.work, incoming.sender, number, name))


def hand_over_to_whom(incoming: Incoming, match: re.Match[str]) -> Answer:
    """转交 12, without a name: on a card, nobody was chosen."""
    return Answer(private=incoming.work.say("case.to_whom", number=match["number"] or "12"))


def _each(meant: tuple[int, ...], act: Callable[[int], str]) -> str:
    return "\n".join(act(number) for number in meant)


def _of_mine(incoming: Incoming, words: str, act: Callable[[int], str]) -> Answer:
    """Act on the one case that the sender has, or that waits for them; of several they say which, in such words."""
    work = incoming.work
    mine = case_lists.in_hand(work, incoming.sender) or case_lists.waiting_for(work, incoming.sender)
    if len(mine) == 1:
        return Answer(private=act(mine[0].id))
    if not mine:
        return Answer(private=work.say("case.nothing_in_hand"))
    listed = case_lists.told_apart(work, mine, incoming.sender)
    return Answer(private=work.say("case.which_of_mine", list=listed, words=words.format(number=mine[0].id)))
