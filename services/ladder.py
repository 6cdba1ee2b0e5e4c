"""Who hears of a case, and when it climbs. Pure rules over the policies and the directory; services.cases acts on them."""

from datetime import datetime, timedelta

from models.directory import Directory, Person
from models.policies import Ladder, Policies
from models.roster import Role
from models.tables.cases import CaseRow

AFTER_ACTING = timedelta(hours=24)
"""Once a ladder has been repeated for as long as `repeat_for`, it is told again once a day."""


def of_case(policies: Policies, case: CaseRow) -> Ladder:
    """The ladder of a case by its kind and urgency."""
    policy = policies.hardship if case.kind == "hardship" else policies.health
    return policy.urgent if case.urgency == "urgent" else policy.ordinary


def first_told(ladder: Ladder, directory: Directory, case: CaseRow) -> tuple[Person, ...]:
    """Whom to tell at once. Where nobody holds those roles, the first step of the ladder at which there is somebody."""
    for roles in (ladder.tell, *(rung.tell for rung in ladder.climb), (Role.DUTY_OFFICER,)):
        found = people(directory, roles, case)
        if found:
            return found
    return ()


def step_told(ladder: Ladder, directory: Directory, case: CaseRow, step: int) -> tuple[Person, ...]:
    """Whom to tell at a step; beyond the last step the last one is told again."""
    if not ladder.climb:
        return first_told(ladder, directory, case)
    return people(directory, ladder.climb[min(step, len(ladder.climb) - 1)].tell, case)


def next_step_at(ladder: Ladder, case: CaseRow, step: int, now: datetime) -> datetime | None:
    """When step number `step` (from 0) is due; None where the ladder has ended. A step already past is due now."""
    if step < len(ladder.climb):
        return max(case.round_at + ladder.climb[step].after, now)
    if ladder.repeat is None:
        return None
    tired = now - case.round_at >= ladder.repeat_for
    return now + (max(AFTER_ACTING, ladder.repeat) if tired else ladder.repeat)


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


def may_act(directory: Directory, policies: Policies, case: CaseRow, person: Person) -> bool:
    """Whether a person may acknowledge, hand over or close a case: its owner, or anybody whom its ladder can reach."""
    if person.id == case.owner_id:
        return True
    ladder = of_case(policies, case)
    roles = (*ladder.tell, *(role for rung in ladder.climb for role in rung.tell), Role.SECRETARY, Role.DUTY_OFFICER)
    return any(found.id == person.id for found in people(directory, roles, case))
