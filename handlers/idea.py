"""A golden idea."""

from handlers.incoming import Incoming
from models.reading import Intent, Reading
from services import record


def wants(reading: Reading) -> bool:
    """Any message that proposes something."""
    return Intent.IDEA in reading.intents


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt. Only the piece that proposes is kept as the idea, where the reading names it."""
    work = incoming.work
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    pieces = [incoming.message.text[e.start : e.end].strip() for e in incoming.reading.idea]
    record.idea(work, incoming.row, incoming.sender, "\n".join(filter(None, pieces)) or incoming.text, day)
    return [work.say("receipt.idea")]
