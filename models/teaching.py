"""The SQL of lessons given and quizzes answered."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from models import together
from models.once import insert_once
from models.outbox import NoticeState
from models.prepared import Prepared
from models.tables.queue import NoticeRow
from models.tables.records import LessonPushRow, QuizAnswerRow

GIVEN = ~exists().where(
    NoticeRow.id == LessonPushRow.notice_id,
    or_(*(NoticeRow.state == state for state in (NoticeState.FAILED, NoticeState.DROPPED))),
    NoticeRow.parts_sent == 0,
)
"""Whether a lesson was given, or is on its way: not where the notice that was to bring it failed before any of it arrived."""
_TIMES = Prepared(
    select(LessonPushRow.slug, func.count()).where(LessonPushRow.group_id == bindparam("group"), GIVEN).group_by(LessonPushRow.slug),
    ("group",),
)


def note_push(
    session: Session,
    slug: str,
    now: datetime,
    *,
    group_id: str | None = None,
    member_id: int | None = None,
    notice_id: int | None = None,
) -> None:
    """A lesson was given to a group's room, by the notice of that number, or to one member."""
    together.add(session, LessonPushRow(slug=slug, group_id=group_id, member_id=member_id, pushed_at=now, notice_id=notice_id))


def times_given(session: Session, group_id: str) -> dict[str, int]:
    """How often each lesson was given to a group."""
    return dict(together.select(session, _TIMES, group=group_id))


def times_had(session: Session, group_id: str | None, member_id: int) -> dict[str, int]:
    """How often a member was given each lesson, in the group's room or in private."""
    query = select(LessonPushRow.slug, func.count()).where(_given_to(group_id, member_id), GIVEN).group_by(LessonPushRow.slug)
    return dict(session.execute(query).all())


def last_given(session: Session, group_id: str | None, member_id: int, since: datetime) -> str | None:
    """The lesson that a member was given last, in the group's room or in private."""
    query = (
        select(LessonPushRow.slug)
        .where(_given_to(group_id, member_id), LessonPushRow.pushed_at >= since, GIVEN)
        .order_by(LessonPushRow.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def _given_to(group_id: str | None, member_id: int) -> ColumnElement[bool]:
    own = LessonPushRow.member_id == member_id
    # no group: what was given to another in private has none either
    return own if group_id is None else or_(LessonPushRow.group_id == group_id, own)


def note_answer(session: Session, member_id: int, slug: str, answer: str, now: datetime, *, correct: bool) -> bool:
    """A member's answer to a quiz; False where it was answered before (the first answer counts)."""
    return insert_once(session, QuizAnswerRow, member_id=member_id, slug=slug, answer=answer, correct=correct, answered_at=now)
