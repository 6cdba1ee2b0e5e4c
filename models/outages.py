"""Which channels are out of order, and who was told: one named value each, so that it outlives the process."""

from sqlalchemy.orm import Session

from models import state
from models.values import Value

_PREFIX = "outage."


class Outage(Value):
    """The last that was told of a channel: that it is out of order, or (`over`) that it works again.

    `notices` are those that say so, `heard` the members who had heard before that it was out of order.
    """

    over: bool = False
    notices: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()


def of_channel(session: Session, channel: str) -> Outage | None:
    """What was last told of a channel; None where nothing ever was."""
    value = state.get(session, _PREFIX + channel)
    return None if value is None else Outage.model_validate_json(value)


def note(session: Session, channel: str, outage: Outage) -> None:
    """Note what is told of a channel now."""
    state.put(session, _PREFIX + channel, outage.model_dump_json())


def is_last_word(session: Session, notice_id: int) -> bool:
    """Whether a notice says what was last told of any channel."""
    return any(notice_id in Outage.model_validate_json(value).notices for value in state.all_under(session, _PREFIX))
