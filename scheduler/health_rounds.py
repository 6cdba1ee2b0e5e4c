"""07:25, 12:25 and 18:35, every day: how are those who are ill? Nobody else hears anything."""

from scheduler.job import Slot
from services import rounds
from services.work import Work


def morning(work: Work, branch_id: str, slot: Slot) -> None:
    """The morning's round through a branch."""
    _go(work, branch_id, slot, rounds.MORNING)


def noon(work: Work, branch_id: str, slot: Slot) -> None:
    """The one at noon."""
    _go(work, branch_id, slot, rounds.NOON)


def evening(work: Work, branch_id: str, slot: Slot) -> None:
    """The one in the evening."""
    _go(work, branch_id, slot, rounds.EVENING)


def _go(work: Work, branch_id: str, slot: Slot, which: str) -> None:
    people = [person for person in work.directory.people.values() if person.branch_id == branch_id]
    rounds.go(work, people, which, late=slot.late(work), expires_at=slot.expires_at)
