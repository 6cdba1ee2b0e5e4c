"""What is promised for later: timers for one thing, slots of the daily schedule, and how far the clock came."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from models import state, together
from models.once import insert_once
from models.prepared import Prepared
from models.tables.queue import SlotRow, TimerRow

DIRECTORY_CHANGED = "directory.changed"
"""Where it is noted when members, accounts, rooms or stand-ins were last changed, for every process that has a snapshot of them."""
DONE_UNTIL = "schedule.done_until"
"""Where the moment is noted up to which the schedule was done."""
_HOURS = "schedule.hours"
TOLD_AFTER = 3
"""After how many failures of one slot or timer the duty officers hear of it. A slot is given up then; a timer is tried on."""


class TimerKind(StrEnum):
    """What a timer does; `ref` is the number of a case, a message or a member."""

    CASE_CLIMB = "case_climb"
    CASE_LAPSE = "case_lapse"
    CASE_ASK_AGAIN = "case_ask_again"
    MESSAGE_RETRY = "message_retry"
    HEALTH_LOST = "health_lost"


class SlotOutcome(StrEnum):
    """What became of a scheduled run."""

    DONE = "done"
    STALE = "stale"
    """Found after its window: dropped."""
    MOVED = "moved"
    """It was done at another hour of that day, before its hour was changed."""
    FAILED = "failed"
    """The job failed; it is tried again for a while."""


_PROMISED = Prepared(
    select(TimerRow.id)
    .where(TimerRow.kind == bindparam("what"), TimerRow.ref == bindparam("whose"), TimerRow.due_at == bindparam("due"))
    .limit(1),
    ("what", "whose", "due"),
)
_DUE = Prepared(
    select(TimerRow.id, TimerRow.due_at)
    .where(TimerRow.done_at.is_(None), TimerRow.due_at <= bindparam("moment"))
    .order_by(TimerRow.due_at, TimerRow.id)
    .limit(bindparam("most", type_=Integer)),
    ("moment", "most"),
)
_TAKE = Prepared(
    select(TimerRow.__table__).where(TimerRow.id == bindparam("number"), TimerRow.done_at.is_(None)).with_for_update(skip_locked=True),
    ("number",),
)
_NEXT = Prepared(select(func.min(TimerRow.due_at)).where(TimerRow.done_at.is_(None)), ())
_CANCEL = Prepared(
    update(TimerRow.__table__)
    .where(TimerRow.kind == bindparam("what"), TimerRow.ref == bindparam("whose"), TimerRow.done_at.is_(None))
    .values(done_at=bindparam("moment"), outcome="cancelled"),
    ("what", "whose", "moment"),
)


def set_timer(session: Session, kind: TimerKind, ref: int, due_at: datetime, step: int = 0) -> None:
    """Promise something for later."""
    together.add(session, TimerRow(kind=kind, ref=ref, step=step, due_at=due_at))


def promise_once(session: Session, kind: TimerKind, ref: int, due_at: datetime) -> None:
    """Promise something of which it makes no difference how often it is promised for that moment: also one that was kept is not anew."""
    if not together.select(session, _PROMISED, what=kind, whose=ref, due=due_at):
        set_timer(session, kind, ref, due_at)


def due_timers(session: Session, now: datetime, limit: int) -> list[tuple[int, datetime]]:
    """The timers that are due, in order: their numbers, and since when. Whoever runs one takes it first (`take_timer`)."""
    return [(number, due_at) for number, due_at in together.select(session, _DUE, moment=now, most=limit)]


def take_timer(session: Session, timer_id: int) -> TimerRow | None:
    """The timer, locked, unless it is done meanwhile."""
    return next((together.keep(session, row) for row in together.find(session, _TAKE, TimerRow, number=timer_id)), None)


def cancel_timers(session: Session, kind: TimerKind, ref: int, now: datetime) -> None:
    """Take back what was promised for `ref`."""
    together.run(session, _CANCEL, [{"what": kind, "whose": ref, "moment": now}])


def hurry(session: Session, kind: TimerKind, ref: int, due_at: datetime) -> None:
    """Bring forward what was promised for `ref`; what is due earlier stays as it is."""
    session.execute(
        update(TimerRow)
        .where(TimerRow.kind == kind, TimerRow.ref == ref, TimerRow.done_at.is_(None), TimerRow.due_at > due_at)
        .values(due_at=due_at)
    )


def waiting_timers(session: Session, limit: int) -> list[TimerRow]:
    """The timers still to come, the next first."""
    query = select(TimerRow).where(TimerRow.done_at.is_(None)).order_by(TimerRow.due_at, TimerRow.id).limit(limit)
    return list(session.scalars(query))


def next_timer(session: Session) -> datetime | None:
    """When the next timer is due."""
    ((due_at,),) = together.select(session, _NEXT)
    found: datetime | None = due_at
    return found


def claim_slot(session: Session, job: str, scope: str, slot_at: datetime, now: datetime, outcome: SlotOutcome) -> bool:
    """Take a scheduled run; False where some process took it before."""
    return insert_once(session, SlotRow, job=job, scope=scope, slot_at=slot_at, run_at=now, outcome=outcome, attempts=1)


def fail_slot(session: Session, job: str, scope: str, slot_at: datetime, now: datetime) -> int:
    """Note that a run failed (after its own transaction was rolled back); how often it was tried by now."""
    if claim_slot(session, job, scope, slot_at, now, SlotOutcome.FAILED):
        return 1
    row = session.scalars(select(SlotRow).where(SlotRow.job == job, SlotRow.scope == scope, SlotRow.slot_at == slot_at)).one()
    row.attempts += 1
    row.run_at = now
    return row.attempts


def failed_slots(session: Session, attempts: int) -> list[SlotRow]:
    """The failed runs that were tried less than `attempts` times, the oldest first."""
    query = select(SlotRow).where(SlotRow.outcome == SlotOutcome.FAILED, SlotRow.attempts < attempts).order_by(SlotRow.slot_at, SlotRow.id)
    return list(session.scalars(query))


def mend_slot(session: Session, job: str, scope: str, slot_at: datetime, now: datetime, outcome: SlotOutcome) -> bool:
    """Take over a failed run that is tried again; False where another process did."""
    taken = session.execute(
        update(SlotRow)
        .where(SlotRow.job == job, SlotRow.scope == scope, SlotRow.slot_at == slot_at, SlotRow.outcome == SlotOutcome.FAILED)
        .values(outcome=outcome, run_at=now)
        .returning(SlotRow.id)
    )
    return taken.first() is not None


def slots_taken(session: Session, job: str, slot_at: datetime, scopes: Collection[str]) -> set[str]:
    """For which of some scopes a scheduled run was taken, whatever became of it."""
    query = select(SlotRow.scope).where(SlotRow.job == job, SlotRow.scope.in_(scopes), SlotRow.slot_at == slot_at)
    return set(session.scalars(query))


def ran_between(session: Session, job: str, scope: str, since: datetime, until: datetime) -> bool:
    """Whether a scheduled run of some other hour was done from `since` on and before `until`, or is being tried again."""
    query = select(SlotRow.id).where(SlotRow.job == job, SlotRow.scope == scope, SlotRow.slot_at >= since, SlotRow.slot_at < until)
    taken = or_(SlotRow.outcome == SlotOutcome.DONE, (SlotRow.outcome == SlotOutcome.FAILED) & (SlotRow.attempts < TOLD_AFTER))
    return session.execute(query.where(taken).limit(1)).first() is not None


def note_hours(session: Session, hours: Mapping[str, str]) -> set[str]:
    """Note at which hours jobs run; which of them ran at another one until now."""
    known: dict[str, str] = json.loads(state.get(session, _HOURS) or "{}")
    if known != hours:
        state.put(session, _HOURS, json.dumps(dict(hours)))
    return {job for job, hour in hours.items() if known.get(job, hour) != hour}


def get_moment(session: Session, key: str) -> datetime | None:
    """A moment that the bot noted under `key`."""
    value = state.get(session, key)
    return None if value is None else datetime.fromisoformat(value)


def set_moment(session: Session, key: str, moment: datetime) -> None:
    """Note a moment under `key`."""
    state.put(session, key, moment.isoformat())
