"""The SQL of cases and their moves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models import together
from models.ahead import Ahead
from models.case_states import CaseMove, CaseState
from models.prepared import Prepared, among
from models.tables.cases import CaseMoveRow, CaseRow

_UNFINISHED: Ahead[tuple[str, int], CaseRow] = Ahead("cases")
_ABOUT = Prepared(
    select(CaseRow.__table__)
    .where(among(CaseRow.member_id, "members"), CaseRow.kind == bindparam("kind"), CaseRow.state != CaseState.CLOSED)
    .order_by(CaseRow.id),
    ("members", "kind"),
)
_SWITCH = Prepared(
    update(CaseRow.__table__)
    .where(CaseRow.id == bindparam("number"), CaseRow.state == bindparam("old"))
    .values(state=bindparam("new"), changed_at=bindparam("moment"))
    .returning(CaseRow.id),
    ("number", "old", "new", "moment"),
)


def add(session: Session, case: CaseRow) -> CaseRow:
    """Write a new case; its number is known afterwards."""
    together.insert_now(session, case)
    _UNFINISHED.add(session, (case.kind, case.member_id), case)
    return case


def look_ahead(session: Session, kind: str, members: Collection[int]) -> list[CaseRow]:
    """Know which cases of a kind about some people are not closed; these."""
    found = together.find(session, _ABOUT, CaseRow, members=list(members), kind=kind)
    _UNFINISHED.learn(session, [(kind, member) for member in members], (((kind, row.member_id), row) for row in found))
    return found


def by_number(session: Session, number: int) -> CaseRow | None:
    """The case people call by that number, locked for this transaction."""
    _UNFINISHED.forget(session)
    return session.scalar(select(CaseRow).where(CaseRow.id == number).with_for_update())


def keep(session: Session, case: CaseRow) -> CaseRow:
    """A case that may be changed. Where the session had it already, what is known ahead is another copy of it."""
    kept = together.keep(session, case)
    if kept is not case:
        _UNFINISHED.forget(session)
    return kept


def switch(session: Session, case: CaseRow, old: CaseState, new: CaseState, now: datetime) -> bool:
    """Compare and swap the state; False where somebody was faster."""
    if _SWITCH.run(session, [{"number": case.id, "old": old, "new": new, "moment": now}]) == [None]:
        return False
    set_committed_value(case, "state", new)
    set_committed_value(case, "changed_at", now)
    if old == CaseState.CLOSED:
        _UNFINISHED.forget(session)
    return True


def note_move(
    session: Session, case: CaseRow, move: CaseMove, states: tuple[CaseState, CaseState], actor_id: int | None, at: datetime, note: str
) -> None:
    """Add a line to the history of a case."""
    row = CaseMoveRow(case_id=case.id, at=at, actor_id=actor_id, move=move, old_state=states[0], new_state=states[1], note=note)
    together.add(session, row)


def history(session: Session, case_id: int) -> list[CaseMoveRow]:
    """Every move of a case, in order."""
    return list(session.scalars(select(CaseMoveRow).where(CaseMoveRow.case_id == case_id).order_by(CaseMoveRow.id)))


def last_actor(session: Session, case_id: int, move: CaseMove) -> int | None:
    """Who made that move last; None where nobody did, or the clock."""
    query = select(CaseMoveRow.actor_id).where(CaseMoveRow.case_id == case_id, CaseMoveRow.move == move)
    return session.scalar(query.order_by(CaseMoveRow.id.desc()).limit(1))


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
    """The unfinished cases of a kind about a person, as `relation` of a member or the member (""), the newest first.

    Whoever changes one says so first (`keep`).
    """
    known = _UNFINISHED.of(session, (kind, member_id))
    if known is None:
        known = together.find(session, _ABOUT, CaseRow, members=[member_id], kind=kind)
    return [case for case in reversed(known) if case.relation == relation and case.state != CaseState.CLOSED]


def alive_since(session: Session, kind: str, member_ids: Collection[int], since: datetime) -> list[CaseRow]:
    """The cases of a kind about these members that are unfinished or were closed from `since` on."""
    alive = or_(CaseRow.closed_at.is_(None), CaseRow.closed_at >= since)
    return list(session.scalars(select(CaseRow).where(CaseRow.kind == kind, CaseRow.member_id.in_(member_ids), alive).order_by(CaseRow.id)))
