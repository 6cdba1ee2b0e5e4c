"""What seems to report something and cannot be read goes to the review list of the sender's group."""

from handlers import confiding
from handlers.incoming import Incoming
from models.reading import Reading
from models.roster import Role
from services import calm, reviews


def wants(reading: Reading) -> bool:
    """Any message with a piece that could not be read."""
    return bool(reading.unread)


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: that somebody looks at it. Nothing where that was said before.

    A heavy heart is not for the list, and what is for the secretary alone does not wait there.
    """
    work = incoming.work
    confidential = incoming.confidential
    category = calm.PSYCHOLOGICAL if any(doubt.of_the_heart for doubt in incoming.reading.unread) else "other"
    if category == calm.PSYCHOLOGICAL and not confidential:
        return confiding.looked_at(incoming, category)
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    pieces = incoming.reading.unread
    new = reviews.open_unread(work, incoming.row, incoming.sender, pieces, day, confidential=confidential)
    if not new:
        return []
    if confidential:  # whoever hears of a hardship that stands beside it reads all of the words
        return [] if incoming.reading.hardship is not None else confiding.looked_at(incoming, category)
    own = all(doubt.person == incoming.sender.name for doubt in pieces)
    if incoming.sender.has((Role.LEADER,)):
        return [work.say("doubt.unread_by_leader", count=new)]
    return [work.say("doubt.unread") if own else work.say("doubt.unread_names", count=new)]
