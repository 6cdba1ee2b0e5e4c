"""What was reported is taken back, without a new report."""

import re

from handlers import leave
from handlers.incoming import Incoming
from models.reading import Reading
from services import recall

_OF_LEAVE = re.compile("[请休年事病婚产补轮]假|探亲|调休|出差|[的个]假(?![装如牙])")


def wants(reading: Reading) -> bool:
    """Any message that takes something back."""
    return reading.retract


def handle(incoming: Incoming) -> list[str]:
    """Take back the sender's last report, or the leave that is spoken of, whatever was said since; the line of the receipt."""
    if _OF_LEAVE.search(incoming.text):
        return [leave.over(incoming, incoming.sender) or incoming.work.say("leave.none_to_end")]
    return [take_back(incoming)]


def take_back(incoming: Incoming) -> str:
    """Undo the sender's last message that wrote something."""
    return recall.last(incoming.work, incoming.sender, incoming.row.id)
