"""Somebody with an unfinished case goes to another group or branch: who looks after them there hears of it, who does not any more too.

Whoever has said 收到 keeps the case until they hand it over: the one in need is not to tell it all once more. What was said for the
secretary alone stays with the secretary to whom it was said, and nobody in the new place learns of it unless it is handed over.
Rosters are written by other processes: every few minutes (bot.watch) the cases are compared with who is where.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from models import cases, deliveries
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from models.tables.cases import CaseRow
from services import case_moves, ladder, wording
from services.notify import tell
from services.work import Work


def follow(work: Work) -> int:
    """Let every case follow its member who is not where they were when it was told; how many had to."""
    followed = 0
    for placed in cases.places(work.session):
        member = work.directory.people.get(placed.member_id)
        if member is not None and not _is_there(placed, member):
            case = cases.by_number(work.session, placed.number)
            if case is not None and case.state != CaseState.CLOSED:
                _follow(work, case, member)
                followed += 1
    return followed


def _is_there(placed: cases.Placed, member: Person) -> bool:
    if placed.confidential:  # from one group to another of the same branch nothing changes for it
        return member.branch_id in (placed.branch_id, placed.gone_to)
    return (placed.branch_id, placed.group_id) == (member.branch_id, member.group_id)


def settle(work: Work, case: CaseRow, heir: Person) -> None:
    """What had stayed in the old branch was handed to somebody who answers for the member in the new one: it belongs there now."""
    member = work.directory.people.get(case.member_id)
    if member is not None and ladder.stayed(work.directory, case) and heir.answers_for(member) and heir.role is not Role.DUTY_OFFICER:
        case.branch_id, case.group_id, case.gone_to = member.branch_id, member.group_id, None


def _follow(work: Work, case: CaseRow, member: Person) -> None:
    """Where nobody new is to hear of it and nobody has lost it, only the place changes."""
    told = _told(work, case)
    if case.confidential:
        case.gone_to = member.branch_id
        if ladder.stayed(work.directory, case):
            _stays(work, case, member)
        return
    case.branch_id, case.group_id = member.branch_id, member.group_id
    owner = case_moves.owner_of(work, case) if case.state != CaseState.OPEN else None
    new = [person for person in ladder.first_told(work, case) if person.id not in told and person != owner]
    if not new or (owner is None and case.state != CaseState.OPEN):
        return  # whose owner is gone is given back, and told anew (Fault.NO_OWNER)
    case_moves.make(work, case, CaseMove.FOLLOW, None, _place(work, member))
    facts = {"number": case.id, "place": _place(work, member), "names": _names(work, new)}
    if owner is None:
        _nobody_has_it(work, case, member, new, told, facts)
    else:
        _somebody_has_it(work, case, member, owner, new, facts)


def _nobody_has_it(
    work: Work, case: CaseRow, member: Person, new: Collection[Person], told: Iterable[int], facts: Mapping[str, object]
) -> None:
    """It climbs anew there; who was told before, and may not act on it now, hears that it is not theirs any more."""
    case_moves.new_round(work, case)
    text = work.say("moved.to_you", name=member.name, alert=case_moves.alert_text(work, case))
    for person in new:
        tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=case)
    for number in told:
        reader = work.directory.people.get(number)
        if reader is not None and deliveries.has_read(work.session, case.id, number) and not ladder.may_act(work, case, reader):
            # of no case: what is about one is not for them any more
            tell(work, reader, work.say("moved.from_you", name=member.name, **facts), NoticeKind.CASE)
    _tell_speakers(work, case, member, "moved.told_there", facts)


def _somebody_has_it(work: Work, case: CaseRow, member: Person, owner: Person, new: Sequence[Person], facts: Mapping[str, object]) -> None:
    """They keep it; those who look after the member now know of it, and each side reads how it can be handed over."""
    state = work.say("card.state_of", state=work.unit.texts.word("case_state", case.state), name=owner.name)
    for person in new:
        text = work.say("moved.in_hand", name=member.name, owner=owner.name, state=state, text=case.text, heir=person.name, **facts)
        tell(work, person, text, NoticeKind.ALERT, case=case)
    if not owner.answers_for(member):
        tell(work, owner, work.say("moved.still_yours", name=member.name, heir=new[0].name, **facts), NoticeKind.CASE, case=case)
    _tell_speakers(work, case, member, "moved.goes_on", {**facts, "owner": owner.name})


def _stays(work: Work, case: CaseRow, member: Person) -> None:
    """Those who know of what was said for the secretary alone hear that it stays theirs, and the member that nobody else knows."""
    case_moves.make(work, case, CaseMove.FOLLOW, None, _place(work, member))
    owner = case_moves.owner_of(work, case)
    known = case_moves.listeners(work, case) if owner is None else (owner,)
    heir = next(iter(work.directory.holding(Role.SECRETARY, member)), None)
    facts = {"number": case.id, "place": _place(work, member), "names": _names(work, known)}
    text = work.say("moved.confided", name=member.name, heir=work.say("moved.somebody") if heir is None else heir.name, **facts)
    for person in known:
        tell(work, person, text, NoticeKind.CASE, case=case)
    _tell_speakers(work, case, member, "moved.confided_to", facts)


def _tell_speakers(work: Work, case: CaseRow, member: Person, key: str, facts: Mapping[str, object]) -> None:
    """Whoever says when it is over reads who knows of it now."""
    for person in case_moves.speakers(work, case):
        who = work.say("moved.you") if person == member else member.name
        tell(work, person, work.say(key, who=who, **facts), NoticeKind.CASE, case=case)


def _told(work: Work, case: CaseRow) -> list[int]:
    """Who was told of a case since its member came where they were, in the order of telling."""
    moves = [move.at for move in cases.history(work.session, case.id) if move.move == CaseMove.FOLLOW]
    since: datetime = max(moves, default=case.opened_at)
    rows = (row for row in deliveries.of_case(work.session, case.id) if row.created_at >= since)
    return list(dict.fromkeys(row.member_id for row in rows if row.member_id is not None))


def _place(work: Work, member: Person) -> str:
    """第二党小组; of who is in no group, the branch."""
    names = work.directory.group_names | work.directory.branch_names
    return names.get(member.group_id or member.branch_id or "", "") or work.say("moved.elsewhere")


def _names(work: Work, people: Iterable[Person]) -> str:
    return wording.listed(work.unit.texts, (person.name for person in people)) or work.say("word.branch")
