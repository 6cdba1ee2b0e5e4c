"""Looking after a case: raise it, acknowledge, hand over, propose to close, confirm or reopen. The clock's part: services.follow_up.

Every act answers with the sentence for whoever acted. What is possible from where is the table in models.case_states.
"""

from models import cases, questions, withdrawals
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from services import calm, case_moves, ladder, moving, wording
from services.notify import tell
from services.work import Work

Raised = tuple[CaseRow, tuple[Person, ...]]
"""A case that was opened or became urgent, and who was told of it."""


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
            branch_id=member.branch_id,
            group_id=member.group_id,
            opened_at=work.now,
            changed_at=work.now,
            round=1,
            round_at=work.now,
        ),
    )
    told = ladder.first_told(work, case)
    text = case_moves.alert_text(work, case) + case_moves.alike(work, case)
    for person in told:
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    case_moves.promise_step(work, case, 0)
    return case, told


def acknowledge(work: Work, actor: Person, number: int) -> str:
    """收到 N: the actor has it from now on, and it stops climbing."""
    case, refusal = of_actor(work, actor, number)
    if case is None:
        return refusal
    number = case.id
    owner = case_moves.owner_of(work, case) if case.state == CaseState.ACKNOWLEDGED else None
    if owner is not None and owner.id != actor.id:
        return work.say("case.already_acknowledged", number=number, name=owner.name)
    if not case_moves.make(work, case, CaseMove.ACKNOWLEDGE, actor):
        return case_moves.impossible(work, case)
    case.owner_id = actor.id
    case_moves.stop_the_clock(work, case)
    case_moves.promise_lapse(work, case)
    if owner is not None:
        return work.say("case.still_on_it", number=number)
    case_moves.tell_others(work, case, actor, work.say("case.taken", number=number, name=actor.name))
    reporter = work.directory.people.get(case.reporter_id)
    if reporter is not None and reporter.id != actor.id:
        tell(work, reporter, work.say("case.somebody_has_it", number=number, name=actor.name), NoticeKind.CASE, case=case)
    return work.say("case.acknowledged", number=number, name=case_moves.name_of(work, case.member_id))


