"""Who was expected on a day, who was heard, who is open and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models import checkins, records
from models.directory import Person
from models.tables.records import CheckinRow, LeaveRow
from services import wording
from services.texts import Texts
from services.work import Work


@dataclass(frozen=True)
class MemberDay:
    """One member of a group on one day. One on leave owes nothing; `reported` tells of the daily report."""

    person: Person
    checkin: CheckinRow | None
    leave: LeaveRow | None
    family: tuple[CheckinRow, ...]
    reported: bool

    @property
    def open(self) -> bool:
        """Expected, and not heard of."""
        return self.checkin is None and self.leave is None

    @property
    def owes_report(self) -> bool:
        """Expected, and no daily report yet."""
        return not self.reported and self.leave is None


@dataclass(frozen=True)
class Coverage:
    """A group on one day."""

    group_id: str
    day: date
    members: tuple[MemberDay, ...]

    @property
    def expected(self) -> int:
        """How many owe a check-in: everybody who is not on leave."""
        return sum(m.leave is None for m in self.members)

    @property
    def heard(self) -> int:
        """How many of the expected were heard of."""
        return sum(m.leave is None and m.checkin is not None for m in self.members)

    @property
    def open(self) -> tuple[MemberDay, ...]:
        """The expected who were not heard of."""
        return tuple(m for m in self.members if m.open)


def of_group(work: Work, group_id: str, day: date) -> Coverage:
    """The coverage of a group: those expected when the day was opened, or the group as it is now where it was not."""
    noted = records.expected_on(work.session, group_id, day)
    people = work.directory.people
    members = work.directory.group_members(group_id) if noted is None else tuple(people[m] for m in noted if m in people)
    return Coverage(group_id, day, _days(work, members, day))


def of_person(work: Work, person: Person, day: date) -> MemberDay:
    """One member's day."""
    return _days(work, (person,), day)[0]


def missing(texts: Texts, coverages: Sequence[Coverage]) -> str:
    """谢天（出差至3月8日）、马腾（无消息） — empty where nobody is missing."""
    entries = []
    for coverage in coverages:
        for member in coverage.members:
            if member.checkin is None:
                reason = wording.leave(texts, member.leave) if member.leave is not None else texts("word.no_word")
                entries.append(texts("word.with_reason", name=member.person.name, reason=reason))
    return wording.listed(texts, entries)


def _days(work: Work, members: Sequence[Person], day: date) -> tuple[MemberDay, ...]:
    ids = [m.id for m in members]
    own: dict[int, CheckinRow] = {}
    family: dict[int, list[CheckinRow]] = {}
    for row in checkins.checkins_on(work.session, day, ids):
        if row.relation:
            family.setdefault(row.member_id, []).append(row)
        else:
            own[row.member_id] = row
    leaves = {row.member_id: row for row in records.leaves_on(work.session, day, ids)}
    reported = {row.member_id for row in records.reports_on(work.session, day, ids)}
    return tuple(MemberDay(m, own.get(m.id), leaves.get(m.id), tuple(family.get(m.id, ())), m.id in reported) for m in members)
