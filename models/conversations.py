"""What the bot said in one conversation lately."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.outbox import NoticeState
from models.tables.queue import NoticeRow

_STANDING = tuple(state for state in NoticeState if state is not NoticeState.DROPPED)  # named, so that an index serves


def said_since(session: Session, channel: str, room: str | None, address: str, since: datetime) -> list[NoticeRow]:
    """What was decided since a moment to be said in a room (None: in private to an account), and was not dropped."""
    conversation = NoticeRow.address == address if room is None else NoticeRow.room == room
    query = select(NoticeRow).where(NoticeRow.channel == channel, NoticeRow.state.in_(_STANDING), NoticeRow.due_at > since, conversation)
    return list(session.scalars(query))
