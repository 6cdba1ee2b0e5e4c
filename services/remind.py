"""Reminders: private, only to those still open, and not when there is nothing left to say."""

from collections.abc import Collection
from datetime import date, datetime

from models.outbox import NoticeKind, Priority
from models.people import Person
from services import coverage
from services.notify import tell
from services.work import Work


def checkin(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None, asked: Collection[int] = ()) -> list[Person]:
    """Remind each member of a group who is still open on a day, but for those who were just `asked`; who is open."""
    people = [m.person for m in coverage.of_group(work, group_id, day).open]
    for person in people:
        if person.id in asked:
            continue
        text = work.say("nudge.checkin", name=person.name, late=late)
        tell(work, person, text, NoticeKind.NUDGE_CHECKIN, Priority.REMINDER, day=day, expires_at=expires_at)
    return people


def report(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None) -> int:
    """Remind each member of a group whose daily report is open; how many."""
    owing = [m.person for m in coverage.of_group(work, group_id, day).members if m.owes_report]
    for person in owing:
        text = work.say("nudge.report", name=person.name, late=late)
        tell(work, person, text, NoticeKind.NUDGE_REPORT, Priority.REMINDER, day=day, expires_at=expires_at)
    return len(owing)
