"""The SQL of conversations: where the bot was spoken to, and may therefore speak."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.chats import ChatRow


class Chat(NamedTuple):
    """One conversation: the id of a room, or (`private`) of an account, on a channel."""

    channel: str
    address: str
    private: bool


def note(session: Session, chat: Chat, now: datetime) -> None:
    """Somebody has spoken to the bot there."""
    insert_once(session, ChatRow, channel=chat.channel, address=chat.address, private=chat.private, first_heard_at=now)


def forget(session: Session, chat: Chat) -> None:
    """The bot may not speak there any more."""
    here = (ChatRow.channel == chat.channel, ChatRow.address == chat.address, ChatRow.private == chat.private)
    session.execute(delete(ChatRow).where(*here))


def known(session: Session) -> frozenset[Chat]:
    """Every conversation in which the bot was ever spoken to."""
    query = select(ChatRow.channel, ChatRow.address, ChatRow.private)
    return frozenset(Chat(row.channel, row.address, row.private) for row in session.execute(query))
