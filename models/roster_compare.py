"""The unit beside a sheet: which row each branch, group and person of the sheet is, and what differs. Reads, and changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import roster_accounts
from models.roster_match import Known, match
from models.roster_sheet import Place, RosterLine
from models.tables.unit import BranchRow, GroupRow, MemberRow, RoomRow

FEWEST_THE_SAME = 2
"""So many people at least must stay together for a group with a new name to be the old one."""


class Sign(StrEnum):
    """What happens to a branch, a group or a member."""

    ADDED = "added"
    RETURNED = "returned"
    CHANGED = "changed"
    RENAMED = "renamed"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One column (of `models.roster_sheet.COLUMNS`) that gets another value."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One thing that differs; `kind` is branch, group or member, `place` is where it is, or was."""

    kind: str
    sign: Sign
    name: str
    place: Place = ("", "")
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RoomLeft:
    """A room that is still bound to a branch or a group that left."""

    kind: str
    name: str
    id: str
    channel: str
    address: str


class Comparison:
    """The unit beside the lines: which row each branch, group and person of the sheet is."""

    def __init__(self, session: Session, lines: Sequence[RosterLine]) -> None:
        self.lines = lines
        self.branches = {row.name: row for row in session.scalars(select(BranchRow))}
        self.groups = {row.id: row for row in session.scalars(select(GroupRow))}
        self.members = {row.id: row for row in session.scalars(select(MemberRow).order_by(MemberRow.id))}
        self._branch_names = {row.id: row.name for row in self.branches.values()}
        active = [row for row in self.members.values() if row.active]
        self._live_groups = {row.group_id for row in active if row.group_id}
        self._live_branches = {row.branch_id for row in active} | {self.groups[group_id].branch_id for group_id in self._live_groups}
        self.places = self._find_groups()
        self._new_places = {row.id: place for place, row in self.places.items()}
        self.squads = self._squads()
        wecom = roster_accounts.addresses(session, roster_accounts.WECOM_APP)
        wechat = roster_accounts.addresses(session, roster_accounts.WECHAT)
        self.known = [self._known(row, wecom.get(row.id, ()), wechat.get(row.id, ())) for row in self.members.values()]
        self.matched = match(lines, self.known)

    def place_of(self, group: GroupRow) -> Place:
        """Where a group is now."""
        return self._branch_names[group.branch_id], group.name

    def _find_groups(self) -> dict[Place, GroupRow]:
        """The row of each group of the sheet: by branch and name, else a group in use that moved, with its name, from another branch."""
        wanted = list(dict.fromkeys(line.place for line in self.lines if line.group))
        rows = {self.place_of(row): row for row in self.groups.values()}
        found = {place: rows[place] for place in wanted if place in rows}
        for place in wanted:
            if place not in found:
                moved = [
                    r for r in self.groups.values() if r.name == place[1] and r.id in self._live_groups and self.place_of(r) not in found
                ]
                rivals = [other for other in wanted if other[1] == place[1] and other not in found]
                if len(moved) == 1 and len(rivals) == 1:
                    found[place] = moved[0]
        return found | self._renamed([place for place in wanted if place not in found], {row.id for row in found.values()})

    def _renamed(self, new: Sequence[Place], kept: Set[str]) -> dict[Place, GroupRow]:
        """The row of each new group that is one that left under another name: most people of both are the same, and two at least."""
        before: dict[str, set[str]] = defaultdict(set)
        for row in self.members.values():
            if row.active and row.group_id and row.group_id not in kept:
                before[row.group_id].add(row.name)
        found = {}
        for place in new:
            after = {line.name for line in self.lines if line.group and line.place == place}
            for group_id, people in before.items():
                same = len(people & after)
                if same >= FEWEST_THE_SAME and 2 * same > max(len(people), len(after)):
                    found[place] = self.groups[group_id]
        return found

    def rooms_left(self, session: Session) -> list[RoomLeft]:
        """The rooms, but for the sandbox's, that stay with what leaves."""
        kept = {row.id for row in self.places.values()}
        branches = {line.branch for line in self.lines}
        gone = {("group", row.id): row.name for row in self.groups.values() if row.id in self._live_groups and row.id not in kept}
        gone |= {
            ("branch", row.id): row.name for row in self.branches.values() if row.id in self._live_branches and row.name not in branches
        }
        rooms = session.scalars(select(RoomRow).where(RoomRow.channel != roster_accounts.SANDBOX).order_by(RoomRow.id))
        bound = [(gone.get((row.kind, row.scope)), row) for row in rooms]
        return [RoomLeft(row.kind, name, row.scope, row.channel, row.address) for name, row in bound if name is not None]

    def _squads(self) -> dict[Place, list[str]]:
        """The squad names of each group of which the sheet names any."""
        said: dict[Place, list[str]] = {}
        for line in self.lines:
            if line.group and line.squads is not None:
                names = said.setdefault(line.place, [])
                names += [squad for squad in line.squads if squad not in names]
        return said

    def _known(self, row: MemberRow, wecom: tuple[str, ...], wechat: tuple[str, ...]) -> Known:
        return Known(
            id=row.id,
            name=row.name,
            active=row.active,
            place=self._new_place(row),
            role=row.role,
            aliases=tuple(row.aliases),
            post=row.post,
            trio=row.trio,
            shift=row.shift,
            wecom=wecom,
            wechat=wechat,
        )

    def _new_place(self, row: MemberRow) -> Place:
        """Where the sheet has the member's group; a group that moves takes its members along."""
        if row.group_id is None:
            return self._branch_names.get(row.branch_id or "", ""), ""
        group = self.groups[row.group_id]
        return self._new_places.get(group.id) or self.place_of(group)

    def gone(self) -> list[Known]:
        """Active members whom no line means."""
        meant = {known.id for known in self.matched.values()}
        return [known for known in self.known if known.active and known.id not in meant]

    def entries(self) -> Iterator[Entry]:
        """Everything that differs: branches, groups, members in the order of the sheet, then who is gone."""
        yield from self._branch_entries()
        yield from self._group_entries()
        for number, line in enumerate(self.lines):
            known = self.matched.get(number)
            changes = () if known is None else tuple(self._changes(known, line))
            if known is None:
                yield Entry("member", Sign.ADDED, line.name, line.place)
            elif not known.active:
                yield Entry("member", Sign.RETURNED, line.name, line.place, changes)
            elif changes:
                yield Entry("member", Sign.CHANGED, line.name, line.place, changes)
        yield from (Entry("member", Sign.GONE, known.name, known.place) for known in self.gone())

    def _branch_entries(self) -> Iterator[Entry]:
        wanted = dict.fromkeys(line.branch for line in self.lines if line.branch)
        for name in wanted:
            if name not in self.branches:
                yield Entry("branch", Sign.ADDED, name)
            elif self.branches[name].id not in self._live_branches:
                yield Entry("branch", Sign.RETURNED, name)
        for name, row in self.branches.items():
            if name not in wanted and row.id in self._live_branches:
                yield Entry("branch", Sign.GONE, name)

    def _group_entries(self) -> Iterator[Entry]:
        for place in dict.fromkeys(line.place for line in self.lines if line.group):
            row = self.places.get(place)
            if row is None:
                yield Entry("group", Sign.ADDED, place[1], place)
                continue
            changes = list(_changed("branch", self._branch_names[row.branch_id], place[0]))
            if place in self.squads:
                changes += _changed("group", "|".join((place[1], *row.aliases)), "|".join((place[1], *self.squads[place])))
            if row.name != place[1]:
                yield Entry("group", Sign.RENAMED, f"{row.name} → {place[1]}", place, tuple(changes))
            elif row.id not in self._live_groups:
                yield Entry("group", Sign.RETURNED, place[1], place, tuple(changes))
            elif changes:
                yield Entry("group", Sign.CHANGED, place[1], place, tuple(changes))
        kept = {row.id for row in self.places.values()}
        for row in self.groups.values():
            if row.id in self._live_groups and row.id not in kept:
                yield Entry("group", Sign.GONE, row.name, self.place_of(row))

    def _changes(self, known: Known, line: RosterLine) -> Iterator[Change]:
        for column, before, after in zip(("branch", "group"), known.place, line.place, strict=True):
            yield from _changed(column, before, after)
        for column in ("name", "role", "post", "trio"):
            yield from _changed(column, getattr(known, column), getattr(line, column))
        if line.shift is not None:
            yield from _changed("shift", known.shift, line.shift)
        yield from _changed("aliases", "|".join(known.aliases), "|".join(line.aliases))
        if line.wecom_userid:
            yield from _changed("wecom_userid", "|".join(known.wecom), line.wecom_userid)
        if line.wechat_id:
            yield from _changed("wechat_id", "|".join(known.wechat), line.wechat_id)


def _changed(column: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(column, before, after)
