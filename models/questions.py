"""What the bot asked somebody and waits to hear: the SQL of questions. An expired one is not open any more."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models.tables.cases import QuestionRow
from models.tables.reviews import ReviewRow


def ask(session: Session, member_id: int, kind: str, ref: int, now: datetime) -> None:
    """Wait for a member's yes or not-yet on a case or an account; what is still open is asked again, not twice."""
    waiting = next((q for q in open_questions(session, member_id, now) if q.kind == kind and q.ref == ref), None)
    if waiting is not None:
        waiting.asked_at = now
    else:
        add(session, QuestionRow(member_id=member_id, kind=kind, ref=ref, asked_at=now))


def add(session: Session, question: QuestionRow) -> QuestionRow:
    """Write a new question."""
    session.add(question)
    session.flush()
    return question


def by_number(session: Session, question_id: int) -> QuestionRow | None:
    """The question with that number."""
    return session.get(QuestionRow, question_id)


def open_questions(session: Session, member_id: int, now: datetime) -> list[QuestionRow]:
    """What a member was asked and has not answered, the newest last; locked for this transaction."""
    query = (
        select(QuestionRow)
        .where(QuestionRow.member_id == member_id, QuestionRow.answered_at.is_(None))
        .where(or_(QuestionRow.expires_at.is_(None), QuestionRow.expires_at > now))
        .order_by(QuestionRow.asked_at, QuestionRow.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def unanswered_about(session: Session, member_ids: Collection[int], now: datetime) -> list[QuestionRow]:
    """The open questions about these members' own check-ins that are on no review list yet, oldest first."""
    query = (
        select(QuestionRow)
        .where(QuestionRow.about_id.in_(member_ids), QuestionRow.relation == "", QuestionRow.answered_at.is_(None))
        .where(QuestionRow.expires_at > now)
        .where(QuestionRow.id.not_in(select(ReviewRow.question_id).where(ReviewRow.question_id.is_not(None))))
        .order_by(QuestionRow.id)
    )
    return list(session.scalars(query))


def settle(session: Session, kind: str, ref: int, now: datetime) -> None:
    """Nobody needs to say this of a case or an account any more."""
    _settle(session, QuestionRow.kind == kind, QuestionRow.ref == ref, now=now)


def settle_about(session: Session, checkins: Collection[tuple[int, str, date]], now: datetime) -> None:
    """Nobody needs to say any more what these check-ins (member, relation, day) meant. One look for all of a message."""
    people = {member for member, _, _ in checkins}
    query = select(QuestionRow).where(QuestionRow.about_id.in_(people), QuestionRow.answered_at.is_(None)).with_for_update()
    for question in session.scalars(query) if people else ():
        if (question.about_id, question.relation, question.day) in checkins:
            question.answered_at = now


def settle_of_message(session: Session, message_id: int, now: datetime) -> None:
    """The message that a question was about was taken back."""
    _settle(session, QuestionRow.message_id == message_id, now=now)


def settle_one(session: Session, question_id: int, now: datetime) -> None:
    """Somebody else said what was meant."""
    _settle(session, QuestionRow.id == question_id, now=now)


def _settle(session: Session, *which: ColumnElement[bool], now: datetime) -> None:
    session.execute(update(QuestionRow).where(*which, QuestionRow.answered_at.is_(None)).values(answered_at=now))
