"""是 / 还没: the answer to something the bot asked, with a number where several cases are asked about."""

import re

from handlers import answers
from handlers.incoming import Answer, Incoming
from models import cases as rows
from models import questions
from models.tables.cases import QuestionRow
from services import cases, identity, wording
from services.questions import KINDS

_AGREES = ("是", "是的", "对", "对的", "嗯", "嗯嗯", "没错")
_OVER = ("解决了", "好了", "办好了", "没事了")
_DENIES = ("不是", "不是的", "不对", "否", "没有")
_NOT_YET = ("还没", "还没有", "没解决", "没好")
PATTERN = re.compile(
    rf"(?:(?P<yes>{'|'.join((*_AGREES, *_OVER))})|(?P<no>{'|'.join((*_DENIES, *_NOT_YET))}))(?:\s*[#＃]?\s*(?P<number>\d{{1,9}}))?"
)
_WELL = ("好了", "没事了")
"""Of an illness they say that it is gone, of a case that it is over."""


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Settle the question that is meant: by its number, or without one what was asked last."""
    work = incoming.work
    asked = questions.open_questions(work.session, incoming.sender.id, work.now)
    if not match["number"] and asked and asked[-1].kind in KINDS:
        answer = _of_checkin(incoming, asked[-1], match["yes"] or match["no"])
        if answer is not None:
            return Answer(private=answer)
    asked = sorted((q for q in asked if q.kind not in KINDS), key=lambda q: q.id)
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


def _of_checkin(incoming: Incoming, question: QuestionRow, word: str) -> str | None:
    """The answer to a question about a check-in; None where the word speaks of a case."""
    if word in _AGREES:
        return answers.agreed(incoming, question)
    if word in _DENIES:
        return answers.denied(incoming, question, nothing=word == "没有")
    return answers.well(incoming, question) if word in _WELL and question.kind in ("unwell", "unknown") else None


def _unasked(incoming: Incoming, number: str | None, *, yes: bool) -> str:
    """Nobody asked. Who raised a case may say at any time that it is over, or that it is not; by its number, so that no 嗯 closes one."""
    work = incoming.work
    mine = [case for case in rows.of_member(work.session, incoming.sender.id) if case.reporter_id == incoming.sender.id]
    if number is not None:
        act = cases.confirm if yes else cases.reopen
        return act(work, incoming.sender, int(number))
    if not mine:
        return work.say("reply.nothing_asked")
    numbers = wording.listed(work.unit.texts, (str(case.id) for case in mine))
    return work.say("reply.nothing_asked_but_open", numbers=numbers, number=mine[0].id)
