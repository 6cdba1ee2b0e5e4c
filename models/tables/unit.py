"""Who belongs to the unit and where they talk: branches, groups, members, accounts, rooms."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class BranchRow(Base):
    """A party branch."""

    __tablename__ = "branches"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class GroupRow(Base):
    """A party group of one branch; `aliases` are its squad names."""

    __tablename__ = "groups"
    id: Mapped[str] = mapped_column(primary_key=True)
    branch_id: Mapped[str] = mapped_column(ForeignKey("branches.id"))
    name: Mapped[str]
    aliases: Mapped[list[str]]
    __table_args__ = (UniqueConstraint("branch_id", "name"),)


class MemberRow(Base):
    """A person. Secretaries and deputies belong to a branch, the others to a group as well, a duty officer perhaps to neither.

    `shift` is written as models.shifts reads it (24/48@2026-03-01); empty: on duty every day. One who left the unit keeps the row with
    `active` false, so that records keep their person.
    """

    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branches.id"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id"), index=True)
    aliases: Mapped[list[str]]
    post: Mapped[str] = mapped_column(default="")
    trio: Mapped[str] = mapped_column(default="")
    shift: Mapped[str] = mapped_column(default="", server_default=text("''"))
    active: Mapped[bool] = mapped_column(default=True)


class AccountRow(Base):
    """A member's id on one channel. A claim ("我是 张伟") counts once the leader confirmed it."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("channel", "address"),)


class RoomRow(Base):
    """A chat that is bound to the organization, a branch or a group: `kind` says which, `scope` is its id ("" for the organization)."""

    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    kind: Mapped[str]
    scope: Mapped[str]
    __table_args__ = (UniqueConstraint("channel", "address"),)


class DelegationRow(Base):
    """Somebody is away from `first` to `last`, both inclusive (`last` null: until they say so), and `delegate_id` has their charge.

    `ended_at`: it was ended before its time, or never came to pass.
    """

    __tablename__ = "delegations"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    first: Mapped[date]
    last: Mapped[date | None]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
