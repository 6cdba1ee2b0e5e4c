"""09:05 and 20:10 to each leader, 09:20 and 20:25 to each secretary: what the day brought."""

from collections.abc import Sequence

from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from models.workdays import next_workday
from scheduler.job import Slot
from services import chase, digest, reviews
from services.notify import tell
from services.work import Work


def group_morning(work: Work, group_id: str, slot: Slot) -> None:
    """The health of a group, to its leader. What nobody answered until now is the leader's to look at."""
    reviews.open_unanswered(work, group_id)
    for reader in work.directory.in_charge(Role.LEADER, group_id):
        _send(work, reader, slot, work.directory.group_names[group_id], (group_id,), evening=False)


def group_evening(work: Work, group_id: str, slot: Slot) -> None:
    """The day of a group, to its leader, and who will have nobody to look after them on the next working day."""
    reviews.open_unanswered(work, group_id)
    ahead = chase.gaps(work, group_id, next_workday(slot.day))
    for reader in work.directory.in_charge(Role.LEADER, group_id):
        _send(work, reader, slot, work.directory.group_names[group_id], (group_id,), evening=True, ahead=ahead)


def branch_morning(work: Work, branch_id: str, slot: Slot) -> None:
    """The health of a branch, to its secretary."""
    for reader in work.directory.in_charge(Role.SECRETARY, branch_id):
        groups = work.directory.groups_of(branch_id)
        _send(work, reader, slot, work.directory.branch_names[branch_id], groups, evening=False)


def branch_evening(work: Work, branch_id: str, slot: Slot) -> None:
    """The day of a branch, to its secretary."""
    for reader in work.directory.in_charge(Role.SECRETARY, branch_id):
        groups = work.directory.groups_of(branch_id)
        _send(work, reader, slot, work.directory.branch_names[branch_id], groups, evening=True)


def _send(work: Work, reader: Person, slot: Slot, title: str, groups: tuple[str, ...], *, evening: bool, ahead: Sequence[str] = ()) -> None:
    facts = digest.gather(work, title, groups, slot.day, reader)
    if not facts.groups and not facts.cases:
        return  # a branch that has no members yet
    compose = digest.evening if evening else digest.morning
    text = "\n".join([compose(work, facts, slot.late(work)), *ahead])
    tell(work, reader, text, NoticeKind.DIGEST, Priority.DIGEST, day=slot.day, expires_at=slot.expires_at)
