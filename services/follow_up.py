"""What becomes of a case of which nothing is heard: it climbs, who took it loses it, its reporter is asked again, others decide."""

from datetime import datetime, timedelta

from models import cases, questions, withdrawals
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.tables.cases import CaseRow
from services import calm, case_moves, ladder, wording
from services.notify import tell
from services.work import Work


def climb(work: Work, number: int, step: int, due_at: datetime) -> str:
    """The clock found a case unacknowledged: tell the next step, promise the one after. What happened, as one word."""
    case = cases.by_number(work.session, number)
    if case is None or case.state != CaseState.OPEN:
        return "not_needed"
    told = ladder.step_told(work, case, step)
    late = wording.late(work, due_at)
    waited = wording.span(work.unit.texts, work.now - calm.of_case(work, case, case.round_at))
    text = work.say("case.climb", alert=case_moves.alert_text(work, case), waited=waited, late=late)
    withdrawals.renew(work.session, case.id, work.now, [person.id for person in told])
    for person in told:
        tell(work, person, text, NoticeKind.CLIMB, Priority.ALERT, case=case)
    names = wording.listed(work.unit.texts, (p.name for p in told))
    cases.note_move(work.session, case, CaseMove.CLIMB, (CaseState.OPEN, CaseState.OPEN), None, work.now, names)
    case_moves.promise_step(work, case, step + 1)
    return "climbed"


def lapse(work: Work, number: int, case_round: int, due_at: datetime) -> str:
    """Whoever has a case has brought no result in time: it is open again and climbs, and they are told like everybody else. One word."""
    case = cases.by_number(work.session, number)
    if case is None or case.round != case_round or not case_moves.make(work, case, CaseMove.LAPSE, None):
        return "not_needed"
    holds = ladder.of_case(work.unit.policies, case).acknowledged_for or timedelta(0)
    held = wording.span(work.unit.texts, work.now - due_at + holds)
    case_moves.new_round(work, case)
    owner = case_moves.owner_of(work, case)
    told = {person.id: person for person in (*ladder.first_told(work, case), *([] if owner is None else [owner]))}
    name, late = case_moves.name_of(work, case.owner_id), wording.late(work, due_at)
    text = work.say("case.lapsed", alert=case_moves.alert_text(work, case), name=name, held=held, late=late)
    for person in told.values():
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    return "lapsed"


def give_back(work: Work, number: int) -> None:
    """Whoever has a case has left, or may not know of it any more: it is open again, and those who hear of such a case hear so."""
    case = cases.by_number(work.session, number)
    if case is None or case_moves.owner_of(work, case) is not None or not case_moves.make(work, case, CaseMove.LAPSE, None):
        return
    case_moves.new_round(work, case)
    text = work.say("case.given_back", alert=case_moves.alert_text(work, case), name=case_moves.name_of(work, case.owner_id))
    case.owner_id = None
    for person in ladder.first_told(work, case):
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)


def ask_again(work: Work, number: int, case_round: int) -> str:
    """A case was settled a while ago, or its reporter has not answered whether it is. What was done, as one word.

    Of a closed one the reporter is asked once. One that waits for the answer is asked about a few times, ever further apart, and whoever
    looks after it learns how a second person can say that it is over. Then it is the secretary's to decide, who is told until it is done.
    """
    case = cases.by_number(work.session, number)
    if case is None or case.round != case_round or not case_moves.make(work, case, CaseMove.ASK_AGAIN, None):
        return "not_needed"
    reporter = case_moves.answerer(work, case)
    if case.state == CaseState.CLOSED:
        _ask(work, case, reporter, "case.really_over")
        return "asked"
    asked = cases.times_asked_again(work.session, case.id)
    if asked <= case_moves.ASKED_AGAIN:
        _ask(work, case, reporter, "case.asked_last" if asked == case_moves.ASKED_AGAIN else "case.really_over")
        _tell_who_has_it(work, case, reporter)
    else:
        _tell_who_decides(work, case, reporter)
    case_moves.promise_to_ask(work, case)
    return "asked"


def _ask(work: Work, case: CaseRow, reporter: Person | None, key: str) -> None:
    if reporter is not None:
        questions.ask(work.session, reporter.id, case_moves.CASE_OVER, case.id, work.now)
        day = wording.day(work.unit.texts, case.opened_at.astimezone(work.unit.zone).date())
        tell(work, reporter, work.say(key, number=case.id, day=day), NoticeKind.QUESTION, case=case)


def _tell_who_has_it(work: Work, case: CaseRow, reporter: Person | None) -> None:
    why = work.say("case.nobody_answers") if reporter is None else work.say("case.no_answer", name=reporter.name)
    proposer = cases.last_actor(work.session, case.id, CaseMove.PROPOSE)
    for person in ladder.first_told(work, case):
        key = "case.waits_for_answer" if person.id == proposer else "case.another_may_confirm"
        tell(work, person, work.say(key, number=case.id, why=why), NoticeKind.CASE, case=case)


def _tell_who_decides(work: Work, case: CaseRow, reporter: Person | None) -> None:
    times = case_moves.ASKED_AGAIN + 1
    why = work.say("case.nobody_answers") if reporter is None else work.say("case.never_answers", name=reporter.name, count=times)
    for person in ladder.deciders(work, case):
        tell(work, person, work.say("case.to_decide", number=case.id, why=why), NoticeKind.CASE, case=case)
