"""Look again before speaking: whether a decided notice is still wanted when its turn comes."""

from collections.abc import Callable

from models import cases, outages
from models.case_states import CaseState
from models.outbox import NoticeKind
from models.tables.queue import NoticeRow
from services import coverage
from services.work import Work


def unwanted(work: Work, notice: NoticeRow) -> str | None:
    """Why a notice should no longer be sent, as one word for its row; None where it is wanted."""
    if notice.expires_at is not None and notice.expires_at <= work.now:
        return "expired"
    rule = _RULES.get(NoticeKind(notice.kind))
    return None if rule is None else rule(work, notice)


def _alert(work: Work, notice: NoticeRow) -> str | None:
    case = cases.by_number(work.session, notice.case_id or 0)
    return "closed" if case is not None and case.state == CaseState.CLOSED else None


def _climb(work: Work, notice: NoticeRow) -> str | None:
    case = cases.by_number(work.session, notice.case_id or 0)
    if case is None or case.state != CaseState.OPEN:
        return "acknowledged"
    return "another_round" if case.round != notice.case_round else None


def _nudge_checkin(work: Work, notice: NoticeRow) -> str | None:
    person = work.directory.people.get(notice.member_id or 0)
    if person is None or notice.day is None:
        return "gone"
    return None if coverage.of_person(work, person, notice.day).open else "reported"


def _nudge_report(work: Work, notice: NoticeRow) -> str | None:
    person = work.directory.people.get(notice.member_id or 0)
    if person is None or notice.day is None:
        return "gone"
    return None if coverage.of_person(work, person, notice.day).owes_report else "reported"


def _outage(work: Work, notice: NoticeRow) -> str | None:
    return None if outages.is_last_word(work.session, notice.id) else "outdated"


_RULES: dict[NoticeKind, Callable[[Work, NoticeRow], str | None]] = {
    NoticeKind.ALERT: _alert,
    NoticeKind.CLIMB: _climb,
    NoticeKind.NUDGE_CHECKIN: _nudge_checkin,
    NoticeKind.NUDGE_WORDS: _nudge_checkin,
    NoticeKind.NUDGE_REPORT: _nudge_report,
    NoticeKind.OUTAGE: _outage,
}
