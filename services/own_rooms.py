"""The rooms of groups and branches on a channel that makes its rooms itself: which are missing, and who belongs in each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from models.directory import Directory
from models.people import Person
from models.roster import Role
from services import reach
from services.work import Work


@dataclass(frozen=True)
class OwnRoom:
    """A room that is there (`address`) or is to be made. `members` are the accounts of those who belong in it, the owner's first.

    `may_stay`: accounts of those who answer for them, who need not be in it. `missing`: the names of members who have no account.
    """

    kind: str
    scope: str
    name: str
    address: str | None
    members: tuple[str, ...]
    may_stay: frozenset[str]
    missing: tuple[str, ...]


class UnknownNameError(ValueError):
    """A name that is no group's and no branch's; the text is that name."""


def own_rooms(work: Work, channel: str, names: Collection[str] = ()) -> list[OwnRoom]:
    """The rooms on a channel, and those to be made for whoever has none in which the bot may speak.

    `names`: only these groups and branches, by name, squad name or id. Raises UnknownNameError.
    """
    found = []
    unknown = set(names)
    for kind, scope, called, people in _units(work.directory):
        if (names and not unknown.isdisjoint(called)) or not names:
            found.append((kind, scope, called[0], people))
        unknown -= set(called)
    if unknown:
        raise UnknownNameError(min(unknown))
    rooms = [_room(work, channel, kind, scope, name, people) for kind, scope, name, people in found]
    return [room for room in rooms if room.address is not None or reach.room_of(work, room.kind, room.scope) is None]


def _units(directory: Directory) -> Iterator[tuple[str, str, tuple[str, ...], list[Person]]]:
    """(kind, id, names, people) of every branch and group; whoever leads it comes first."""
    for branch in directory.roster.branches:
        people = [person for person in directory.people.values() if person.branch_id == branch.id]
        people.sort(key=lambda person: _BRANCH_ORDER.get(person.role, 2))
        yield "branch", branch.id, (branch.name, branch.id), people
    for group in directory.roster.groups:
        people = sorted(directory.group_members(group.id), key=lambda person: person.role is not Role.LEADER)
        yield "group", group.id, (group.name, group.id, *group.aliases), people


_BRANCH_ORDER = {Role.SECRETARY: 0, Role.DEPUTY: 1}


def _room(work: Work, channel: str, kind: str, scope: str, name: str, people: list[Person]) -> OwnRoom:
    directory = work.directory
    bound = next((room.address for room in directory.rooms_of(kind, scope) if room.channel == channel), None)
    accounts = {person.id: directory.addresses_of(person.id, channel)[:1] for person in people}
    members = tuple(account for person in people for account in accounts[person.id])
    answering = (one for one in directory.people.values() if any(one.answers_for(person) for person in people))
    may_stay = frozenset(account for one in answering for account in directory.addresses_of(one.id, channel))
    missing = tuple(person.name for person in people if not accounts[person.id])
    return OwnRoom(kind, scope, name, bound, members, may_stay, missing)
