"""The SQL of cases and their moves."""

from collections.abc import Collection
from datetime import datetime
from itertools import product
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select, type_coerce, update
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.attributes import set_committed_value

from models import together
from models.ahead import Ahead
from models.case_states import CaseMove, CaseState
from models.prepared import Prepared, among
from models.tables.base import SealedOrLost
from models.tables.cases import CaseMoveRow, CaseRow
from models.tables.queue import MessageRow
from models.tables.unit import MemberRow

HEALTH = "health"
"""The kind of a case that somebody is ill."""
_UNFINISHED: Ahead[tuple[str, int], CaseRow] = Ahead("cases")
_ABOUT = Prepared(
    select(CaseRow.__table__).where(among(CaseRow.member_id, "members"), CaseRow.state != CaseState.CLOSED).order_by(CaseRow.id),
    ("members",),
)
_ABOUT_OF_KINDS = Prepared(
    select(CaseRow.__table__)
    .where(among(CaseRow.member_id, "members"), among(CaseRow.kind, "kinds"), CaseRow.state != CaseState.CLOSED)
    .order_by(CaseRow.id),
    ("members", "kinds"),
)
_BY_NUMBER = Prepared(select(CaseRow.__table__).where(CaseRow.id == bindparam("number")).with_for_update(), ("number",))
_SEEN: Ahead[int, CaseRow] = Ahead("cases_seen")
_OF_NUMBERS = Prepared(
    select(*(type_coerce(column, SealedOrLost) if column.key == "text" else column for column in CaseRow.__table__.columns)).where(
        among(CaseRow.id, "numbers")
    ),
    ("numbers",),
)
_ALIVE = Prepared(
    select(CaseRow.__table__)
    .where(among(CaseRow.member_id, "members"), CaseRow.kind == bindparam("what"))
    .where(or_(CaseRow.closed_at.is_(None), CaseRow.closed_at >= bindparam("since")))
    .order_by(CaseRow.id),
    ("members", "what", "since"),
)
_CONFIDED = Prepared(
    select(CaseRow.id)
    .join(MessageRow, MessageRow.id == CaseRow.message_id)
    .where(MessageRow.member_id == bindparam("member"), CaseRow.state != CaseState.CLOSED, CaseRow.confidential)
    .limit(1),
    ("member",),
)
_CONFIDED_FOR = Prepared(
    select(CaseRow.id)
    .where(CaseRow.member_id == bindparam("member"), CaseRow.member_knows, CaseRow.state != CaseState.CLOSED, CaseRow.confidential)
    .limit(1),
    ("member",),
)
_SWITCH = Prepared(
    update(CaseRow.__table__)
    .where(CaseRow.id == bindparam("number"), CaseRow.state == bindparam("old"))
    .values(state=bindparam("new"), changed_at=bindparam("moment"))
    .returning(CaseRow.id),
    ("number", "old", "new", "moment"),
)


class Placed(NamedTuple):
    """Whose case it is, and where they were when it was told, as its columns say."""

    number: int
    member_id: int
    confidential: bool
    branch_id: str | None
    group_id: str | None
    gone_to: str | None


def add(session: Session, case: CaseRow) -> CaseRow:
    """Write a new case; its number is known afterwards."""
    together.insert_now(session, case)
    _UNFINISHED.add(session, (case.kind, case.member_id), case)
    return case


def look_ahead(session: Session, kinds: Collection[str], members: Collection[int]) -> list[CaseRow]:
    """Know which cases of some kinds about some people are not closed; these."""
    found = together.find(session, _ABOUT_OF_KINDS, CaseRow, members=list(members), kinds=list(kinds))
    _UNFINISHED.learn(session, product(kinds, members), (((row.kind, row.member_id), row) for row in found))
    return found


def by_number(session: Session, number: int) -> CaseRow | None:
    """The case people call by that number, locked for this transaction."""
    _UNFINISHED.forget(session)
    _SEEN.forget(session)
    return next((together.keep(session, row) for row in together.find(session, _BY_NUMBER, CaseRow, number=number)), None)


def seen(session: Session, number: int) -> CaseRow | None:
    """The case of that number, to be looked at only: nobody waits for it, and it is found also where its text is damaged (`LOST`)."""
    known = _SEEN.of(session, number)
    if known is None:
        known = together.find(session, _OF_NUMBERS, CaseRow, numbers=[number])
    return next(iter(together.own(session, known)), None)


def see_ahead(session: Session, numbers: Collection[int]) -> None:
    """Know the cases of some numbers, as `seen` gives them, until one is locked to be changed."""
    found = together.find(session, _OF_NUMBERS, CaseRow, numbers=list(numbers))
    _SEEN.learn(session, numbers, ((row.id, row) for row in found))


def called(session: Session, number: int) -> CaseRow | None:
    """The case that people mean by a number, locked for this transaction: where it became part of another one, that one."""
    case = by_number(session, number)
    while case is not None and case.merged_into_id is not None:
        case = by_number(session, case.merged_into_id)
    return case


def merged_into(session: Session, number: int) -> list[CaseRow]:
    """The cases that became part of one, directly or with another."""
    found: list[CaseRow] = []
    level = [number]
    while level:
        rows = list(session.scalars(select(CaseRow).where(CaseRow.merged_into_id.in_(level)).order_by(CaseRow.id)))
        found += rows
        level = [row.id for row in rows]
    return found


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


