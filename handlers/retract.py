"""What was reported is taken back, without a new report."""

import re

from handlers import leave
from handlers.incoming import Incoming
from models.reading import Reading
from services import recall

_OF_LEAVE = re.compile("假|探亲|调休|补休|出差")


def wants(reading: Reading) -> bool:
    """Any message that takes something back."""
    return reading.retract


def handle(incoming: Incoming) -> list[str]:
    """Take back the sender's last report; where the words that do so name a leave, that leave alone, whatever was said since."""
    taken = (piece for piece in incoming.reading.evidence if piece.field == "retract")
    if any(_OF_LEAVE.search(incoming.message.text, piece.start, piece.end) for piece in taken):
        return [leave.over(incoming, incoming.sender) or incoming.work.say("leave.none_to_end")]
    return [take_back(incoming)]


def take_back(incoming: Incoming) -> str:
    """Undo the sender's last message that wrote something."""
    return recall.last(incoming.work, incoming.sender, incoming.row.id)
