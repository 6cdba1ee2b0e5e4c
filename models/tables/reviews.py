"""What a leader should look at: a message that seems to report something and could not be read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ReviewRow(Base):
    """One item of a group's review list (待核); its id is the number that people say.

    Its words are those of the message, `text[start:stop]`; it has none of its own. `member_id` is whom it is about (null: a name that the
    roster does not tell), `question_id` the question that nobody answered. `outcome`: corrected, nothing, reported, taken_back.
    `closed_by` is whoever closed it, `closing_id` the message that did: taken back, it opens the item again.
    """

    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    day: Mapped[date]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    confidential: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    closing_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    outcome: Mapped[str | None]
    __table_args__ = (Index("ix_reviews_group_id_day", "group_id", "day"), Index("ix_reviews_member_id_day", "member_id", "day"))
