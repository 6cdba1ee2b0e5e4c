"""Who is who: an immutable snapshot of the unit's members, their accounts and rooms, read from the database at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import chats
from models.chats import Chat
from models.decoration import Decoration, plain
from models.roster import Branch, Group, Member, Role, Roster
from models.roster_accounts import CASELESS
from models.tables.unit import AccountRow, BranchRow, GroupRow, MemberRow, RoomRow


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the bot knows them; `branch_id` and `group_id` are None where the member belongs to none."""

    id: int
    name: str
    role: Role
    branch_id: str | None
    group_id: str | None
    post: str
    trio: str


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
    def plain_names(self) -> tuple[tuple[str, Person], ...]:
        """Everybody by their full name as it is looked for in what people call themselves."""
        return tuple((plain(person.name), person) for person in self.people.values())

    @cached_property
    def decoration(self) -> Decoration:
        """What the members may write around their names."""
        return Decoration(self.roster)

    def group_members(self, group_id: str) -> tuple[Person, ...]:
        """The members of a group, in the order of the roster."""
        return tuple(p for p in self.people.values() if p.group_id == group_id)

    def groups_of(self, branch_id: str) -> tuple[str, ...]:
        """The ids of a branch's groups."""
        return tuple(g for g, b in self.group_branches.items() if b == branch_id)

    def trio_of(self, person: Person) -> tuple[Person, ...]:
        """The others of the trio that looks after `person`."""
        if not person.trio:
            return ()
        return tuple(p for p in self.people.values() if p.trio == person.trio and p.group_id == person.group_id and p.id != person.id)

    def holding(self, role: Role, person: Person) -> tuple[Person, ...]:
        """Who holds `role` for `person`: the leader of the own group, secretary and deputy of the own branch, any duty officer."""
        return tuple(p for p in self._holders.get(role, ()) if answers_for(p, person))

    @cached_property
    def _holders(self) -> dict[Role, tuple[Person, ...]]:
        return {role: tuple(p for p in self.people.values() if p.role is role) for role in Role}

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

    def title_of(self, room: Room) -> str:
        """The name of the group, the branch or the organization whose room it is."""
        names = self.branch_names if room.kind == "branch" else self.group_names
        return names.get(room.scope, self.roster.organization)

    def rooms_of(self, kind: str, scope: str) -> tuple[Room, ...]:
        """The chats that are bound to a branch, a group or the organization."""
        return tuple(room for room in self.rooms.values() if (room.kind, room.scope) == (kind, scope))


def answers_for(holder: Person, person: Person) -> bool:
    """Whether `holder` leads, is secretary or deputy of, or is on duty for `person`."""
    match holder.role:
        case Role.LEADER:
            return holder.group_id is not None and holder.group_id == person.group_id
        case Role.SECRETARY | Role.DEPUTY:
            return holder.branch_id is not None and holder.branch_id == person.branch_id
        case Role.DUTY_OFFICER:
            return True
        case Role.MEMBER:
            return False


def load_directory(session: Session, organization: str) -> Directory:
    """Read the unit; members who left are not in it."""
    branches = sorted(session.scalars(select(BranchRow)), key=_natural)
    groups = sorted(session.scalars(select(GroupRow)), key=_natural)
    members = session.scalars(select(MemberRow).where(MemberRow.active).order_by(MemberRow.id)).all()
    accounts = session.scalars(select(AccountRow).where(AccountRow.confirmed_at.is_not(None)).order_by(AccountRow.id)).all()
    peopled = {m.group_id for m in members}
    groups = [g for g in groups if g.id in peopled]  # one that was given up keeps its row for the old records
    rooms = session.scalars(select(RoomRow).order_by(RoomRow.id)).all()
    branch_of = {g.id: g.branch_id for g in groups}
    people = {m.id: _person(m, branch_of) for m in members}
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
        _by_name={name: tuple(found) for name, found in by_name.items()},
    )


def _natural(row: BranchRow | GroupRow) -> tuple[int, str]:
    """g2 before g10."""
    return len(row.id), row.id


def _person(row: MemberRow, branch_of: dict[str, str]) -> Person:
    branch = branch_of[row.group_id] if row.group_id else row.branch_id
    return Person(row.id, row.name, Role(row.role), branch, row.group_id, row.post, row.trio)


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
