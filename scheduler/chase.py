"""08:45: one buddy is asked about each member who was reminded and is still open."""

from scheduler.job import Slot
from services import chase
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Ask the buddies of a group."""
    chase.ask_buddies(work, group_id, slot.day, expires_at=slot.expires_at)
