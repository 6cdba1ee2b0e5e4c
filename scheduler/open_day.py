"""06:00: the day's check-in opens. Who is expected is noted, so that a later change of the roster does not rewrite the day."""

from models import records
from scheduler.job import Slot
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Note who is expected in a group. Nothing is sent."""
    members = [p.id for p in work.directory.group_members(group_id)]
    records.open_group_day(work.session, group_id, slot.day, members, work.now)
