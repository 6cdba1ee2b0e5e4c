"""What members were reminded of on a day, and when they did it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from models import together
from models.ahead import Ahead
from models.outbox import NoticeKind, NoticeState
from models.prepared import Prepared, among
from models.tables.queue import NoticeRow
from models.tables.unit import MemberRow

CHECKIN = (NoticeKind.NUDGE_CHECKIN, NoticeKind.NUDGE_WORDS, NoticeKind.HEALTH_ROUND, NoticeKind.HEALTH_RISE)
REPORT = (NoticeKind.NUDGE_REPORT,)
BUDDY = (NoticeKind.NUDGE_BUDDY,)
_OPEN: Ahead[tuple[int, date], str] = Ahead("nudges")
_UNANSWERED = (NoticeRow.answered_at.is_(None), or_(NoticeRow.state == NoticeState.SENT, NoticeRow.state == NoticeState.LEASED))
_ABOUT = Prepared(
    select(NoticeRow.member_id, NoticeRow.kind)
    .where(among(NoticeRow.member_id, "members"), NoticeRow.day == bindparam("about"), *_UNANSWERED)
    .where(or_(*(NoticeRow.kind == kind for kind in (*CHECKIN, *REPORT, *BUDDY)))),
    ("members", "about"),
)
_ANSWER = Prepared(
    update(NoticeRow.__table__)
    .where(NoticeRow.member_id == bindparam("member"), NoticeRow.day == bindparam("about"), NoticeRow.kind == bindparam("what"))
    .where(*_UNANSWERED)
    .values(answered_at=bindparam("moment")),
    ("member", "about", "what", "moment"),
)
_REMINDED = Prepared(
    select(NoticeRow.member_id, func.min(NoticeRow.created_at, type_=NoticeRow.created_at.type))
    .where(among(NoticeRow.member_id, "members"), NoticeRow.day == bindparam("about"), NoticeRow.kind == NoticeKind.NUDGE_CHECKIN)
    .group_by(NoticeRow.member_id),
    ("members", "about"),
)


def look_ahead(session: Session, members: Collection[int], day: date) -> None:
    """Know what some people were reminded of about a day and have not done."""
    found = together.select(session, _ABOUT, members=list(members), about=day)
    _OPEN.learn(session, [(member, day) for member in members], (((member, day), kind) for member, kind in found))


def answered(session: Session, kinds: Collection[NoticeKind], done: Collection[tuple[int, date]], now: datetime) -> None:
    """Members (member, day) did what they were reminded of. The first time stays."""
    known = {key: _OPEN.of(session, key) for key in done}
    rows = [
        {"member": member, "about": day, "what": kind, "moment": now}
        for (member, day), open_kinds in known.items()
        for kind in kinds
        if open_kinds is None or kind in open_kinds
    ]
    if rows:
        together.run(session, _ANSWER, rows)


def was_told_since(session: Session, member_id: int, kind: NoticeKind, day: date) -> bool:
    """Whether a member was told something of a kind about a day or one after it."""
    query = select(NoticeRow.id).where(NoticeRow.member_id == member_id, NoticeRow.kind == kind, NoticeRow.day >= day).limit(1)
    return session.scalar(query) is not None


def was_told_on(session: Session, member_id: int, kind: NoticeKind, day: date) -> bool:
    """Whether a member was told something of a kind about a day. Two who would tell the same member wait for each other."""
    session.execute(select(MemberRow.id).where(MemberRow.id == member_id).with_for_update())
    query = select(NoticeRow.id).where(NoticeRow.member_id == member_id, NoticeRow.kind == kind, NoticeRow.day == day).limit(1)
    return session.scalar(query) is not None


def reminded(session: Session, day: date, member_ids: Collection[int]) -> dict[int, datetime]:
    """Which of these members were reminded of their check-in of a day, and when first."""
    return dict(together.select(session, _REMINDED, members=list(member_ids), about=day))


def reminded_since(session: Session, member_ids: Collection[int], since: datetime) -> set[int]:
    """Which of these members were reminded of their check-in after a moment."""
    return _nudged(session, member_ids, NoticeRow.created_at > since)


def waiting(session: Session, member_ids: Collection[int], day: date) -> set[int]:
    """Which of these members will be reminded of their check-in of a day, as is decided already."""
    return _nudged(session, member_ids, NoticeRow.day == day, NoticeRow.state == NoticeState.WAITING)


def _nudged(session: Session, member_ids: Collection[int], *which: ColumnElement[bool]) -> set[int]:
    query = select(NoticeRow.member_id).where(NoticeRow.member_id.in_(member_ids), NoticeRow.kind == NoticeKind.NUDGE_CHECKIN, *which)
    return {member for member in session.scalars(query) if member is not None}
