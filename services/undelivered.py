"""An alert that could not be delivered: where nobody else heard of the case, it climbs now and not in hours."""

from datetime import timedelta

from models import cases, outbox, promises
from models.case_states import CaseState
from models.outbox import NoticeKind, NoticeState
from models.promises import TimerKind
from services.work import Work

SOON = timedelta(minutes=1)


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
