"""The messages that were received: one row a message, its key taken once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, bindparam, delete, literal_column, select, type_coerce, update
from sqlalchemy.orm import Session, defer

from models import together
from models.message import Attachment, Message
from models.once import once
from models.prepared import Prepared, among
from models.tables.base import LOST, SealedOrLost
from models.tables.queue import MessageRow

_ANSWERABLE = Prepared(
    select(literal_column("1", Integer))
    .select_from(MessageRow)
    .where(MessageRow.channel == bindparam("on"), MessageRow.reply_until > bindparam("moment"))
    .limit(1),
    ("on", "moment"),
)
"""Whether any message at all of a channel can be answered by its handle: asked for every answer that is sent."""
_SPOKE = Prepared(
    select(MessageRow.member_id)
    .where(among(MessageRow.member_id, "members"), MessageRow.received_at >= bindparam("since"), MessageRow.retracted_at.is_(None))
    .distinct(),
    ("members", "since"),
)


class MessageStatus(StrEnum):
    """What became of a stored message."""

    HANDLED = "handled"
    FAILED = "failed"
    """A handler failed; it is tried again."""
    STRANGER = "stranger"
    """The account belongs to nobody yet; it is handled once somebody claims it."""


@dataclass(frozen=True)
class Arrival:
    """A message with whose it is and what was read in it (JSON)."""

    message: Message
    member_id: int | None
    reading: str


def remember(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[MessageRow | None]:
    """The new rows of some messages, written at once; None for one whose (channel, id) was stored before.

    Whoever changes one of them, says so first (`keep`).
    """
    rows = [_row(arrival, now) for arrival in arrivals]
    numbers = once(session, MessageRow, *_COLUMNS).run(session, [row.__dict__ for row in rows])
    for row, returned in zip(rows, numbers, strict=True):
        if returned is not None:
            row.__dict__["id"] = returned[0]
    return [None if returned is None else row for row, returned in zip(rows, numbers, strict=True)]


_COLUMNS = tuple(column.key for column in MessageRow.__table__.columns if not column.primary_key)


def keep(session: Session, row: MessageRow) -> None:
    """Let what is changed of a row be written, though the row was only just remembered."""
    together.keep(session, row)


def _row(arrival: Arrival, now: datetime) -> MessageRow:
    message = arrival.message
    return MessageRow(
        channel=message.channel,
        external_id=message.id,
        room=message.room,
        account=message.account,
        member_id=arrival.member_id,
        addressed=message.addressed,
        sent_at=message.sent_at,
        received_at=now,
        text=message.text,
        reading=arrival.reading,
        status=MessageStatus.HANDLED,
        error=None,
        attempts=1,
        retracted_at=None,
        quoted=message.quoted,
        reply_to=message.reply_to,
        reply_until=message.reply_until,
        attachments=" ".join(message.attachments),
    )


def by_key(session: Session, channel: str, external_id: str, *, lock: bool = False) -> MessageRow | None:
    """The row of a platform's message. `lock`: for this transaction alone."""
    query = select(MessageRow).where(MessageRow.channel == channel, MessageRow.external_id == external_id)
    return session.scalar(query.with_for_update() if lock else query)


def by_id(session: Session, message_id: int) -> MessageRow | None:
    """The row with that number."""
    return session.get(MessageRow, message_id)


def as_message(row: MessageRow) -> Message:
    """The message as it was received."""
    return Message(
        channel=row.channel,
        id=row.external_id,
        room=row.room,
        account=row.account,
        sent_at=row.sent_at,
        text=row.text,
        addressed=row.addressed,
        quoted=row.quoted,
        reply_to=row.reply_to,
        reply_until=row.reply_until,
        attachments=tuple(map(Attachment, row.attachments.split())),
    )


_WORDS = (MessageRow.text, MessageRow.reading, MessageRow.quoted, MessageRow.reply_to)


def answerable(
    session: Session, channel: str, room: str | None, account: str | None, now: datetime, without: Collection[int] = ()
) -> tuple[int, str] | None:
    """The oldest message of a conversation (a room, or an account in private) that can still be answered: its number and its handle.

    `without`: the numbers of messages whose handles are about to be used.
    """
    if not _ANSWERABLE.select(session, on=channel, moment=now):
        return None  # as on every platform that knows no such handles
    query = (
        select(MessageRow.id, type_coerce(MessageRow.reply_to, SealedOrLost))
        .where(MessageRow.channel == channel, MessageRow.reply_until > now, MessageRow.reply_to.is_not(None))
        .where(MessageRow.room == room if room is not None else MessageRow.room.is_(None) & (MessageRow.account == account))
        .where(MessageRow.id.not_in(without))
        .order_by(MessageRow.id)
    )
    return next(((number, handle) for number, handle in session.execute(query) if handle != LOST), None)


