"""Looking after a case: raise it, acknowledge, hand over, propose to close, confirm or reopen, and let it climb.

Every act answers with the sentence for whoever acted. What is possible from where is the table in models.case_states.
"""

from datetime import datetime

from models import cases, outbox, promises, questions
from models.case_states import CaseMove, CaseState, after
from models.directory import Person
from models.outbox import NoticeKind, Priority
from models.promises import TimerKind
from models.roster import Role
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from services import ladder, wording
from services.notify import tell
from services.work import Work

CASE_OVER = "case_over"

Raised = tuple[CaseRow, tuple[Person, ...]]
"""A case that was opened, and who was told of it."""


def raise_case(
    work: Work,
    message: MessageRow,
    *,
    kind: str,
    urgent: bool,
    member: Person,
    reporter: Person,
    categories: list[str],
    text: str,
    relation: str = "",
    confidential: bool = False,
) -> Raised:
    """Open a case and tell those whom it concerns, in private."""
    case = cases.add(
        work.session,
        CaseRow(
            kind=kind,
            urgency="urgent" if urgent else "ordinary",
            state=CaseState.OPEN,
            member_id=member.id,
            relation=relation,
            reporter_id=reporter.id,
            categories=categories,
            text=text,
            confidential=confidential,
            message_id=message.id,
            opened_at=work.now,
            changed_at=work.now,
            round=1,
            round_at=work.now,
        ),
    )
    told = ladder.first_told(work, case)
    for person in told:
        tell(work, person, alert_text(work, case), NoticeKind.ALERT, Priority.ALERT, case=case)
    _promise_step(work, case, 0)
    return case, told


def climb(work: Work, number: int, step: int, due_at: datetime) -> str:
    """The clock found a case unacknowledged: tell the next step, promise the one after. What happened, as one word."""
    case = cases.by_number(work.session, number)
    if case is None or case.state != CaseState.OPEN:
        return "not_needed"
    told = ladder.step_told(work, case, step)
    late = wording.late(work, due_at)
    waited = wording.span(work.unit.texts, work.now - case.round_at)
    text = work.say("case.climb", alert=alert_text(work, case), waited=waited, late=late)
    for person in told:
        tell(work, person, text, NoticeKind.CLIMB, Priority.ALERT, case=case)
    names = wording.listed(work.unit.texts, (p.name for p in told))
    cases.note_move(work.session, case, CaseMove.CLIMB, (CaseState.OPEN, CaseState.OPEN), None, work.now, names)
    _promise_step(work, case, step + 1)
    return "climbed"


def _promise_step(work: Work, case: CaseRow, step: int) -> None:
    due_at = ladder.next_step_at(ladder.of_case(work.unit.policies, case), case, step, work.now)
    if due_at is not None:
        promises.set_timer(work.session, TimerKind.CASE_CLIMB, case.id, due_at, step)


def acknowledge(work: Work, actor: Person, number: int) -> str:
    """收到 N: the actor has it from now on, and it stops climbing."""
    case, refusal = _mine(work, actor, number)
    if case is None:
        return refusal
    if case.state == CaseState.ACKNOWLEDGED:
        if case.owner_id == actor.id:
            return work.say("case.acknowledged", number=number, name=_name(work, case.member_id))
        return work.say("case.already_acknowledged", number=number, name=_name(work, case.owner_id))
    if not _move(work, case, CaseMove.ACKNOWLEDGE, actor):
        return _impossible(work, case)
    case.owner_id = actor.id
    _stop_climbing(work, case)
    _tell_others(work, case, actor, work.say("case.taken", number=number, name=actor.name))
    reporter = work.directory.people.get(case.reporter_id)
    if reporter is not None and reporter.id != actor.id:
        tell(work, reporter, work.say("case.somebody_has_it", number=number, name=actor.name), NoticeKind.CASE, case=case)
    return work.say("case.acknowledged", number=number, name=_name(work, case.member_id))


