"""Check-ins, reports, ideas, leaves and group reports: the SQL that writes, replaces, ends and finds them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupDayRow, GroupReportRow, IdeaRow, LeaveRow, ReportRow

Record = CheckinRow | ReportRow | IdeaRow | LeaveRow | GroupReportRow
RECORDS: tuple[type[CheckinRow], type[ReportRow], type[IdeaRow], type[LeaveRow], type[GroupReportRow]] = (
    CheckinRow,
    ReportRow,
    IdeaRow,
    LeaveRow,
    GroupReportRow,
)
Replacing = TypeVar("Replacing", ReportRow, LeaveRow, GroupReportRow)
"""Records that say only by the moment at which they were written which earlier ones they took the place of."""


class Source(StrEnum):
    """By whom a check-in was reported."""

    SELF = "self"
    PROXY = "proxy"
    CHAIN = "chain"
    LEADER = "leader"


def add(session: Session, record: Record) -> None:
    """Write a record."""
    session.add(record)
    session.flush()


def current_checkin(session: Session, member_id: int, relation: str, day: date) -> CheckinRow | None:
    """The check-in that stands for a person and day."""
    return session.scalar(
        select(CheckinRow).where(
            CheckinRow.member_id == member_id, CheckinRow.relation == relation, CheckinRow.day == day, CheckinRow.ended_at.is_(None)
        )
    )


def checkin_before(session: Session, member_id: int, relation: str, day: date) -> CheckinRow | None:
    """The newest standing check-in of a person from before a day."""
    query = (
        select(CheckinRow)
        .where(CheckinRow.member_id == member_id, CheckinRow.relation == relation, CheckinRow.day < day, CheckinRow.ended_at.is_(None))
        .order_by(CheckinRow.day.desc())
        .limit(1)
    )
    return session.scalar(query)


def chain_checkins(session: Session, member_id: int, relation: str, day: date) -> list[CheckinRow]:
    """What chains that were not taken back said of a person and day, the newest first, even where something else stands now."""
    query = (
        select(CheckinRow)
        .join(MessageRow, MessageRow.id == CheckinRow.message_id)
        .where(CheckinRow.member_id == member_id, CheckinRow.relation == relation, CheckinRow.day == day)
        .where(CheckinRow.source == Source.CHAIN, MessageRow.retracted_at.is_(None))
        .order_by(CheckinRow.id.desc())
    )
    return list(session.scalars(query))


def said_at(session: Session, row: CheckinRow) -> datetime:
    """When the message that wrote a check-in was sent."""
    return session.get_one(MessageRow, row.message_id).sent_at


def replace_checkin(session: Session, new: CheckinRow) -> CheckinRow | None:
    """Write a check-in in place of the one that stood; what stood before, if anything."""
    old = current_checkin(session, new.member_id, new.relation, new.day)
    if old is not None:
        old.ended_at = new.recorded_at
        new.replaces_id = old.id
        session.flush()  # the old row ends before the new one stands: only one may be current
    add(session, new)
    return old


def checkins_on(session: Session, day: date, member_ids: Collection[int]) -> list[CheckinRow]:
    """The check-ins that stand for a day: the members' own and their families'."""
    query = (
        select(CheckinRow)
        .where(CheckinRow.day == day, CheckinRow.member_id.in_(member_ids), CheckinRow.ended_at.is_(None))
        .order_by(CheckinRow.member_id, CheckinRow.relation)
    )
    return list(session.scalars(query))


def checkins_of(session: Session, member_id: int, since: date) -> list[CheckinRow]:
    """A member's standing check-ins since a day, newest first."""
    query = (
        select(CheckinRow)
        .where(CheckinRow.member_id == member_id, CheckinRow.day >= since, CheckinRow.ended_at.is_(None))
        .order_by(CheckinRow.day.desc(), CheckinRow.relation)
    )
    return list(session.scalars(query))


def reports_on(session: Session, day: date, member_ids: Collection[int]) -> list[ReportRow]:
    """The daily reports that stand for a day."""
    query = (
        select(ReportRow)
        .where(ReportRow.day == day, ReportRow.member_id.in_(member_ids), ReportRow.ended_at.is_(None))
        .order_by(ReportRow.id)
    )
    return list(session.scalars(query))


def reports_of(session: Session, member_id: int, since: date) -> list[ReportRow]:
    """A member's standing reports since a day, newest first."""
    query = (
        select(ReportRow)
        .where(ReportRow.member_id == member_id, ReportRow.day >= since, ReportRow.ended_at.is_(None))
        .order_by(ReportRow.id.desc())
    )
    return list(session.scalars(query))


def ideas_on(session: Session, day: date, member_ids: Collection[int]) -> list[IdeaRow]:
    """The ideas of a day."""
    query = select(IdeaRow).where(IdeaRow.day == day, IdeaRow.member_id.in_(member_ids), IdeaRow.ended_at.is_(None)).order_by(IdeaRow.id)
    return list(session.scalars(query))


def leaves_on(session: Session, day: date, member_ids: Collection[int]) -> list[LeaveRow]:
    """The leaves that cover a day; of several for one member the newest comes last."""
    query = (
        select(LeaveRow)
        .where(LeaveRow.member_id.in_(member_ids), LeaveRow.first <= day, or_(LeaveRow.last.is_(None), LeaveRow.last >= day))
        .where(LeaveRow.ended_at.is_(None))
        .order_by(LeaveRow.id)
    )
    return list(session.scalars(query))


