"""The moves of a case and what each of them always brings along: its history, its promises, and who hears of it."""

from datetime import timedelta

from models import cases, deliveries, outbox, promises, questions
from models.case_states import CaseMove, CaseState, after
from models.outbox import NoticeKind
from models.people import Person
from models.promises import TimerKind
from models.tables.cases import CaseRow
from services import calm, ladder, reach, wording
from services.notify import tell
from services.work import Work

CASE_OVER = "case_over"
"""The question whether a case is over."""

ASKED_AGAIN = 2
"""So often a reporter who does not answer is asked once more; after that the secretary decides, and they are left in peace."""

_ANSWERS = frozenset(
    {CaseMove.CONFIRM, CaseMove.REOPEN, CaseMove.HAND_OVER, CaseMove.WORSEN, CaseMove.OVERRIDE, CaseMove.LAPSE, CaseMove.MERGE}
)
"""After these it need not be answered any more."""
_ACTS = frozenset({CaseMove.ACKNOWLEDGE, CaseMove.HAND_OVER, CaseMove.PROPOSE, CaseMove.CONFIRM, CaseMove.OVERRIDE, CaseMove.REOPEN})
"""By these somebody does what they were told of the case for."""
_OF_CASES = (TimerKind.CASE_CLIMB, TimerKind.CASE_LAPSE, TimerKind.CASE_ASK_AGAIN)


def alert_text(work: Work, case: CaseRow) -> str:
    """What a person who must act reads first: what, who, since when, in whose words, and what to answer."""
    texts = work.unit.texts
    member = work.directory.people.get(case.member_id)
    group = "" if member is None or member.group_id is None else work.directory.group_titles[member.group_id]
    return work.say(
        "case.alert",
        number=case.id,
        kind=texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind),
        name=name_of(work, case.member_id),
        group=texts("word.in_brackets", text=group) if group else "",
        reporter="" if case.reporter_id == case.member_id else work.say("case.reported_by", name=name_of(work, case.reporter_id)),
        time=wording.moment(work, case.opened_at),
        text=case.text,
        confidential=work.say("case.confidential") if case.confidential else "",
        care=work.say("case.care") if calm.of_the_heart(case) else "",
    )


def teller(work: Work, case: CaseRow, actor: Person | None = None) -> str:
    """Who says how it is (`actor`: they do): 本人, or whoever raised it for somebody else."""
    by_member = case.reporter_id == case.member_id or (actor is not None and actor.id == case.member_id)
    return work.say("word.oneself") if by_member else name_of(work, case.reporter_id)


def closed_text(work: Work, case: CaseRow, actor: Person) -> str:
    """What those who knew of a case read when it is over, as one of those says who may."""
    return work.say("case.closed", number=case.id, name=name_of(work, case.member_id), reporter=teller(work, case, actor))


def speaks_for(case: CaseRow, person: Person) -> bool:
    """Whether a person says when a case is over: who raised it, and the member whom it is about where they know of it."""
    return person.id == case.reporter_id or (case.member_knows and person.id == case.member_id)


def speakers(work: Work, case: CaseRow) -> tuple[Person, ...]:
    """Who may say of a case that it is over, or is not: who raised it first."""
    both = (work.directory.people.get(number) for number in dict.fromkeys((case.reporter_id, case.member_id)))
    return tuple(person for person in both if person is not None and speaks_for(case, person))


