"""Check-ins: the SQL that writes, replaces and finds them. The rows that it finds are to be looked at only."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from models import together
from models.ahead import Ahead
from models.daily_health import Stands, Word, stands_after
from models.prepared import Prepared, among
from models.reading import Checkin
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow


class Source(StrEnum):
    """By whom a check-in was reported."""

    SELF = "self"
    PROXY = "proxy"
    CHAIN = "chain"
    LEADER = "leader"


_STANDING: Ahead[tuple[int, date], CheckinRow] = Ahead("checkins")
_CHAINED: Ahead[tuple[int, date], CheckinRow] = Ahead("chained")
_BEFORE: Ahead[int, tuple[date, list[CheckinRow]]] = Ahead("checkins_before")
_MEMBERS = among(CheckinRow.member_id, "members")
_OF_DAY = Prepared(
    select(CheckinRow.__table__)
    .where(_MEMBERS, CheckinRow.day == bindparam("day"), CheckinRow.ended_at.is_(None))
    .order_by(CheckinRow.member_id, CheckinRow.relation),
    ("members", "day"),
)
_CHAINS_OF_DAY = Prepared(
    select(CheckinRow.__table__)
    .join(MessageRow, MessageRow.id == CheckinRow.message_id)
    .where(_MEMBERS, CheckinRow.day == bindparam("day"), CheckinRow.source == Source.CHAIN, MessageRow.retracted_at.is_(None))
    .order_by(CheckinRow.id),
    ("members", "day"),
)
_OWN_OF_DAY = Prepared(
    select(CheckinRow.__table__)
    .join(MessageRow, MessageRow.id == CheckinRow.message_id)
    .where(_MEMBERS, CheckinRow.day == bindparam("day"), CheckinRow.reported_by == CheckinRow.member_id, CheckinRow.relation == "")
    .where(MessageRow.retracted_at.is_(None)),
    ("members", "day"),
)
_NEWER = aliased(CheckinRow)
_BEFORE_DAY = Prepared(
    select(CheckinRow.__table__).where(
        _MEMBERS,
        CheckinRow.ended_at.is_(None),
        CheckinRow.day
        == select(func.max(_NEWER.day))
        .where(_NEWER.member_id == CheckinRow.member_id, _NEWER.relation == CheckinRow.relation)
        .where(_NEWER.day < bindparam("day", type_=Date), _NEWER.ended_at.is_(None))
        .scalar_subquery(),
    ),
    ("members", "day"),
)
_END = Prepared(
    update(CheckinRow.__table__).where(CheckinRow.id == bindparam("number")).values(ended_at=bindparam("moment")), ("number", "moment")
)


def look_ahead(session: Session, members: Collection[int], day: date) -> None:
    """Know which check-ins stand for some people on a day."""
    found = together.find(session, _OF_DAY, CheckinRow, members=list(members), day=day)
    _STANDING.learn(session, [(member, day) for member in members], (((row.member_id, day), row) for row in found))


def forget(session: Session) -> None:
    """What is known ahead may have changed."""
    for known in (_STANDING, _CHAINED, _BEFORE):
        known.forget(session)


def current_checkin(session: Session, member_id: int, relation: str, day: date) -> CheckinRow | None:
    """The check-in that stands for a person and day."""
    key = (member_id, day)
    known = _STANDING.of(session, key)
    if known is None:
        known = _STANDING.know(session, key, together.find(session, _OF_DAY, CheckinRow, members=[member_id], day=day))
    return next((row for row in known if row.relation == relation and row.ended_at is None), None)


def look_back(session: Session, members: Collection[int], day: date) -> None:
    """Know the newest standing check-in of some people, and of each of their family, from before a day."""
    found: dict[int, list[CheckinRow]] = {member: [] for member in members}
    for row in together.find(session, _BEFORE_DAY, CheckinRow, members=list(members), day=day):
        found[row.member_id].append(row)
    _BEFORE.learn(session, members, ((member, (day, rows)) for member, rows in found.items()))


def checkin_before(session: Session, member_id: int, relation: str, day: date) -> CheckinRow | None:
    """The newest standing check-in of a person from before a day."""
    known = next((rows for since, rows in _BEFORE.of(session, member_id) or () if since == day), None)
    if known is None:
        known = together.find(session, _BEFORE_DAY, CheckinRow, members=[member_id], day=day)
    return next((row for row in known if row.relation == relation), None)


def chain_checkins(session: Session, member_id: int, relation: str, day: date) -> list[CheckinRow]:
    """What chains that were not taken back said of a person and day, the newest first, even where something else stands now."""
    key = (member_id, day)
    known = _CHAINED.of(session, key)
    if known is None:
        known = _CHAINED.know(session, key, together.find(session, _CHAINS_OF_DAY, CheckinRow, members=[member_id], day=day))
    return [row for row in reversed(known) if row.relation == relation]


def said_of_themselves(session: Session, member_id: int, day: date) -> list[CheckinRow]:
    """What somebody said of their own health on a day and did not take back, even where something else stands now."""
    return together.find(session, _OWN_OF_DAY, CheckinRow, members=[member_id], day=day)


def said_by_message(session: Session, member_ids: Collection[int], day: date) -> list[tuple[CheckinRow, MessageRow]]:
    """All that was said of the health of members and their families on a day and not taken back, in order, each with its message."""
    query = (
        select(CheckinRow, MessageRow)
        .join(MessageRow, MessageRow.id == CheckinRow.message_id)
        .where(CheckinRow.member_id.in_(member_ids), CheckinRow.day == day, MessageRow.retracted_at.is_(None))
        .order_by(CheckinRow.id)
    )
    return [(row, message) for row, message in session.execute(query)]


def said_at(session: Session, row: CheckinRow) -> datetime:
    """When the message that wrote a check-in was sent."""
    return session.get_one(MessageRow, row.message_id).sent_at


def replace_checkin(session: Session, new: CheckinRow) -> CheckinRow | None:
    """Write a check-in in place of the one that stood; what stood before, if anything."""
    key = (new.member_id, new.day)
    old = current_checkin(session, new.member_id, new.relation, new.day)
    if old is not None:
        # it ends before the new one stands: only one may be current
        new.replaces_id = together.number(session, old)
        _END.run(session, [{"number": new.replaces_id, "moment": new.recorded_at}])
        old.__dict__["ended_at"] = new.recorded_at
    together.add(session, new, numbered=True)
    _STANDING.add(session, key, new)
    if any(new.day < since for since, _ in _BEFORE.of(session, new.member_id) or ()):
        _BEFORE.forget(session, new.member_id)
    if new.source == Source.CHAIN:
        _CHAINED.add(session, key, new)
    return old


def end(session: Session, checkin: CheckinRow, now: datetime) -> None:
    """What stood was wrong, and nothing is known in its place."""
    _END.run(session, [{"number": checkin.id, "moment": now}])
    forget(session)


def without(session: Session, message_id: int) -> int:
    """What a message that was taken back said does not stand beside what was said later any more. How many check-ins stand changed."""
    changed = 0
    of_message = select(CheckinRow.member_id, CheckinRow.relation, CheckinRow.day).where(CheckinRow.message_id == message_id)
    for member_id, relation, day in session.execute(of_message).all():
        query = (
            select(CheckinRow)
            .join(MessageRow, MessageRow.id == CheckinRow.message_id)
            .where(CheckinRow.member_id == member_id, CheckinRow.day == day, CheckinRow.relation == relation)
            .where(MessageRow.retracted_at.is_(None))
            .order_by(CheckinRow.id)
        )
        rows = list(session.scalars(query))
        words = [(stands(row), None if row.said is None else itself(row)) for row in rows]
        for row, anew in zip(rows, stands_after(words), strict=True):
            changed += row.ended_at is None and stands(row) != anew
            row.temperature, row.symptoms, row.healthy = anew.temperature, list(anew.symptoms), anew.healthy
    session.flush()
    forget(session)
    return changed


def stands(row: CheckinRow) -> Stands:
    """What a check-in tells of its day: its own word with all that was said before and still holds."""
    return Stands(row.temperature, tuple(row.symptoms), row.healthy)


def itself(row: CheckinRow) -> Word:
    """What the message of a check-in said itself."""
    if row.said is not None:
        return Word.model_validate(row.said)
    return Word(temperature=row.temperature, symptoms=tuple(row.symptoms), healthy=row.healthy)


def says(row: CheckinRow, said: Checkin) -> bool:
    """Whether the message of a check-in itself said just what is said now."""
    word = itself(row)
    return (word.temperature, sorted(word.symptoms), word.healthy) == (said.temperature, sorted(said.symptoms), said.healthy)


def checkins_on(session: Session, day: date, member_ids: Collection[int]) -> list[CheckinRow]:
    """The check-ins that stand for a day: the members' own and their families'. They are to be looked at only."""
    return together.find(session, _OF_DAY, CheckinRow, members=list(member_ids), day=day)


def checkins_of(session: Session, member_id: int, since: date) -> list[CheckinRow]:
    """A member's standing check-ins since a day, newest first."""
    query = (
        select(CheckinRow)
        .where(CheckinRow.member_id == member_id, CheckinRow.day >= since, CheckinRow.ended_at.is_(None))
        .order_by(CheckinRow.day.desc(), CheckinRow.relation)
    )
    return list(session.scalars(query))
