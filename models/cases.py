"""The SQL of cases and their moves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.case_states import CaseMove, CaseState
from models.tables.cases import CaseMoveRow, CaseRow


def add(session: Session, case: CaseRow) -> CaseRow:
    """Write a new case; its number is known afterwards."""
    session.add(case)
    session.flush()
    return case


def by_number(session: Session, number: int) -> CaseRow | None:
    """The case people call by that number, locked for this transaction."""
    return session.scalar(select(CaseRow).where(CaseRow.id == number).with_for_update())


def switch(session: Session, case: CaseRow, old: CaseState, new: CaseState, now: datetime) -> bool:
    """Compare and swap the state; False where somebody was faster."""
    changed = session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id, CaseRow.state == old)
        .values(state=new, changed_at=now)
        .returning(CaseRow.id)
        .execution_options(synchronize_session=False)
    )
    if changed.first() is None:
        return False
    session.refresh(case)
    return True


def note_move(
    session: Session, case: CaseRow, move: CaseMove, states: tuple[CaseState, CaseState], actor_id: int | None, at: datetime, note: str
) -> None:
    """Add a line to the history of a case."""
    session.add(CaseMoveRow(case_id=case.id, at=at, actor_id=actor_id, move=move, old_state=states[0], new_state=states[1], note=note))


def history(session: Session, case_id: int) -> list[CaseMoveRow]:
    """Every move of a case, in order."""
    return list(session.scalars(select(CaseMoveRow).where(CaseMoveRow.case_id == case_id).order_by(CaseMoveRow.id)))


def unfinished(session: Session, member_ids: Collection[int] | None = None) -> list[CaseRow]:
    """The cases that are not closed, about these members or about anybody, by number."""
    query = select(CaseRow).where(CaseRow.state != CaseState.CLOSED).order_by(CaseRow.id)
    if member_ids is not None:
        query = query.where(CaseRow.member_id.in_(member_ids))
    return list(session.scalars(query))


def of_message(session: Session, message_id: int) -> list[CaseRow]:
    """The cases that a message opened."""
    return list(session.scalars(select(CaseRow).where(CaseRow.message_id == message_id).order_by(CaseRow.id)))


def of_member(session: Session, member_id: int) -> list[CaseRow]:
    """The unfinished cases about a member or raised by them."""
    query = (
        select(CaseRow)
        .where((CaseRow.member_id == member_id) | (CaseRow.reporter_id == member_id), CaseRow.state != CaseState.CLOSED)
        .order_by(CaseRow.id)
    )
    return list(session.scalars(query))


def unfinished_about(session: Session, kind: str, member_id: int, relation: str) -> list[CaseRow]:
    """The unfinished cases of a kind about a person, as `relation` of a member or the member (""), the newest first."""
    query = (
        select(CaseRow)
        .where(CaseRow.kind == kind, CaseRow.member_id == member_id, CaseRow.relation == relation, CaseRow.state != CaseState.CLOSED)
        .order_by(CaseRow.id.desc())
    )
    return list(session.scalars(query))


def alive_since(session: Session, kind: str, member_ids: Collection[int], since: datetime) -> list[CaseRow]:
    """The cases of a kind about these members that are unfinished or were closed from `since` on."""
    alive = or_(CaseRow.closed_at.is_(None), CaseRow.closed_at >= since)
    return list(session.scalars(select(CaseRow).where(CaseRow.kind == kind, CaseRow.member_id.in_(member_ids), alive).order_by(CaseRow.id)))
