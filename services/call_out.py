"""出警 and 归队: who is out on a call is left in peace; it ends by a word, or by itself."""

import re
from collections.abc import Sequence

from models import call_outs
from models.people import Person
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.records import CallOutRow
from services import coverage, wording
from services.work import Work

_BETWEEN = re.compile(r"[\s、,，]+")


def begin(work: Work, message: MessageRow, actor: Person, names: str) -> tuple[str, str]:
    """Those who are named (members, or groups), or else the actor's group, are out; the sentences for the actor and for a room."""
    if not names and len(_groups(work, actor)) != 1:
        sentence = work.say("call_out.who", name=next(iter(work.directory.group_names.values()), ""))
        return sentence, ""
    people, unknown = _meant(work, actor, names)
    if unknown:
        return work.say("call_out.unknown", name=unknown), ""
    until = work.now + work.unit.policies.call_out_lapses
    for person in people:
        row = CallOutRow(member_id=person.id, until=until, reported_by=actor.id, message_id=message.id, recorded_at=work.now)
        call_outs.begin(work.session, row)
    listed = wording.listed(work.unit.texts, (person.name for person in people))
    private = work.say("call_out.begun", count=len(people), names=listed, until=wording.moment(work, until))
    return private, work.say("call_out.begun_public", count=len(people))


def end(work: Work, actor: Person, names: str, *, squad: bool) -> list[Person]:
    """Who is back: those who are named; else of whoever answers for others all of them (`squad`), and of a member the member."""
    if names:
        people, _ = _meant(work, actor, names)
    elif squad and any(charge.role is not Role.MEMBER for charge in actor.charges):
        people = [person for person in work.directory.people.values() if _answers(actor, person)]
    else:
        people = [actor]
    out = call_outs.end(work.session, [person.id for person in people], work.now)
    return [person for person in people if person.id in out]


def _meant(work: Work, actor: Person, names: str) -> tuple[list[Person], str]:
    """The people behind the names, each once, of those for whom the actor answers; and the first name that is nobody's."""
    if not names:
        return [person for group in _groups(work, actor) for person in _there(work, group)], ""
    found: dict[int, Person] = {}
    for name in _BETWEEN.split(names):
        people = _named(work, actor, name)
        if not people:
            return [], name
        found |= {person.id: person for person in people}
    return list(found.values()), ""


def _named(work: Work, actor: Person, name: str) -> Sequence[Person]:
    groups = [group.id for group in work.directory.roster.groups if name in (group.name, *group.aliases)]
    groups = [group for group in groups if group in _groups(work, actor)]
    if len(groups) == 1:
        return _there(work, groups[0])
    person = work.directory.named(name, near=actor)
    if person is None:
        called = [one for one in work.directory.people.values() if name in work.directory.names_of(one) and _answers(actor, one)]
        person = called[0] if len(called) == 1 else None
    return [person] if person is not None and _answers(actor, person) else []


def _there(work: Work, group: str) -> list[Person]:
    """Who of a group can be out at all."""
    return [member.person for member in coverage.of_group(work, group, work.today).members if member.leave is None and not member.off]


def _groups(work: Work, actor: Person) -> tuple[str, ...]:
    """The groups for which a person answers."""
    return tuple(work.directory.group_names) if actor.has((Role.DUTY_OFFICER,)) else work.directory.groups_led(actor)


def _answers(actor: Person, person: Person) -> bool:
    return actor.id == person.id or actor.answers_for(person)
