"""What the bot has asked of people: how many messages they got, and what they wrote. Numbers only."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from models import together
from models.budget import LAST, OVER
from models.checkins import Source
from models.outbox import NoticeState
from models.prepared import Prepared, among
from models.tables.queue import NoticeRow
from models.tables.records import CheckinRow, LessonPushRow, ReportRow
from models.teaching import GIVEN

_SENT = Prepared(
    select(
        NoticeRow.member_id,
        NoticeRow.kind,
        func.count(),
        func.sum(case((NoticeRow.with_id.is_(None), 1), else_=0)),
        func.max(case((NoticeRow.reason == LAST, 1), else_=0)),
    )
    .where(among(NoticeRow.member_id, "members"), NoticeRow.state == NoticeState.SENT)
    .where(NoticeRow.finished_at >= bindparam("since"), NoticeRow.finished_at < bindparam("until"))
    .group_by(NoticeRow.member_id, NoticeRow.kind),
    ("members", "since", "until"),
)
_UNSAID = Prepared(
    select(func.count()).where(
        among(NoticeRow.member_id, "members"), NoticeRow.reason == OVER, NoticeRow.finished_at >= bindparam("since")
    ),
    ("members", "since"),
)
_CHECKINS = Prepared(
    select(CheckinRow.member_id, func.count())
    .where(among(CheckinRow.member_id, "members"), CheckinRow.relation == "", CheckinRow.day >= bindparam("since"))
    .where((CheckinRow.source == Source.SELF) | (CheckinRow.source == Source.CHAIN))
    .group_by(CheckinRow.member_id),
    ("members", "since"),
)
_REPORTS = Prepared(
    select(ReportRow.member_id, func.count())
    .where(among(ReportRow.member_id, "members"), ReportRow.day >= bindparam("since"))
    .group_by(ReportRow.member_id),
    ("members", "since"),
)


class Sent(NamedTuple):
    """What one person got of one kind in a span: how many notices, in how many messages, and whether any was in a day's last word."""

    member_id: int
    kind: str
    notices: int
    messages: int
    gathered: int


def sent(session: Session, member_ids: Collection[int], since: datetime, until: datetime) -> list[Sent]:
    """What was said to some people in private from a moment on, before another."""
    return [Sent(*row) for row in together.select(session, _SENT, members=list(member_ids), since=since, until=until)]


def unsaid(session: Session, member_ids: Collection[int], since: datetime) -> int:
    """How many notices to some people waited until they were of no use any more."""
    return int(together.select(session, _UNSAID, members=list(member_ids), since=since)[0][0])


def checkins(session: Session, member_ids: Collection[int], since: date) -> dict[int, int]:
    """How many check-ins each of some people wrote for themselves about the days since one, corrected ones included."""
    return dict(together.select(session, _CHECKINS, members=list(member_ids), since=since))


def reports(session: Session, member_ids: Collection[int], since: date) -> dict[int, int]:
    """How many daily reports each of some people wrote about the days since one."""
    return dict(together.select(session, _REPORTS, members=list(member_ids), since=since))


def lessons(session: Session, since: datetime) -> dict[str, int]:
    """How many lessons were given into the room of each group since a moment."""
    given = (LessonPushRow.pushed_at >= since, LessonPushRow.group_id.is_not(None), GIVEN)
    query = select(LessonPushRow.group_id, func.count()).where(*given).group_by(LessonPushRow.group_id)
    return {str(row[0]): int(row[1]) for row in session.execute(query)}
