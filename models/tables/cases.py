"""Cases: something a human must act on, every move of it, and the questions the bot waits to be answered."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Sealed

_UNANSWERED = text("answered_at IS NULL")


class CaseRow(Base):
    """A case (事项); its id is the number that people say.

    `member_id` is whom it is about (`relation`: or whom of that member's family, as in checkins), `reporter_id` whoever raised
    it and says when it is over.

    `round` grows whenever the case starts climbing anew (opened, handed over, reopened): what was decided for an earlier round is stale.
    `round_at` is when this round began, from which the steps of the ladder count.
    `owner_id` is who acknowledged it or was given it. `categories` as in LABELS.md, or the symptoms of a health case.
    `branch_id` and `group_id` are where its member was when it was told, and whose people hear of it. Where the member goes elsewhere it
    follows, but for what was said for the secretary alone: that stays, and `gone_to` is the branch to which they went.
    `member_knows`: somebody else raised it, and had the member told. `merged_into_id`: the case that it became part of when it closed.
    """

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    urgency: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    relation: Mapped[str] = mapped_column(default="")
    reporter_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    categories: Mapped[list[str]]
    text: Mapped[str] = mapped_column(Sealed)
    confidential: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    round: Mapped[int] = mapped_column(default=1)
    round_at: Mapped[datetime]
    member_knows: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branches.id"))
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id"))
    gone_to: Mapped[str | None] = mapped_column(ForeignKey("branches.id"))


class CaseMoveRow(Base):
    """One move of a case: who (null: the clock), what, from which state to which, why."""

    __tablename__ = "case_moves"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    move: Mapped[str]
    old_state: Mapped[str]
    new_state: Mapped[str]
    note: Mapped[str] = mapped_column(Sealed)


class QuestionRow(Base):
    """The bot asked a member something that is answered in one word.

    Of a case (`kind` case_over) it is answered by "是" or "还没", and `ref` is the number said with it. Of an account (`kind` claim:
    whether it is `about_id`, as it said in `message_id`; claimed: whether it is the member's own) `ref` is the account, and the number
    that is said is the question's own.
    Of a check-in that was not quite understood (`kind` as in models.reading.Doubt) `ref` is 0: it is the one of `about_id` on `day`
    (`relation`: or of whom of that member's family), as `message_id` said it. A `round` asks how `about_id` is on `day`. `value` is the
    temperature in °C that the question proposes; `confidential`: what it asks about is for the secretary alone.
    Of somebody who is silent (`kind` silent) `ref` is 0 as well: a buddy is asked about `about_id` on `day`. A leader is asked who is
    `absent` of the group that `message_id` reported for.
    """

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    ref: Mapped[int]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    relation: Mapped[str] = mapped_column(default="", server_default=text("''"))
    day: Mapped[date | None]
    value: Mapped[float | None]
    confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (
        Index("ix_questions_member_id_answered_at", "member_id", "answered_at"),
        Index("ix_questions_about_id_day", "about_id", "day"),
        Index("ix_questions_member_id_asked_at", "member_id", "asked_at"),
        Index("ix_questions_kind_ref", "kind", "ref", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
    )
