"""Leave on record: from when to when somebody is away, and how it ends.

What a message says may leave the end open (LABELS.md: `to` null). On record a leave of today or of a day that is over, one that others
told, and one in a chain last that day; an open one of one's own lasts until the word that one is back, or a normal check-in from its
second day on.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from models import records
from models.people import Person
from models.reading import Form, Leave, Reading
from models.tables.queue import MessageRow
from models.tables.records import LeaveRow
from services.record import whose
from services.work import Work

_TODAY = re.compile("今天|今日|今儿|今早|今晚|上午|下午|晚上")
_ONWARD = re.compile("起|开始|即日|几天|待定|不确定|未定|长期")


def leaves(
    work: Work, message: MessageRow, sender: Person, reading: Reading, words: str, reason: Callable[[Leave], str]
) -> list[tuple[Person, LeaveRow]]:
    """Write the leaves of a message; a new one takes the place of an overlapping one. A chain posted again brings no leave back."""
    written = []
    for leave in reading.leaves:
        person, _ = whose(work, sender, leave.person)
        if person is None:
            continue
        last = _last(leave, reading.form, words, own=person.id == sender.id, day=message.sent_at.astimezone(work.unit.zone).date())
        if reading.form is Form.CHAIN and records.leave_was_said(work.session, person.id, leave.first, last):
            continue
        why = reason(leave)  # the leave whose place it takes may know better
        records.end_overlapping_leaves(work.session, person.id, leave.first, last, work.now)
        row = _row(work, message, person, (leave.first, last), why, sender)
        written.append((person, row))
    return written


def _last(leave: Leave, form: Form, words: str, *, own: bool, day: date) -> date | None:
    """The last day on record. `day`: on which it was said; what is told of an earlier one is told of that day."""
    if leave.last is not None:
        return leave.last
    one_day = not own or leave.first < day or _TODAY.search(words) is not None
    return leave.first if form is Form.CHAIN or (one_day and _ONWARD.search(words) is None) else None


def _row(work: Work, message: MessageRow, person: Person, days: tuple[date, date | None], reason: str, teller: Person) -> LeaveRow:
    row = LeaveRow(
        member_id=person.id,
        first=days[0],
        last=days[1],
        reason=reason,
        reported_by=teller.id,
        message_id=message.id,
        recorded_at=work.now,
    )
    records.add(work.session, row)
    return row


def back(work: Work, message: MessageRow, person: Person, teller: Person) -> list[LeaveRow]:
    """Somebody is back: the leaves that cover today end with yesterday; those leaves as they were.

    What somebody else said of tomorrow alone ends too.
    """
    tomorrow = records.leaves_on(work.session, work.today + timedelta(days=1), [person.id])
    ahead = [row for row in tomorrow if row.first == row.last and row.reported_by != person.id]
    for row in ahead:
        records.end_overlapping_leaves(work.session, person.id, row.first, row.last, work.now)
    return [*_end(work, message, records.leaves_on(work.session, work.today, [person.id]), person, teller), *ahead]


def cancel(work: Work, person: Person) -> list[LeaveRow]:
    """Somebody stays after all: the leaves that have not begun are none; those leaves as they were."""
    coming = [row for row in records.leaves_of(work.session, person.id, work.today) if row.first > work.today]
    for row in coming:
        records.end_overlapping_leaves(work.session, person.id, row.first, row.last, work.now)
    return coming


def shorten(work: Work, message: MessageRow, person: Person, teller: Person, day: date) -> list[LeaveRow]:
    """Somebody is there on a day on which they were to be away: the leaves of it end with the day before; those leaves as they were."""
    covering = records.leaves_on(work.session, day, [person.id])
    for row in covering:
        records.end_overlapping_leaves(work.session, person.id, row.first, row.last, work.now)
        if row.first < day:
            _row(work, message, person, (row.first, day - timedelta(days=1)), row.reason, teller)
    return list(covering)


def not_away(work: Work, people: Sequence[Person], day: date) -> list[Person]:
    """Whom a group report of a day had as away is there after all: the leaves that such a report told on it are none; whose they were."""
    by_id = {person.id: person for person in people}
    told = [row for row in records.leaves_on(work.session, day, list(by_id)) if row.recorded_at.astimezone(work.unit.zone).date() == day]
    of_reports = records.of_whole_groups(work.session, {row.message_id for row in told}) if told else set()
    wrong = [row for row in told if row.message_id in of_reports]
    for row in wrong:
        records.end_overlapping_leaves(work.session, row.member_id, row.first, row.last, work.now)
    return list(dict.fromkeys(by_id[row.member_id] for row in wrong))


def reported(work: Work, message: MessageRow, person: Person) -> list[LeaveRow]:
    """Somebody is well and says so from the second day of an open leave on: it ended with yesterday."""
    standing = records.leaves_on(work.session, work.today, [person.id])
    over = [row for row in standing if row.last is None and row.first < work.today]
    return _end(work, message, over, person, person) if over else []


def _end(work: Work, message: MessageRow, ended: Sequence[LeaveRow], person: Person, teller: Person) -> list[LeaveRow]:
    if ended:
        records.end_overlapping_leaves(work.session, person.id, work.today, work.today, work.now)
    for row in ended:
        if row.first < work.today:
            _row(work, message, person, (row.first, work.today - timedelta(days=1)), row.reason, teller)
    return list(ended)
