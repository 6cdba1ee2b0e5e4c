"""Who was expected on a day, who was heard, who is open and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models import call_outs, checkins, questions, records, whereabouts
from models.people import Person
from models.shifts import on_duty
from models.tables.cases import QuestionRow
from models.tables.records import CheckinRow, LeaveRow, WhereaboutsRow
from services import wording
from services.work import Work


@dataclass(frozen=True)
class MemberDay:
    """One member of a group on one day. `reported` tells of the daily report.

    Who is on leave, `off` by the shift, or `out` on a call owes nothing. Of a silent one a buddy was `asked`, and said `whereabouts`.
    """

    person: Person
    checkin: CheckinRow | None
    leave: LeaveRow | None
    off: bool
    out: bool
    family: tuple[CheckinRow, ...]
    reported: bool
    asked: QuestionRow | None
    whereabouts: WhereaboutsRow | None

    @property
    def away(self) -> bool:
        """On leave, off by the shift, or out on a call."""
        return self.leave is not None or self.off or self.out

    @property
    def expected(self) -> bool:
        """Whether a check-in is owed on that day; who had checked in before they went out on a call still counts."""
        return not self.away or (self.out and self.checkin is not None and self.leave is None)

    @property
    def open(self) -> bool:
        """Expected, and not heard of."""
        return self.checkin is None and self.expected

    @property
    def owes_report(self) -> bool:
        """Expected, and no daily report yet."""
        return not self.reported and not self.away


@dataclass(frozen=True)
class Coverage:
    """A group on one day."""

    group_id: str
    day: date
    members: tuple[MemberDay, ...]

    @property
    def expected(self) -> int:
        """How many owe a check-in: everybody who is not away."""
        return sum(m.expected for m in self.members)

    @property
    def heard(self) -> int:
        """How many of the expected were heard of."""
        return sum(m.expected and m.checkin is not None for m in self.members)

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


def counted_by_report(work: Work, state: Coverage, but: int = 0) -> set[int]:
    """Of which members of a group no more is known than that a report for all of it (none of the message `but`) says they are well."""
    general = {
        m.person.id: m.checkin.message_id
        for m in state.members
        if m.checkin is not None and m.checkin.healthy and m.checkin.temperature is None and m.checkin.message_id != but
    }
    of_reports = records.of_whole_groups(work.session, set(general.values())) if general else set()
    return {member for member, message_id in general.items() if message_id in of_reports}


def line(work: Work, group: Coverage) -> str:
    """已报 4/6，未报：谢天（出差至3月8日）、马腾（无消息，已请李明联系） — that all have reported where whoever is missing is away."""
    entries = [
        work.say("word.with_reason", name=member.person.name, reason=_reason(work, member, group.day))
        for member in group.members
        if member.checkin is None
    ]
    key = "digest.coverage" if group.open else "digest.coverage_away" if entries else "digest.coverage_full"
    missing = wording.listed(work.unit.texts, entries)
    return work.say(key, heard=group.heard, expected=group.expected, missing=missing)


def _reason(work: Work, member: MemberDay, day: date) -> str:
    """Why a member was not heard of. What a buddy says is their word, and shown as that."""
    if member.out or member.off:
        return work.say("word.on_a_call" if member.out else "word.off_shift")
    if member.leave is not None and not is_second_hand(member):
        return wording.leave_on(work.unit.texts, member.leave, day)
    if member.leave is not None:
        return work.say("silence.says", name=_name(work, member.leave.reported_by), word=member.leave.reason)
    if member.whereabouts is not None:
        word = work.unit.texts.word("whereabouts", member.whereabouts.word)
        return work.say("silence.says", name=_name(work, member.whereabouts.reported_by), word=word)
    if member.asked is None or member.asked.answered_at is not None:
        return work.say("word.no_word")
    return work.say("silence.asked", name=_name(work, member.asked.member_id))


def _name(work: Work, member_id: int) -> str:
    person = work.directory.people.get(member_id)
    return work.say("word.somebody") if person is None else person.name


def is_second_hand(member: MemberDay) -> bool:
    """Whether a member counts as on leave by the word of the buddy who was asked."""
    return member.asked is not None and member.leave is not None and member.leave.reported_by == member.asked.member_id


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
    out = call_outs.standing(work.session, ids, work.now) if day == work.today else set()
    asked = questions.silent_on(work.session, day, ids)
    said = whereabouts.on_day(work.session, day, ids)
    return tuple(
        MemberDay(
            person=m,
            checkin=own.get(m.id),
            leave=leaves.get(m.id),
            off=m.shift is not None and not on_duty(m.shift, day),
            out=m.id in out,
            family=tuple(family.get(m.id, ())),
            reported=m.id in reported,
            asked=asked.get(m.id),
            whereabouts=said.get(m.id),
        )
        for m in members
    )
