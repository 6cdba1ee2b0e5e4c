"""Writing down what a message said: check-ins, group reports, reports, ideas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models import checkins as rows
from models import nudges, questions, records, reviews
from models.checkins import Source
from models.people import Person
from models.reading import Checkin, Form, GroupReport, Reading
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupReportRow, IdeaRow, ReportRow
from services import coverage
from services.work import Work

FAMILY = "family:"
FEVER = 37.3
"""From this body temperature on, in °C, a check-in is abnormal (LABELS.md: fever)."""


@dataclass(frozen=True)
class Recorded:
    """A check-in that was written; `before` is what stood until then."""

    person: Person
    row: CheckinRow
    before: CheckinRow | None


def checkins(work: Work, message: MessageRow, sender: Person, reading: Reading) -> tuple[list[Recorded], list[Person]]:
    """Write the check-ins of a message; those written, and of whom the own word stands against what is said of them here.

    A line of a reposted chain that says nothing new is left as it is; a name not on the roster too.
    """
    written, kept = [], []
    for said in reading.checkins:
        teller = _teller(work, message, sender, said)
        person, relation = whose(work, teller, said.person)
        if person is None:
            continue
        source = _source(teller, person, reading.form)
        if source is Source.CHAIN and (not _is_news(work, sender, person, relation, said) or _said_before(work, teller, person, said)):
            continue
        if not relation and own_word_stands(work, teller, person, said):
            kept.append(person)
            continue
        health = {"temperature": said.temperature, "symptoms": list(said.symptoms), "healthy": said.healthy}
        row = _checkin_row(work, message, teller, person, source, said.date, relation=relation, **health)
        written.append(Recorded(person, row, rows.replace_checkin(work.session, row)))
    _settle(work, message, [recorded.row for recorded in written])
    return written, kept


def _said_before(work: Work, teller: Person, person: Person, said: Checkin) -> bool:
    """Whether the line of a chain has of somebody well only what they said of the day themselves, even where they corrected it since.

    A copy of their word would take its place, and they could neither take it back nor count by it.
    """
    if teller.id == person.id or said.person.startswith(FAMILY) or is_abnormal(said):
        return False
    return rows.said_of_themselves(work.session, person.id, said.date, said.temperature, said.healthy)


def own_word_stands(work: Work, teller: Person, person: Person, said: Checkin) -> bool:
    """Whether what a person said of themselves stands against the word of another.

    Against a mere 正常 it always does, as against the same said again; that one is ill only against who does not answer for them. Bad news
    is never turned away.
    """
    standing = None if teller.id == person.id else rows.current_checkin(work.session, person.id, "", said.date)
    if standing is None or not is_own(standing) or said.symptoms or said.healthy is False or (said.temperature or 0) >= FEVER:
        return False
    return said.temperature is None or _same(standing, said) or (is_abnormal(standing) and not teller.answers_for(person))


def is_own(row: CheckinRow) -> bool:
    """Whether somebody said it of themselves."""
    return row.reported_by == row.member_id


def _settle(work: Work, message: MessageRow, new: Sequence[CheckinRow]) -> None:
    """What was asked about these check-ins is answered, reminders too, and what could not be read of who reported needs no look."""
    questions.settle_about(work.session, {(row.member_id, row.relation, row.day) for row in new}, work.now)
    said = {(row.member_id, row.day) for row in new if row.healthy is not None and not row.relation}
    reviews.close_about(work.session, said, message, work.now)
    by_themselves = {(row.member_id, row.day) for row in new if row.reported_by == row.member_id and not row.relation}
    nudges.answered(work.session, nudges.CHECKIN, by_themselves, work.now)


def _teller(work: Work, message: MessageRow, sender: Person, said: Checkin) -> Person:
    """Who says it: the author of the line where the platform names one, else the sender of the message."""
    author = work.directory.speaker(message.channel, said.account) if said.account else None
    return author or (work.directory.named(said.teller, near=sender) if said.teller else None) or sender


def whose(work: Work, teller: Person, name: str) -> tuple[Person | None, str]:
    """Who is meant by a name of a reading, and whom of their family."""
    if name.startswith(FAMILY):
        return teller, name.removeprefix(FAMILY)
    return (teller if name == teller.name else work.directory.named(name, near=teller)), ""


def _source(teller: Person, person: Person, form: Form) -> Source:
    if form is Form.CHAIN:
        return Source.CHAIN
    if teller.id == person.id:
        return Source.SELF
    return Source.LEADER if teller.answers_for(person) else Source.PROXY


_CLOCKS = timedelta(minutes=1)
"""By how much the time of a line and that of a message may differ though they are one moment."""


def _is_news(work: Work, sender: Person, person: Person, relation: str, said: Checkin) -> bool:
    """Whether a line of a chain says something new, since everybody who joins a chain posts all of it again.

    Somebody else's copy brings back neither an older state of the line nor what its author has said differently since.
    """
    standing = rows.current_checkin(work.session, person.id, relation, said.date)
    if said.said_at is None and standing is not None and standing.source == Source.CHAIN and _same(standing, said):
        return False  # as the last chain had it
    return _is_news_beside(work, sender, person, standing, rows.chain_checkins(work.session, person.id, relation, said.date), said)


def _is_news_beside(
    work: Work, sender: Person, person: Person, standing: CheckinRow | None, earlier: list[CheckinRow], said: Checkin
) -> bool:
    """Whether a line says something new beside what stands and what earlier chains said, the newest first."""
    heard: list[datetime] = []
    if said.said_at is not None:
        heard = [rows.said_at(work.session, row) for row in ([standing] if standing is not None else []) + earlier[:1]]
        if heard and said.said_at > max(heard) + _CLOCKS:
            return standing is None or not _same(standing, said)
    if earlier and _same(earlier[0], said):
        return False
    if sender.id == person.id:
        return True
    if any(_same(row, said) for row in earlier):
        return False
    if said.said_at is None or standing is None or standing.source != Source.SELF:
        return True
    return heard[0] <= said.said_at


def _same(row: CheckinRow, said: Checkin) -> bool:
    return row.temperature == said.temperature and sorted(row.symptoms) == sorted(said.symptoms) and row.healthy == said.healthy


def _checkin_row(work: Work, message: MessageRow, teller: Person, person: Person, source: Source, day: date, **health: Any) -> CheckinRow:
    said = {"relation": "", "temperature": None, "symptoms": [], "healthy": None} | health
    told = {"source": source, "reported_by": teller.id, "message_id": message.id, "recorded_at": work.now}
    return CheckinRow(member_id=person.id, day=day, **said, **told)


def is_abnormal(row: CheckinRow | Checkin) -> bool:
    """A symptom, 37.3 °C and more, or said to be unwell."""
    return bool(row.symptoms) or row.healthy is False or (row.temperature is not None and row.temperature >= FEVER)


@dataclass(frozen=True)
class Covered:
    """What a group report came to: who was covered by it, and who stays open because the numbers do not say who is meant."""

    group_id: str
    covered: tuple[Person, ...]
    open: tuple[Person, ...]
    roster_size: int
    matches: bool
    unnamed: int = 0
    """How many are missing by numbers that fit the roster, and not said to be."""


def group_of(work: Work, sender: Person, said: GroupReport) -> str | None:
    """The group that a report is about; None where it is not known."""
    group_id = said.group or sender.group_id
    return group_id if group_id in work.directory.group_names else None


def may_report(work: Work, sender: Person, group_id: str) -> bool:
    """Whether somebody's report counts for a whole group: who leads it or the branch, who stands in for them, and the duty officer."""
    return group_id in work.directory.groups_led(sender) or sender.has((Role.DUTY_OFFICER,))


