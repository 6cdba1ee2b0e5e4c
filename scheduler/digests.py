"""09:05 and 20:10 to each leader, 09:20 and 20:25 to each secretary: what the day brought."""

from models.directory import Person
from models.outbox import NoticeKind, Priority
from models.roster import Role
from scheduler.job import Slot
from services import digest, reviews
from services.notify import tell
from services.work import Work


def group_morning(work: Work, group_id: str, slot: Slot) -> None:
    """The health of a group, to its leader. What nobody answered until now is the leader's to look at."""
    reviews.open_unanswered(work, group_id)
    for reader in _leaders(work, group_id):
        _send(work, reader, slot, work.directory.group_names[group_id], (group_id,), evening=False)


def group_evening(work: Work, group_id: str, slot: Slot) -> None:
    """The day of a group, to its leader."""
    reviews.open_unanswered(work, group_id)
    for reader in _leaders(work, group_id):
        _send(work, reader, slot, work.directory.group_names[group_id], (group_id,), evening=True)


def branch_morning(work: Work, branch_id: str, slot: Slot) -> None:
    """The health of a branch, to its secretary."""
    for reader in _secretaries(work, branch_id):
        groups = work.directory.groups_of(branch_id)
        _send(work, reader, slot, work.directory.branch_names[branch_id], groups, evening=False)


def branch_evening(work: Work, branch_id: str, slot: Slot) -> None:
    """The day of a branch, to its secretary."""
    for reader in _secretaries(work, branch_id):
        groups = work.directory.groups_of(branch_id)
        _send(work, reader, slot, work.directory.branch_names[branch_id], groups, evening=True)


def _leaders(work: Work, group_id: str) -> list[Person]:
    return [p for p in work.directory.group_members(group_id) if p.role is Role.LEADER]


def _secretaries(work: Work, branch_id: str) -> list[Person]:
    return [p for p in work.directory.people.values() if p.role is Role.SECRETARY and p.branch_id == branch_id]


def _send(work: Work, reader: Person, slot: Slot, title: str, groups: tuple[str, ...], *, evening: bool) -> None:
    facts = digest.gather(work, title, groups, slot.day, reader)
    if not facts.groups and not facts.cases:
        return  # a branch that has no members yet
    compose = digest.evening if evening else digest.morning
    text = compose(work, facts, slot.late(work))
    tell(work, reader, text, NoticeKind.DIGEST, Priority.DIGEST, day=slot.day, expires_at=slot.expires_at)
