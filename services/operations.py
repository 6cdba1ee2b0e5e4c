"""News about the bot itself, for whoever is on duty: numbers and names of things, never content."""

from models.outbox import NoticeKind, Priority
from models.roster import Role
from services.notify import tell
from services.work import Work


def tell_duty_officers(work: Work, text: str) -> None:
    """Tell every duty officer."""
    for person in work.directory.people.values():
        if person.role is Role.DUTY_OFFICER:
            tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)
