"""What members reported. A row that was replaced or taken back keeps its place with `ended_at`: the history stays."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Sealed

_CURRENT = text("ended_at IS NULL")


class CheckinRow(Base):
    """One person's health on one day, as one message said it. At most one row a person and day is current (`ended_at` null).

    `relation` is "" for the member, else the family relation ("孩子"). `temperature` in °C. `source`: self, proxy, chain, leader.
    `replaces_id` is the row that this one ended, to which an undo returns. `said` is what the message itself said (models/daily_health.py),
    where the row tells what stands for the day with it; null where nothing stood before, and the row is what was said.
    """

    __tablename__ = "checkins"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    relation: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    temperature: Mapped[float | None]
    symptoms: Mapped[list[str]]
    healthy: Mapped[bool | None]
    source: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None]
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(
            "uq_checkins_current",
            "member_id",
            "day",
            "relation",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_checkins_member_id_day", "member_id", "day"),
    )


class ReportRow(Base):
    """A daily report: work, plan and thought of one message."""

    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    day: Mapped[date]
    work: Mapped[str | None] = mapped_column(Sealed)
    plan: Mapped[str | None] = mapped_column(Sealed)
    thought: Mapped[str | None] = mapped_column(Sealed)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_reports_member_id_day", "member_id", "day"),)


class IdeaRow(Base):
    """A golden idea (金点子)."""

    __tablename__ = "ideas"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    day: Mapped[date] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Sealed)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LeaveRow(Base):
    """Somebody is away from `first` to `last`, both inclusive; `last` null: until the next word. No check-in is owed then.

    `reason` is the word that was said for it (出差, 休假, …).
    """

    __tablename__ = "leaves"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    first: Mapped[date]
    last: Mapped[date | None]
    reason: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WhereaboutsRow(Base):
    """What somebody else says of a member who is silent on a day; of how they are it says nothing. `word`: here, unreachable."""

    __tablename__ = "whereabouts"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    day: Mapped[date]
    word: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_whereabouts_day_member_id", "day", "member_id"),)


class CallOutRow(Base):
    """A member is out on a call (出警) until somebody says that they are back (`ended_at`), or until `until`."""

    __tablename__ = "call_outs"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    until: Mapped[datetime]
    reported_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class GroupReportRow(Base):
    """A leader's report for a whole group on one day."""

    __tablename__ = "group_reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"))
    day: Mapped[date]
    expected: Mapped[int | None]
    present: Mapped[int | None]
    all_normal: Mapped[bool]
    exceptions: Mapped[list[str]]
    reported_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_group_reports_day_group_id", "day", "group_id"),)


class GroupDayRow(Base):
    """The day's check-in of one group was opened: who was expected then, so that a later change of the roster does not rewrite the day."""

    __tablename__ = "group_days"
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"))
    day: Mapped[date]
    members: Mapped[list[int]]
    opened_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("day", "group_id"),)


class LessonPushRow(Base):
    """A lesson was given: into a group's room (`group_id`), or to one member who asked for it (`member_id`).

    `notice_id` is what was to bring it into the room: where that did not arrive it was not given.
    """

    __tablename__ = "lesson_pushes"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    pushed_at: Mapped[datetime]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))


class QuizAnswerRow(Base):
    """A member's first answer to the quiz of a lesson."""

    __tablename__ = "quiz_answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    slug: Mapped[str]
    answer: Mapped[str]
    correct: Mapped[bool]
    answered_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("member_id", "slug"),)
