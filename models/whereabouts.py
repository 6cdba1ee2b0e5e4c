"""What others say of members who are silent: the SQL of whereabouts."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models import records, together
from models.prepared import Prepared, among
from models.tables.records import WhereaboutsRow

_ON_DAY = Prepared(
    select(WhereaboutsRow.__table__)
    .where(among(WhereaboutsRow.member_id, "members"), WhereaboutsRow.day == bindparam("about"), WhereaboutsRow.ended_at.is_(None))
    .order_by(WhereaboutsRow.id),
    ("members", "about"),
)


class Word(StrEnum):
    """What a buddy can say. A leave is kept among the leaves."""

    HERE = "here"
    LEAVE = "leave"
    UNREACHABLE = "unreachable"


def on_day(session: Session, day: date, member_ids: Collection[int]) -> dict[int, WhereaboutsRow]:
    """The words that stand for a day, by the member; to be looked at only."""
    return {row.member_id: row for row in together.find(session, _ON_DAY, WhereaboutsRow, members=list(member_ids), about=day)}


def replace(session: Session, new: WhereaboutsRow) -> None:
    """A new word takes the place of the one before."""
    end(session, new.member_id, new.day, new.recorded_at)
    records.add(session, new)


def end(session: Session, member_id: int, day: date, now: datetime) -> None:
    """What was said of a member's day does not stand any more."""
    standing = WhereaboutsRow.member_id == member_id, WhereaboutsRow.day == day, WhereaboutsRow.ended_at.is_(None)
    session.execute(update(WhereaboutsRow).where(*standing).values(ended_at=now))
