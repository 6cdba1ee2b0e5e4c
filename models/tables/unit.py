"""Who belongs to the unit and where they talk: branches, groups, members, accounts, rooms."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
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

    One who left the unit keeps the row with `active` false, so that records keep their person.
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
