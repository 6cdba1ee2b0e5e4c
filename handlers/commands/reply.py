"""是 / 还没: the answer to something the bot asked, with a number where several questions are open."""

import re

from handlers.incoming import Answer, Incoming
from models import cases as questions
from services import cases, identity, wording

PATTERN = re.compile(
    r"(?:(?P<yes>是|是的|对|对的|嗯|解决了|好了|办好了|没事了)|(?P<no>还没|还没有|没有|没解决|不是|否|没好))(?:\s*[#＃]?\s*(?P<number>\d{1,9}))?"
)


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Settle the question that is meant."""
    work = incoming.work
    asked = questions.open_questions(work.session, incoming.sender.id)
    if match["number"]:
        asked = [q for q in asked if q.ref == int(match["number"])][-1:]
    yes = match["yes"] is not None
    if not asked:
        return Answer(private=_unasked(incoming, match["number"], yes=yes))
    if len(asked) > 1:
        numbers = wording.listed(work.unit.texts, (str(q.ref) for q in asked))
        return Answer(private=work.say("reply.which", numbers=numbers, number=asked[0].ref))
    question = asked[0]
    question.answered_at = work.now
    if question.kind == identity.CLAIM:
        return Answer(private=identity.settle(work, question.ref, true=yes))
    act = cases.confirm if yes else cases.reopen
    return Answer(private=act(work, incoming.sender, question.ref))


def _unasked(incoming: Incoming, number: str | None, *, yes: bool) -> str:
    """Nobody asked. Who raised a case may say at any time that it is over, or that it is not; by its number, so that no 嗯 closes one."""
    work = incoming.work
    mine = [case for case in questions.of_member(work.session, incoming.sender.id) if case.reporter_id == incoming.sender.id]
    if number is not None:
        act = cases.confirm if yes else cases.reopen
        return act(work, incoming.sender, int(number))
    if not mine:
        return work.say("reply.nothing_asked")
    numbers = wording.listed(work.unit.texts, (str(case.id) for case in mine))
    return work.say("reply.nothing_asked_but_open", numbers=numbers, number=mine[0].id)
