"""The SQL of the audit: which cases lack what was promised for them, what is late, and what was told of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from models import state, together
from models.case_states import CaseMove, CaseState
from models.deliveries import channels_named
from models.outbox import UNFINISHED, NoticeState, Priority
from models.prepared import Prepared
from models.promises import SlotOutcome, TimerKind
from models.tables.cases import CaseMoveRow, CaseRow
from models.tables.queue import NoticeRow, SlotRow, TimerRow

_KEY = "audit.told"
_AT = "audit.at"
_NOTHING = "{}"
_MOMENTS = TypeAdapter(dict[str, datetime])
_TIMER_OF = (TimerRow.kind == bindparam("what"), TimerRow.ref == CaseRow.id)
_WITHOUT_TIMER = Prepared(
    select(CaseRow.id)
    .where(CaseRow.state == bindparam("which"), ~exists().where(*_TIMER_OF, TimerRow.done_at.is_(None)))
    .order_by(CaseRow.id),
    ("which", "what"),
)
_TIMERS_OF = Prepared(
    select(CaseRow.id, func.min(TimerRow.due_at))
    .join(TimerRow, and_(*_TIMER_OF, TimerRow.done_at.is_(None)))
    .where(CaseRow.state == bindparam("which"))
    .group_by(CaseRow.id)
    .order_by(CaseRow.id),
    ("which", "what"),
)
_SAID_TWICE = exists().where(
    CaseMoveRow.case_id == CaseRow.id,
    CaseMoveRow.move == CaseMove.CONFIRM,
    CaseMoveRow.old_state == CaseState.CLOSED,
    CaseMoveRow.at >= CaseRow.closed_at,
)
_ASKED = exists().where(
    TimerRow.kind == TimerKind.CASE_ASK_AGAIN,
    TimerRow.ref == CaseRow.id,
    or_(TimerRow.done_at.is_(None), TimerRow.done_at > CaseRow.closed_at),  # what was promised before was cancelled by closing it
)
_CLOSED_WITHOUT_QUESTION = Prepared(
    select(CaseRow.id)
    .where(
        CaseRow.state == CaseState.CLOSED, CaseRow.closed_at >= bindparam("since"), CaseRow.merged_into_id.is_(None), ~_ASKED, ~_SAID_TWICE
    )
    .order_by(CaseRow.id),
    ("since",),
)
_LATE = {
    urgent: Prepared(
        select(NoticeRow.id, NoticeRow.channel, NoticeRow.priority).where(
            NoticeRow.channel == bindparam("on"),
            or_(*(NoticeRow.state == state for state in UNFINISHED)),  # said for the index: all that was ever sent is in it
            (NoticeRow.priority == Priority.ALERT) if urgent else (NoticeRow.priority != Priority.ALERT),
            or_(
                and_(NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at < bindparam("before")),
                and_(NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until < bindparam("before")),
            ),
        ),
        ("on", "before"),
    )
    for urgent in (True, False)
}
_OVERDUE = Prepared(
    select(TimerRow.id).where(TimerRow.done_at.is_(None), TimerRow.due_at < bindparam("before")).order_by(TimerRow.id), ("before",)
)
_FAILING = Prepared(
    select(TimerRow.id).where(TimerRow.done_at.is_(None), TimerRow.attempts >= bindparam("often")).order_by(TimerRow.id), ("often",)
)
_FAILED_SLOTS = Prepared(
    select(SlotRow.id)
    .where(SlotRow.outcome == SlotOutcome.FAILED, SlotRow.slot_at >= bindparam("since"))
    .where(or_(SlotRow.attempts >= bindparam("often"), SlotRow.run_at < bindparam("forgotten")))
    .order_by(SlotRow.id),
    ("often", "since", "forgotten"),
)
"""Asked every five minutes of all that is kept: compiled once."""


class Late(NamedTuple):
    """A notice that should have been sent long ago."""

    number: int
    channel: str
    priority: int


class Climbed(NamedTuple):
    """How many steps a case has climbed in its present round, and when it did so last."""

    steps: int
    last_at: datetime | None


def take_turn(session: Session, now: datetime) -> dict[str, datetime]:
    """Keep other processes from auditing until the end of this transaction; what was told of earlier findings, and when.

    The moment is written each time: an audit that only reads would call a database sound that takes nothing more.
    """
    state.put_first(session, _KEY, _NOTHING)
    state.put(session, _AT, now.isoformat())
    return _MOMENTS.validate_json(state.get(session, _KEY, lock=True) or _NOTHING)


def told(session: Session) -> dict[str, datetime]:
    """What was told of what the audits found and what still stood at the last one, and when."""
    return _MOMENTS.validate_json(state.get(session, _KEY) or _NOTHING)


def note_told(session: Session, told: Mapping[str, datetime]) -> None:
    """Note what has been told by now."""
    state.put(session, _KEY, _MOMENTS.dump_json(dict(told)).decode())


def without_timer(session: Session, state: CaseState, kind: TimerKind) -> list[int]:
    """The cases in a state for which no timer of a kind waits."""
    return [number for (number,) in together.select(session, _WITHOUT_TIMER, which=state, what=kind)]


def timers_of(session: Session, state: CaseState, kind: TimerKind) -> list[tuple[int, datetime]]:
    """The cases in a state for which a timer of a kind waits, and when it is due."""
    return [(number, due_at) for number, due_at in together.select(session, _TIMERS_OF, which=state, what=kind)]


def closed_without_question(session: Session, since: datetime) -> list[int]:
    """The cases closed from `since` on whose reporter neither was asked once more, nor will be, nor has said twice that it is over."""
    return [number for (number,) in together.select(session, _CLOSED_WITHOUT_QUESTION, since=since)]


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
    found: list[Late] = []
    for channel in channels_named(session):
        for urgent, before in ((True, alerts), (False, others)):
            found += [Late(*row) for row in together.select(session, _LATE[urgent], on=channel, before=before)]
    return sorted(found)


def overdue_timers(session: Session, before: datetime) -> list[int]:
    """The timers that were due before a moment and are not done."""
    return [number for (number,) in together.select(session, _OVERDUE, before=before)]


def failing_timers(session: Session, attempts: int) -> list[int]:
    """The timers that have failed so often and are not done."""
    return [number for (number,) in together.select(session, _FAILING, often=attempts)]


def failed_slots(session: Session, attempts: int, since: datetime, forgotten: datetime) -> list[int]:
    """The runs since a moment that have failed so often that they are not tried any more, or that nobody has tried since `forgotten`."""
    return [number for (number,) in together.select(session, _FAILED_SLOTS, often=attempts, since=since, forgotten=forgotten)]
