"""Whom an alert does not reach, in words: who, why, and what to do. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.directory import Directory
from models.people import Person
from models.roster import Role
from services import wording
from services.reachability import Why
from services.texts import Texts


def lines(texts: Texts, directory: Directory, bot_name: str, unreached: Iterable[tuple[Person, Why]]) -> Iterator[str]:
    """A line for each person with a role, and one for the members of each group."""
    unreached = list(unreached)
    if any(why is Why.NO_CHANNEL for _, why in unreached):
        yield texts("unreached.no_channel")
        return
    members: dict[tuple[str, Why], list[str]] = defaultdict(list)
    for person, why in unreached:
        if person.role is Role.MEMBER:
            members[place_of(directory, person), why].append(person.name)
        else:
            yield texts(f"unreached.{why}", who=title(texts, directory, person), bot=bot_name)
    for (place, why), names in members.items():
        who = texts("check.members", place=place, names=wording.listed(texts, names))
        yield texts(f"unreached.{why}", who=who, bot=bot_name)


def title(texts: Texts, directory: Directory, person: Person) -> str:
    """Who somebody with a role is: 江北站党支部书记周建国."""
    return texts("check.holder", role=texts.word("role", person.role), name=person.name, place=place_of(directory, person))


def place_of(directory: Directory, person: Person) -> str:
    """The name of the group, the branch or the organization for which somebody has their role."""
    if person.group_id is not None and person.role in (Role.MEMBER, Role.LEADER):
        return directory.group_titles[person.group_id]
    return directory.branch_names.get(person.branch_id or "", directory.roster.organization)
