"""Who is who: an immutable snapshot of the unit's members, their accounts and rooms, read from the database at once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import chats, delegations, shifts
from models.chats import Chat
from models.decoration import Decoration, plain
from models.people import Charge, Person
from models.roster import Branch, Group, Member, Role, Roster
from models.roster_accounts import CASELESS
from models.tables.unit import AccountRow, BranchRow, GroupRow, MemberRow, RoomRow


@dataclass(frozen=True, slots=True)
class Room:
    """A bound chat: `kind` is organization, branch or group, `scope` the id of that branch or group."""

    channel: str
    address: str
    kind: str
    scope: str


@dataclass(frozen=True)
class Directory:
    """The whole unit at one moment. Look-ups only; nothing here changes anything."""

    roster: Roster
    people: dict[int, Person]
    accounts: dict[tuple[str, str], int]
    rooms: dict[tuple[str, str], Room]
    group_names: dict[str, str]
    branch_names: dict[str, str]
    group_branches: dict[str, str]
    chats: frozenset[Chat]
    stand_ins: dict[int, int]
    """Who is away (a member's id) and who has their charge, on the day of the snapshot."""
    _by_name: dict[str, tuple[Person, ...]] = field(repr=False)

    def speaker(self, channel: str, address: str) -> Person | None:
        """The member behind a confirmed account. A platform that does not tell capitals apart may write it in either way."""
        member_id = self.accounts.get((channel, address))
        if member_id is None and channel in CASELESS:
            member_id = self._caseless.get((channel, address.lower()))
        return None if member_id is None else self.people.get(member_id)

    def names_on(self, channel: str) -> Callable[[str], str | None]:
        """A look-up of the full name behind a confirmed account of a channel."""

        def name(address: str) -> str | None:
            speaker = self.speaker(channel, address)
            return None if speaker is None else speaker.name

        return name

    def named(self, name: str, near: Person | None = None) -> Person | None:
        """The member of that full name; of several the one closest to `near` (own group, own branch), None where that leaves a choice."""
        found = self._by_name.get(name, ())
        if near is not None:
            for close in (
                [p for p in found if p.id == near.id],
                [p for p in found if p.group_id is not None and p.group_id == near.group_id],
                [p for p in found if p.branch_id is not None and p.branch_id == near.branch_id],
            ):
                if len(close) == 1:
                    return close[0]
        return found[0] if len(found) == 1 else None

    @cached_property
    def called(self) -> dict[str, Person]:
        """Everybody by each name or alias that nobody else has."""
        aliases = {member.name: member.aliases for group in self.roster.groups for member in group.members}
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            for name in dict.fromkeys((person.name, *aliases.get(person.name, ()))):
                found[name].append(person)
        return {name: people[0] for name, people in found.items() if len(people) == 1}

    @cached_property
    def plain_names(self) -> tuple[tuple[str, Person], ...]:
        """Everybody by their full name as it is looked for in what people call themselves."""
        return tuple((plain(person.name), person) for person in self.people.values())

    @cached_property
    def decoration(self) -> Decoration:
        """What the members may write around their names."""
        return Decoration(self.roster)

    def names_of(self, person: Person) -> tuple[str, ...]:
        """What a member is called: the full name, then the aliases."""
        own = (m for group in self.roster.groups if group.id == person.group_id for m in group.members if m.name == person.name)
        return (person.name, *(alias for member in own for alias in member.aliases))

    def group_members(self, group_id: str) -> tuple[Person, ...]:
        """The members of a group, in the order of the roster."""
        return self._of_groups.get(group_id, ())

    def groups_of(self, branch_id: str) -> tuple[str, ...]:
        """The ids of a branch's groups."""
        return tuple(g for g, b in self.group_branches.items() if b == branch_id)

    def groups_led(self, person: Person) -> tuple[str, ...]:
        """The groups that a person answers for: the own one, or all of the branch; and those of whom they stand in for."""
        found: dict[str, None] = {}
        for charge in person.charges:
            if charge.role is Role.LEADER and charge.group_id is not None:
                found[charge.group_id] = None
            elif charge.role in (Role.SECRETARY, Role.DEPUTY) and charge.branch_id is not None:
                found |= dict.fromkeys(self.groups_of(charge.branch_id))
        return tuple(found)

    def trio_of(self, person: Person) -> tuple[Person, ...]:
        """The others of the trio that looks after `person`."""
        if not person.trio:
            return ()
        return tuple(p for p in self._of_groups.get(person.group_id, ()) if p.trio == person.trio and p.id != person.id)

    def holding(self, role: Role, person: Person, *, also_away: bool = False) -> tuple[Person, ...]:
        """Who holds `role` for `person`: the leader of the own group, secretary and deputy of the own branch, any duty officer.

        Who is away is not among them while somebody stands in, unless that is `person` or `also_away`.
        """
        wanted = Charge(role, person.branch_id, person.group_id)
        if not wanted.covers(person):
            return ()
        found = self._charged.get((role, wanted.scope), ())
        return tuple(one for one, own in found if not own or also_away or self.stand_ins.get(one.id, person.id) == person.id)

    def in_charge(self, role: Role, scope: str) -> tuple[Person, ...]:
        """Who leads a group, or is secretary or deputy of a branch; who stands in for whoever is away."""
        return self._present(self._charged.get((role, scope), ()))

    def everyone(self, role: Role) -> tuple[Person, ...]:
        """Who holds `role` for anybody; who stands in for whoever is away."""
        return self._everyone[role]

    def _present(self, found: Iterable[tuple[Person, bool]]) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(one for one, own in found if not own or one.id not in self.stand_ins))

    @cached_property
    def _everyone(self) -> dict[Role, tuple[Person, ...]]:
        held = {role: [pair for (of, _), found in self._charged.items() if of is role for pair in found] for role in Role}
        return {role: tuple(sorted(self._present(found), key=lambda person: person.id)) for role, found in held.items()}

    @cached_property
    def _charged(self) -> dict[tuple[Role, str | None], tuple[tuple[Person, bool], ...]]:
        """Who has a role for a group, a branch or all (None), and whether it is their own."""
        found: dict[tuple[Role, str | None], list[tuple[Person, bool]]] = defaultdict(list)
        for person in self.people.values():
            for number, charge in enumerate(person.charges):
                found[charge.role, charge.scope].append((person, number == 0))
        return {key: tuple(held) for key, held in found.items()}

    @cached_property
    def _of_groups(self) -> dict[str | None, tuple[Person, ...]]:
        found: dict[str | None, list[Person]] = defaultdict(list)
        for person in self.people.values():
            found[person.group_id].append(person)
        return {group: tuple(members) for group, members in found.items()}

    @cached_property
    def _rooms_of(self) -> dict[tuple[str, str], tuple[Room, ...]]:
        found: dict[tuple[str, str], list[Room]] = defaultdict(list)
        for room in self.rooms.values():
            found[room.kind, room.scope].append(room)
        return {key: tuple(rooms) for key, rooms in found.items()}

    @cached_property
    def _caseless(self) -> dict[tuple[str, str], int]:
        return {(channel, address.lower()): member_id for (channel, address), member_id in self.accounts.items() if channel in CASELESS}

    @cached_property
    def _addresses(self) -> dict[tuple[int, str], tuple[str, ...]]:
        found: dict[tuple[int, str], tuple[str, ...]] = {}
        for (channel, address), member_id in self.accounts.items():
            found[member_id, channel] = (*found.get((member_id, channel), ()), address)
        return found

    def addresses_of(self, member_id: int, channel: str) -> tuple[str, ...]:
        """The member's accounts on a channel, the first one first."""
        return self._addresses.get((member_id, channel), ())

    @cached_property
    def group_titles(self) -> dict[str, str]:
        """The groups' names for who looks at more than one branch: with the branch where another branch has a group of that name."""
        often = Counter(self.group_names.values())
        return {
            group: name if often[name] == 1 else self.branch_names[self.group_branches[group]] + name
            for group, name in self.group_names.items()
        }

    def title_of(self, room: Room) -> str:
        """The name of the group, the branch or the organization whose room it is."""
        names = self.branch_names if room.kind == "branch" else self.group_titles
        return names.get(room.scope, self.roster.organization)

    def rooms_of(self, kind: str, scope: str) -> tuple[Room, ...]:
        """The chats that are bound to a branch, a group or the organization."""
        return self._rooms_of.get((kind, scope), ())


