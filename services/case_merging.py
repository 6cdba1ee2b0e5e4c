"""Two cases of one person that are the same thing become one: facts are added, nobody who knew of either is lost, any number will do."""

from models import outbox
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.tables.cases import CaseRow
from services import case_moves, ladder
from services.cases import of_actor, worsen
from services.notify import tell
from services.work import Work


def merge(work: Work, actor: Person, number: int, into: int) -> str:
    """合并 12 到 8: the first becomes part of the second; where only the first is urgent, the second of the first. The sentence."""
    case, refusal = of_actor(work, actor, number)
    target, target_refusal = of_actor(work, actor, into)
    if case is None or target is None:
        return refusal or target_refusal
    why = _why_not(work, case, target)
    if why:
        return why
    if case.urgency == "urgent" != target.urgency:
        case, target = target, case
    if _is_unknown(target) and case.reporter_id == case.member_id:
        # who is in need goes on with the number that they know, and learns nothing of who spoke up for them
        case, target = target, case
    if target.state not in (CaseState.OPEN, CaseState.ACKNOWLEDGED):
        return case_moves.impossible(work, target)
    if not case_moves.make(work, case, CaseMove.MERGE, actor, str(target.id)):
        return case_moves.impossible(work, case)
    case_moves.stop_the_clock(work, case)
    case.closed_at = work.now
    case.merged_into_id = target.id
    raised_by = case.reporter_id
    _add_facts(work, case, target, actor)
    _tell(work, case, target, actor, raised_by)
    if case.urgency == "urgent" != target.urgency:
        worsen(work, target, actor, target.text)
    return work.say("case.merged", number=case.id, into=target.id)


def _is_unknown(case: CaseRow) -> bool:
    """Whether somebody spoke up for the one in need, who was not told."""
    return case.reporter_id != case.member_id and not case.member_knows


def _why_not(work: Work, case: CaseRow, target: CaseRow) -> str:
    if case.id == target.id:
        return work.say("case.merge_one", number=case.id)
    if case.member_id != target.member_id:
        return work.say("case.merge_others", number=case.id, into=target.id)
    # what was said for the secretary alone would become known to others, or the others would lose sight of what they know
    return work.say("case.merge_confidential") if case.confidential != target.confidential else ""


def _add_facts(work: Work, case: CaseRow, target: CaseRow, actor: Person) -> None:
    target.text = work.say("case.merged_text", text=target.text, number=case.id, more=case.text)
    target.categories = list(dict.fromkeys((*target.categories, *case.categories)))
    target.member_knows = target.member_knows or case.member_knows
    if case.reporter_id == case.member_id:
        # whoever is in need says when it is over; who spoke up for them hears it, as whoever raised a case that became part of another
        case.reporter_id, target.reporter_id = target.reporter_id, case.reporter_id
    case_moves.make(work, target, CaseMove.NOTE, actor, case.text)


def _tell(work: Work, case: CaseRow, target: CaseRow, actor: Person, raised_by: int) -> None:
    """Who knew of the one hears of the other, once; who raised them reads the number that stays."""
    known = {*outbox.told(work.session, target.id), target.owner_id or 0}
    joining = {*outbox.told(work.session, case.id), case.owner_id or 0} - known
    reporters = {case.reporter_id, target.reporter_id}
    for member_id in sorted(known | joining | reporters):
        person = work.directory.people.get(member_id)
        if person is None or person.id == actor.id:
            continue
        if person.id in reporters:
            if person.id == raised_by:
                tell(work, person, work.say("case.merged_for_you", number=case.id, into=target.id), NoticeKind.CASE, case=target)
        elif not ladder.may_act(work, target, person):
            continue
        elif person.id in joining:
            text = work.say("case.merged_alert", number=case.id, alert=case_moves.alert_text(work, target))
            tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=target)
        else:
            text = work.say("case.merged_news", number=case.id, into=target.id, text=case.text)
            tell(work, person, text, NoticeKind.CASE, Priority.ALERT, case=target)
