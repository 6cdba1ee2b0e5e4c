"""Reminders: private, only to those still open, and not when there is nothing left to say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models import nudges
from models.outbox import NoticeKind, Priority
from models.people import Person
from services import calm, coverage
from services.notify import tell
from services.work import Work

NOT_SOONER = timedelta(minutes=10)
"""So long whoever was reminded is left to answer."""


@dataclass(frozen=True)
class Asked:
    """What became of a leader's 催报: who hears it and when, who has just heard it, whom nothing reaches, for whom it is too late today."""

    at: datetime
    reminded: tuple[Person, ...]
    just_now: tuple[Person, ...]
    unreached: tuple[Person, ...]
    too_late: tuple[Person, ...]


def checkin(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None, asked: Collection[int] = ()) -> None:
    """Remind each member of a group who is still open on a day, but for those who were just `asked`."""
    for member in coverage.of_group(work, group_id, day).open:
        if member.person.id not in asked:
            _remind(work, member.person, day, late=late, expires_at=expires_at)


def at_once(work: Work, group_ids: Sequence[str]) -> Asked:
    """Remind who is open today because a leader asks for it. Nobody is woken, and of a day that is over nothing is said."""
    people = [m.person for group_id in group_ids for m in coverage.of_group(work, group_id, work.today).open]
    at = calm.over(work, work.now)
    if at.astimezone(work.unit.zone).date() > work.today:
        return Asked(at, (), (), (), tuple(people))
    ids = [person.id for person in people]
    coming = nudges.waiting(work.session, ids, work.today) if at > work.now else set()
    just = set() if at > work.now else nudges.reminded_since(work.session, ids, work.now - NOT_SOONER)
    due = [person for person in people if person.id not in just]
    reached = [person for person in due if person.id in coming or _remind(work, person, work.today, late="", expires_at=None)]
    return Asked(at, tuple(reached), tuple(p for p in people if p.id in just), tuple(p for p in due if p not in reached), ())


def _remind(work: Work, person: Person, day: date, *, late: str, expires_at: datetime | None) -> bool:
    text = work.say("nudge.checkin", name=person.name, late=late)
    return tell(work, person, text, NoticeKind.NUDGE_CHECKIN, Priority.REMINDER, day=day, expires_at=expires_at)


def report(work: Work, group_id: str, day: date, *, late: str, expires_at: datetime | None) -> int:
    """Remind each member of a group whose daily report is open; how many."""
    owing = [m.person for m in coverage.of_group(work, group_id, day).members if m.owes_report]
    for person in owing:
        text = work.say("nudge.report", name=person.name, late=late)
        tell(work, person, text, NoticeKind.NUDGE_REPORT, Priority.REMINDER, day=day, expires_at=expires_at)
    return len(owing)