def times_asked_again(session: Session, case_id: int) -> int:
    """How often the clock has asked about a case since somebody said last that it is over."""
    proposed = select(func.max(CaseMoveRow.id)).where(CaseMoveRow.case_id == case_id, CaseMoveRow.move == CaseMove.PROPOSE)
    query = select(func.count()).where(CaseMoveRow.case_id == case_id, CaseMoveRow.move == CaseMove.ASK_AGAIN)
    return session.scalar(query.where(CaseMoveRow.id > proposed.scalar_subquery())) or 0


def wait_for_others(session: Session, member_id: int) -> None:
    """Whoever would open a case about the same member at this moment waits until this transaction is over, or is waited for."""
    session.execute(select(MemberRow.id).where(MemberRow.id == member_id).with_for_update())


def name_of_member(session: Session, member_id: int) -> str | None:
    """The name of a member, also of one who has left the unit."""
    return session.scalar(select(MemberRow.name).where(MemberRow.id == member_id))


def unfinished(session: Session) -> list[CaseRow]:
    """The cases that are not closed, by number."""
    return list(session.scalars(select(CaseRow).where(CaseRow.state != CaseState.CLOSED).order_by(CaseRow.id)))


def in_hands(session: Session) -> list[CaseRow]:
    """The cases that somebody has acknowledged, by number, without their words; to be looked at only."""
    query = select(CaseRow).where(CaseRow.state == CaseState.ACKNOWLEDGED).order_by(CaseRow.id)
    return list(session.scalars(query.options(defer(CaseRow.text, raiseload=True))))


def places(session: Session) -> list[Placed]:
    """Where the members of the cases that are not closed were when these were told, by number."""
    columns = (CaseRow.id, CaseRow.member_id, CaseRow.confidential, CaseRow.branch_id, CaseRow.group_id, CaseRow.gone_to)
    unfinished = [state for state in CaseState if state is not CaseState.CLOSED]  # named, so that the index of the states serves
    return [Placed(*row) for row in session.execute(select(*columns).where(CaseRow.state.in_(unfinished)).order_by(CaseRow.id))]


def unfinished_of(session: Session, member_ids: Collection[int]) -> list[CaseRow]:
    """The cases about these members that are not closed, by number; to be looked at only."""
    return together.own(session, together.find(session, _ABOUT, CaseRow, members=list(member_ids)))


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


def told_by(session: Session, member_id: int) -> list[CaseRow]:
    """The unfinished cases that a member's messages told of, or that were told for them and they know of, by number."""
    query = select(CaseRow).join(MessageRow, MessageRow.id == CaseRow.message_id)
    theirs = or_(MessageRow.member_id == member_id, and_(CaseRow.member_id == member_id, CaseRow.member_knows))
    query = query.where(theirs, CaseRow.state != CaseState.CLOSED)
    return list(session.scalars(query.order_by(CaseRow.id)))


def confided_by(session: Session, member_id: int) -> list[CaseRow]:
    """Those of them that were told for the secretary alone."""
    return [case for case in told_by(session, member_id) if case.confidential]


def has_confided(session: Session, member_id: int) -> bool:
    """Whether there are any cases that a member told, or knows were told for them, for the secretary alone and that are not closed."""
    session.flush()  # a prepared look does not see what the unit of work has not written
    return any(together.select(session, confided, member=member_id) for confided in (_CONFIDED, _CONFIDED_FOR))


def closed_since(session: Session, member_id: int, since: datetime) -> list[CaseRow]:
    """The cases about a member or raised by them that were closed since a moment, and are no part of another; the last one first."""
    query = (
        select(CaseRow)
        .where((CaseRow.member_id == member_id) | (CaseRow.reporter_id == member_id), CaseRow.state == CaseState.CLOSED)
        .where(CaseRow.closed_at >= since, CaseRow.merged_into_id.is_(None))
        .order_by(CaseRow.closed_at.desc(), CaseRow.id.desc())
    )
    return list(session.scalars(query))


def unfinished_about(session: Session, kind: str, member_id: int, relation: str) -> list[CaseRow]:
    """The unfinished cases of a kind about a person, as `relation` of a member or the member (""), the newest first.

    Whoever changes one says so first (`keep`).
    """
    known = _UNFINISHED.of(session, (kind, member_id))
    if known is None:
        known = together.find(session, _ABOUT_OF_KINDS, CaseRow, members=[member_id], kinds=[kind])
    return [case for case in reversed(known) if case.relation == relation and case.state != CaseState.CLOSED]


def about_any(session: Session, kind: str, member_ids: Collection[int]) -> set[int]:
    """About which of these members a case of a kind is not closed."""
    known = _UNFINISHED.of_all(session, [(kind, member) for member in member_ids])
    if known is None:
        known = together.find(session, _ABOUT_OF_KINDS, CaseRow, members=list(member_ids), kinds=[kind])
    return {case.member_id for case in known if case.state != CaseState.CLOSED}


def alive_since(session: Session, kind: str, member_ids: Collection[int], since: datetime) -> list[CaseRow]:
    """The cases of a kind about these members that are unfinished or were closed from `since` on; to be looked at only."""
    return together.own(session, together.find(session, _ALIVE, CaseRow, members=list(member_ids), what=kind, since=since))