def hand_over(work: Work, actor: Person, number: int, name: str) -> str:
    """转交 N 姓名: somebody else has it; it climbs until that person says so."""
    case, refusal = of_actor(work, actor, number)
    if case is None:
        return refusal
    number = case.id
    heir = work.directory.named(name, near=actor)
    refusal = work.say("case.nobody_of_that_name", name=name) if heir is None else case_moves.not_to(work, case, heir)
    if heir is None or refusal:
        return refusal
    before = case_moves.owner_of(work, case) if case.state != CaseState.OPEN else case_moves.giver(work, case)
    if not case_moves.make(work, case, CaseMove.HAND_OVER, actor, heir.name):
        return case_moves.impossible(work, case)
    case_moves.new_round(work, case)
    case.owner_id = heir.id
    moving.settle(work, case, heir)
    takes = heir.id == actor.id
    if before is not None and before.id not in (actor.id, heir.id):
        still_theirs = ladder.may_act(work, case, before)
        news = work.say("case.taken" if takes else "case.handed_on", number=number, name=actor.name, heir=heir.name)
        if not (takes and still_theirs):  # who still hears of it hears below that it is taken
            tell(work, before, news, NoticeKind.CASE, case=case if still_theirs else None)
    if takes:
        return acknowledge(work, actor, number)
    text = work.say("case.handed_to_you", alert=case_moves.alert_text(work, case), name=actor.name)
    tell(work, heir, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    return work.say("case.handed_over", number=number, name=heir.name)


def propose(work: Work, actor: Person, number: int, result: str) -> str:
    """办结 N 结果: the reporter is asked whether it is really over."""
    case, refusal = of_actor(work, actor, number)
    if case is None:
        return refusal
    number, said = case.id, result or work.say("case.no_result")
    owner = case_moves.owner_of(work, case) if case.state == CaseState.ACKNOWLEDGED else None
    if not case_moves.make(work, case, CaseMove.PROPOSE, actor, result):
        return case_moves.impossible(work, case)
    if case.reporter_id == actor.id and not case.member_knows:
        return confirm(work, actor, number)  # who spoke up, and has seen to it, is asked nothing
    if case.owner_id is None:
        case.owner_id = actor.id
    case_moves.stop_the_clock(work, case)
    case_moves.promise_to_ask(work, case)
    reporter = case_moves.answerer(work, case, actor)
    if reporter is None:
        news = work.say("case.nobody_to_ask", number=number, name=actor.name, result=said)
        case_moves.tell_others(work, case, actor, news)
        return work.say("case.reporter_gone", number=number)
    questions.ask(work.session, reporter.id, case_moves.CASE_OVER, case.id, work.now)
    day = wording.day(work.unit.texts, case.opened_at.astimezone(work.unit.zone).date())
    text = work.say("case.is_it_over", number=number, name=actor.name, day=day, result=said)
    tell(work, reporter, text, NoticeKind.QUESTION, case=case)
    if owner is not None and owner.id not in (actor.id, reporter.id):
        news = work.say("case.proposed_by_other", number=number, name=actor.name, result=said, reporter=reporter.name)
        tell(work, owner, news, NoticeKind.CASE, case=case)
    asked_at = calm.over(work, work.now)
    if asked_at > work.now:
        return work.say("case.proposed_at_night", name=reporter.name, time=work.clock_time(asked_at))
    return work.say("case.proposed", name=reporter.name)


def confirm(work: Work, reporter: Person, number: int) -> str:
    """是: the person who raised it says it is over. They are asked once more after a while, and then it is over for good."""
    case = cases.called(work.session, number)
    if case is None or not case_moves.speaks_for(case, reporter):
        return work.say("case.unknown", number=number)
    number = case.id
    before = case.state
    if not case_moves.make(work, case, CaseMove.CONFIRM, reporter):
        return case_moves.impossible(work, case)
    case_moves.stop_the_clock(work, case)
    if before != CaseState.CLOSED:
        text = case_moves.closed_text(work, case, reporter)
        _close(work, case, reporter, text)
        case_moves.tell_the_other(work, case, reporter, text)
    return work.say("case.thanks", number=number)


def override(work: Work, actor: Person, number: int, reason: str) -> str:
    """代确认 N 原因: the reporter does not answer, and a second person says, with a reason, that it is over."""
    case, refusal = of_actor(work, actor, number)
    if case is None:
        return refusal
    number = case.id
    if case.reporter_id == actor.id:
        return confirm(work, actor, number)
    if not reason:
        return work.say("case.override_why", number=number)
    proposer = cases.last_actor(work.session, case.id, CaseMove.PROPOSE)
    if proposer == actor.id and not case_moves.is_left_to_decide(work, case, actor):
        return work.say("case.override_by_another", number=number)
    if not case_moves.make(work, case, CaseMove.OVERRIDE, actor, reason):
        return case_moves.impossible(work, case)
    case_moves.stop_the_clock(work, case)
    _close(work, case, actor, work.say("case.overridden", number=number, name=actor.name, reason=reason))
    return case_moves.tell_overruled(work, case, actor, reason)


def _close(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    case.closed_at = work.now
    case_moves.promise_to_ask(work, case)
    case_moves.tell_others(work, case, actor, text)
    for reporter_id in {merged.reporter_id for merged in cases.merged_into(work.session, case.id)} - {actor.id, case.reporter_id}:
        reporter = work.directory.people.get(reporter_id)
        if reporter is not None:
            tell(work, reporter, text, NoticeKind.CASE, case=case)


def reopen(work: Work, reporter: Person, number: int, words: str = "") -> str:
    """还没: it is not over; those who hear of such a case hear of it again, with the `words` in which that was said where they say more."""
    case = cases.called(work.session, number)
    if case is None or not case_moves.speaks_for(case, reporter):
        return work.say("case.unknown", number=number)
    number = case.id
    if case.state in (CaseState.OPEN, CaseState.ACKNOWLEDGED):
        if words:
            note(work, case, reporter, work.say("case.says", name=reporter.name, words=words))
        return work.say("case.still_open", number=number)
    open_again(work, case, reporter, words)
    news = work.say("case.goes_on", number=number, reporter=case_moves.teller(work, case, reporter))
    case_moves.tell_the_other(work, case, reporter, news)
    told_at = calm.of_case(work, case, work.now)
    if told_at > work.now:
        return work.say("case.we_go_on_at_night", number=number, time=work.clock_time(told_at))
    return work.say("case.we_go_on", number=number)


def open_again(work: Work, case: CaseRow, actor: Person, words: str = "", news: str = "") -> None:
    """A case that was thought to be over is not: those who hear of such a case hear of it again.

    It was said so, perhaps in such `words`, or more is told of it, which is `news`.
    """
    case_moves.make(work, case, CaseMove.REOPEN, actor, words or news)
    if case.closed_at is not None:
        withdrawals.not_over(work.session, case.id, case.closed_at, work.now)
    case.closed_at = None
    case_moves.new_round(work, case)
    told = {p.id: p for p in ladder.first_told(work, case)}
    owner = case_moves.owner_of(work, case)
    if owner is not None and owner.id not in (actor.id, case.reporter_id):
        told.setdefault(owner.id, owner)
    alert, said = case_moves.alert_text(work, case), work.say("case.in_words", words=words) if words else ""
    text = work.say("case.reopened", alert=alert, reporter=case_moves.teller(work, case, actor), words=said)
    if news:
        text = work.say("case.goes_on_after_all", alert=alert, text=news)
    for person in told.values():
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)


def tell_more(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """More of the same is told of a case. Where somebody has said that it is over, and the reporter is being asked, it is not."""
    if case.state == CaseState.PROPOSED:
        open_again(work, cases.keep(work.session, case), actor, news=text)
    else:
        note(work, case, actor, text)


def note(work: Work, case: CaseRow, actor: Person, text: str) -> None:
    """Add a fact to a case and tell whoever looks after it (nobody yet: everybody who was told)."""
    if not case_moves.make(work, case, CaseMove.NOTE, actor, text):
        return
    owner = case_moves.owner_of(work, case)
    for person in case_moves.listeners(work, case) if owner is None else (owner,):
        if person.id != actor.id:
            tell(work, person, work.say("case.news", number=case.id, text=text), NoticeKind.CASE, Priority.ALERT, case=case)


def worsen(work: Work, case: CaseRow, actor: Person, text: str) -> Raised | None:
    """An ordinary case turned out to be urgent: it begins anew, as urgent. None where it cannot, being over."""
    case = cases.keep(work.session, case)
    if not case_moves.make(work, case, CaseMove.WORSEN, actor, text):
        return None
    case.urgency, case.text = "urgent", text
    told = {person.id: person for person in ladder.first_told(work, case)}
    owner = case_moves.owner_of(work, case)
    if owner is not None and owner.id not in (actor.id, case.reporter_id, case.member_id):
        told.setdefault(owner.id, owner)
    withdrawals.hurry(work.session, case.id, work.now, list(told))
    case_moves.new_round(work, case)
    for person in told.values():
        tell(work, person, case_moves.alert_text(work, case), NoticeKind.ALERT, Priority.ALERT, case=case)
    return case, tuple(told.values())


def ask_whether_over(work: Work, case: CaseRow, sender: Person, words: str = "") -> str:
    """The message that raised a case was taken back, or its reporter says in such `words` that nobody is needed: they are asked.

    The case is kept as it is until they answer. The question, where it is for the sender; "" where somebody else is asked.
    """
    news = work.say("case.lets_go", name=sender.name, words=words) if words else work.say("case.message_taken_back", name=sender.name)
    note(work, case, sender, news)
    reporter = work.directory.people.get(case.reporter_id)
    untold = case.kind == "hardship" and case.member_id != sender.id and not case.member_knows
    if reporter is None or (untold and reporter.id == case.member_id):
        return ""  # who is in need was not told that somebody spoke up for them
    questions.ask(work.session, reporter.id, case_moves.CASE_OVER, case.id, work.now)
    if reporter.id == sender.id:
        return work.say("case.no_more" if words else "case.over_too", number=case.id)
    tell(work, reporter, work.say("case.over_too_by_other", number=case.id, name=sender.name), NoticeKind.QUESTION, case=case)
    return ""


def of_actor(work: Work, actor: Person, number: int) -> tuple[CaseRow | None, str]:
    """The case, if the actor may act on it; else the answer. A case of others is answered like one that does not exist."""
    case = cases.called(work.session, number)
    if case is None or not ladder.may_act(work, case, actor):
        own = case is not None and case.state != CaseState.CLOSED and case_moves.speaks_for(case, actor)
        return None, work.say("case.your_own" if own else "case.unknown", number=number)
    return case, ""
