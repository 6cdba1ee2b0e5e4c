"""是 / 还没: the answer to something the bot asked, with numbers where several cases are asked about. What is understood: plain_words."""

import re

from handlers import answers, case_talk, recovered, replies, round_answers, silent
from handlers.incoming import Answer, Incoming
from handlers.plain_words import ANSWER, UNSOLVED, WORDS, Meaning, Said, complains, thanks, understood
from models import questions
from models.health import ROUND
from models.tables.cases import QuestionRow
from services import case_lists, cases, identity
from services import questions as about_checkins
from services.case_moves import CASE_OVER
from services.questions import KINDS

PATTERN = ANSWER
_ELSEWHERE = (*questions.WORDED, questions.CLAIMED)
"""Questions that no bare word answers here: some have words of their own, the last must be named."""
_WELL = ("好了", "没事了", "没事", "没事儿", "没事儿了", "没啥事了", "好啦")
"""Of an illness they say that it is gone, of a case that it is over."""
_ILL = ("没好", "还没好", "没有好", "还没有好")
"""Of an illness they say that it is not gone."""


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Settle the questions that are meant: by their numbers, or without one what was asked last."""
    said = understood(match.string)
    if any(each.numbers for each in said):
        return Answer(private="\n".join(_of_case(incoming, each, number) for each in said for number in each.numbers))
    (answer,) = said
    work = incoming.work
    asked = [q for q in questions.open_questions(work.session, incoming.sender.id, work.now) if q.kind not in _ELSEWHERE]
    closed = None if answer.yes else case_lists.just_closed(work, incoming.sender)
    if answer.meaning is Meaning.SLIP and closed is not None:
        return Answer(private=_decide(incoming, answer, closed.id))
    of_checkin = _of_checkin(incoming, asked, answer) if asked and asked[-1].kind in KINDS else None
    if of_checkin is not None:
        return Answer(private=of_checkin)
    asked = sorted((q for q in asked if q.kind not in KINDS), key=lambda q: q.id)
    if asked:
        return Answer(private=_of_cases(incoming, asked, answer))
    if closed is not None:
        return Answer(private=_decide(incoming, answer, closed.id))
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    gone = recovered.over(incoming, day) if answer.yes and _any(answer, _WELL) else None
    return Answer(private="\n".join(gone or ()) or _unasked(incoming, answer))


def _of_cases(incoming: Incoming, asked: list[QuestionRow], said: Said) -> str:
    """The answer to what is asked of cases and accounts; of several only where all are meant. A slip alone says neither yes nor no."""
    meant = [question for question in asked if question.kind == CASE_OVER] if said.every else asked
    if set(said.words) <= set(WORDS[Meaning.SLIP]) or (len(meant) > 1 and not said.every):
        return case_talk.which(incoming, asked)
    return "\n".join(_settle(incoming, said, question) for question in meant or asked)


def _of_checkin(incoming: Incoming, asked: list[QuestionRow], said: Said) -> str | None:
    """The answer to what was asked last, a question about a check-in; None where the words speak of a case."""
    question = asked[-1]
    if len(said.words) > 1 or said.words[0] != incoming.text.strip():
        lines = answers.bare(incoming)  # more than one word: of a check-in it is read like any other answer
        if lines:
            return "\n".join(lines)
    if question.kind == ROUND:
        return _of_a_round(incoming, question, said, of_cases=any(q.kind not in KINDS for q in asked))
    if said.meaning is Meaning.AGREES:
        return answers.agreed(incoming, question)
    if said.meaning is Meaning.DENIES:
        return answers.denied(incoming, question, nothing=said.words == ("没有",))
    return answers.well(incoming, question) if _any(said, _WELL) and question.kind in ("unwell", "unknown") else None


def _of_a_round(incoming: Incoming, question: QuestionRow, said: Said, *, of_cases: bool) -> str | None:
    """The answer to how somebody is now; None where the word speaks of a case, as it does wherever it may."""
    if said.yes and _any(said, _WELL):
        return answers.well(incoming, question)
    if _any(said, _ILL) or (said.meaning is Meaning.NOT_YET and not of_cases):
        return "\n".join(round_answers.not_yet(incoming, question))
    return None if of_cases or said.meaning is Meaning.OVER else about_checkins.sentence(incoming.work, question)


def _any(said: Said, words: tuple[str, ...]) -> bool:
    return any(word in words for word in said.words)


def _of_case(incoming: Incoming, said: Said, number: int) -> str:
    """The answer about one number. Whoever raised a case may say at any time that it is over, or that it is not."""
    work = incoming.work
    asked = questions.open_questions(work.session, incoming.sender.id, work.now)
    named = [q for q in asked if q.kind not in (*KINDS, *questions.WORDED) and identity.number(q) == number]
    if not _of_account(incoming, said, number):
        named = [q for q in named if q.kind != questions.CLAIMED]
    if named:
        return _settle(incoming, said, max(named, key=lambda q: q.id))
    before = questions.by_number(work.session, number)
    claimed = before is not None and (before.kind, before.member_id) == (questions.CLAIM, incoming.sender.id)
    if claimed and all(case.id != number for case in case_lists.own(work, incoming.sender)):
        return work.say("claim.settled_before")
    return _decide(incoming, said, number)


def _of_account(incoming: Incoming, said: Said, number: int) -> bool:
    """Whether a word with a number may speak of an account that counts as somebody's, and does not speak of a case of that number."""
    if said.meaning is Meaning.AGREES:
        return all(case.id != number for case in case_lists.own(incoming.work, incoming.sender))
    return said.meaning is Meaning.DENIES


def _settle(incoming: Incoming, said: Said, question: QuestionRow) -> str:
    work = incoming.work
    if question.kind == questions.CLAIM:
        return identity.settle(work, incoming.sender, question, true=said.yes)
    if question.kind == questions.CLAIMED:
        said_on = (incoming.message.channel, incoming.message.account)
        return identity.settle_own(work, incoming.sender, question, said_on, mine=said.yes)
    questions.answered(work.session, question, work.now)
    return _decide(incoming, said, question.ref)


def _decide(incoming: Incoming, said: Said, number: int) -> str:
    if said.yes:
        return cases.confirm(incoming.work, incoming.sender, number)
    words = incoming.words if complains(incoming.text, asked=False) else ""
    return cases.reopen(incoming.work, incoming.sender, number, words)


def _unasked(incoming: Incoming, said: Said) -> str:
    """Nobody asked; a case is over by its number alone, so that no 嗯 closes one."""
    work = incoming.work
    mine = case_lists.own(work, incoming.sender)
    if mine:
        return case_talk.still_open(incoming, mine)
    silence = "\n".join(silent.still_asked(incoming))
    before = None if silence or said.yes or set(said.words).isdisjoint(UNSOLVED) else case_talk.meant_before(incoming)
    nothing = replies.welcome(incoming) if thanks(incoming.text) else work.say("reply.nothing_asked")
    return silence or before or nothing
