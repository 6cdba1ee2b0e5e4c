"""What members were reminded of on a day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.outbox import NoticeKind
from models.tables.queue import NoticeRow
from models.tables.unit import MemberRow


def was_told_on(session: Session, member_id: int, kind: NoticeKind, day: date) -> bool:
    """Whether a member was told something of a kind about a day. Two who would tell the same member wait for each other."""
    session.execute(select(MemberRow.id).where(MemberRow.id == member_id).with_for_update())
    query = select(NoticeRow.id).where(NoticeRow.member_id == member_id, NoticeRow.kind == kind, NoticeRow.day == day).limit(1)
    return session.scalar(query) is not None
