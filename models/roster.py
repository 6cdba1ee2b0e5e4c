"""The roster: who is in the unit, as one immutable snapshot.

The JSON form is the same as that of ``tests/corpus/roster.json``; posts, trios and the duty officer are optional there.
"""

from enum import StrEnum

from pydantic import Field

from models.values import Value


class Role(StrEnum):
    """What a member answers for. One role a member."""

    MEMBER = "member"
    LEADER = "leader"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    DUTY_OFFICER = "duty_officer"


class Member(Value):
    """A member of a group. `trio` names the three who look after each other (三人包保); empty where there is none."""

    name: str
    aliases: tuple[str, ...] = ()
    post: str = ""
    trio: str = ""


class Group(Value):
    """A party group (党小组) with its squad names (班组) as aliases. `leader` is the full name of one of the members."""

    id: str
    branch: str
    name: str
    aliases: tuple[str, ...] = ()
    leader: str | None = None
    members: tuple[Member, ...] = ()


class Branch(Value):
    """A party branch (党支部). Secretary and deputy are full names; they belong to no group."""

    id: str
    name: str
    secretary: str | None = None
    deputy: str | None = None


class Roster(Value):
    """A snapshot of the whole unit."""

    organization: str
    branches: tuple[Branch, ...] = ()
    groups: tuple[Group, ...] = ()
    duty_officers: tuple[str, ...] = Field(default=())
