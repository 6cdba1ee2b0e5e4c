"""What was noted while the clock was ahead for a moment, taken back once it goes right again."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from models.case_states import CaseState
from models.outbox import NoticeState
from models.promises import TimerKind
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow, SlotRow, TimerRow


def slots(session: Session, now: datetime) -> int:
    """The runs of hours that are still to come were none: they are due again. How many."""
    return _count(session, delete(SlotRow).where(SlotRow.slot_at > now))


def rounds(session: Session, now: datetime) -> int:
    """What began in the future begins now: the ladders of unfinished cases count from there. How many."""
    query = update(CaseRow).where(CaseRow.round_at > now, CaseRow.state != CaseState.CLOSED)
    return _count(session, query.values(round_at=now))


def timers(session: Session, kind: TimerKind, latest: datetime) -> int:
    """No promise of a kind is later than it would be if it were made now. How many were."""
    query = update(TimerRow).where(TimerRow.kind == kind, TimerRow.done_at.is_(None), TimerRow.due_at > latest)
    return _count(session, query.values(due_at=latest))


def questions(session: Session, latest: datetime) -> int:
    """Of no closed case is it asked later than if it were closed now, whether it is over. How many would have been."""
    closed = select(CaseRow.id).where(CaseRow.state == CaseState.CLOSED)
    query = update(TimerRow).where(TimerRow.kind == TimerKind.CASE_ASK_AGAIN, TimerRow.ref.in_(closed), TimerRow.done_at.is_(None))
    return _count(session, query.where(TimerRow.due_at > latest).values(due_at=latest))


def notices(session: Session, now: datetime, lease_until: datetime) -> int:
    """What was put off or decided in the future is looked at now, and no lease is longer than it can be. How many."""
    put_off = or_(NoticeRow.attempts > 0, NoticeRow.reason.is_not(None), NoticeRow.created_at > now)
    waiting = and_(NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at > now, put_off)
    leased = and_(NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until > lease_until)
    return sum(
        _count(session, query)
        for query in (
            update(NoticeRow).where(waiting).values(due_at=now),
            update(NoticeRow).where(leased).values(lease_until=lease_until),
        )
    )


def _count(session: Session, query: Any) -> int:
    done = session.execute(query.execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0