def own_of_group(work: Work, message: MessageRow, sender: Person, said: GroupReport, day: date) -> bool:
    """Of a member who may not report for the group an "all normal" says that they are well themselves, unless they said how they are."""
    open_yet = coverage.of_person(work, sender, day).open
    if not (open_yet and said.all_normal) or sender.name in said.exceptions:
        return False
    row = _checkin_row(work, message, sender, sender, Source.SELF, day, healthy=True)
    rows.replace_checkin(work.session, row)
    _settle(work, message, [row])
    return True


def group_report(work: Work, message: MessageRow, sender: Person, said: GroupReport, group_id: str, day: date) -> Covered:
    """Write the report of one who may. Where its numbers fit the roster, every member who is open and no exception counts as well.

    A general "all normal" never takes the place of what was said about a person; that of an earlier report it does. Whom an earlier one
    counted and this one names as absent is open again.
    """
    records.replace_group_report(
        work.session,
        GroupReportRow(
            group_id=group_id,
            day=day,
            expected=said.expected,
            present=said.present,
            all_normal=said.all_normal,
            exceptions=list(said.exceptions),
            reported_by=sender.id,
            message_id=message.id,
            recorded_at=work.now,
        ),
    )
    state = coverage.of_group(work, group_id, day)
    counted = coverage.counted_by_report(work, state, but=message.id)
    absent = [m.checkin for m in state.members if m.checkin and m.person.id in counted and m.person.name in said.exceptions]
    for row in absent:
        rows.end(work.session, row, work.now)
    state = coverage.of_group(work, group_id, day) if absent else state
    waiting = [m for m in state.members if m.open or (m.expected and m.checkin is not None and m.person.id in counted)]
    matches = _numbers_fit(state, said)
    covered = []
    if matches:
        for member in waiting:
            if member.person.name not in said.exceptions:
                source = _source(sender, member.person, Form.GROUP_REPORT)
                row = _checkin_row(work, message, sender, member.person, source, day, healthy=True)
                rows.replace_checkin(work.session, row)
                covered.append(member.person)
    done = {person.id for person in covered}
    still_open = tuple(m.person for m in waiting if m.person.id not in done)
    return Covered(group_id, tuple(covered), still_open, len(state.members), matches, 0 if matches else _unnamed(state, said))


