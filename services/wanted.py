"""Look again before speaking: whether a decided notice is still wanted when its turn comes."""

from collections.abc import Callable

from models import cases, deliveries, outages, questions
from models.budget import OVER, WAITED
from models.case_states import CaseState
from models.outbox import NoticeKind
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services import case_moves, coverage, ladder, rounds
from services.work import Work

GONE, NOT_THEIRS = "gone", "not_theirs"
"""Why what is about a case is not for its reader any more: they have left, or may not know of it now."""


def unwanted(work: Work, notice: NoticeRow) -> str | None:
    """Why a notice should no longer be sent, as one word for its row; None where it is wanted."""
    if notice.expires_at is not None and notice.expires_at <= work.now:
        return _past(notice)
    rule = _RULES.get(notice.kind)  # a kind that only a later version knows has none
    return None if rule is None else rule(work, notice)


def _past(notice: NoticeRow) -> str:
    return OVER if notice.reason in WAITED else "expired"


def _alert(work: Work, notice: NoticeRow) -> str | None:
    case = cases.seen(work.session, notice.case_id or 0)
    return "closed" if case is not None and case.state == CaseState.CLOSED else _not_for_them(work, notice, case)


def _climb(work: Work, notice: NoticeRow) -> str | None:
    case = cases.seen(work.session, notice.case_id or 0)
    if case is None or case.state != CaseState.OPEN:
        return "acknowledged"
    return "another_round" if case.round != notice.case_round else _not_for_them(work, notice, case)


def _news(work: Work, notice: NoticeRow) -> str | None:
    case = cases.seen(work.session, notice.case_id or 0)
    return _not_for_them(work, notice, case) or (None if case is None else _never_told(work, notice, case))


def _never_told(work: Work, notice: NoticeRow, case: CaseRow) -> str | None:
    """Whether a case is over before its reader was told of it: then they are told nothing at all of it."""
    person = work.directory.people.get(notice.member_id or 0)
    if case.state != CaseState.CLOSED or person is None or person.id == case.owner_id or case_moves.knows(work, case, person):
        return None
    return None if deliveries.has_read(work.session, case.id, person.id) else "never_told"


def _question(work: Work, notice: NoticeRow) -> str | None:
    """A question about a case is not asked any more once it was answered, or the case went on otherwise."""
    if notice.case_id is None:
        return None
    asked = questions.waits_for(work.session, notice.member_id or 0, case_moves.CASE_OVER, notice.case_id)
    return None if asked else "answered"


def _not_for_them(work: Work, notice: NoticeRow, case: CaseRow | None) -> str | None:
    """Whether the reader of something about a case has left since it was decided, or may not know of it any more."""
    if case is None:
        return None
    person = work.directory.people.get(notice.member_id or 0)
    if person is None:
        return GONE
    return None if ladder.may_act(work, case, person) or case_moves.knows(work, case, person) else NOT_THEIRS


def _nudge_checkin(work: Work, notice: NoticeRow) -> str | None:
    person = work.directory.people.get(notice.member_id or 0)
    if person is None or notice.day is None:
        return GONE
    if notice.day < work.today:
        return _past(notice)
    return None if coverage.of_person(work, person, notice.day).open else "reported"


def _nudge_buddy(work: Work, notice: NoticeRow) -> str | None:
    person = work.directory.people.get(notice.about_id or 0)
    if person is None or notice.day is None:
        return GONE
    silent = coverage.of_person(work, person, notice.day)
    return None if silent.open and silent.asked is not None and silent.asked.answered_at is None else "heard"


def _nudge_report(work: Work, notice: NoticeRow) -> str | None:
    person = work.directory.people.get(notice.member_id or 0)
    if person is None or notice.day is None:
        return GONE
    if notice.day < work.today:
        return _past(notice)
    return None if coverage.of_person(work, person, notice.day).owes_report else "reported"


def _round(work: Work, notice: NoticeRow) -> str | None:
    return None if rounds.unanswered(work, notice) else "reported"


def _outage(work: Work, notice: NoticeRow) -> str | None:
    return None if outages.is_last_word(work.session, notice.id) else "outdated"


_RULES: dict[str, Callable[[Work, NoticeRow], str | None]] = {
    NoticeKind.ALERT: _alert,
    NoticeKind.CLIMB: _climb,
    NoticeKind.CASE: _news,
    NoticeKind.QUESTION: _question,
    NoticeKind.NUDGE_CHECKIN: _nudge_checkin,
    NoticeKind.NUDGE_BUDDY: _nudge_buddy,
    NoticeKind.NUDGE_WORDS: _nudge_checkin,
    NoticeKind.NUDGE_REPORT: _nudge_report,
    NoticeKind.HEALTH_ROUND: _round,
    NoticeKind.HEALTH_RISE: _round,
    NoticeKind.OUTAGE: _outage,
}
