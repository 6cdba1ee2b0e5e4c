"""Somebody of whom nothing is heard: what a buddy says of them, the case where they cannot be reached, and the news of them.

A buddy's word is second-hand: it says where somebody is, and never how they are.
"""

from collections.abc import Sequence
from datetime import date

from models import cases as case_rows
from models import inbox, nudges, questions, records, whereabouts
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind
from models.people import Person
from models.tables.cases import CaseRow, QuestionRow
from models.tables.queue import MessageRow
from models.tables.records import LeaveRow, WhereaboutsRow
from models.whereabouts import Word
from services import case_moves, cases, coverage, reach, wording
from services.notify import tell
from services.work import Work

KIND = "silence"


def answer(work: Work, message: MessageRow, buddy: Person, question: QuestionRow, word: Word, reason: str) -> str:
    """Take a buddy's word on somebody silent, also in the place of an earlier one; the sentence for the buddy. `reason`: of a leave."""
    person = work.directory.people.get(question.about_id or 0)
    if question.answered_at is None:
        questions.answered(work.session, question, work.now)
    day = question.day or work.today
    nudges.answered(work.session, nudges.BUDDY, {(buddy.id, day)}, work.now)
    if person is None:
        return work.say("silence.thanks")
    state = coverage.of_person(work, person, day)
    spoke = inbox.spoke_since(work.session, [person.id], question.asked_at)
    if spoke or (not state.open and not coverage.is_second_hand(state)):
        return work.say("silence.heard", name=person.name)
    said = state.whereabouts
    _record(work, message, buddy, person, day, word, reason)
    if word is Word.UNREACHABLE:
        again = said is not None and (said.word, said.reported_by) == (word, buddy.id)
        return _unreachable(work, message, buddy, person, again=again)
    noted = work.say("silence.leave" if word is Word.LEAVE else "silence.here", name=person.name, reason=reason)
    news = work.say("silence.says_of", name=person.name, buddy=buddy.name, word=reason or work.unit.texts.word("whereabouts", word))
    return _together(noted, _over(work, person, buddy, news))


def heard_of(work: Work, sender: Person, people: Sequence[Person]) -> list[str]:
    """These were heard of, by themselves or by the sender: nobody is asked about them any more. The lines for the sender.

    What is said of somebody else counts where it makes that they are not open any more.
    """
    ids = [person.id for person in people]
    looked_for = case_rows.about_any(work.session, KIND, ids) | questions.silent_about(work.session, ids)
    found = [one for one in people if one.id in looked_for and (one.id == sender.id or not coverage.of_person(work, one, work.today).open)]
    if not found:
        return []
    questions.settle_silent(work.session, [person.id for person in found], work.now)
    lines = []
    for person in found:
        key = "silence.news_own" if person.id == sender.id else "silence.news"
        lines.append(_over(work, person, sender, work.say(key, name=person.name, teller=sender.name)))
    return [line for line in lines if line]


def _unreachable(work: Work, message: MessageRow, buddy: Person, person: Person, *, again: bool) -> str:
    """Open a case; one that is open hears that it is still so, unless the same buddy says it `again`."""
    case = _open_case(work, person)
    facts = work.say("silence.facts", name=person.name, buddy=buddy.name)
    if case is None:
        inbox.keep(work.session, message)
        case, told = cases.raise_case(work, message, kind=KIND, urgent=False, member=person, reporter=buddy, categories=[], text=facts)
        reached = (one.name for one in told if reach.reachable(work, one))
        names = wording.listed(work.unit.texts, reached) or work.say("word.branch")
        return work.say("silence.raised", name=person.name, names=names, number=case.id)
    if case.state == CaseState.PROPOSED:
        cases.open_again(work, case, buddy)
    elif not again:
        cases.note(work, case, buddy, facts)
    return work.say("silence.known", name=person.name, number=case.id)


def _over(work: Work, person: Person, teller: Person, news: str) -> str:
    """Somebody who was looked for was heard of: those who look hear it, and whoever raised the case says whether it is over.

    It does not climb meanwhile. The question, where it is the teller's to answer.
    """
    case = _open_case(work, person)
    if case is None or not case_moves.make(work, case, CaseMove.PROPOSE, teller, news):
        return ""
    case_moves.stop_the_clock(work, case)
    case_moves.promise_to_ask(work, case)
    case_moves.tell_others(work, case, teller, work.say("case.news", number=case.id, text=news))
    questions.ask(work.session, case.reporter_id, case_moves.CASE_OVER, case.id, work.now)
    question = work.say("silence.is_it_over", number=case.id)
    reporter = work.directory.people.get(case.reporter_id)
    if reporter is None or reporter.id == teller.id:
        return question
    tell(work, reporter, _together(news, question), NoticeKind.QUESTION, case=case)
    return ""


def _open_case(work: Work, person: Person) -> CaseRow | None:
    """The case of somebody silent that is not closed; whoever would open one at the same moment waits."""
    case_rows.wait_for_others(work.session, person.id)
    found = [case for case in case_rows.unfinished_of(work.session, [person.id]) if case.kind == KIND]
    return case_rows.keep(work.session, found[-1]) if found else None


def _record(work: Work, message: MessageRow, buddy: Person, person: Person, day: date, word: Word, reason: str) -> None:
    """Write the word down in the place of an earlier one. A leave is of that day alone: how long it is only they themselves know."""
    records.end_overlapping_leaves(work.session, person.id, day, day, work.now)
    facts = {"member_id": person.id, "reported_by": buddy.id, "message_id": message.id, "recorded_at": work.now}
    if word is Word.LEAVE:
        whereabouts.end(work.session, person.id, day, work.now)
        records.add(work.session, LeaveRow(first=day, last=day, reason=reason, **facts))
    else:
        whereabouts.replace(work.session, WhereaboutsRow(day=day, word=word, **facts))


def _together(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
