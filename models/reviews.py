"""The review list of a group: the SQL that opens, closes and finds its items."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from models import together
from models.ahead import Ahead
from models.prepared import Prepared, among
from models.tables.queue import MessageRow
from models.tables.reviews import ReviewRow
from models.tables.unit import GroupRow


class Outcome(StrEnum):
    """How an item was closed."""

    CORRECTED = "corrected"
    """Somebody who answers for the group said what was meant."""
    NOTHING = "nothing"
    """Nothing was reported."""
    REPORTED = "reported"
    """The member reported for that day after all, or answered the question."""
    TAKEN_BACK = "taken_back"
    """The message was taken back."""


_OPEN: Ahead[int, ReviewRow] = Ahead("reviews")
_ABOUT = Prepared(
    select(ReviewRow.__table__).where(among(ReviewRow.member_id, "members"), ReviewRow.closed_at.is_(None)).order_by(ReviewRow.id),
    ("members",),
)
_OF_GROUPS = Prepared(
    select(ReviewRow.__table__)
    .where(among(ReviewRow.group_id, "groups"), ReviewRow.closed_at.is_(None), ReviewRow.opened_at >= bindparam("since"))
    .order_by(ReviewRow.id),
    ("groups", "since"),
)
_CLOSE = Prepared(
    update(ReviewRow.__table__)
    .where(or_(ReviewRow.id == bindparam("number"), ReviewRow.question_id == bindparam("asked")), ReviewRow.closed_at.is_(None))
    .values(closed_at=bindparam("moment"), closed_by=bindparam("actor"), closing_id=bindparam("message"), outcome=bindparam("became")),
    ("number", "asked", "moment", "actor", "message", "became"),
)


def look_ahead(session: Session, members: Collection[int]) -> None:
    """Know which items about some people are open."""
    found = together.find(session, _ABOUT, ReviewRow, members=list(members))
    _OPEN.learn(session, members, ((row.member_id or 0, row) for row in found))


def add(session: Session, item: ReviewRow) -> ReviewRow:
    """Open an item; its number is known afterwards."""
    together.insert_now(session, item)
    _OPEN.add(session, item.member_id, item)
    return item


def words_of_day(session: Session, group_id: str, day: date) -> set[str]:
    """The words of all items of a group's day but those that were taken back. Two messages with the same words wait for each other."""
    session.execute(select(GroupRow.id).where(GroupRow.id == group_id).with_for_update())
    query = (
        select(MessageRow.text, ReviewRow.start, ReviewRow.stop)
        .join(MessageRow, MessageRow.id == ReviewRow.message_id)
        .where(ReviewRow.group_id == group_id, ReviewRow.day == day)
        .where(ReviewRow.outcome.is_distinct_from(Outcome.TAKEN_BACK))
    )
    return {text[start:stop] for text, start, stop in session.execute(query)}


def by_number(session: Session, number: int) -> ReviewRow | None:
    """The item people call by that number, locked for this transaction."""
    return session.scalar(select(ReviewRow).where(ReviewRow.id == number).with_for_update())


def open_items(session: Session, group_ids: Collection[str], since: datetime) -> list[ReviewRow]:
    """The open items of some groups that were opened since then, by number; to be looked at only."""
    return together.own(session, together.find(session, _OF_GROUPS, ReviewRow, groups=list(group_ids), since=since))


def of_member(session: Session, member_id: int, since: datetime) -> list[ReviewRow]:
    """The open items about a member that were opened since then, by number."""
    query = (
        select(ReviewRow)
        .where(ReviewRow.member_id == member_id, ReviewRow.closed_at.is_(None), ReviewRow.opened_at >= since)
        .order_by(ReviewRow.id)
    )
    return list(session.scalars(query))


def of_message(session: Session, message_id: int) -> list[ReviewRow]:
    """The items that a message opened and that are open."""
    return list(session.scalars(select(ReviewRow).where(ReviewRow.message_id == message_id, ReviewRow.closed_at.is_(None))))


def close(session: Session, item: ReviewRow, outcome: Outcome, message: MessageRow, now: datetime) -> None:
    """Close an item; `message` is what closed it."""
    _close(session, {"number": item.id, "asked": None}, outcome, message, now)
    _OPEN.forget(session)


def close_about(session: Session, checkins: Collection[tuple[int, date]], message: MessageRow, now: datetime) -> None:
    """These members reported for these days after all. One look for all of a message."""
    people = {member for member, _ in checkins}
    found = _OPEN.of_all(session, people)
    if found is None:
        found = together.find(session, _ABOUT, ReviewRow, members=list(people))
    for item in found:
        if item.closed_at is None and (item.member_id, item.day) in checkins:
            _close(session, {"number": item.id, "asked": None}, Outcome.REPORTED, message, now)
            item.__dict__["closed_at"] = now


def close_asked(session: Session, question_id: int, message: MessageRow, now: datetime) -> None:
    """The question was answered after all."""
    _close(session, {"number": None, "asked": question_id}, Outcome.REPORTED, message, now)
    _OPEN.forget(session)


def take_back(session: Session, message_id: int, now: datetime) -> None:
    """A message was taken back: what it opened is closed, what it closed is open again, unless its own message was taken back too."""
    _OPEN.forget(session)
    session.execute(
        update(ReviewRow)
        .where(ReviewRow.message_id == message_id, ReviewRow.closed_at.is_(None))
        .values(closed_at=now, outcome=Outcome.TAKEN_BACK)
    )
    standing = exists().where(MessageRow.id == ReviewRow.message_id, MessageRow.retracted_at.is_(None))
    session.execute(
        update(ReviewRow)
        .where(ReviewRow.closing_id == message_id, standing)
        .values(closed_at=None, closed_by=None, closing_id=None, outcome=None)
    )


def _close(session: Session, which: dict[str, int | None], outcome: Outcome, message: MessageRow, now: datetime) -> None:
    values = {"moment": now, "actor": message.member_id, "message": message.id, "became": outcome}
    _CLOSE.run(session, [which | values])
    for item in together.had(session, ReviewRow):
        if item.closed_at is None and (item.id == which["number"] or (item.question_id or 0) == which["asked"]):
            session.expire(item)
