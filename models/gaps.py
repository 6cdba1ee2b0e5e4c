"""The gaps in what a channel heard that people were not told of yet, and when they were told last: one named value each."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.queue import StateRow
from models.values import Value

_PREFIX = "gaps."


class Gaps(Value):
    """`waiting` are (since, until) of those that nobody was told of yet, in order; `told_at` is when somebody was told of any."""

    told_at: datetime | None = None
    waiting: tuple[tuple[datetime, datetime], ...] = ()


def of_channel(session: Session, channel: str) -> Gaps:
    """The gaps of a channel; nobody else changes them until the end of the transaction."""
    row = session.scalar(select(StateRow).where(StateRow.key == _PREFIX + channel).with_for_update())
    return Gaps() if row is None else Gaps.model_validate_json(row.value)


def note(session: Session, channel: str, gaps: Gaps) -> None:
    """Note the gaps of a channel."""
    if not insert_once(session, StateRow, key=_PREFIX + channel, value=(value := gaps.model_dump_json())):
        session.get_one(StateRow, _PREFIX + channel).value = value