def leaves_of(session: Session, member_id: int, since: date) -> list[LeaveRow]:
    """A member's standing leaves that are not over by `since`."""
    query = (
        select(LeaveRow)
        .where(LeaveRow.member_id == member_id, LeaveRow.ended_at.is_(None), or_(LeaveRow.last.is_(None), LeaveRow.last >= since))
        .order_by(LeaveRow.first)
    )
    return list(session.scalars(query))


def leave_was_said(session: Session, member_id: int, first: date, last: date | None) -> bool:
    """Whether a message that was not taken back said this very leave, even where it has ended since."""
    query = (
        select(LeaveRow.id)
        .join(MessageRow, MessageRow.id == LeaveRow.message_id)
        .where(LeaveRow.member_id == member_id, LeaveRow.first == first, MessageRow.retracted_at.is_(None))
        .where(LeaveRow.last.is_(None) if last is None else LeaveRow.last == last)
        .limit(1)
    )
    return session.scalar(query) is not None


def end_overlapping_leaves(session: Session, member_id: int, first: date, last: date | None, now: datetime) -> None:
    """A new leave takes the place of those of the same member that share a day with it."""
    query = (
        update(LeaveRow)
        .where(LeaveRow.member_id == member_id, LeaveRow.ended_at.is_(None))
        .where(or_(LeaveRow.last.is_(None), LeaveRow.last >= first))
    )
    if last is not None:
        query = query.where(LeaveRow.first <= last)
    session.execute(query.values(ended_at=now))


def replace_group_report(session: Session, new: GroupReportRow) -> None:
    """A group report takes the place of the group's earlier one of the day."""
    session.execute(
        update(GroupReportRow)
        .where(GroupReportRow.group_id == new.group_id, GroupReportRow.day == new.day, GroupReportRow.ended_at.is_(None))
        .values(ended_at=new.recorded_at)
    )
    add(session, new)


def end_reports(session: Session, message_id: int, now: datetime) -> None:
    """End the daily report that one message wrote (a correction takes its place)."""
    session.execute(update(ReportRow).where(ReportRow.message_id == message_id, ReportRow.ended_at.is_(None)).values(ended_at=now))


def undo(session: Session, message_id: int, now: datetime) -> int:
    """End everything that a message wrote; what it had replaced stands again. How many records were ended."""
    ended = 0
    for table in RECORDS:
        rows: Iterable[Record] = session.scalars(select(table).where(table.message_id == message_id, table.ended_at.is_(None)))
        for row in list(rows):
            row.ended_at = now
            ended += 1
            session.flush()
            match row:
                case CheckinRow():
                    _stand_again(session, row.replaces_id)
                case LeaveRow():
                    _leaves_again(session, row)
                case ReportRow():
                    _newest_again(session, row, select(ReportRow).where(ReportRow.member_id == row.member_id, ReportRow.day == row.day))
                case GroupReportRow():
                    same = select(GroupReportRow).where(GroupReportRow.group_id == row.group_id, GroupReportRow.day == row.day)
                    _newest_again(session, row, same)
    return ended


def _stand_again(session: Session, checkin_id: int | None) -> None:
    """The replaced check-in is current again, unless its own message was taken back; then the one before it."""
    while checkin_id is not None:
        row = session.get_one(CheckinRow, checkin_id)
        message = session.get_one(MessageRow, row.message_id)
        if message.retracted_at is None:
            row.ended_at = None
            session.flush()
            return
        checkin_id = row.replaces_id


def _ended_by(session: Session, row: Replacing, same: Select[Any]) -> list[Replacing]:
    """Of the records `same`, those that ended when `row` was written and whose own messages still count, the newest first."""
    table = type(row)
    query = (
        same.join(MessageRow, MessageRow.id == table.message_id)
        .where(table.ended_at == row.recorded_at, table.id < row.id, MessageRow.retracted_at.is_(None))
        .order_by(table.id.desc())
    )
    return list(session.scalars(query))


def _newest_again(session: Session, row: Replacing, same: Select[Any]) -> None:
    for earlier in _ended_by(session, row, same)[:1]:
        earlier.ended_at = None
    session.flush()


def _leaves_again(session: Session, row: LeaveRow) -> None:
    """A leave may have taken the place of several; of those that share a day the newest stands again."""
    for earlier in _ended_by(session, row, select(LeaveRow).where(LeaveRow.member_id == row.member_id)):
        if not any(_share_a_day(earlier, standing) for standing in leaves_of(session, row.member_id, date.min)):
            earlier.ended_at = None
            session.flush()


def _share_a_day(one: LeaveRow, other: LeaveRow) -> bool:
    return (one.last is None or one.last >= other.first) and (other.last is None or other.last >= one.first)


def written_by(session: Session, message_id: int) -> dict[str, list[Record]]:
    """What a message wrote and still stands, by table."""
    return {
        table.__tablename__: list(session.scalars(select(table).where(table.message_id == message_id, table.ended_at.is_(None))))
        for table in RECORDS
    }


def open_group_day(session: Session, group_id: str, day: date, members: list[int], now: datetime) -> bool:
    """Note who is expected in a group on a day; False where the day was opened before."""
    return insert_once(session, GroupDayRow, group_id=group_id, day=day, members=members, opened_at=now)


def expected_on(session: Session, group_id: str, day: date) -> list[int] | None:
    """Who was expected when the day was opened; None where it was not opened."""
    return session.scalar(select(GroupDayRow.members).where(GroupDayRow.group_id == group_id, GroupDayRow.day == day))


def last_opened_day(session: Session, group_id: str, before: date) -> date | None:
    """The day before `before` on which a group's check-in was opened last."""
    return session.scalar(select(func.max(GroupDayRow.day)).where(GroupDayRow.group_id == group_id, GroupDayRow.day < before))
