"""The moves of a case and what each of them always brings along: its history, its promises, and who hears of it."""

from models import cases, deliveries, outbox, promises, questions
from models.case_states import CaseMove, CaseState, after
from models.directory import Person
from models.outbox import NoticeKind
from models.promises import TimerKind
from models.tables.cases import CaseRow
from services import calm, ladder
from services.notify import tell
from services.work import Work

CASE_OVER = "case_over"
"""The question whether a case is over."""

_ANSWERS = frozenset({CaseMove.CONFIRM, CaseMove.REOPEN, CaseMove.HAND_OVER, CaseMove.WORSEN, CaseMove.OVERRIDE, CaseMove.LAPSE})
"""After these it need not be answered any more."""
_ACTS = frozenset({CaseMove.ACKNOWLEDGE, CaseMove.HAND_OVER, CaseMove.PROPOSE, CaseMove.CONFIRM, CaseMove.OVERRIDE, CaseMove.REOPEN})
"""By these somebody does what they were told of the case for."""
_OF_CASES = (TimerKind.CASE_CLIMB, TimerKind.CASE_LAPSE, TimerKind.CASE_ASK_AGAIN)


def alert_text(work: Work, case: CaseRow) -> str:
    """What a person who must act reads first: what, who, since when, in whose words, and what to answer."""
    texts = work.unit.texts
    member = work.directory.people.get(case.member_id)
    group = "" if member is None or member.group_id is None else work.directory.group_names[member.group_id]
    return work.say(
        "case.alert",
        number=case.id,
        kind=texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind),
        name=name_of(work, case.member_id),
        group=texts("word.in_brackets", text=group) if group else "",
        reporter="" if case.reporter_id == case.member_id else work.say("case.reported_by", name=name_of(work, case.reporter_id)),
        time=work.clock_time(case.opened_at),
        text=case.text,
        confidential=work.say("case.confidential") if case.confidential else "",
        care=work.say("case.care") if calm.of_the_heart(case) else "",
    )


def make(work: Work, case: CaseRow, move: CaseMove, actor: Person | None, text: str = "") -> bool:
    """Make a move if the table allows it from where the case stands; it is written into the history. `actor` None: the clock."""
    old = CaseState(case.state)
    new = after(old, move)
    if new is None or not cases.switch(work.session, case, old, new, work.now):
        return False
    cases.note_move(work.session, case, move, (old, new), None if actor is None else actor.id, work.now, text)
    if move in _ANSWERS:
        questions.settle(work.session, CASE_OVER, case.id, work.now)
    if move in _ACTS and actor is not None:
        deliveries.answered(work.session, case.id, actor.id, work.now)
    return True


def impossible(work: Work, case: CaseRow) -> str:
    """The sentence for whoever tried a move that the table does not allow."""
    return work.say("case.impossible", number=case.id, state=work.unit.texts.word("case_state", case.state))


def new_round(work: Work, case: CaseRow) -> None:
    """The case climbs anew, from the first step of its ladder."""
    stop_the_clock(work, case)
    case.round += 1
    case.round_at = work.now
    work.session.flush()
    promise_step(work, case, 0)


def promise_step(work: Work, case: CaseRow, step: int) -> None:
    """Promise the step of that number, where there is one."""
    due_at = ladder.next_step_at(work, case, step)
    if due_at is not None:
        promises.set_timer(work.session, TimerKind.CASE_CLIMB, case.id, due_at, step)


def promise_lapse(work: Work, case: CaseRow) -> None:
    """Somebody has it, for as long as its ladder says."""
    holds = ladder.of_case(work.unit.policies, case).acknowledged_for
    if holds is not None:
        promises.set_timer(work.session, TimerKind.CASE_LAPSE, case.id, calm.of_case(work, case, work.now + holds), case.round)


def promise_to_ask(work: Work, case: CaseRow) -> None:
    """The reporter is asked once more after a while."""
    span = work.unit.policies.ask_again
    if span is not None:
        promises.set_timer(work.session, TimerKind.CASE_ASK_AGAIN, case.id, calm.over(work, work.now + span), case.round)


def stop_the_clock(work: Work, case: CaseRow) -> None:
    """Nothing that was promised about the case holds any more."""
    for kind in _OF_CASES:
        promises.cancel_timers(work.session, kind, case.id, work.now)


def tell_others(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """Tell everybody who heard of the case, and whoever has it, but for the actor and the reporter."""
    for member_id in dict.fromkeys([*outbox.told(work.session, case.id), case.owner_id or 0]):
        person = work.directory.people.get(member_id)
        if person is not None and person.id not in (actor.id, case.reporter_id):
            tell(work, person, text, NoticeKind.CASE, case=case)


def name_of(work: Work, member_id: int | None) -> str:
    """A member's name, and a word for somebody who has left."""
    person = work.directory.people.get(member_id or 0)
    return person.name if person is not None else work.say("word.somebody")
