"""08:25: a private nudge to each member still open, and to the trio of one who was open the last time too."""

from models import records
from scheduler.job import Slot
from services import coverage, remind
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Remind the open ones of a group; ask the trios of those who are silent for the second time."""
    reminded = remind.checkin(work, group_id, slot.day, late=slot.late(work), expires_at=slot.expires_at)
    day_before = records.last_opened_day(work.session, group_id, slot.day)
    if day_before is None:
        return
    silent = {m.person.id for m in coverage.of_group(work, group_id, day_before).open}
    for person in reminded:
        if person.id in silent:
            remind.buddies(work, person, expires_at=slot.expires_at)
