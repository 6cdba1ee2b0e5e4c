"""Who hears of a case, and when it climbs. Rules over the policies, the directory and who can be reached; services.cases acts on them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.directory import Directory, Person
from models.policies import Ladder, Policies
from models.roster import Role
from models.tables.cases import CaseRow
from services import calm, reach
from services.work import Work

AFTER_ACTING = timedelta(hours=24)
"""Once a ladder has been repeated for as long as `repeat_for`, it is told again once a day."""


def of_case(policies: Policies, case: CaseRow) -> Ladder:
    """The ladder of a case by its kind and urgency."""
    policy = policies.hardship if case.kind == "hardship" else policies.health
    return policy.urgent if case.urgency == "urgent" else policy.ordinary


def first_told(work: Work, case: CaseRow) -> tuple[Person, ...]:
    """Whom to tell at once. Where nobody who can be reached holds those roles, the first step of the ladder at which somebody does."""
    ladder = of_case(work.unit.policies, case)
    told = {person.id: person for person in _confidants(work, case)}
    for roles in (ladder.tell, *(rung.tell for rung in ladder.climb), (Role.DUTY_OFFICER,)):
        told |= {person.id: person for person in people(work.directory, roles, case)}
        if _somebody_hears(work, told.values()):
            return tuple(told.values())
    return tuple(told.values()) + last_resort(work.directory, case)


def _confidants(work: Work, case: CaseRow) -> list[Person]:
    """Whom the unit has named for such cases; nobody else hears what was said for the secretary alone."""
    if case.confidential or not calm.of_the_heart(case):
        return []
    member = work.directory.people.get(case.member_id)
    found = (work.directory.named(name, near=member) for name in work.unit.policies.distress.confidants)
    return [person for person in found if person is not None and person.id not in (case.member_id, case.reporter_id)]


def _somebody_hears(work: Work, people: Iterable[Person]) -> bool:
    return any(reach.reachable(work, person) for person in people)


def last_resort(directory: Directory, case: CaseRow) -> tuple[Person, ...]:
    """Nobody is left who answers for this member (the only duty officer is in need): the secretaries of all branches."""
    return tuple(p for p in directory.people.values() if p.role is Role.SECRETARY and p.id not in (case.member_id, case.reporter_id))


def step_told(work: Work, case: CaseRow, step: int) -> tuple[Person, ...]:
    """Whom to tell at a step; beyond the last step the last one is told again. Where nobody hears it there, those who heard it first."""
    ladder = of_case(work.unit.policies, case)
    found = people(work.directory, ladder.climb[min(step, len(ladder.climb) - 1)].tell, case) if ladder.climb else ()
    return found if _somebody_hears(work, found) else first_told(work, case)


def next_step_at(work: Work, case: CaseRow, step: int, now: datetime | None = None) -> datetime | None:
    """When step number `step` (from 0) is due; None where the ladder has ended. A step already past is due now (`now`: at that moment).

    What can wait for the morning counts from when people heard of it, and nobody is woken for a step of it.
    """
    ladder, now = of_case(work.unit.policies, case), now or work.now
    heard_at = calm.of_case(work, case, case.round_at)
    if step < len(ladder.climb):
        return calm.of_case(work, case, max(heard_at + ladder.climb[step].after, now))
    if ladder.repeat is None:
        return None
    tired = now - heard_at >= ladder.repeat_for
    return calm.of_case(work, case, now + (max(AFTER_ACTING, ladder.repeat) if tired else ladder.repeat))


def people(directory: Directory, roles: tuple[Role, ...], case: CaseRow) -> tuple[Person, ...]:
    """Who holds these roles for the member of a case: never that member, never the reporter, and no leader of a confidential case."""
    member = directory.people.get(case.member_id)
    if member is None:
        return tuple(p for p in directory.people.values() if p.role is Role.DUTY_OFFICER)
    found: dict[int, Person] = {}
    for role in roles:
        if case.confidential and role is Role.LEADER:
            continue
        for person in directory.holding(role, member):
            if person.id not in (case.member_id, case.reporter_id):
                found.setdefault(person.id, person)
    return tuple(found.values())


def may_act(work: Work, case: CaseRow, person: Person) -> bool:
    """Whether a person may acknowledge, hand over or close a case: its owner, or anybody whom its ladder can reach."""
    if person.id == case.owner_id:
        return True
    ladder = of_case(work.unit.policies, case)
    roles = (*ladder.tell, *(role for rung in ladder.climb for role in rung.tell), Role.SECRETARY, Role.DUTY_OFFICER)
    found = (*people(work.directory, roles, case), *first_told(work, case))
    return any(one.id == person.id for one in found)
