"""A notice that could not be delivered: it goes another way; where there is none, a case of which nobody heard climbs now."""

from datetime import timedelta

from models import cases, outbox, promises
from models.case_states import CaseState
from models.outbox import NoticeKind, NoticeState
from models.promises import TimerKind
from services import reach
from services.work import Work

SOON = timedelta(minutes=1)


def elsewhere(work: Work, notice_id: int, reason: str) -> bool:
    """Send a notice on the next channel that reaches its member or its room's people; False where every one was tried."""
    notice = outbox.by_id(work.session, notice_id)
    if notice is None:
        return False
    tried = (*notice.tried.split(), notice.channel)
    if notice.room is None:
        person = work.directory.people.get(notice.member_id or 0)
        route = None if person is None else reach.of_person(work, person, without=tried)
        if route is None:
            return False
        outbox.move(notice, route.channel, work.now, reason, address=route.address)
        return True
    room = work.directory.rooms.get((notice.channel, notice.room))
    other = None if room is None else reach.room_of(work, room.kind, room.scope, without=tried)
    if other is None:
        return False
    outbox.move(notice, other.channel, work.now, reason, room=other.address)
    return True


def given_up(work: Work, notice_id: int, reason: str) -> None:
    """Mark a notice as failed for good. The last alert of a case that reaches nobody brings its next step forward."""
    outbox.finish(work.session, [notice_id], NoticeState.FAILED, work.now, reason)
    notice = outbox.by_id(work.session, notice_id)
    if notice is None or notice.case_id is None or notice.kind != NoticeKind.ALERT:
        return
    case = cases.by_number(work.session, notice.case_id)
    if case is None or case.state != CaseState.OPEN or case.round != notice.case_round:
        return
    alerts = outbox.alerts_of(work.session, case.id, case.round)
    if all(alert.state == NoticeState.FAILED for alert in alerts):
        promises.hurry(work.session, TimerKind.CASE_CLIMB, case.id, work.now + SOON)
