"""Who stands in for whom, and when: the SQL of delegations."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models import together
from models.tables.unit import DelegationRow

_STANDS = DelegationRow.ended_at.is_(None)


def add(session: Session, row: DelegationRow) -> None:
    """Write a new one."""
    together.write(session)
    session.add(row)
    session.flush()


def on(session: Session, day: date) -> list[DelegationRow]:
    """Those of a day; of two of one member the newer one last."""
    query = select(DelegationRow).where(_STANDS, DelegationRow.first <= day, _lasts(day)).order_by(DelegationRow.id)
    return list(session.scalars(query))


def to_come(session: Session, member_id: int, day: date) -> list[DelegationRow]:
    """Those of a member that hold on a day or begin after it."""
    query = select(DelegationRow).where(_STANDS, DelegationRow.member_id == member_id, _lasts(day)).order_by(DelegationRow.first)
    return list(session.scalars(query))


def end(session: Session, member_id: int, day: date, now: datetime) -> None:
    """Nobody stands in for a member any more from `day` on."""
    ending = (DelegationRow.member_id == member_id, _STANDS, _lasts(day))
    session.execute(update(DelegationRow).where(*ending).values(ended_at=now))


def end_overlapping(session: Session, member_id: int, first: date, last: date | None, now: datetime) -> None:
    """A new one takes the place of those of the same member that share a day with it, and of no other."""
    shared = (DelegationRow.member_id == member_id, _STANDS, _lasts(first), DelegationRow.first <= (last or date.max))
    session.execute(update(DelegationRow).where(*shared).values(ended_at=now))


def given_to(session: Session, delegate_id: int, day: date) -> list[DelegationRow]:
    """Those in which somebody stands in for others, that hold on a day or begin after it."""
    query = select(DelegationRow).where(_STANDS, DelegationRow.delegate_id == delegate_id, _lasts(day)).order_by(DelegationRow.first)
    return list(session.scalars(query))


def of_message(session: Session, message_id: int) -> list[DelegationRow]:
    """What a message said of it and still stands."""
    return list(session.scalars(select(DelegationRow).where(DelegationRow.message_id == message_id, _STANDS)))


def _lasts(day: date) -> ColumnElement[bool]:
    return or_(DelegationRow.last.is_(None), DelegationRow.last >= day)
