"""Writing down what a message said: check-ins, group reports, reports, ideas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models import cases, nudges, questions, records, reviews
from models import checkins as rows
from models.checkins import Source
from models.daily_health import FEVER, Stands, Word, added, alone, word_of
from models.people import Person
from models.reading import Checkin, Form, GroupReport, Reading
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupReportRow, IdeaRow, ReportRow
from services import chain_lines, coverage, own_word
from services.work import Work

FAMILY = "family:"


_JUST_SAID = timedelta(hours=6)
"""Whoever corrects something after midnight means what they said no longer ago."""


@dataclass(frozen=True)
class Recorded:
    """A check-in that was written: what stands with it, the `word` that was said, and what stood `before`."""

    person: Person
    row: CheckinRow
    word: Word
    before: CheckinRow | None


def checkins(
    work: Work, message: MessageRow, sender: Person, reading: Reading, *, in_confidence: bool
) -> tuple[list[Recorded], list[Person]]:
    """Write the check-ins of a message; those written, and of whom the own word stands against what is said of them here.

    A line of a reposted chain that says nothing new is left as it is; a name not on the roster too.
    """
    written, kept = [], []
    for line in reading.checkins:
        teller, said = _teller(work, message, sender, line), line
        person, relation = whose(work, teller, said.person)
        if person is None:
            continue
        if reading.correction:
            said = line.model_copy(update={"date": _day_meant(work, teller, person, relation, line)})
        source = _source(teller, person, reading.form)
        if source is Source.CHAIN and not chain_lines.is_news(work, sender, teller, person, relation, said):
            continue
        if not relation and own_word.stands(work, teller, person, said):
            kept.append(person)
            continue
        row = _checkin_row(work, message, teller, person, source, said.date, relation=relation)
        written.append(_written(work, teller, person, row, said, corrects=reading.correction, in_confidence=in_confidence))
    _settle(work, message, [recorded.row for recorded in written])
    return written, kept


def _day_meant(work: Work, teller: Person, person: Person, relation: str, said: Checkin) -> date:
    """The day of a correction; in the night one without a day is of the evening before, while nothing was said of the new day."""
    evening = said.date - timedelta(days=1)
    if said.date != work.today or any(piece.field == "date" for piece in said.evidence):
        return said.date
    if rows.current_checkin(work.session, person.id, relation, said.date) is not None:
        return said.date
    standing = rows.current_checkin(work.session, person.id, relation, evening)
    lately = standing is not None and standing.reported_by == teller.id and work.now - standing.recorded_at <= _JUST_SAID
    return evening if lately else said.date


def _written(
    work: Work, teller: Person, person: Person, row: CheckinRow, said: Checkin, *, corrects: bool, in_confidence: bool
) -> Recorded:
    """Write one check-in beside what stands for its day."""
    standing = rows.current_checkin(work.session, person.id, row.relation, row.day)
    word = word_of(said, corrects=corrects) if standing is None else own_word.beside(work, teller, standing, said, corrects=corrects)
    if standing is None or (word.abnormal and not in_confidence and _is_for_fewer(work, standing)):
        stands = alone(word)
    else:
        stands = added(rows.stands(standing), word)
        row.said = word.model_dump(mode="json", exclude_defaults=True)
    row.temperature, row.symptoms, row.healthy = stands.temperature, list(stands.symptoms), stands.healthy
    return Recorded(person, row, word, rows.replace_checkin(work.session, row))


def _is_for_fewer(work: Work, standing: CheckinRow) -> bool:
    """Whether some of what stands was told in confidence: it is not told anew beside what everybody may hear, who look after somebody."""
    if not standing.symptoms:
        return False
    return any(case.confidential for case in cases.unfinished_about(work.session, cases.HEALTH, standing.member_id, standing.relation))


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


def _checkin_row(work: Work, message: MessageRow, teller: Person, person: Person, source: Source, day: date, **health: Any) -> CheckinRow:
    said = {"relation": "", "temperature": None, "symptoms": [], "healthy": None} | health
    told = {"source": source, "reported_by": teller.id, "message_id": message.id, "recorded_at": work.now}
    return CheckinRow(member_id=person.id, day=day, **said, **told)


def is_abnormal(row: CheckinRow | Stands) -> bool:
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
