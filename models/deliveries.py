"""What became of notices: who was told of a case and when, what did not arrive, and what was answered."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, literal_column, select, update
from sqlalchemy.orm import Session

from models import together
from models.outbox import TELLING, UNFINISHED, NoticeKind, NoticeState
from models.tables.queue import NoticeRow

_ASKING = (*TELLING, NoticeKind.QUESTION)
"""The notices about a case that ask their reader to do something."""
_MAY_BE_READ = (NoticeState.SENT, NoticeState.LEASED)
"""One that is answered at once may not be marked as sent yet."""


def answered(session: Session, case_id: int, member_id: int, now: datetime) -> None:
    """A member did what the notices about a case asked of them. The first time stays."""
    mine = (NoticeRow.case_id == case_id, NoticeRow.member_id == member_id, NoticeRow.kind.in_(_ASKING))
    open_still = (NoticeRow.answered_at.is_(None), NoticeRow.state.in_(_MAY_BE_READ))
    together.write(session)
    session.execute(update(NoticeRow).where(*mine, *open_still).values(answered_at=now))


def of_case(session: Session, case_id: int) -> list[NoticeRow]:
    """The notices by which people were told of a case, in the order of decision."""
    query = select(NoticeRow).where(NoticeRow.case_id == case_id, NoticeRow.kind.in_(TELLING), NoticeRow.member_id.is_not(None))
    return list(session.scalars(query.order_by(NoticeRow.id)))


def failed_since(session: Session, since: datetime) -> list[NoticeRow]:
    """What was given up since a moment of what was for members, the newest first."""
    failed = NoticeRow.state == literal_column(f"'{NoticeState.FAILED}'")  # not as a parameter: the index holds nothing else
    query = select(NoticeRow).where(failed, NoticeRow.finished_at >= since, NoticeRow.member_id.is_not(None))
    return list(session.scalars(query.order_by(NoticeRow.finished_at.desc(), NoticeRow.id.desc())))


def late(session: Session, channels: Collection[str], before: datetime) -> list[tuple[int, datetime]]:
    """The notices for members that were decided before a moment, did not arrive yet and are tried again: whose, and when decided."""
    query = (
        select(NoticeRow.member_id, NoticeRow.created_at)
        .where(NoticeRow.channel.in_(channels), NoticeRow.state.in_(UNFINISHED))
        .where(NoticeRow.created_at <= before, NoticeRow.reason.is_not(None))
    )
    return [(member_id, created_at) for member_id, created_at in session.execute(query) if member_id is not None]


def last_arrivals(session: Session, member_ids: Collection[int], since: datetime) -> dict[int, datetime]:
    """When something arrived last at each of some members, where anything did since a moment."""
    query = (
        select(NoticeRow.member_id, func.max(NoticeRow.finished_at, type_=NoticeRow.finished_at.type))
        .where(NoticeRow.member_id.in_(member_ids), NoticeRow.state == NoticeState.SENT, NoticeRow.finished_at >= since)
        .group_by(NoticeRow.member_id)
    )
    return {member_id: at for member_id, at in session.execute(query) if member_id is not None and at is not None}
