"""What the bot asked somebody and waits to hear: the SQL of questions. An expired one is not open any more."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models import together
from models.ahead import Ahead
from models.prepared import Prepared, among
from models.tables.cases import QuestionRow
from models.tables.reviews import ReviewRow

_ASKED: Ahead[int, QuestionRow] = Ahead("asked")
_ABOUT: Ahead[int, QuestionRow] = Ahead("asked_about")
_OF_PEOPLE = Prepared(
    select(QuestionRow.__table__)
    .where(or_(among(QuestionRow.member_id, "members"), among(QuestionRow.about_id, "members")), QuestionRow.answered_at.is_(None))
    .order_by(QuestionRow.id)
    .with_for_update(),
    ("members",),
)
_SETTLE = Prepared(
    update(QuestionRow.__table__)
    .where(QuestionRow.kind == bindparam("what"), QuestionRow.ref == bindparam("number"), QuestionRow.answered_at.is_(None))
    .values(answered_at=bindparam("moment")),
    ("what", "number", "moment"),
)


def look_ahead(session: Session, members: Collection[int]) -> None:
    """Know what some people were asked, and what was asked about them, that is not answered; locked for this transaction."""
    found = together.find(session, _OF_PEOPLE, QuestionRow, members=list(members))
    _ASKED.learn(session, members, ((row.member_id, row) for row in found if row.member_id in members))
    _ABOUT.learn(session, members, ((row.about_id, row) for row in found if row.about_id is not None and row.about_id in members))


def ask(session: Session, member_id: int, kind: str, ref: int, now: datetime) -> None:
    """Wait for a member's yes or not-yet on a case or an account; what is still open is asked again, not twice."""
    waiting = next((q for q in open_questions(session, member_id, now) if q.kind == kind and q.ref == ref), None)
    if waiting is not None:
        waiting.asked_at = now
    else:
        add(session, QuestionRow(member_id=member_id, kind=kind, ref=ref, asked_at=now))


def add(session: Session, question: QuestionRow) -> QuestionRow:
    """Write a new question."""
    together.insert_now(session, question)
    _ASKED.add(session, question.member_id, question)
    _ABOUT.add(session, question.about_id, question)
    return question


def by_number(session: Session, question_id: int) -> QuestionRow | None:
    """The question with that number."""
    _ASKED.forget(session)
    _ABOUT.forget(session)
    return session.get(QuestionRow, question_id)


def open_questions(session: Session, member_id: int, now: datetime) -> list[QuestionRow]:
    """What a member was asked and has not answered, the newest last; locked for this transaction."""
    known = _ASKED.of(session, member_id)
    if known is not None:
        asked = sorted((row for row in known if _is_open(row, now)), key=lambda row: (row.asked_at, row.id))
        return [_kept(session, row) for row in asked]
    query = (
        select(QuestionRow)
        .where(QuestionRow.member_id == member_id, QuestionRow.answered_at.is_(None))
        .where(or_(QuestionRow.expires_at.is_(None), QuestionRow.expires_at > now))
        .order_by(QuestionRow.asked_at, QuestionRow.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def _is_open(question: QuestionRow, now: datetime) -> bool:
    return question.answered_at is None and (question.expires_at is None or question.expires_at > now)


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
    _SETTLE.run(session, [{"what": kind, "number": ref, "moment": now}])
    for question in (*together.had(session, QuestionRow), *_ASKED.everything(session)):
        if (question.kind, question.ref, question.answered_at) == (kind, ref, None):
            set_committed_value(question, "answered_at", now)


def settle_about(session: Session, checkins: Collection[tuple[int, str, date]], now: datetime) -> None:
    """Nobody needs to say any more what these check-ins (member, relation, day) meant. One look for all of a message."""
    people = {member for member, _, _ in checkins}
    found: Iterable[QuestionRow] | None = _ABOUT.of_all(session, people)
    if found is None:
        query = select(QuestionRow).where(QuestionRow.about_id.in_(people), QuestionRow.answered_at.is_(None)).with_for_update()
        found = session.scalars(query)
    for question in found:
        if question.answered_at is None and (question.about_id, question.relation, question.day) in checkins:
            _kept(session, question).answered_at = now


def _kept(session: Session, question: QuestionRow) -> QuestionRow:
    """A question that may be changed. Where the session had it already, what is known ahead is another copy of it."""
    kept = together.keep(session, question)
    if kept is not question:
        _ASKED.forget(session)
        _ABOUT.forget(session)
    return kept


def settle_of_message(session: Session, message_id: int, now: datetime) -> None:
    """The message that a question was about was taken back."""
    _settle(session, QuestionRow.message_id == message_id, now=now)


def settle_one(session: Session, question_id: int, now: datetime) -> None:
    """Somebody else said what was meant."""
    _settle(session, QuestionRow.id == question_id, now=now)


def _settle(session: Session, *which: ColumnElement[bool], now: datetime) -> None:
    session.execute(update(QuestionRow).where(*which, QuestionRow.answered_at.is_(None)).values(answered_at=now))
    _ASKED.forget(session)
    _ABOUT.forget(session)
