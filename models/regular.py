"""What the members of a group reported of themselves on the last days, to be looked at for how regular it is."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.checkins import Source
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupDayRow, ReportRow


class OwnCheckin(NamedTuple):
    """A check-in that a member wrote, and when it was said."""

    member_id: int
    temperature: float | None
    said_at: datetime


class OwnReport(NamedTuple):
    """A daily report."""

    member_id: int
    day: date
    work: str | None
    plan: str | None
    thought: str | None


def last_days(session: Session, group_id: str, until: date, count: int) -> list[date]:
    """The last check-in days of a group, up to one."""
    query = select(GroupDayRow.day).where(GroupDayRow.group_id == group_id, GroupDayRow.day <= until)
    return list(session.scalars(query.order_by(GroupDayRow.day.desc()).limit(count)))


def own_checkins(session: Session, member_ids: Collection[int], days: Collection[date]) -> list[OwnCheckin]:
    """The check-ins of some days that stand and that members wrote for themselves."""
    query = (
        select(CheckinRow.member_id, CheckinRow.temperature, MessageRow.sent_at)
        .join(MessageRow, MessageRow.id == CheckinRow.message_id)
        .where(CheckinRow.day.in_(days), CheckinRow.member_id.in_(member_ids), CheckinRow.relation == "")
        .where(CheckinRow.source == Source.SELF, CheckinRow.ended_at.is_(None))
    )
    return [OwnCheckin(*row) for row in session.execute(query)]


def own_reports(session: Session, member_ids: Collection[int], since: date) -> list[OwnReport]:
    """The daily reports of some members since a day that stand, in the order of writing."""
    query = select(ReportRow.member_id, ReportRow.day, ReportRow.work, ReportRow.plan, ReportRow.thought)
    query = query.where(ReportRow.day >= since, ReportRow.member_id.in_(member_ids), ReportRow.ended_at.is_(None))
    return [OwnReport(*row) for row in session.execute(query.order_by(ReportRow.id))]
