"""A notice that could not be delivered: it goes another way; where there is none, a case of which nobody heard climbs now."""

from datetime import timedelta

from models import cases, deliveries, outbox, promises
from models.case_states import CaseState
from models.outbox import TELLING, NoticeKind, NoticeState, Priority
from models.promises import TimerKind
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services import case_moves, ladder, reach
from services.notify import tell
from services.wanted import GONE, NOT_THEIRS
from services.work import Work

SOON = timedelta(minutes=1)


def elsewhere(work: Work, notice_id: int, reason: str) -> bool:
    """Send a notice on the next channel that reaches its member or its room's people; False where every one was tried."""
    notice = outbox.seen(work.session, notice_id)
    if notice is None:
        return False
    tried = (*notice.tried.split(), notice.channel)
    if notice.room is None:
        person = work.directory.people.get(notice.member_id or 0)
        route = None if person is None else reach.of_person(work, person, without=tried)
        if route is None:
            return False
        outbox.move(work.session, notice_id, route.channel, work.now, reason, address=route.address)
        return True
    room = work.directory.rooms.get((notice.channel, notice.room))
    other = None if room is None else reach.room_of(work, room.kind, room.scope, without=tried)
    if other is None:
        return False
    outbox.move(work.session, notice_id, other.channel, work.now, reason, room=other.address)
    return True


def dropped(work: Work, notice: NoticeRow, reason: str) -> None:
    """Mark a notice as no longer wanted. Where nobody who may know is left of those who were told of its case, others are told at once."""
    outbox.finish(work.session, [notice.id], NoticeState.DROPPED, work.now, reason)
    case = _waiting_for_somebody(work, notice) if reason in (GONE, NOT_THEIRS) else None
    if case is None:
        return
    said = [row for row in deliveries.of_case(work.session, case.id) if row.case_round == case.round]
    stands = {row.member_id for row in said if row.id != notice.id and row.state not in (NoticeState.DROPPED, NoticeState.FAILED)}
    if any(person.id in stands for person in case_moves.listeners(work, case)):
        return
    asked = {row.member_id for row in said}
    new = [person for person in ladder.first_told(work, case) if person.id not in asked]
    for person in new:
        tell(work, person, case_moves.alert_text(work, case), NoticeKind.ALERT, Priority.ALERT, case=case)
    if not any(reach.reachable(work, person) for person in new):
        promises.hurry(work.session, TimerKind.CASE_CLIMB, case.id, work.now)


def nobody_has_it(work: Work, notice_id: int) -> bool:
    """Whether a notice tells of a case that still waits for somebody: it is tried however often it has failed."""
    notice = outbox.by_id(work.session, notice_id)
    return notice is not None and _waiting_for_somebody(work, notice) is not None


def _waiting_for_somebody(work: Work, notice: NoticeRow) -> CaseRow | None:
    """The case that a notice tells of, where nobody has it in the round of which it tells."""
    case = None if notice.case_id is None or notice.kind not in TELLING else cases.seen(work.session, notice.case_id)
    return case if case is not None and case.state == CaseState.OPEN and case.round == notice.case_round else None


def given_up(work: Work, notice_id: int, reason: str) -> None:
    """Mark a notice as failed for good. The last alert of a case that reaches nobody brings its next step forward."""
    outbox.finish(work.session, [notice_id], NoticeState.FAILED, work.now, reason)
    notice = outbox.by_id(work.session, notice_id)
    case = None if notice is None or notice.kind != NoticeKind.ALERT else _waiting_for_somebody(work, notice)
    if case is not None and all(alert.state == NoticeState.FAILED for alert in outbox.alerts_of(work.session, case.id, case.round)):
        promises.hurry(work.session, TimerKind.CASE_CLIMB, case.id, work.now + SOON)
