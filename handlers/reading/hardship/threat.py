"""Danger now, or somebody who does not want to live: looked for before any other difficulty."""

from handlers.reading.hardship.brink import brink
from handlers.reading.hardship.danger import danger
from handlers.reading.hardship.farewell import farewell
from handlers.reading.hardship.others import trifles
from handlers.reading.hardship.stated import DESPAIR, first_place
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_OF_HEALTH = "hardships.danger.health"


def threat(message: Message, *, seen_to: bool) -> dict[str, Place]:
    """Danger now, or despair; a hurt that is `seen_to` is no danger any more."""
    found = danger(message)
    if seen_to and all(place.by == _OF_HEALTH for place in found.values()):
        for category, place in found.items():
            message.leave_out(f"categories:{category}", (place.start, place.end), "hardships.tended")
        found = {}
    return found or _despair(message)


def _despair(message: Message) -> dict[str, Place]:
    """Where somebody does not want to live, or stays at a brink, unless that is the account of a rescue or about a trifle."""
    place = first_place(message, DESPAIR) or brink(message) or farewell(message)
    if place is None:
        return {}
    against = "hardships.rescued" if message.finds("hardships.rescued") else "frames.trifles" if trifles(message) else ""
    if not against or first_place(message, "hardships.watch") is not None:
        return {"psychological": place}
    message.leave_out("categories:psychological", (place.start, place.end), against)
    return {}