def used_up(session: Session, message_id: int) -> None:
    """A message was answered by its handle, or its handle is good for nothing any more."""
    session.execute(update(MessageRow).where(MessageRow.id == message_id).values(reply_to=None, reply_until=None))


def last_of(session: Session, member_id: int, before_id: int) -> list[MessageRow]:
    """A member's handled messages that were not taken back, newest first, of those stored before `before_id`."""
    query = (
        select(MessageRow)
        .where(MessageRow.member_id == member_id, MessageRow.id < before_id)
        .where(MessageRow.status == MessageStatus.HANDLED, MessageRow.retracted_at.is_(None))
        .order_by(MessageRow.id.desc())
        .limit(20)
    )
    return list(session.scalars(query))


STRANGERS_MESSAGES = 200
"""So many messages of one account that is nobody's are kept, the newest: whoever it is may write as much as they like."""


def of_stranger(session: Session, channel: str, account: str) -> list[int]:
    """The numbers of the messages of an account that wait until it is known whose it is, oldest first."""
    query = select(MessageRow.id).where(*_of_stranger(channel, account), MessageRow.retracted_at.is_(None)).order_by(MessageRow.id)
    return list(session.scalars(query))


def strangers(session: Session) -> list[tuple[str, str]]:
    """The accounts (channel, address) of which messages wait until it is known whose they are."""
    query = select(MessageRow.channel, MessageRow.account).where(_STRANGE, MessageRow.retracted_at.is_(None)).distinct()
    return [(channel, account) for channel, account in session.execute(query)]


def wrote_before(session: Session, channel: str, account: str) -> bool:
    """Whether more than one message of an account waits until somebody claims it."""
    query = select(MessageRow.id).where(*_of_stranger(channel, account), MessageRow.retracted_at.is_(None)).limit(2)
    return len(session.execute(query).all()) > 1


def keep_the_newest(session: Session, channel: str, account: str) -> None:
    """Forget the oldest messages of an account that is nobody's, where there are too many. Nothing was made of any of them."""
    mine = _of_stranger(channel, account)
    too_old = session.scalar(select(MessageRow.id).where(*mine).order_by(MessageRow.id.desc()).offset(STRANGERS_MESSAGES).limit(1))
    if too_old is not None:
        session.execute(delete(MessageRow).where(*mine, MessageRow.id <= too_old).execution_options(synchronize_session=False))


def _of_stranger(channel: str, account: str) -> tuple[ColumnElement[bool], ...]:
    return MessageRow.channel == channel, MessageRow.account == account, _STRANGE


_STRANGE = MessageRow.status == literal_column(f"'{MessageStatus.STRANGER}'")  # not as a parameter: the index holds nothing else


def spoke_since(session: Session, member_ids: Collection[int], since: datetime) -> set[int]:
    """Which of these members said something since a moment that was kept, and not taken back."""
    return {member for (member,) in together.select(session, _SPOKE, members=list(member_ids), since=since)}


def said_since(session: Session, channel: str, room: str | None, account: str, since: datetime) -> list[str]:
    """What an account said in a room (None: in private) since a moment, the last one last."""
    query = select(MessageRow.text).where(MessageRow.channel == channel, MessageRow.account == account, MessageRow.received_at >= since)
    return list(
        session.scalars(query.where(MessageRow.room.is_(None) if room is None else MessageRow.room == room).order_by(MessageRow.id))
    )


def failed(session: Session) -> list[MessageRow]:
    """The messages whose handling failed and that were not taken back, oldest first, without their words: one may not open any more."""
    query = select(MessageRow).where(MessageRow.status == MessageStatus.FAILED, MessageRow.retracted_at.is_(None)).order_by(MessageRow.id)
    return list(session.scalars(query.options(*(defer(words, raiseload=True) for words in _WORDS))))


def retract(session: Session, message_id: int, now: datetime) -> None:
    """Mark a message as taken back by its sender."""
    session.execute(update(MessageRow).where(MessageRow.id == message_id).values(retracted_at=now))
