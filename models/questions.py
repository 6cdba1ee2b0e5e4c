"""What the bot asked somebody and waits to hear: the SQL of questions. An expired one is not open any more."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models import together
from models.ahead import Ahead
from models.prepared import Prepared, among
from models.tables.cases import QuestionRow
from models.tables.queue import MessageRow
from models.tables.reviews import ReviewRow

CLAIM = "claim"
"""The question whether an account is whom it says to be; answered with the number of the question itself."""
CLAIMED = "claimed"
"""The question to a member whether one more account is theirs; answered so too, and only with the number."""
SILENT = "silent"
"""The question to a buddy whether they can reach somebody of whom nothing was heard."""
ABSENT = "absent"
"""The question to a leader who of a group is not there, where the numbers of a group report do not fit."""
WORDED = frozenset({SILENT, ABSENT})
"""What is answered in words of its own, and by no 是 or 还没."""

_ASKED: Ahead[int, QuestionRow] = Ahead("asked")
_ABOUT: Ahead[int, QuestionRow] = Ahead("asked_about")
_OF_PEOPLE = Prepared(
    select(QuestionRow.__table__)
    .where(or_(among(QuestionRow.member_id, "members"), among(QuestionRow.about_id, "members")), QuestionRow.answered_at.is_(None))
    .order_by(QuestionRow.id)
    .with_for_update(),
    ("members",),
)
_SILENT_ON = Prepared(
    select(QuestionRow.__table__)
    .where(among(QuestionRow.about_id, "members"), QuestionRow.day == bindparam("about"), QuestionRow.kind == SILENT)
    .order_by(QuestionRow.id),
    ("members", "about"),
)
_UNANSWERED_ABOUT = Prepared(
    select(QuestionRow.__table__)
    .where(among(QuestionRow.about_id, "members"), QuestionRow.answered_at.is_(None))
    .order_by(QuestionRow.id)
    .with_for_update(),
    ("members",),
)
_UNLISTED = Prepared(
    select(QuestionRow.__table__)
    .where(among(QuestionRow.about_id, "members"), QuestionRow.relation == "", QuestionRow.answered_at.is_(None))
    .where(QuestionRow.kind != SILENT, QuestionRow.expires_at > bindparam("moment"))
    .where(~exists().where(ReviewRow.question_id == QuestionRow.id))
    .order_by(QuestionRow.id),
    ("members", "moment"),
)
_ASKED_SINCE = Prepared(
    select(QuestionRow.member_id).where(
        among(QuestionRow.member_id, "members"), QuestionRow.kind == SILENT, QuestionRow.asked_at >= bindparam("since")
    ),
    ("members", "since"),
)
_WAITS = Prepared(
    select(QuestionRow.id)
    .where(QuestionRow.kind == bindparam("what"), QuestionRow.ref == bindparam("number"), QuestionRow.answered_at.is_(None))
    .where(QuestionRow.member_id == bindparam("whose"))
    .limit(1),
    ("whose", "what", "number"),
)
_THIS = update(QuestionRow.__table__).where(QuestionRow.id == bindparam("number"))
_AGAIN = Prepared(_THIS.values(asked_at=bindparam("moment")), ("number", "moment"))
_ANSWERED = Prepared(_THIS.values(answered_at=bindparam("moment")), ("number", "moment"))
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


def ask(session: Session, member_id: int, kind: str, ref: int, now: datetime, about_id: int | None = None) -> QuestionRow:
    """Wait for a member's yes or not-yet on a case, or on whether an account is somebody; what is still open is asked again, not twice."""
    same = (kind, ref, about_id)
    waiting = next((q for q in open_questions(session, member_id, now) if (q.kind, q.ref, q.about_id) == same), None)
    if waiting is not None:
        _AGAIN.run(session, [{"number": waiting.id, "moment": now}])
        set_committed_value(waiting, "asked_at", now)
        return waiting
    return add(session, QuestionRow(member_id=member_id, kind=kind, ref=ref, asked_at=now, about_id=about_id))


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
    """What a member was asked and has not answered, the newest last; locked for this transaction.

    Whoever changes one says so first (`keep`).
    """
    known = _ASKED.of(session, member_id)
    if known is not None:
        return sorted((row for row in known if _is_open(row, now)), key=lambda row: (row.asked_at, row.id))
    query = (
        select(QuestionRow)
        .where(QuestionRow.member_id == member_id, QuestionRow.answered_at.is_(None))
        .where(or_(QuestionRow.expires_at.is_(None), QuestionRow.expires_at > now))
        .order_by(QuestionRow.asked_at, QuestionRow.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def waits_for(session: Session, member_id: int, kind: str, ref: int) -> bool:
    """Whether a member was asked that and has not answered; to be looked at only."""
    return bool(together.select(session, _WAITS, whose=member_id, what=kind, number=ref))


def _is_open(question: QuestionRow, now: datetime) -> bool:
    return question.answered_at is None and (question.expires_at is None or question.expires_at > now)


def unanswered_about(session: Session, member_ids: Collection[int], now: datetime) -> list[QuestionRow]:
    """The open questions about these members' own check-ins that are on no review list yet, oldest first; to be looked at only."""
    return together.own(session, together.find(session, _UNLISTED, QuestionRow, members=list(member_ids), moment=now))


def answered(session: Session, question: QuestionRow, now: datetime) -> None:
    """Somebody has answered a question, or made it needless."""
    _ANSWERED.run(session, [{"number": question.id, "moment": now}])
    set_committed_value(question, "answered_at", now)


def settle(session: Session, kind: str, ref: int, now: datetime) -> None:
    """Nobody needs to say this of a case or an account any more."""
    _SETTLE.run(session, [{"what": kind, "number": ref, "moment": now}])
    for question in (*together.had(session, QuestionRow), *_ASKED.everything(session)):
        if (question.kind, question.ref, question.answered_at) == (kind, ref, None):
            set_committed_value(question, "answered_at", now)


def waits(session: Session, kind: str, ref: int) -> bool:
    """Whether anybody was asked this of a case or an account, and has not answered."""
    query = select(QuestionRow.id).where(QuestionRow.kind == kind, QuestionRow.ref == ref, QuestionRow.answered_at.is_(None)).limit(1)
    return session.scalar(query) is not None


def settle_about(session: Session, checkins: Collection[tuple[int, str, date]], now: datetime) -> None:
    """Nobody needs to say any more what these check-ins (member, relation, day) meant. One look for all of a message."""
    for question in _unanswered(session, {member for member, _, _ in checkins}):
        if question.answered_at is None and (question.about_id, question.relation, question.day) in checkins:
            answered(session, question, now)


def settle_silent(session: Session, people: Collection[int], now: datetime) -> None:
    """Nobody needs to look for these members any more: they were heard of."""
    for question in _unanswered(session, people):
        if question.answered_at is None and question.kind == SILENT:
            answered(session, question, now)


def silent_about(session: Session, people: Collection[int]) -> set[int]:
    """About which of these members a buddy was asked who has not answered."""
    return {q.about_id for q in _unanswered(session, people) if q.kind == SILENT and q.answered_at is None and q.about_id is not None}


def _unanswered(session: Session, people: Collection[int]) -> Iterable[QuestionRow]:
    found = _ABOUT.of_all(session, people)
    if found is not None:
        return found
    return together.own(session, together.find(session, _UNANSWERED_ABOUT, QuestionRow, members=list(people)))


def asked_about_silent(session: Session, buddy_id: int, now: datetime) -> list[QuestionRow]:
    """About whom a buddy was asked lately, whether that was answered or not, the newest last; locked for this transaction."""
    _ASKED.forget(session)
    _ABOUT.forget(session)
    query = (
        select(QuestionRow)
        .where(QuestionRow.member_id == buddy_id, QuestionRow.kind == SILENT, QuestionRow.expires_at > now)
        .order_by(QuestionRow.asked_at, QuestionRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def claims_since(session: Session, channel: str, account: str, since: datetime) -> int:
    """About how many claims of an account somebody was asked since a moment, whatever became of them."""
    query = (
        select(func.count(QuestionRow.message_id.distinct()))
        .join(MessageRow, MessageRow.id == QuestionRow.message_id)
        .where(QuestionRow.kind == CLAIM, QuestionRow.asked_at > since, MessageRow.channel == channel, MessageRow.account == account)
    )
    return session.scalar(query) or 0


def silent_on(session: Session, day: date, member_ids: Collection[int]) -> dict[int, QuestionRow]:
    """What was asked of buddies about these members on a day; of several questions about one of them the last."""
    rows = together.find(session, _SILENT_ON, QuestionRow, members=list(member_ids), about=day)
    return {row.about_id: row for row in rows if row.about_id is not None}


def asked_since(session: Session, member_ids: Collection[int], since: datetime) -> Counter[int]:
    """How often each of these members was asked about somebody silent since a moment."""
    return Counter(member for (member,) in together.select(session, _ASKED_SINCE, members=list(member_ids), since=since))


def keep(session: Session, question: QuestionRow) -> QuestionRow:
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
