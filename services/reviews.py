"""The review list (待核) of a group: what seems to report something and could not be read, until a leader says what was meant."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from models import inbox, questions, reviews
from models.listeners import IN_CONFIDENCE
from models.people import Person
from models.reading import Checkin, Doubt, Reading
from models.reviews import Outcome
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.reviews import ReviewRow
from services.work import Work

_SAID = ("temperature", "healthy", "symptom")
"""Evidence of these fields stands where the health itself is said; the day may stand in a title far away."""
LISTED = timedelta(days=7)
"""How long an open item stays on the list."""


def open_unread(work: Work, message: MessageRow, sender: Person, doubts: Iterable[Doubt], day: date, *, confidential: bool) -> int:
    """Put what could not be read on the list of the sender's group, each piece once a day; how many are new."""
    if sender.group_id is None:
        return 0
    known = reviews.words_of_day(work.session, sender.group_id, day)
    new = 0
    for doubt in doubts:
        if message.text[doubt.start : doubt.end] in known:
            continue  # a chain is posted again by everybody who joins it
        person = sender if doubt.person == sender.name else None
        _open(work, message, sender.group_id, (doubt.start, doubt.end), person, day, confidential=confidential)
        new += 1
    return new


def open_unanswered(work: Work, group_id: str) -> None:
    """Put the questions about a group's check-ins that nobody answered on its list; they may still be answered."""
    members = {p.id: p for p in work.directory.group_members(group_id)}
    for question in questions.unanswered_about(work.session, members, work.now):
        message = inbox.by_id(work.session, question.message_id or 0)
        if message is None or question.day is None:
            continue
        person = members[question.about_id or 0]
        checkins = Reading.model_validate_json(message.reading).checkins
        span = _line(message.text, next((c for c in checkins if (c.person, c.date) == (person.name, question.day)), None))
        item = _open(work, message, group_id, span, person, question.day, confidential=question.confidential)
        item.question_id = question.id


def _open(
    work: Work, message: MessageRow, group_id: str, span: tuple[int, int], person: Person | None, day: date, *, confidential: bool
) -> ReviewRow:
    return reviews.add(
        work.session,
        ReviewRow(
            group_id=group_id,
            message_id=message.id,
            start=span[0],
            stop=span[1],
            member_id=None if person is None else person.id,
            day=day,
            confidential=confidential,
            opened_at=work.now,
        ),
    )


def _line(text: str, checkin: Checkin | None) -> tuple[int, int]:
    """The line of a message in which a check-in stands; the whole message where that cannot be told."""
    said = () if checkin is None else [e for e in checkin.evidence if e.field.startswith(_SAID)]
    if not said:
        return 0, len(text)
    first, last = min(e.start for e in said), max(e.end for e in said)
    end = text.find("\n", last)
    return text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end


def listed(work: Work, reader: Person, group_ids: Sequence[str]) -> list[ReviewRow]:
    """The open items of some groups that a reader may know of, by number: a leader none that was said for the secretary alone."""
    items = reviews.open_items(work.session, group_ids, work.now - LISTED)
    return [item for item in items if may_see(item, reader)]


def may_see(item: ReviewRow, reader: Person) -> bool:
    """Whether a reader who answers for the item's group may know of it."""
    leads = any(charge.role is Role.LEADER and charge.group_id == item.group_id for charge in reader.charges)
    return not item.confidential or reader.role in IN_CONFIDENCE or (reader.in_confidence and not leads)


def close(work: Work, message: MessageRow, item: ReviewRow, outcome: Outcome, *, ask_on: bool = False) -> None:
    """An item is done; `message` said so. Its question is not open any more either, unless the member may still answer (`ask_on`)."""
    reviews.close(work.session, item, outcome, message, work.now)
    if item.question_id is not None and not ask_on:
        questions.settle_one(work.session, item.question_id, work.now)
