"""Check-ins, reports, ideas, leaves and group reports: the SQL that writes, replaces, ends and finds them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Date, Select, bindparam, or_, select, update
from sqlalchemy.orm import Session

from models import checkins, together
from models.once import insert_once
from models.prepared import Prepared, among
from models.tables.queue import MessageRow
from models.tables.records import CallOutRow, CheckinRow, GroupDayRow, GroupReportRow, IdeaRow, LeaveRow, ReportRow, WhereaboutsRow

Record = CheckinRow | ReportRow | IdeaRow | LeaveRow | GroupReportRow | WhereaboutsRow | CallOutRow
RECORDS: tuple[type[Record], ...] = (
    CheckinRow,
    ReportRow,
    IdeaRow,
    LeaveRow,
    GroupReportRow,
    WhereaboutsRow,
    CallOutRow,
)
Replacing = TypeVar("Replacing", ReportRow, LeaveRow, GroupReportRow, WhereaboutsRow)
"""Records that say only by the moment at which they were written which earlier ones they took the place of."""


_REPORTS = Prepared(
    select(ReportRow.__table__)
    .where(among(ReportRow.member_id, "members"), ReportRow.day == bindparam("day"), ReportRow.ended_at.is_(None))
    .order_by(ReportRow.id),
    ("members", "day"),
)
_IDEAS = Prepared(
    select(IdeaRow.__table__)
    .where(among(IdeaRow.member_id, "members"), IdeaRow.day == bindparam("day"), IdeaRow.ended_at.is_(None))
    .order_by(IdeaRow.id),
    ("members", "day"),
)
_LEAVES = Prepared(
    select(LeaveRow.__table__)
    .where(among(LeaveRow.member_id, "members"), LeaveRow.ended_at.is_(None), LeaveRow.first <= bindparam("day"))
    .where(or_(LeaveRow.last.is_(None), LeaveRow.last >= bindparam("day")))
    .order_by(LeaveRow.id),
    ("members", "day"),
)
_SAME_LEAVE = Prepared(
    select(LeaveRow.id)
    .join(MessageRow, MessageRow.id == LeaveRow.message_id)
    .where(LeaveRow.member_id == bindparam("member"), MessageRow.retracted_at.is_(None))
    .where(LeaveRow.first == bindparam("since"), LeaveRow.last.is_not_distinct_from(bindparam("until", type_=Date))),
    ("member", "since", "until"),
)
_END_LEAVES = Prepared(
    update(LeaveRow.__table__)
    .where(LeaveRow.member_id == bindparam("member"), LeaveRow.ended_at.is_(None), LeaveRow.first <= bindparam("until"))
    .where(or_(LeaveRow.last.is_(None), LeaveRow.last >= bindparam("since")))
    .values(ended_at=bindparam("moment")),
    ("member", "since", "until", "moment"),
)
_END_GROUP_REPORTS = Prepared(
    update(GroupReportRow.__table__)
    .where(GroupReportRow.group_id == bindparam("of"), GroupReportRow.day == bindparam("on"), GroupReportRow.ended_at.is_(None))
    .values(ended_at=bindparam("moment")),
    ("of", "on", "moment"),
)
_EXPECTED = Prepared(
    select(GroupDayRow.members).where(GroupDayRow.group_id == bindparam("group"), GroupDayRow.day == bindparam("day")), ("group", "day")
)


def add(session: Session, record: Record) -> None:
    """Write a record."""
    together.add(session, record)


def reports_on(session: Session, day: date, member_ids: Collection[int]) -> list[ReportRow]:
    """The daily reports that stand for a day, to be looked at only."""
    return together.find(session, _REPORTS, ReportRow, members=list(member_ids), day=day)


def reports_of(session: Session, member_id: int, since: date) -> list[ReportRow]:
    """A member's standing reports since a day, newest first."""
    query = (
        select(ReportRow)
        .where(ReportRow.member_id == member_id, ReportRow.day >= since, ReportRow.ended_at.is_(None))
        .order_by(ReportRow.id.desc())
    )
    return list(session.scalars(query))


