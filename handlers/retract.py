"""What was reported is taken back, without a new report."""

from handlers.incoming import Incoming
from models.reading import Reading
from services import recall


def wants(reading: Reading) -> bool:
    """Any message that takes something back."""
    return reading.retract


def handle(incoming: Incoming) -> list[str]:
    """Take back the sender's last report; the line of the receipt."""
    return [take_back(incoming)]


def take_back(incoming: Incoming) -> str:
    """Undo the sender's last message that wrote something."""
    return recall.last(incoming.work, incoming.sender, incoming.row.id)