def _unnamed(state: coverage.Coverage, said: GroupReport) -> int:
    """How many are missing and not named, where as many are expected as the roster has."""
    if said.expected is None or said.present is None or said.expected != len(state.members):
        return 0
    return said.expected - said.present - len(said.exceptions)


def _numbers_fit(state: coverage.Coverage, said: GroupReport) -> bool:
    """Whether the count is that of the roster, with or without those on leave, and every absent person is named."""
    away = sum(m.away for m in state.members)
    if said.present is None and said.expected is not None and said.expected + len(said.exceptions) == len(state.members):
        return True  # "5人正常，马腾没来": those who are well are counted
    sizes = {len(state.members), len(state.members) - away}
    if said.expected is not None and said.expected not in sizes:
        return False
    if said.present is not None:
        expected = said.expected if said.expected is not None else said.present
        unnamed = expected - said.present - len(said.exceptions)
        if expected not in sizes or unnamed > (away if expected == len(state.members) else 0):
            return False
    return said.all_normal or bool(said.exceptions)


def report(work: Work, message: MessageRow, sender: Person, reading: Reading, day: date) -> ReportRow:
    """Write a daily report. A correction takes the place of the sender's last report of the day."""
    if reading.correction:
        earlier = [r for r in records.reports_on(work.session, day, [sender.id]) if r.message_id != message.id]
        if earlier:
            records.end_reports(work.session, earlier[-1].message_id, work.now)
    parts = {section.name: section.text for section in reading.sections}
    row = ReportRow(
        member_id=sender.id,
        day=day,
        work=parts.get("work"),
        plan=parts.get("plan"),
        thought=parts.get("thought"),
        message_id=message.id,
        recorded_at=work.now,
    )
    records.add(work.session, row)
    nudges.answered(work.session, nudges.REPORT, {(sender.id, day)}, work.now)
    return row


def idea(work: Work, message: MessageRow, sender: Person, text: str, day: date) -> None:
    """Write a golden idea."""
    records.add(work.session, IdeaRow(member_id=sender.id, day=day, text=text, message_id=message.id, recorded_at=work.now))
