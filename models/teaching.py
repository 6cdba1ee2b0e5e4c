"""The SQL of lessons given and quizzes answered."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.records import LessonPushRow, QuizAnswerRow


def note_push(session: Session, slug: str, now: datetime, *, group_id: str | None = None, member_id: int | None = None) -> None:
    """A lesson was given to a group's room or to one member."""
    session.add(LessonPushRow(slug=slug, group_id=group_id, member_id=member_id, pushed_at=now))
    session.flush()


def times_given(session: Session, group_id: str) -> dict[str, int]:
    """How often each lesson was given to a group."""
    query = select(LessonPushRow.slug, func.count()).where(LessonPushRow.group_id == group_id).group_by(LessonPushRow.slug)
    return {str(row[0]): int(row[1]) for row in session.execute(query)}


def last_given(session: Session, group_id: str | None, member_id: int, since: datetime) -> str | None:
    """The lesson that a member was given last, in the group's room or in private."""
    query = (
        select(LessonPushRow.slug)
        .where(or_(LessonPushRow.group_id == group_id, LessonPushRow.member_id == member_id), LessonPushRow.pushed_at >= since)
        .order_by(LessonPushRow.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def note_answer(session: Session, member_id: int, slug: str, answer: str, now: datetime, *, correct: bool) -> bool:
    """A member's answer to a quiz; False where it was answered before (the first answer counts)."""
    return insert_once(session, QuizAnswerRow, member_id=member_id, slug=slug, answer=answer, correct=correct, answered_at=now)
