"""What seems to report something and cannot be read goes to the review list of the sender's group."""

from handlers.incoming import Incoming
from models.reading import Reading
from models.roster import Role
from services import reviews


def wants(reading: Reading) -> bool:
    """Any message with a piece that could not be read."""
    return bool(reading.unread)


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: that somebody looks at it. Nothing where that was said before."""
    work = incoming.work
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    pieces = incoming.reading.unread
    new = reviews.open_unread(work, incoming.row, incoming.sender, pieces, day, confidential=incoming.confidential)
    if not new:
        return []
    own = all(doubt.person == incoming.sender.name for doubt in pieces)
    if incoming.sender.role is Role.LEADER:
        return [work.say("doubt.unread_by_leader", count=new)]
    return [work.say("doubt.unread") if own else work.say("doubt.unread_names", count=new)]
