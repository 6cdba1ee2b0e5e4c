"""What became of notices: who was told what and when, what did not arrive, what was answered, what waits, and how many are where."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, or_, select, update
from sqlalchemy.orm import Session, defer

from models import together
from models.budget import WAITED
from models.outbox import TELLING, UNFINISHED, NoticeKind, NoticeState, sent_since
from models.prepared import Prepared
from models.tables.queue import NoticeRow

_ASKING = (*TELLING, NoticeKind.QUESTION)
"""The notices about a case that ask their reader to do something."""
MAY_BE_READ = (NoticeState.SENT, NoticeState.LEASED)
"""One that is answered at once may not be marked as sent yet."""
_STANDING = tuple(state for state in NoticeState if state is not NoticeState.DROPPED)  # named, so that an index serves
_NEXT_CHANNEL = Prepared(select(func.min(NoticeRow.channel)).where(NoticeRow.channel > bindparam("last")), ("last",))
_ANSWERED = Prepared(
    update(NoticeRow.__table__)
    .where(NoticeRow.case_id == bindparam("about"), NoticeRow.member_id == bindparam("member"), NoticeRow.answered_at.is_(None))
    .where(or_(*(NoticeRow.kind == kind for kind in _ASKING)), or_(*(NoticeRow.state == state for state in MAY_BE_READ)))
    .values(answered_at=bindparam("moment")),
    ("about", "member", "moment"),
)


def answered(session: Session, case_id: int, member_id: int, now: datetime) -> None:
    """A member did what the notices about a case asked of them. The first time stays."""
    together.run(session, _ANSWERED, [{"about": case_id, "member": member_id, "moment": now}])


def has_read(session: Session, case_id: int, member_id: int) -> bool:
    """Whether a member was told of a case by now: a notice of it is sent, or just being sent."""
    query = select(NoticeRow.id).where(NoticeRow.case_id == case_id, NoticeRow.member_id == member_id, NoticeRow.kind.in_(TELLING))
    return session.scalar(query.where(NoticeRow.state.in_(MAY_BE_READ)).limit(1)) is not None


def said_since(session: Session, channel: str, room: str | None, address: str, since: datetime) -> list[NoticeRow]:
    """What was decided since a moment to be said in a room (None: in private to an account), and was not dropped."""
    chat = NoticeRow.address == address if room is None else NoticeRow.room == room
    query = select(NoticeRow).where(NoticeRow.channel == channel, NoticeRow.state.in_(_STANDING), NoticeRow.due_at > since, chat)
    return list(session.scalars(query))


def channels_named(session: Session) -> Iterator[str]:
    """Every channel that a notice names. One question for each: the index leads with the channel, and the table may be long."""
    channel = ""  # that of a notice which reaches nobody: it has failed, and neither waits nor is late
    while (row := _NEXT_CHANNEL.select(session, last=channel)) and row[0][0] is not None:
        channel = row[0][0]
        yield channel


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
        .where(NoticeRow.created_at <= before, NoticeRow.reason.not_in(WAITED))
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


def given_up(session: Session, limit: int) -> list[NoticeRow]:
    """The notices that could not be sent, newest first, without their words."""
    query = select(NoticeRow).where(NoticeRow.state == NoticeState.FAILED).order_by(NoticeRow.id.desc()).limit(limit)
    return list(session.scalars(query.options(defer(NoticeRow.text, raiseload=True))))


def sent_anywhere(session: Session, since: datetime) -> list[NoticeRow]:
    """What was sent since a moment on any channel, newest first."""
    found = [row for channel in list(channels_named(session)) for row in sent_since(session, channel, since)]
    return sorted(found, key=lambda row: row.id, reverse=True)


def unsent(session: Session) -> dict[NoticeState, int]:
    """How many notices wait, are being sent, or were given up. All that was ever sent is not counted: that takes longer every day."""
    found = dict.fromkeys((*UNFINISHED, NoticeState.FAILED), 0)
    for channel in channels_named(session):  # the index leads with it
        query = select(NoticeRow.state, func.count()).where(NoticeRow.channel == channel, NoticeRow.state.in_(UNFINISHED))
        for state, count in session.execute(query.group_by(NoticeRow.state)):
            found[NoticeState(state)] += count
    failed = NoticeRow.state == literal_column(f"'{NoticeState.FAILED}'")  # not as a parameter: the index holds nothing else
    found[NoticeState.FAILED] = session.scalar(select(func.count()).where(failed)) or 0
    return found


def still_waiting(session: Session, member_id: int, kind: NoticeKind, now: datetime, channels: Collection[str]) -> NoticeRow | None:
    """A notice of a kind to a member that is not due yet, so that more can be said in it."""
    query = (
        select(NoticeRow)
        .where(NoticeRow.channel.in_(channels), NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at > now)
        .where(NoticeRow.member_id == member_id, NoticeRow.kind == kind)
        .limit(1)
        .with_for_update()
    )
    return session.scalar(query)
