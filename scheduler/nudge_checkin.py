"""08:25: a private nudge to each member still open."""

from scheduler.job import Slot
from services import remind, rounds
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Remind the open ones of a group whom no round has asked today."""
    asked = rounds.asked_on(work, slot.day, [person.id for person in work.directory.group_members(group_id)])
    remind.checkin(work, group_id, slot.day, late=slot.late(work), expires_at=slot.expires_at, asked=asked)