def tell_the_other(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """Where two may speak for a case, the other one hears what one of them says."""
    for person in speakers(work, case):
        if person.id != actor.id:
            tell(work, person, text, NoticeKind.CASE, case=case)


def alike(work: Work, case: CaseRow) -> str:
    """The end of an alert where the same person has another case that may be the same thing; empty where they have none."""
    others = [
        other
        for other in cases.unfinished_of(work.session, [case.member_id])
        if other.id != case.id
        and (other.kind, other.confidential) == (case.kind, case.confidential)
        and not (case.confidential and other.branch_id != case.branch_id)
        and not set(other.categories).isdisjoint(case.categories)
    ]
    return work.say("case.alike", number=case.id, other=others[-1].id) if others else ""


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


def knows(work: Work, case: CaseRow, person: Person) -> bool:
    """Whether a person without a part in it may read how a case stands: who raised it, and the member where they were told."""
    reporters = {case.reporter_id, *(merged.reporter_id for merged in cases.merged_into(work.session, case.id))}
    return person.id in reporters or (case.member_knows and person.id == case.member_id)


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
    span = left_in_peace(work, case)
    if span is not None:
        promises.set_timer(work.session, TimerKind.CASE_ASK_AGAIN, case.id, calm.over(work, work.now + span), case.round)


def left_in_peace(work: Work, case: CaseRow) -> timedelta | None:
    """How long nobody is asked about a settled case; of one that waits for its answer every time twice as long. None: for ever."""
    span = work.unit.policies.ask_again
    if span is None or case.state != CaseState.PROPOSED:
        return span
    times: int = 2 ** min(cases.times_asked_again(work.session, case.id), ASKED_AGAIN)
    return span * times


def is_left_to_decide(work: Work, case: CaseRow, actor: Person) -> bool:
    """Whether the reporter was asked often enough, and it is the actor who says instead of them that it is over."""
    asked = cases.times_asked_again(work.session, case.id)
    return asked > ASKED_AGAIN and actor in ladder.deciders(work, case)


def stop_the_clock(work: Work, case: CaseRow) -> None:
    """Nothing that was promised about the case holds any more."""
    for kind in _OF_CASES:
        promises.cancel_timers(work.session, kind, case.id, work.now)


def tell_overruled(work: Work, case: CaseRow, actor: Person, reason: str) -> str:
    """Whoever may speak for it may say at once that it is not over; the sentence for whoever confirmed it."""
    told = speakers(work, case)
    for person in told:
        questions.ask(work.session, person.id, CASE_OVER, case.id, work.now)
        key = "case.overridden_for_you" if person.id == case.reporter_id else "case.overridden_about_you"
        text = work.say(key, number=case.id, name=actor.name, reason=reason)
        tell(work, person, text, NoticeKind.QUESTION, case=case)
    if not told:
        return work.say("case.override_noted_alone", number=case.id)
    return work.say("case.override_noted", number=case.id, name=wording.listed(work.unit.texts, (person.name for person in told)))


def tell_others(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """Tell everybody who heard of the case, and whoever has it, but for the actor and the reporter."""
    for person in listeners(work, case):
        if person.id not in (actor.id, case.reporter_id):
            tell(work, person, text, NoticeKind.CASE, case=case)


def listeners(work: Work, case: CaseRow) -> tuple[Person, ...]:
    """Who heard of a case, or has it, and may still know of it; where nobody of them is left, who would hear of it now."""
    known = (work.directory.people.get(one) for one in dict.fromkeys([*outbox.told(work.session, case.id), case.owner_id or 0]))
    found = ladder.who_may_act(work, case, (person for person in known if person is not None))
    return found or ladder.first_told(work, case)


def owner_of(work: Work, case: CaseRow) -> Person | None:
    """Whoever has a case, where they are still there and may know of it."""
    owner = work.directory.people.get(case.owner_id or 0)
    return owner if owner is not None and ladder.may_act(work, case, owner) else None


def giver(work: Work, case: CaseRow) -> Person | None:
    """Whoever handed a case last to somebody: they think that it is there."""
    return None if case.owner_id is None else work.directory.people.get(cases.last_actor(work.session, case.id, CaseMove.HAND_OVER) or 0)


def not_to(work: Work, case: CaseRow, heir: Person) -> str:
    """Why a case cannot be handed to somebody; "" where it can."""
    if heir.id == case.member_id:
        return work.say("case.not_to_the_member", name=heir.name)
    if ladder.closed_to(work.directory, case, heir):
        return work.say("case.not_to_a_leader", number=case.id)
    return "" if reach.reachable(work, heir) else work.say("case.heir_unreachable", number=case.id, name=heir.name)


def name_of(work: Work, member_id: int | None) -> str:
    """A member's name, also where they have left the unit."""
    person = work.directory.people.get(member_id or 0)
    known = person.name if person is not None else cases.name_of_member(work.session, member_id or 0)
    return known or work.say("word.somebody")


def answerer(work: Work, case: CaseRow, proposer: Person | None = None) -> Person | None:
    """Who is asked whether a case is over: who raised it.

    Where they have left, or say themselves that it is over (`proposer`), it is the member whom it is about, if they know of it.
    """
    reporter = work.directory.people.get(case.reporter_id)
    is_free = reporter is not None and reporter != proposer
    return reporter if is_free or not case.member_knows else work.directory.people.get(case.member_id)
