"""Who hears of a case, and when it climbs. Rules over the policies, the directory and who can be reached; services.cases acts on them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from models import cases, outbox
from models.directory import Directory
from models.listeners import BUDDY, EVERYONE, IN_CONFIDENCE, named
from models.people import Person
from models.policies import CasePolicy, Ladder, Policies
from models.roster import Role
from models.tables.cases import CaseRow
from services import calm, reach
from services.work import Work

AFTER_ACTING = timedelta(hours=24)
"""Once a ladder has been repeated for as long as `repeat_for`, it is told again once a day."""


def of_case(policies: Policies, case: CaseRow) -> Ladder:
    """The ladder of a case by its kind and urgency."""
    policy: CasePolicy = getattr(policies, case.kind)
    return policy.urgent if case.urgency == "urgent" else policy.ordinary


def first_told(work: Work, case: CaseRow) -> tuple[Person, ...]:
    """Whom to tell at once. Where nobody who can be reached is found there, the first step of the ladder at which somebody is."""
    ladder = of_case(work.unit.policies, case)
    told = {person.id: person for person in _confidants(work, case)}
    for step in (ladder.tell, *(rung.tell for rung in ladder.climb), (Role.DUTY_OFFICER,)):
        told |= {person.id: person for person in people(work.directory, step, case)}
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


def deciders(work: Work, case: CaseRow) -> tuple[Person, ...]:
    """Who decides where the reporter does not answer: the secretary; where none can be reached, the deputy, then whoever is on duty."""
    for role in (Role.SECRETARY, Role.DEPUTY, Role.DUTY_OFFICER):
        found = people(work.directory, (role,), case)
        if _somebody_hears(work, found):
            return found
    return last_resort(work.directory, case)


def last_resort(directory: Directory, case: CaseRow) -> tuple[Person, ...]:
    """Nobody is left who answers for this member (the only duty officer is in need): the secretaries of all branches."""
    return tuple(p for p in directory.everyone(Role.SECRETARY) if p.id not in (case.member_id, case.reporter_id))


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


def people(directory: Directory, told: Iterable[str], case: CaseRow, *, also_away: bool = False) -> tuple[Person, ...]:
    """Whom these words of a policy (models.listeners) find for the member of a case: never that member, never the reporter.

    Of what was said for the secretary alone only those hear who answer for the whole branch, or are on duty; they do while they are away.
    """
    member = directory.people.get(case.member_id)
    if member is None:
        return directory.everyone(Role.DUTY_OFFICER)
    found: dict[int, Person] = {}
    for who in told:
        if case.confidential and who not in IN_CONFIDENCE:
            continue
        for person in _found(directory, who, _as_told(case, member), also_away=also_away or case.confidential):
            if person.id not in (case.member_id, case.reporter_id) and not closed_to(directory, case, person):
                found.setdefault(person.id, person)
    return tuple(found.values())


def closed_to(directory: Directory, case: CaseRow, person: Person) -> bool:
    """Whether a case is not for a person, because it was said for the secretary alone."""
    if not case.confidential:
        return False
    member = directory.people.get(case.member_id)
    if member is None:
        return not person.in_confidence
    return not (person.hears_confidences_of(member) and person.hears_confidences_of(_as_told(case, member)))


def _spoke_up(directory: Directory, case: CaseRow, person: Person) -> bool:
    """Whether a leader or secretary raised a case for one of their own: nobody need tell them of it, and it is theirs to take."""
    member = directory.people.get(case.member_id)
    return person.id == case.reporter_id != case.member_id and member is not None and person.answers_for(_as_told(case, member))


def stayed(directory: Directory, case: CaseRow) -> bool:
    """Whether what somebody said for the secretary alone is with the branch in which they said it, while they are in another one."""
    member = directory.people.get(case.member_id)
    return member is not None and _as_told(case, member) is not member


def _as_told(case: CaseRow, member: Person) -> Person:
    """The member as those know them who hear of a case: what was said for the secretary alone goes nowhere with them by itself."""
    if not case.confidential or case.branch_id is None or case.branch_id == member.branch_id:
        return member
    return replace(member, branch_id=case.branch_id, group_id=case.group_id)


def _found(directory: Directory, who: str, member: Person, *, also_away: bool) -> tuple[Person, ...]:
    if (name := named(who)) is not None:
        person = directory.named(name, near=member)
        return () if person is None else (person,)
    if who == BUDDY:
        return directory.trio_of(member)
    if who in EVERYONE:
        return directory.everyone(EVERYONE[who])
    return directory.holding(Role(who), member, also_away=also_away)


def may_act(work: Work, case: CaseRow, person: Person) -> bool:
    """Whether a person may acknowledge, hand over or close a case: whom its ladder reaches, its owner, or that of one merged into it.

    What was said for the secretary alone is not for an owner either who was one of those that may know, and is not any more.
    """
    return bool(who_may_act(work, case, (person,)))


def who_may_act(work: Work, case: CaseRow, some: Iterable[Person]) -> tuple[Person, ...]:
    """Those of some people who may act on a case, as `may_act` says."""
    reached: set[int] = set()
    return tuple(person for person in some if _may_act(work, case, person, reached))


def _may_act(work: Work, case: CaseRow, person: Person, reached: set[int]) -> bool:
    """`reached`: whom the case's ladder reaches, filled in when somebody is first looked for there."""
    if person.id == case.owner_id or _spoke_up(work.directory, case, person):
        return not closed_to(work.directory, case, person)
    if not reached:
        ladder = of_case(work.unit.policies, case)
        everybody = (*ladder.tell, *(who for rung in ladder.climb for who in rung.tell), Role.SECRETARY, Role.DUTY_OFFICER)
        found = (*people(work.directory, everybody, case, also_away=True), *first_told(work, case))
        reached.update(one.id for one in found)
    if person.id in reached:
        return True
    if closed_to(work.directory, case, person):
        return False
    if any(merged.owner_id == person.id for merged in cases.merged_into(work.session, case.id)):
        return True
    # whose member has left the unit is nobody's any more: whoever was told of it acts on it
    return case.member_id not in work.directory.people and person.id in outbox.told(work.session, case.id)
