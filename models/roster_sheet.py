"""The roster as a sheet: one line a person, as a secretary keeps it in a spreadsheet. Pure.

A secretary or deputy has a branch and no group; a duty officer may have neither. Squad names (班组) of a group stand behind its
name in the group's cell, split by ``|`` (第一党小组|一班|一组); where no line of a group names any, the known ones stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.roster import Branch, Group, Role, Roster
from models.values import Value

COLUMNS = ("branch", "group", "name", "role", "aliases", "post", "trio", "wecom_userid", "wechat_id")
"""The header of a roster file, in the order in which it is written."""

OPTIONAL = ("shift",)
"""Columns that a roster file may have as well. One that is not there changes nothing."""

Place = tuple[str, str]
"""The names of a branch and of its group: two groups of one name in two branches are two. The group is "" for those who belong
to the branch itself, both are "" for those who belong to none."""


_CJK = "\u3400-\u9fff\U00020000-\U0003ffff"
_GAP = re.compile(f"(?<=[{_CJK}]) +(?=[{_CJK}])")


def plain_name(text: str) -> str:
    """A name without the blanks that are put between the two characters of a short one, so that columns look even."""
    return _GAP.sub("", " ".join(text.split()))


class RosterLine(Value):
    """One person of a sheet. `role` is a `Role` once `models.roster_check.check` found nothing.

    `row` is the line of the file, counted from 1 with the header; `source` says where a line comes from that stands in no file.
    `squads` is None where the group's cell names only the group, `shift` where the sheet has no such column; the ids are wishes for a
    branch or group that is new (a roster in JSON has them, a sheet does not).
    """

    row: int
    source: str = ""
    branch: str = ""
    group: str = ""
    name: str = ""
    role: str = ""
    aliases: tuple[str, ...] = ()
    post: str = ""
    trio: str = ""
    shift: str | None = None
    wecom_userid: str = ""
    wechat_id: str = ""
    squads: tuple[str, ...] | None = None
    branch_id: str = ""
    group_id: str = ""

    @property
    def place(self) -> Place:
        """Where the person belongs."""
        return self.branch, self.group

    @property
    def spot(self) -> str:
        """Where the line stands, for whoever has to change it."""
        return self.source or f"第 {self.row} 行"


def lines_from_roster(roster: Roster) -> list[RosterLine]:
    """The lines of a roster in its JSON form, with its ids: branch by branch secretary and deputy, then the groups, then who is on duty."""
    return [RosterLine(row=row, **fields) for row, fields in enumerate(_fields(roster), start=1)]


@dataclass(frozen=True)
class _Seat:
    branch: Branch
    group: Group | None = None

    def fields(self) -> dict[str, object]:
        """What every line of this branch or group says."""
        fields: dict[str, object] = {"branch": self.branch.name, "branch_id": self.branch.id}
        if self.group is not None:
            fields |= {"group": self.group.name, "group_id": self.group.id, "squads": self.group.aliases}
        return fields


def _fields(roster: Roster) -> Iterator[dict[str, object]]:
    branches = {branch.id: branch for branch in roster.branches}
    on_duty = list(roster.duty_officers)
    for branch in roster.branches:
        for name, role in ((branch.secretary, Role.SECRETARY), (branch.deputy, Role.DEPUTY)):
            if name:
                yield _Seat(branch).fields() | {"name": name, "role": role.value}
    for group in roster.groups:
        place = _Seat(branches[group.branch], group).fields()
        for member in group.members:
            role = Role.LEADER if member.name == group.leader else Role.MEMBER
            if role is Role.MEMBER and member.name in on_duty:
                role = Role.DUTY_OFFICER
                on_duty.remove(member.name)
            yield place | member.model_dump() | {"role": role.value}
    for name in on_duty:
        yield {"name": name, "role": Role.DUTY_OFFICER.value}