def hand_over(work: Work, actor: Person, number: int, name: str) -> str:
    """转交 N 姓名: somebody else has it; it climbs until that person says so."""
    case, refusal = _mine(work, actor, number)
    if case is None:
        return refusal
    heir = work.directory.named(name, near=actor)
    if heir is None:
        return work.say("case.nobody_of_that_name", name=name)
    if heir.id == case.member_id:
        return work.say("case.not_to_the_member", name=heir.name)
    if case.confidential and heir.role is Role.LEADER:
        return work.say("case.not_to_a_leader", number=number)
    if not _move(work, case, CaseMove.HAND_OVER, actor, heir.name):
        return _impossible(work, case)
    _new_round(work, case)
    case.owner_id = heir.id
    text = work.say("case.handed_to_you", alert=alert_text(work, case), name=actor.name)
    tell(work, heir, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    return work.say("case.handed_over", number=number, name=heir.name)


def propose(work: Work, actor: Person, number: int, result: str) -> str:
    """办结 N 结果: the reporter is asked whether it is really over."""
    case, refusal = _mine(work, actor, number)
    if case is None:
        return refusal
    if not _move(work, case, CaseMove.PROPOSE, actor, result):
        return _impossible(work, case)
    if case.owner_id is None:
        case.owner_id = actor.id
    _stop_climbing(work, case)
    reporter = work.directory.people.get(case.reporter_id)
    if reporter is None:
        _move(work, case, CaseMove.CONFIRM, actor)
        case.closed_at = work.now
        return work.say("case.reporter_gone", number=number)
    questions.ask(work.session, reporter.id, CASE_OVER, case.id, work.now)
    day = wording.day(work.unit.texts, case.opened_at.astimezone(work.unit.zone).date())
    text = work.say("case.is_it_over", number=number, name=actor.name, day=day, result=result or work.say("case.no_result"))
    tell(work, reporter, text, NoticeKind.QUESTION, case=case)
    return work.say("case.proposed", number=number, name=reporter.name)


def confirm(work: Work, reporter: Person, number: int) -> str:
    """是: the person who raised it says it is over."""
    case = cases.by_number(work.session, number)
    if case is None or case.reporter_id != reporter.id:
        return work.say("case.unknown", number=number)
    if not _move(work, case, CaseMove.CONFIRM, reporter):
        return _impossible(work, case)
    case.closed_at = work.now
    _stop_climbing(work, case)
    _tell_others(work, case, reporter, work.say("case.closed", number=number, name=_name(work, case.member_id)))
    return work.say("case.thanks", number=number)


def reopen(work: Work, reporter: Person, number: int) -> str:
    """还没: it is not over; those who hear of such a case hear of it again."""
    case = cases.by_number(work.session, number)
    if case is None or case.reporter_id != reporter.id:
        return work.say("case.unknown", number=number)
    if case.state in (CaseState.OPEN, CaseState.ACKNOWLEDGED):
        return work.say("case.still_open", number=number)
    if not _move(work, case, CaseMove.REOPEN, reporter):
        return _impossible(work, case)
    case.closed_at = None
    _new_round(work, case)
    told = {p.id: p for p in ladder.first_told(work, case)}
    owner = work.directory.people.get(case.owner_id or 0)
    if owner is not None and owner.id != reporter.id:
        told.setdefault(owner.id, owner)
    for person in told.values():
        text = work.say("case.reopened", alert=alert_text(work, case))
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    return work.say("case.we_go_on", number=number)


def note(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """Add a fact to a case and tell whoever looks after it (nobody yet: everybody who was told)."""
    if not _move(work, case, CaseMove.NOTE, actor, text):
        return
    owner = work.directory.people.get(case.owner_id or 0)
    listeners = [owner] if owner is not None else [work.directory.people.get(i) for i in outbox.told(work.session, case.id)]
    for person in listeners:
        if person is not None and person.id != actor.id:
            tell(work, person, work.say("case.news", number=case.id, text=text), NoticeKind.CASE, Priority.ALERT, case=case)


def worsen(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """An ordinary case turned out to be urgent: it begins anew, as urgent."""
    case = cases.keep(work.session, case)
    if not _move(work, case, CaseMove.WORSEN, actor, text):
        return
    case.urgency, case.text = "urgent", text
    _new_round(work, case)
    for person in ladder.first_told(work, case):
        tell(work, person, alert_text(work, case), NoticeKind.ALERT, Priority.ALERT, case=case)


def ask_whether_over(work: Work, case: CaseRow, sender: Person) -> str:
    """The message that raised a case was taken back: ask its reporter, and keep the case as it is until they answer.

    The question, where it is for the sender; "" where somebody else is asked.
    """
    note(work, case, sender, work.say("case.message_taken_back", name=sender.name))
    reporter = work.directory.people.get(case.reporter_id)
    if reporter is None:
        return ""
    questions.ask(work.session, reporter.id, CASE_OVER, case.id, work.now)
    if reporter.id == sender.id:
        return work.say("case.over_too", number=case.id)
    tell(work, reporter, work.say("case.over_too_by_other", number=case.id, name=sender.name), NoticeKind.QUESTION, case=case)
    return ""


def alert_text(work: Work, case: CaseRow) -> str:
    """What a person who must act reads first: what, who, since when, in whose words, and what to answer."""
    texts = work.unit.texts
    member = work.directory.people.get(case.member_id)
    group = "" if member is None or member.group_id is None else work.directory.group_names[member.group_id]
    return work.say(
        "case.alert",
        number=case.id,
        kind=texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind),
        name=_name(work, case.member_id),
        group=texts("word.in_brackets", text=group) if group else "",
        reporter="" if case.reporter_id == case.member_id else work.say("case.reported_by", name=_name(work, case.reporter_id)),
        time=work.clock_time(case.opened_at),
        text=case.text,
        confidential=work.say("case.confidential") if case.confidential else "",
    )


def _mine(work: Work, actor: Person, number: int) -> tuple[CaseRow | None, str]:
    """The case, if the actor may act on it; else the answer. A case of others is answered like one that does not exist."""
    case = cases.by_number(work.session, number)
    if case is None or not ladder.may_act(work, case, actor):
        return None, work.say("case.unknown", number=number)
    return case, ""


def _move(work: Work, case: CaseRow, move: CaseMove, actor: Person, text: str = "") -> bool:
    """Make a move if the table allows it from where the case stands; it is written into the history."""
    old = CaseState(case.state)
    new = after(old, move)
    if new is None or not cases.switch(work.session, case, old, new, work.now):
        return False
    cases.note_move(work.session, case, move, (old, new), actor.id, work.now, text)
    if move in (CaseMove.CONFIRM, CaseMove.REOPEN, CaseMove.HAND_OVER, CaseMove.WORSEN):
        questions.settle(work.session, CASE_OVER, case.id, work.now)
    return True


def _impossible(work: Work, case: CaseRow) -> str:
    return work.say("case.impossible", number=case.id, state=work.unit.texts.word("case_state", case.state))


def _new_round(work: Work, case: CaseRow) -> None:
    _stop_climbing(work, case)
    case.round += 1
    case.round_at = work.now
    work.session.flush()
    _promise_step(work, case, 0)


def _stop_climbing(work: Work, case: CaseRow) -> None:
    promises.cancel_timers(work.session, TimerKind.CASE_CLIMB, case.id, work.now)


def _tell_others(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    for member_id in dict.fromkeys([*outbox.told(work.session, case.id), case.owner_id or 0]):
        person = work.directory.people.get(member_id)
        if person is not None and person.id not in (actor.id, case.reporter_id):
            tell(work, person, text, NoticeKind.CASE, case=case)


def _name(work: Work, member_id: int | None) -> str:
    person = work.directory.people.get(member_id or 0)
    return person.name if person is not None else work.say("word.somebody")


def waiting_for(work: Work, person: Person) -> list[CaseRow]:
    """The open cases that a person was told of and nobody has acknowledged."""
    return [
        case for case in cases.unfinished(work.session) if case.state == CaseState.OPEN and person.id in outbox.told(work.session, case.id)
    ]


def visible(rows: list[CaseRow], reader: Person) -> list[CaseRow]:
    """Of these cases those that a reader of a digest may know of: a leader none that is confidential."""
    return [case for case in rows if not (case.confidential and reader.role is Role.LEADER)]
