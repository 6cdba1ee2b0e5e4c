"""By which channels a unit is heard and reached: for `check-config`. Pure; from who is who and what the channels can do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.capabilities import Capabilities, Hears, Push
from models.chats import Chat
from models.directory import Directory, Room
from models.people import Person
from models.roster import Role
from models.roster_accounts import ORGANIZATION

Channels = Mapping[str, Capabilities]
"""The enabled channels with what they can do, the one to prefer first."""


class Why(StrEnum):
    """Why no alert reaches somebody."""

    NO_CHANNEL = "no_channel"
    """No channel that is on may write to people of its own accord."""
    NO_ACCOUNT = "no_account"
    """They have no account on one that may."""
    NEVER_TALKED = "never_talked"
    """They have one where the bot may speak once it was spoken to, and it was not yet."""
    NO_FRIEND = "no_friend"
    """They have one on an ordinary account's platform, which lets friends alone be written to."""


@dataclass(frozen=True)
class RoomWays:
    """The chats of the organization, a branch or a group: where the bot hears what, and where it may speak. `id` as in the settings."""

    id: str
    name: str
    heard: tuple[tuple[str, Hears], ...]
    spoken_in: tuple[str, ...]


@dataclass(frozen=True)
class PersonWays:
    """The channels on which a member is heard in private, and those on which an alert reaches them."""

    person: Person
    heard: tuple[str, ...]
    reached: tuple[str, ...]


@dataclass(frozen=True)
class MemberWays:
    """How many members a group has, and how many of them are heard and reached on each channel."""

    size: int
    heard: Mapping[str, int]
    reached: Mapping[str, int]


@dataclass(frozen=True)
class Reachability:
    """`members` by the id of the group. `unreached`: whom no alert reaches, and why, in the order of the roster."""

    rooms: tuple[RoomWays, ...]
    holders: tuple[PersonWays, ...]
    members: Mapping[str, MemberWays]
    unreached: tuple[tuple[Person, Why], ...]


def reachability(directory: Directory, channels: Channels) -> Reachability:
    """Where every group and everybody with a role is heard and reached, and whom an alert cannot reach."""
    ways = [ways_of(directory, channels, person) for person in directory.people.values()]
    of_group: dict[str | None, list[PersonWays]] = {}
    for way in ways:
        of_group.setdefault(way.person.group_id, []).append(way)
    return Reachability(
        rooms=tuple(_rooms(directory, channels)),
        holders=tuple(way for role in _ORDER for way in ways if way.person.role is role),
        members={group: _members(of_group.get(group, [])) for group in directory.group_names},
        unreached=tuple((way.person, why(directory, channels, way.person)) for way in ways if not way.reached),
    )


_ORDER = (Role.DUTY_OFFICER, Role.SECRETARY, Role.DEPUTY, Role.LEADER)


def _rooms(directory: Directory, channels: Channels) -> Iterator[RoomWays]:
    def ways(kind: str, scope: str, name: str) -> RoomWays:
        bound = [(channel, room) for channel in channels for room in directory.rooms_of(kind, scope) if room.channel == channel]
        heard = [(channel, channels[channel].hears) for channel, _ in bound if channels[channel].hears is not Hears.NOTHING]
        spoken = [channel for channel, room in bound if _open(directory, channels[channel].rooms, _chat(room))]
        return RoomWays(scope or ORGANIZATION, name, tuple(dict.fromkeys(heard)), tuple(dict.fromkeys(spoken)))

    yield ways("organization", "", directory.roster.organization)
    for branch, name in directory.branch_names.items():
        yield ways("branch", branch, name)
        yield from (ways("group", group, directory.group_titles[group]) for group in directory.groups_of(branch))


def _chat(room: Room) -> Chat:
    return Chat(room.channel, room.address, private=False)


def ways_of(directory: Directory, channels: Channels, person: Person) -> PersonWays:
    """On which channels a member is heard in private, and on which an alert reaches them."""
    having = [channel for channel in channels if directory.addresses_of(person.id, channel)]
    reached = [
        channel
        for channel in having
        for address in directory.addresses_of(person.id, channel)
        if _open(directory, channels[channel].people, Chat(channel, address, private=True))
    ]
    return PersonWays(person, tuple(c for c in having if channels[c].private), tuple(dict.fromkeys(reached)))


def _members(ways: Sequence[PersonWays]) -> MemberWays:
    heard = Counter(channel for way in ways for channel in way.heard)
    return MemberWays(len(ways), heard, Counter(channel for way in ways for channel in way.reached))


def _open(directory: Directory, push: Push, chat: Chat) -> bool:
    """Whether the bot may speak there of its own accord. That it may answer somebody just now does not count: an alert cannot wait."""
    return push is Push.ALWAYS or (push is Push.AFTER_TALK and chat in directory.chats)


def why(directory: Directory, channels: Channels, person: Person) -> Why:
    """Why no alert reaches somebody whom none reaches."""
    writing = [channel for channel, able in channels.items() if able.people in (Push.ALWAYS, Push.AFTER_TALK)]
    if not writing:
        return Why.NO_CHANNEL
    theirs = [channel for channel in writing if directory.addresses_of(person.id, channel)]
    if not theirs:
        return Why.NO_ACCOUNT
    return Why.NO_FRIEND if any(channels[channel].strangers for channel in theirs) else Why.NEVER_TALKED
