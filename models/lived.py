"""What a simulated unit's rows tell of its life: what people heard, and at the end what became of everything. Looks only."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.case_states import CaseMove, CaseState
from models.outbox import TELLING, NoticeState
from models.prepared import Prepared, among
from models.reading import Intent, Reading
from models.tables.cases import CaseMoveRow, CaseRow, QuestionRow
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow, GroupDayRow


class Heard(NamedTuple):
    """A notice that a member has heard, and how its case stands."""

    notice_id: int
    kind: str
    channel: str
    member_id: int
    created_at: datetime
    case_id: int | None
    urgency: str | None
    state: str | None
    owner_id: int | None


class Asked(NamedTuple):
    """A question that waits for its answer."""

    member_id: int
    kind: str
    ref: int
    asked_at: datetime


class Lived(NamedTuple):
    """A case with the message that raised it, how it ended, and when a human first said that they have it."""

    number: int
    kind: str
    urgency: str
    state: str
    member_id: int
    said_as: str
    said_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    answered_at: datetime | None
    last_end: str | None


_HEARD = Prepared(
    select(
        NoticeRow.id,
        NoticeRow.kind,
        NoticeRow.channel,
        NoticeRow.member_id,
        NoticeRow.created_at,
        NoticeRow.case_id,
        CaseRow.urgency,
        CaseRow.state,
        CaseRow.owner_id,
    )
    .join(CaseRow, CaseRow.id == NoticeRow.case_id, isouter=True)
    .where(among(NoticeRow.id, "numbers"), NoticeRow.member_id.is_not(None))
    .order_by(NoticeRow.id),
    ("numbers",),
)
_ASKED = Prepared(
    select(QuestionRow.member_id, QuestionRow.kind, QuestionRow.ref, QuestionRow.asked_at)
    .where(among(QuestionRow.member_id, "members"), QuestionRow.answered_at.is_(None))
    .order_by(QuestionRow.id),
    ("members",),
)
_ANSWERS = (CaseMove.ACKNOWLEDGE, CaseMove.HAND_OVER, CaseMove.PROPOSE)
_ENDS = (CaseMove.CONFIRM, CaseMove.OVERRIDE)


def heard(session: Session, notice_ids: Collection[int]) -> list[Heard]:
    """Those of some notices that were for a member."""
    return [Heard(*row) for row in _HEARD.select(session, numbers=list(notice_ids))]


def asked(session: Session, member_ids: Collection[int]) -> list[Asked]:
    """What some members were asked and have not answered."""
    return [Asked(*row) for row in _ASKED.select(session, members=sorted(member_ids))]


def notices(session: Session) -> dict[tuple[str, str], int]:
    """How many notices of each kind are in each state."""
    query = select(NoticeRow.kind, NoticeRow.state, func.count()).group_by(NoticeRow.kind, NoticeRow.state)
    return {(kind, state): count for kind, state, count in session.execute(query)}


def arrived(session: Session) -> Iterator[tuple[str, int | None, datetime]]:
    """Of each notice that was sent its kind, its member (None: a room) and when."""
    query = select(NoticeRow.kind, NoticeRow.member_id, NoticeRow.finished_at).where(NoticeRow.state == NoticeState.SENT)
    for kind, member_id, at in session.execute(query):
        if at is not None:
            yield kind, member_id, at


def kinds_of(session: Session, notice_ids: Collection[int]) -> dict[int, str]:
    """The kinds of some notices."""
    query = Prepared(select(NoticeRow.id, NoticeRow.kind).where(among(NoticeRow.id, "numbers")), ("numbers",))
    return dict(query.select(session, numbers=list(notice_ids)))


def cases(session: Session) -> list[Lived]:
    """Every case, by number."""
    answers: dict[int, datetime] = {}
    ends: dict[int, str] = {}
    moves = select(CaseMoveRow.case_id, CaseMoveRow.move, CaseMoveRow.at, CaseMoveRow.old_state).order_by(CaseMoveRow.id)
    for number, move, at, old_state in session.execute(moves.where(CaseMoveRow.actor_id.is_not(None))):
        if move in _ANSWERS:
            answers.setdefault(number, at)
        if move in _ENDS and old_state != CaseState.CLOSED:  # who is asked again and says so again has ended nothing
            ends[number] = move
    query = (
        select(
            CaseRow.id,
            CaseRow.kind,
            CaseRow.urgency,
            CaseRow.state,
            CaseRow.member_id,
            MessageRow.external_id,
            MessageRow.sent_at,
            CaseRow.opened_at,
            CaseRow.closed_at,
        )
        .join(MessageRow, MessageRow.id == CaseRow.message_id)
        .order_by(CaseRow.id)
    )
    return [Lived(*row, answers.get(row.id), ends.get(row.id)) for row in session.execute(query)]


def told_twice(session: Session) -> int:
    """How often a member was told of the same step of a case more than once."""
    same = (NoticeRow.case_id, NoticeRow.case_round, NoticeRow.member_id, NoticeRow.kind, NoticeRow.created_at)
    query = select(func.count() - 1).where(NoticeRow.state == NoticeState.SENT, NoticeRow.kind.in_(TELLING)).group_by(*same)
    return sum(session.scalars(query.having(func.count() > 1)))


def stored(session: Session, beginning: str) -> list[str]:
    """The ids of the stored messages that begin so."""
    return list(session.scalars(select(MessageRow.external_id).where(MessageRow.external_id.startswith(beginning, autoescape=True))))


def in_need(session: Session, beginning: str) -> set[str]:
    """The ids of the stored messages that begin so and in which a difficulty was read."""
    query = select(MessageRow.external_id, MessageRow.reading).where(MessageRow.external_id.startswith(beginning, autoescape=True))
    return {id_ for id_, reading in session.execute(query) if Intent.HARDSHIP in Reading.model_validate_json(reading).intents}


def of_the_writer(session: Session, external_id: str) -> bool:
    """Whether whoever wrote a message had a case that was not over then: what they said may have gone there."""
    open_then = exists().where(
        CaseRow.reporter_id == MessageRow.member_id,
        CaseRow.opened_at <= MessageRow.received_at,
        CaseRow.closed_at.is_(None) | (CaseRow.closed_at > MessageRow.received_at),
    )
    return session.scalar(select(MessageRow.id).where(MessageRow.external_id == external_id, open_then)) is not None


def failed(session: Session) -> int:
    """How many messages a handler failed at."""
    return session.scalar(select(func.count()).where(MessageRow.status == "failed")) or 0


def coverage(session: Session) -> dict[date, tuple[int, int]]:
    """By day how many were expected to check in when it was opened, and how many of these did."""
    expected: dict[date, set[int]] = {}
    for day, members in session.execute(select(GroupDayRow.day, GroupDayRow.members)):
        expected.setdefault(day, set()).update(members)
    said: dict[date, set[int]] = {}
    query = select(CheckinRow.day, CheckinRow.member_id).where(CheckinRow.relation == "", CheckinRow.ended_at.is_(None))
    for day, member_id in session.execute(query):
        said.setdefault(day, set()).add(member_id)
    return {day: (len(members), len(members & said.get(day, set()))) for day, members in sorted(expected.items())}
