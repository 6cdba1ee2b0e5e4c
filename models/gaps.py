"""The gaps in what a channel heard that people were not told of yet, and when they were told last: one named value each."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import state
from models.values import Value

_PREFIX = "gaps."


class Gaps(Value):
    """`waiting` are (since, until) of those that nobody was told of yet, in order; `told_at` is when somebody was told of any."""

    told_at: datetime | None = None
    waiting: tuple[tuple[datetime, datetime], ...] = ()


def of_channel(session: Session, channel: str) -> Gaps:
    """The gaps of a channel; nobody else changes them until the end of the transaction."""
    value = state.get(session, _PREFIX + channel, lock=True)
    return Gaps() if value is None else Gaps.model_validate_json(value)


def note(session: Session, channel: str, gaps: Gaps) -> None:
    """Note the gaps of a channel."""
    state.put(session, _PREFIX + channel, gaps.model_dump_json())
