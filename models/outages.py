"""Which channels are out of order, and who was told: one named value each, so that it outlives the process."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import together
from models.once import insert_once
from models.tables.queue import NoticeRow, StateRow
from models.values import Value

_PREFIX = "outage."


class Outage(Value):
    """The last that was told of a channel: that it is out of order, or (`over`) that it works again.

    `notices` are those that say so, `heard` the members who had heard before that it was out of order.
    """

    over: bool = False
    notices: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()


def decide(session: Session, notice: NoticeRow) -> int:
    """Decide a notice about a channel; its number."""
    together.insert_now(session, notice)
    return notice.id


def of_channel(session: Session, channel: str) -> Outage | None:
    """What was last told of a channel; None where nothing ever was."""
    row = session.get(StateRow, _PREFIX + channel)
    return None if row is None else Outage.model_validate_json(row.value)


def note(session: Session, channel: str, outage: Outage) -> None:
    """Note what is told of a channel now."""
    if not insert_once(session, StateRow, key=_PREFIX + channel, value=(value := outage.model_dump_json())):
        session.get_one(StateRow, _PREFIX + channel).value = value


def is_last_word(session: Session, notice_id: int) -> bool:
    """Whether a notice says what was last told of any channel."""
    rows = session.scalars(select(StateRow).where(StateRow.key.startswith(_PREFIX)))
    return any(notice_id in Outage.model_validate_json(row.value).notices for row in rows)
