"""What somebody says in private of an own case in words that are neither report nor command: nothing was done, or nobody is needed."""

from handlers.incoming import Incoming
from handlers.plain_words import LONGEST, complains, lets_go, numbers, unsolved
from models import cases as rows
from models import questions
from models.reading import Intent
from models.tables.cases import CaseRow, QuestionRow
from services import calm, case_lists, case_moves, cases, identity, wording
from services.case_moves import CASE_OVER

NOT_YET = ("还没", "还不行", "还是不行", "还差")
"""With this an answer begins that it is not over."""
SOLVED = "解决"
SHORT = 12
"""What cannot be read and is no longer than this is an answer to what was asked, and no report in bad shape."""


def answered(incoming: Incoming) -> list[str] | None:
    """The receipt of such a message; None where it speaks of nothing of the kind.

    Whoever is asked whether a case is over is asked once more: that answer is what the bot waits for.
    """
    work, text = incoming.work, incoming.text.strip()
    if _may_be_not_yet(incoming, text):
        return _not_yet(incoming)
    if not text or not _may_be_talk(incoming, text):
        return None
    asked = _asked(incoming)
    mine = case_lists.own(work, incoming.sender)
    named = [case for case in mine if case.id in numbers(text)]
    if asked and not named:
        no = len(asked) == 1 and complains(text, asked=True)
        return [cases.reopen(work, incoming.sender, asked[0].ref, incoming.words) if no else which(incoming, asked)]
    if complains(text, asked=bool(asked)):
        closed = None if named else case_lists.just_closed(work, incoming.sender)
        # where it is not said of which, those who have any of them hear it; what is for the secretary alone is told to nobody else
        meant = named or ([case for case in mine if case.confidential] or mine if closed is None else [closed])
        return [cases.reopen(work, incoming.sender, case.id, incoming.words) for case in meant] or None
    if mine and lets_go(text):
        return [_no_more(incoming, named or mine)]
    return [which(incoming, asked)] if asked else _unasked(incoming, text, named or mine)


def _unasked(incoming: Incoming, text: str, mine: list[CaseRow]) -> list[str] | None:
    """护工的事还没解决: whoever has the one case reads it; of several, or where it was closed, they say which."""
    work = incoming.work
    if not unsolved(text):
        return [still_open(incoming, mine)] if mine and len(text) <= LONGEST and SOLVED in text else None
    if len(mine) == 1:
        return [cases.reopen(work, incoming.sender, mine[0].id, incoming.words)]
    before = still_open(incoming, mine) if mine else meant_before(incoming)
    return None if before is None else [before]


def still_open(incoming: Incoming, mine: list[CaseRow]) -> str:
    """Nothing was asked: which cases are not over, and how one says that one is."""
    listed = case_lists.told_apart(incoming.work, mine, incoming.sender)
    return incoming.work.say("reply.nothing_asked_but_open", list=listed, number=mine[0].id)


def meant_before(incoming: Incoming) -> str | None:
    """Whether the case is meant that was closed last, asked; None where there is none of late."""
    work = incoming.work
    closed = case_lists.closed_lately(work, incoming.sender)
    if closed is None:
        return None
    day = wording.day(work.unit.texts, closed.opened_at.astimezone(work.unit.zone).date())
    return work.say("reply.perhaps_closed", day=day, number=closed.id)


def _no_more(incoming: Incoming, meant: list[CaseRow]) -> str:
    """Whether a case is not needed any more, asked; of several, which."""
    work = incoming.work
    if len(meant) == 1:
        return cases.ask_whether_over(work, meant[0], incoming.sender, incoming.words)
    listed = case_lists.told_apart(work, meant, incoming.sender)
    return work.say("case.which_no_more", list=listed, number=meant[0].id)


def _asked(incoming: Incoming) -> list[QuestionRow]:
    """What the sender was asked of cases and has not answered."""
    asked = questions.open_questions(incoming.work.session, incoming.sender.id, incoming.work.now)
    return [question for question in asked if question.kind == CASE_OVER]


def _not_yet(incoming: Incoming) -> list[str] | None:
    """The receipt of a need that is the answer to the one question that waits; None where it is a need like any other."""
    asked = _asked(incoming)
    if len(asked) != 1 or not _is_of(incoming, rows.called(incoming.work.session, asked[0].ref)):
        return None
    return [cases.reopen(incoming.work, incoming.sender, asked[0].ref, incoming.words)]


def _may_be_not_yet(incoming: Incoming, text: str) -> bool:
    """Whether a need begins as the answer 还没 does: 还没找到."""
    alone = incoming.message.room is None and not incoming.message.attachments and set(incoming.reading.intents) == {Intent.HARDSHIP}
    return alone and len(text) <= SHORT and text.startswith(NOT_YET)


def _is_of(incoming: Incoming, case: CaseRow | None) -> bool:
    """Whether such a need is the one of a case, and nothing that is more pressing, weighs on the heart, or is for fewer to hear."""
    said = incoming.reading.hardship
    if said is None or case is None or (incoming.confidential and not case.confidential):
        return False
    heart = calm.PSYCHOLOGICAL in said.categories and not calm.of_the_heart(case)
    return not heart and (not said.urgent or case.urgency == "urgent")


def _may_be_talk(incoming: Incoming, text: str) -> bool:
    """Whether a message is said in private and reports nothing, or only that nobody came. Numbers may only be those of own cases."""
    if incoming.message.room is not None or incoming.message.attachments:
        return False
    if incoming.reading.intents:  # 根本没人管 may sound like a need of its own
        need = incoming.reading.hardship if incoming.reading.intents == (Intent.HARDSHIP,) else None
        return need is not None and not need.urgent and len(text) <= SHORT and complains(text, asked=False)
    if not incoming.reading.unread:
        return True
    said = set(numbers(text))
    return len(text) <= SHORT and (not said or said <= {case.id for case in case_lists.own(incoming.work, incoming.sender)})


def which(incoming: Incoming, asked: list[QuestionRow]) -> str:
    """The question whether a case is over, once more; of several, which is meant."""
    work = incoming.work
    asked = sorted(asked, key=lambda question: question.id)
    if len(asked) == 1:
        return work.say("reply.again", number=asked[0].ref)
    listed = "\n".join(_one_of(incoming, question) for question in asked)
    return work.say("reply.which", list=listed, number=identity.number(asked[0]))


def _one_of(incoming: Incoming, question: QuestionRow) -> str:
    work, number = incoming.work, identity.number(question)
    case = rows.called(work.session, question.ref) if question.kind == CASE_OVER else None
    if case is None:
        return work.say("reply.which_claim", number=number, name=case_moves.name_of(work, question.about_id))
    return case_lists.one_of_several(work, case, incoming.sender, number)
