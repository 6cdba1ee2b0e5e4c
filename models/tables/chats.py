"""The conversations in which somebody has spoken to the bot."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ChatRow(Base):
    """A conversation that the bot was spoken to in: a room, or (`private`) the account of one person.

    Platforms let a bot speak only where it was spoken to; the address is kept letter for letter, because they tell capitals apart.
    """

    __tablename__ = "chats"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    private: Mapped[bool]
    first_heard_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("channel", "address", "private"),)
