"""Reminders: private, only to those still open, and not when there is nothing left to say."""

from datetime import date, datetime

from models.directory import Person
from models.outbox import NoticeKind, Priority
from services import coverage
from services.notify import tell
from services.work import Work


def checkin(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None) -> list[Person]:
    """Remind each member of a group who is still open on a day; who was reminded."""
    people = [m.person for m in coverage.of_group(work, group_id, day).open]
    for person in people:
        text = work.say("nudge.checkin", name=person.name, late=late)
        tell(work, person, text, NoticeKind.NUDGE_CHECKIN, Priority.REMINDER, day=day, expires_at=expires_at)
    return people


def buddies(work: Work, person: Person, *, expires_at: datetime | None) -> None:
    """Ask the trio of somebody who is silent for a second day to have a look; whoever is on leave is left in peace."""
    trio = (buddy for buddy in work.directory.trio_of(person) if coverage.of_person(work, buddy, work.today).leave is None)
    for buddy in trio:
        text = work.say("nudge.buddy", name=person.name)
        tell(work, buddy, text, NoticeKind.NUDGE_BUDDY, Priority.REMINDER, expires_at=expires_at)


def report(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None) -> int:
    """Remind each member of a group whose daily report is open; how many."""
    owing = [m.person for m in coverage.of_group(work, group_id, day).members if m.owes_report]
    for person in owing:
        text = work.say("nudge.report", name=person.name, late=late)
        tell(work, person, text, NoticeKind.NUDGE_REPORT, Priority.REMINDER, day=day, expires_at=expires_at)
    return len(owing)
