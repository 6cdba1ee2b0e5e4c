"""What a batch of messages, or of notices, will ask of the database, asked ahead for all of them at once."""

from collections.abc import Iterable

from models import cases, checkins, nudges, outbox, questions, reviews
from models.people import Person
from models.reading import Reading
from models.tables.queue import NoticeRow
from services import silence
from services.record import FAMILY
from services.work import Work


def look_ahead(work: Work, said: Iterable[tuple[Person | None, Reading]]) -> None:
    """Look ahead for all senders, and for all of whose health they say something."""
    people: set[int] = set()
    well: set[int] = set()
    for sender, reading in said:
        if sender is None:
            continue
        people.add(sender.id)
        for checkin in reading.checkins:
            named = checkin.person != sender.name and not checkin.person.startswith(FAMILY)
            person = work.directory.named(checkin.person, near=sender) if named else sender
            if person is not None:
                people.add(person.id)
                if checkin.healthy:
                    well.add(person.id)
    if not people:
        return
    checkins.look_ahead(work.session, people, work.today)
    questions.look_ahead(work.session, people)
    reviews.look_ahead(work.session, people)
    nudges.look_ahead(work.session, people, work.today)
    unfinished = cases.look_ahead(work.session, (cases.HEALTH, silence.KIND), people)
    if unfinished:
        outbox.look_ahead(work.session, [case.id for case in unfinished])
        checkins.look_back(work.session, well & {case.member_id for case in unfinished}, work.today)


def look_ahead_of_notices(work: Work, notices: Iterable[NoticeRow]) -> None:
    """Look ahead for notices that are looked at once more before they are sent: at the cases that they speak of."""
    numbers = {notice.case_id for notice in notices if notice.case_id is not None}
    if numbers:
        cases.see_ahead(work.session, numbers)