def load_directory(session: Session, organization: str, day: date | None = None) -> Directory:
    """Read the unit as it is on a day; members who left are not in it. Without a day nobody stands in for anybody."""
    branches = sorted(session.scalars(select(BranchRow)), key=_natural)
    groups = sorted(session.scalars(select(GroupRow)), key=_natural)
    members = session.scalars(select(MemberRow).where(MemberRow.active).order_by(MemberRow.id)).all()
    accounts = session.scalars(select(AccountRow).where(AccountRow.confirmed_at.is_not(None)).order_by(AccountRow.id)).all()
    peopled = {m.group_id for m in members}
    groups = [g for g in groups if g.id in peopled]  # one that was given up keeps its row for the old records
    rooms = session.scalars(select(RoomRow).order_by(RoomRow.id)).all()
    branch_of = {g.id: g.branch_id for g in groups}
    people = {m.id: _person(m, branch_of) for m in members}
    stand_ins = {} if day is None else standing_in(session, day, people)
    for away, here in stand_ins.items():
        people[here] = replace(people[here], acting=(*people[here].acting, people[away].own))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people.values():
        by_name[person.name].append(person)
    return Directory(
        roster=_roster(organization, branches, groups, members),
        people=people,
        accounts={(a.channel, a.address): a.member_id for a in accounts},
        rooms={(r.channel, r.address): Room(r.channel, r.address, r.kind, r.scope) for r in rooms},
        group_names={g.id: g.name for g in groups},
        branch_names={b.id: b.name for b in branches},
        group_branches=branch_of,
        chats=chats.known(session),
        stand_ins=stand_ins,
        _by_name={name: tuple(found) for name, found in by_name.items()},
    )


