"""The SQL of the roster: what a sheet would change in the unit, the change itself, and the unit as a sheet.

Nobody is deleted: a member who is not in the sheet any more becomes inactive, so that records keep their person. Groups and branches
without anybody keep their rows and ids, too, and lose only their room.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import promises, roster_accounts
from models.roster import Role
from models.roster_compare import Comparison, Entry, RoomLeft
from models.roster_match import Known
from models.roster_sheet import Place, RosterLine
from models.sealing import Cipher
from models.store import Store, make_engine
from models.tables.unit import BranchRow, GroupRow, MemberRow


@dataclass(frozen=True)
class Difference:
    """What importing `lines` changes; no entries: nothing."""

    lines: tuple[RosterLine, ...]
    entries: tuple[Entry, ...]
    rooms_left: tuple[RoomLeft, ...] = ()


def difference(session: Session, lines: Sequence[RosterLine]) -> Difference:
    """Compare checked lines with the unit; raise `UnclearError` where a line may mean several members. Changes nothing."""
    compared = Comparison(session, lines)
    return Difference(tuple(lines), tuple(compared.entries()), tuple(compared.rooms_left(session)))


def apply(session: Session, wanted: Difference, now: datetime) -> None:
    """Make the unit what the lines say, in the caller's transaction. They are compared anew, so a second time changes nothing."""
    compared = Comparison(session, wanted.lines)
    former_names = {known.id: known.name for number, known in compared.matched.items() if known.name != wanted.lines[number].name}
    branch_ids = _write_branches(session, compared)
    group_ids = _write_groups(session, compared, branch_ids)
    people = []
    for number, line in enumerate(wanted.lines):
        known = compared.matched.get(number)
        row = MemberRow() if known is None else compared.members[known.id]
        _fill(row, line, branch_ids.get(line.branch), group_ids.get(line.place))
        session.add(row)
        people.append((row, line))
    for known in compared.gone():
        compared.members[known.id].active = False
    session.flush()
    roster_accounts.link(session, [(row.id, line) for row, line in people], former_names, now)
    roster_accounts.bind_rooms(session, tuple(branch_ids.values()), tuple(group_ids.values()))
    promises.set_moment(session, promises.DIRECTORY_CHANGED, now)


def everybody(session: Session) -> tuple[list[Known], dict[Place, tuple[str, ...]]]:
    """The members, those who left too, and the squad names of each group: beside which other sources of a roster are laid."""
    unit = Comparison(session, ())
    return unit.known, {unit.place_of(row): tuple(row.aliases) for row in unit.groups.values()}


def names_in(url: str) -> set[str]:
    """What everybody is called who ever was in the unit of a database of any version; nobody, where it is none of ours."""
    store = Store(make_engine(url, Cipher(None)))
    try:
        return store.read_now(lambda session: set(session.scalars(select(MemberRow.name))))
    except DBAPIError:
        return set()
    finally:
        store.close()


def lines_of(session: Session) -> list[RosterLine]:
    """The active members as a sheet: of each branch first those without a group, then group by group; last who has no branch."""
    unit = Comparison(session, ())

    def order(known: Known) -> tuple[bool, bool, tuple[int, str], int, int]:
        row = unit.members[known.id]
        rank = {Role.SECRETARY: 0, Role.DEPUTY: 1}.get(Role(known.role), 2)
        return (
            known.place == ("", ""),
            bool(row.group_id),
            _natural(row.group_id or row.branch_id or ""),
            rank if not row.group_id else 0,
            row.id,
        )

    squads = {unit.place_of(row): tuple(row.aliases) for row in unit.groups.values()}
    return [
        RosterLine(
            row=row,
            branch=known.place[0],
            group=known.place[1],
            name=known.name,
            role=known.role,
            aliases=known.aliases,
            post=known.post,
            trio=known.trio,
            shift=known.shift,
            wecom_userid=next(iter(known.wecom), ""),
            wechat_id=next(iter(known.wechat), ""),
            squads=squads.get(known.place) or None,
        )
        for row, known in enumerate(sorted((k for k in unit.known if k.active), key=order), start=2)
    ]


def _write_branches(session: Session, compared: Comparison) -> dict[str, str]:
    """The id of each branch of the sheet; new ones are written."""
    ids: dict[str, str] = {}
    used = {row.id for row in compared.branches.values()}
    for line in compared.lines:
        if line.branch and line.branch not in ids:
            row = compared.branches.get(line.branch)
            if row is None:
                row = BranchRow(id=_free_id("b", line.branch_id, used), name=line.branch)
                session.add(row)
            ids[line.branch] = row.id
            used.add(row.id)
    session.flush()
    return ids


def _write_groups(session: Session, compared: Comparison, branch_ids: dict[str, str]) -> dict[Place, str]:
    """The id of each group of the sheet; new ones are written, and what changed in the others."""
    ids: dict[Place, str] = {}
    used = set(compared.groups)
    for line in compared.lines:
        if line.group and line.place not in ids:
            row = compared.places.get(line.place)
            if row is None:
                row = GroupRow(id=_free_id("g", line.group_id, used), name=line.group, aliases=[])
                session.add(row)
            row.branch_id, row.name = branch_ids[line.branch], line.group
            if line.place in compared.squads:
                row.aliases = compared.squads[line.place]
            ids[line.place] = row.id
            used.add(row.id)
    session.flush()
    return ids


def _fill(row: MemberRow, line: RosterLine, branch_id: str | None, group_id: str | None) -> None:
    row.name, row.role, row.post, row.trio = line.name, Role(line.role).value, line.post, line.trio
    if line.shift is not None:
        row.shift = line.shift
    row.aliases = list(line.aliases)
    row.branch_id, row.group_id, row.active = branch_id, group_id, True


def _free_id(prefix: str, wished: str, used: Collection[str]) -> str:
    if wished and wished not in used:
        return wished
    return next(id_ for number in count(1) if (id_ := f"{prefix}{number}") not in used)


def _natural(id_: str) -> tuple[int, str]:
    """g2 before g10."""
    return len(id_), id_
