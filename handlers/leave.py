"""Somebody is or will be away."""

from handlers.incoming import Incoming
from models.reading import Reading
from services import record, wording


def wants(reading: Reading) -> bool:
    """Any message that names an absence."""
    return bool(reading.leaves)


def handle(incoming: Incoming) -> list[str]:
    """The lines of the receipt."""
    work = incoming.work
    texts = work.unit.texts
    lines = []
    for person, row in record.leaves(work, incoming.row, incoming.sender, incoming.reading, _reason(incoming)):
        who = "" if person.id == incoming.sender.id else person.name
        first = wording.day(texts, row.first)
        key = "receipt.leave" if row.last is None else "receipt.leave_until"
        last = "" if row.last is None else wording.day(texts, row.last)
        lines.append(work.say(key, who=who, first=first, last=last, reason=row.reason))
    return lines


def _reason(incoming: Incoming) -> str:
    """The word that was said for it, of those the language knows; the plain one where none was said."""
    known = incoming.work.say("leave.reasons").split("|")
    return next((word for word in known if word in incoming.text), known[0])
