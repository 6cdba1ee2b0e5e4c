"""A made-up unit: branches of eight groups of eight, trios in each, a leader, a secretary and a deputy for each branch, who is on duty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random

from bot.simulation.script import Script, in_minutes, minutes
from models.roster import Role
from models.roster_sheet import RosterLine

GROUP = 8
BRANCH = 8
OFFICERS = 3
"""How many members a group has, how many groups a branch, and how many are on duty for the unit."""
DAY = 24 * 60
MOST = 10_000


@dataclass(eq=False)
class Someone:
    """One of its people. Times of day are minutes since midnight; `chance` is this one's own, so that nobody's life depends on another's.

    `heir` is to whom they hand a case. `forgets` and `reports`: how likely on a day. `intends`: what they are about to say of a case.
    """

    name: str
    role: Role
    branch: str
    group: str
    chance: Random
    forgets: float
    reports: float
    checks_in: float
    sleeps: float
    wakes: float
    heir: str = ""
    ill_until: date | None = None
    fever: float = 0.0
    away_until: date | None = None
    checked_in: date | None = None
    reported: date | None = None
    intends: dict[tuple[int, bool], object] = field(default_factory=dict)

    def is_ill(self, day: date) -> bool:
        """Whether they are ill on a day."""
        return self.ill_until is not None and day <= self.ill_until

    def is_away(self, day: date) -> bool:
        """Whether they are on leave on a day."""
        return self.away_until is not None and day <= self.away_until

    def awake(self, moment: datetime) -> datetime:
        """The moment itself, or when they wake up. Whoever is on duty does not sleep."""
        minute = moment.hour * 60 + moment.minute
        if self.role is Role.DUTY_OFFICER or self.wakes <= minute < self.sleeps:
            return moment
        day = moment.date() + timedelta(days=1 if minute >= self.sleeps else 0)
        return datetime.combine(day, time(), moment.tzinfo) + timedelta(minutes=int(self.wakes))


@dataclass(frozen=True)
class Unit:
    """Everybody, by name, and by group the members in the order of the roster; `chains`: the groups that post one list."""

    people: Mapping[str, Someone]
    groups: Mapping[str, tuple[Someone, ...]]
    chains: frozenset[str]
    lines: tuple[RosterLine, ...]


def make(script: Script, members: int, seed: int) -> Unit:
    """A unit of so many members in groups, and those who answer for them."""
    chance = Random(f"{seed}/unit")  # noqa: S311  (the same unit for the same seed)
    names = iter(chance.sample(_names(script), members + members // (GROUP * BRANCH) * 2 + 2 + OFFICERS))
    lines = tuple(_lines(script, names, members))
    people = {line.name: _someone(script, line, seed) for line in lines}
    groups: dict[str, tuple[Someone, ...]] = {}
    deputies = {line.branch: line.name for line in lines if line.role == Role.DEPUTY}
    secretaries = {line.branch: line.name for line in lines if line.role == Role.SECRETARY}
    for one in people.values():
        one.heir = (secretaries if one.role is Role.DEPUTY else deputies).get(one.branch, next(iter(deputies.values())))
        if one.group:
            groups[one.group] = (*groups.get(one.group, ()), one)
    chains = frozenset(group for group in groups if chance.random() < script.habits.life.chain_groups)
    return Unit(people, groups, chains, lines)


def _names(script: Script) -> list[str]:
    given = script.names.given
    return ["".join(parts) for parts in product(script.names.surnames, given, given)]


def _lines(script: Script, names: Iterator[str], members: int) -> Iterator[RosterLine]:
    """The roster. Who answers for others is reached on a second channel too, and so is every third member."""
    rows = iter(range(2, MOST * 2))
    for first in range(0, members, GROUP * BRANCH):
        branch = f"第{first // (GROUP * BRANCH) + 1}党支部"
        for role in (Role.SECRETARY, Role.DEPUTY):
            row = next(rows)
            yield RosterLine(row=row, name=next(names), role=role, branch=branch, wecom_userid=f"u{row}")
        for number in range(first, min(first + GROUP * BRANCH, members)):
            row, seat, group = next(rows), number % GROUP, number // GROUP
            yield RosterLine(
                row=row,
                name=next(names),
                role=Role.MEMBER if seat else Role.LEADER,
                branch=branch,
                group=f"第{group % BRANCH + 1}小组",
                group_id=f"g{group + 1}",
                post=script.names.posts[number % len(script.names.posts)],
                trio=f"{group + 1}-{seat // 3 + 1}",
                wecom_userid="" if seat % 3 else f"u{row}",
            )
    for _ in range(OFFICERS):
        row = next(rows)
        yield RosterLine(row=row, name=next(names), role=Role.DUTY_OFFICER, wecom_userid=f"u{row}")


def _someone(script: Script, line: RosterLine, seed: int) -> Someone:
    chance = Random(f"{seed}/{line.name}")  # noqa: S311  (the same life for the same seed)
    life = script.habits.life
    earliest, latest = minutes(life.checks_in)
    asleep, awake = minutes(life.sleeps)
    varies = in_minutes(life.sleep_varies)
    return Someone(
        name=line.name,
        role=Role(line.role),
        branch=line.branch,
        group=line.group_id,
        chance=chance,
        forgets=_share(chance, life.forgets),
        reports=_share(chance, life.reports),
        checks_in=chance.triangular(earliest, latest),
        sleeps=min(asleep + chance.uniform(-varies, varies), DAY - 1),
        wakes=awake + chance.uniform(-varies, varies),
    )


def _share(chance: Random, mean: float) -> float:
    """A share that is different for everybody, and `mean` on average."""
    return chance.betavariate(2, 2 / mean - 2) if 0 < mean < 1 else mean
