"""The SQL of the audit: which cases lack what was promised for them, what is late, and what was told of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models import state, together
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeState, Priority
from models.promises import SlotOutcome, TimerKind
from models.tables.cases import CaseMoveRow, CaseRow
from models.tables.queue import NoticeRow, SlotRow, TimerRow

_KEY = "audit.told"
_NOTHING = "{}"
_MOMENTS = TypeAdapter(dict[str, datetime])


class Late(NamedTuple):
    """A notice that should have been sent long ago."""

    number: int
    channel: str
    priority: int


class Climbed(NamedTuple):
    """How many steps a case has climbed in its present round, and when it did so last."""

    steps: int
    last_at: datetime | None


def take_turn(session: Session) -> dict[str, datetime]:
    """Keep other processes from auditing until the end of this transaction; what was told of earlier findings, and when."""
    state.put_first(session, _KEY, _NOTHING)
    return _MOMENTS.validate_json(state.get(session, _KEY, lock=True) or _NOTHING)


def note_told(session: Session, told: Mapping[str, datetime]) -> None:
    """Note what has been told by now."""
    state.put(session, _KEY, _MOMENTS.dump_json(dict(told)).decode())


def without_timer(session: Session, state: CaseState, kind: TimerKind) -> list[int]:
    """The cases in a state for which no timer of a kind waits."""
    together.write(session)
    waits = exists().where(TimerRow.kind == kind, TimerRow.ref == CaseRow.id, TimerRow.done_at.is_(None))
    return list(session.scalars(select(CaseRow.id).where(CaseRow.state == state, ~waits).order_by(CaseRow.id)))


def closed_without_question(session: Session, since: datetime) -> list[int]:
    """The cases closed from `since` on whose reporter neither was asked once more, nor will be, nor has said twice that it is over."""
    together.write(session)
    asked = or_(TimerRow.done_at.is_(None), TimerRow.done_at > CaseRow.closed_at)  # what was promised before was cancelled by closing it
    said_twice = exists().where(
        CaseMoveRow.case_id == CaseRow.id,
        CaseMoveRow.move == CaseMove.CONFIRM,
        CaseMoveRow.old_state == CaseState.CLOSED,
        CaseMoveRow.at >= CaseRow.closed_at,
    )
    query = (
        select(CaseRow.id)
        .where(CaseRow.state == CaseState.CLOSED, CaseRow.closed_at >= since)
        .where(~exists().where(TimerRow.kind == TimerKind.CASE_ASK_AGAIN, TimerRow.ref == CaseRow.id, asked), ~said_twice)
        .order_by(CaseRow.id)
    )
    return list(session.scalars(query))


def has_timer(session: Session, kind: TimerKind, ref: int) -> bool:
    """Whether a timer of a kind waits."""
    return bool(session.scalar(select(exists().where(TimerRow.kind == kind, TimerRow.ref == ref, TimerRow.done_at.is_(None)))))


def climbed(session: Session, case: CaseRow) -> Climbed:
    """How far a case has climbed since its present round began."""
    query = select(func.count(), func.max(CaseMoveRow.at)).where(
        CaseMoveRow.case_id == case.id, CaseMoveRow.move == CaseMove.CLIMB, CaseMoveRow.at > case.round_at
    )
    steps, last_at = session.execute(query).one()
    return Climbed(steps, last_at)


def last_move_at(session: Session, case_id: int, move: CaseMove) -> datetime | None:
    """When a move was last made; None where it never was."""
    return session.scalar(select(func.max(CaseMoveRow.at)).where(CaseMoveRow.case_id == case_id, CaseMoveRow.move == move))


def late_notices(session: Session, alerts: datetime, others: datetime) -> list[Late]:
    """What has waited since before `alerts` (what is an alert) or before `others` (all else), or was left by a sender since then."""
    together.write(session)
    found: list[Late] = []
    for channel in _channels(session):
        for lowest, before in ((NoticeRow.priority == Priority.ALERT, alerts), (NoticeRow.priority != Priority.ALERT, others)):
            waits = and_(NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at < before)
            left = and_(NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until < before)
            query = select(NoticeRow.id, NoticeRow.priority).where(NoticeRow.channel == channel, lowest, or_(waits, left))
            found += [Late(number, channel, priority) for number, priority in session.execute(query)]
    return sorted(found)


def _channels(session: Session) -> Iterator[str]:
    """Every channel that a notice names. One question for each: the index leads with the channel, and the table may be long."""
    channel = session.scalar(select(func.min(NoticeRow.channel)))
    while channel is not None:
        yield channel
        channel = session.scalar(select(func.min(NoticeRow.channel)).where(NoticeRow.channel > channel))


def overdue_timers(session: Session, before: datetime) -> list[int]:
    """The timers that were due before a moment and are not done."""
    return list(session.scalars(select(TimerRow.id).where(TimerRow.done_at.is_(None), TimerRow.due_at < before).order_by(TimerRow.id)))


def failing_timers(session: Session, attempts: int) -> list[int]:
    """The timers that have failed so often and are not done."""
    return list(session.scalars(select(TimerRow.id).where(TimerRow.done_at.is_(None), TimerRow.attempts >= attempts).order_by(TimerRow.id)))


def failed_slots(session: Session, attempts: int, since: datetime) -> list[int]:
    """The runs since a moment that have failed so often that they are not tried any more."""
    query = select(SlotRow.id).where(SlotRow.outcome == SlotOutcome.FAILED, SlotRow.attempts >= attempts, SlotRow.slot_at >= since)
    return list(session.scalars(query.order_by(SlotRow.id)))