def ideas_on(session: Session, day: date, member_ids: Collection[int]) -> list[IdeaRow]:
    """The ideas of a day, to be looked at only."""
    return together.find(session, _IDEAS, IdeaRow, members=list(member_ids), day=day)


def leaves_on(session: Session, day: date, member_ids: Collection[int]) -> list[LeaveRow]:
    """The leaves that cover a day, to be looked at only; of several for one member the newest comes last."""
    return together.find(session, _LEAVES, LeaveRow, members=list(member_ids), day=day)


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
    return bool(together.select(session, _SAME_LEAVE, member=member_id, since=first, until=last))


def end_overlapping_leaves(session: Session, member_id: int, first: date, last: date | None, now: datetime) -> None:
    """A new leave takes the place of those of the same member that share a day with it."""
    together.run(session, _END_LEAVES, [{"member": member_id, "since": first, "until": last or date.max, "moment": now}])


def replace_group_report(session: Session, new: GroupReportRow) -> None:
    """A group report takes the place of the group's earlier one of the day."""
    together.run(session, _END_GROUP_REPORTS, [{"of": new.group_id, "on": new.day, "moment": new.recorded_at}])
    add(session, new)


def group_reports_by(session: Session, member_id: int, day: date) -> list[GroupReportRow]:
    """The group reports of a day that somebody made and that stand, the newest first."""
    query = (
        select(GroupReportRow)
        .where(GroupReportRow.reported_by == member_id, GroupReportRow.day == day, GroupReportRow.ended_at.is_(None))
        .order_by(GroupReportRow.id.desc())
    )
    return list(session.scalars(query))


def of_whole_groups(session: Session, message_ids: Collection[int]) -> set[int]:
    """Which of these messages reported for a whole group."""
    return set(session.scalars(select(GroupReportRow.message_id).where(GroupReportRow.message_id.in_(message_ids))))


def end_reports(session: Session, message_id: int, now: datetime) -> None:
    """End the daily report that one message wrote (a correction takes its place)."""
    session.execute(update(ReportRow).where(ReportRow.message_id == message_id, ReportRow.ended_at.is_(None)).values(ended_at=now))


def undo(session: Session, message_id: int, now: datetime) -> int:
    """End everything that a message wrote; what it had replaced stands again. How many records were ended or changed by it."""
    ended = 0
    checkins.forget(session)
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
                    _counted_again(session, row)
                case WhereaboutsRow():
                    of_day = WhereaboutsRow.member_id == row.member_id, WhereaboutsRow.day == row.day
                    _newest_again(session, row, select(WhereaboutsRow).where(*of_day))
    return ended + checkins.without(session, message_id)


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


def _counted_again(session: Session, row: GroupReportRow) -> None:
    """Whom a report named as absent is counted by the earlier ones again, unless something else stands for them by now."""
    earlier = (
        select(GroupReportRow.message_id)
        .join(MessageRow, MessageRow.id == GroupReportRow.message_id)
        .where(GroupReportRow.group_id == row.group_id, GroupReportRow.day == row.day, GroupReportRow.id < row.id)
        .where(MessageRow.retracted_at.is_(None))
    )
    of_day = CheckinRow.day == row.day, CheckinRow.relation == ""
    ended = select(CheckinRow).where(*of_day, CheckinRow.message_id.in_(earlier), CheckinRow.ended_at == row.recorded_at)
    for checkin in list(session.scalars(ended.order_by(CheckinRow.id.desc()))):
        standing = select(CheckinRow.id).where(*of_day, CheckinRow.member_id == checkin.member_id, CheckinRow.ended_at.is_(None))
        if session.scalar(standing) is None:
            checkin.ended_at = None
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
    return next((members for (members,) in _EXPECTED.select(session, group=group_id, day=day)), None)