def standing_in(session: Session, day: date, people: Collection[int]) -> dict[int, int]:
    """Who of some people is away on a day, and who of them has their charge."""
    found = {delegation.member_id: delegation.delegate_id for delegation in delegations.on(session, day)}
    return {away: here for away, here in found.items() if away in people and here in people}


def _natural(row: BranchRow | GroupRow) -> tuple[int, str]:
    """g2 before g10."""
    return len(row.id), row.id


def _person(row: MemberRow, branch_of: dict[str, str]) -> Person:
    branch = branch_of[row.group_id] if row.group_id else row.branch_id
    return Person(row.id, row.name, Role(row.role), branch, row.group_id, row.post, row.trio, shifts.parse(row.shift))


def _roster(organization: str, branches: Iterable[BranchRow], groups: Iterable[GroupRow], members: Iterable[MemberRow]) -> Roster:
    members = tuple(members)

    def first(role: Role, branch_id: str) -> str | None:
        return next((m.name for m in members if m.role == role and m.branch_id == branch_id and m.group_id is None), None)

    def group(row: GroupRow) -> Group:
        own = [m for m in members if m.group_id == row.id]
        return Group(
            id=row.id,
            branch=row.branch_id,
            name=row.name,
            aliases=tuple(row.aliases),
            leader=next((m.name for m in own if m.role == Role.LEADER), None),
            members=tuple(Member(name=m.name, aliases=tuple(m.aliases), post=m.post, trio=m.trio) for m in own),
        )

    return Roster(
        organization=organization,
        branches=tuple(
            Branch(id=b.id, name=b.name, secretary=first(Role.SECRETARY, b.id), deputy=first(Role.DEPUTY, b.id)) for b in branches
        ),
        groups=tuple(group(g) for g in groups),
        duty_officers=tuple(m.name for m in members if m.role == Role.DUTY_OFFICER),
    )
