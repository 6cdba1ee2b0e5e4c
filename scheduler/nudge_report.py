"""17:50: a private nudge to each member whose daily report is open."""

from scheduler.job import Slot
from services import remind
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Remind a group."""
    remind.report(work, group_id, slot.day, late=slot.late(work), expires_at=slot.expires_at)
