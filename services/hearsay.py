"""What somebody says of another's leave: who answers for them is believed, a colleague for a day or two, anybody else is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models import records
from models.outbox import NoticeKind
from models.people import Person
from models.reading import Form, Leave, Reading
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.records import LeaveRow
from services import wording
from services.notify import tell
from services.record import whose
from services.work import Work


@dataclass(frozen=True)
class Weighed:
    """The leaves of a message that count, and the ids of whom a colleague said it of; of whom the sender cannot say it, or need not."""

    leaves: tuple[Leave, ...]
    second_hand: frozenset[int]
    refused: tuple[Person, ...]
    known: tuple[Person, ...]


def weigh(work: Work, message: MessageRow, sender: Person, reading: Reading) -> Weighed:
    """Which leaves of a message count, and for which days."""
    day = message.sent_at.astimezone(work.unit.zone).date()
    leaves: list[Leave] = []
    second_hand, refused, known = set(), [], []
    for leave in reading.leaves:
        person, _ = whose(work, sender, leave.person)
        if person is None or person.id == sender.id or sender.answers_for(person):
            leaves.append(leave)
            continue
        chain = reading.form is Form.CHAIN
        if chain and records.leave_was_said(work.session, person.id, leave.first, leave.last):
            continue  # by these days, before a colleague's word is cut short
        said = _of_a_colleague(leave, day) if person.group_id is not None and person.group_id == sender.group_id else None
        if said is None:
            refused += [] if chain else [person]
        elif _stands(work, person, said):
            known += [] if chain else [person]
        else:
            leaves.append(said)
            second_hand |= set() if chain and said.last == day else {person.id}
    return Weighed(tuple(leaves), frozenset(second_hand), tuple(refused), tuple(known))


def _of_a_colleague(leave: Leave, day: date) -> Leave | None:
    """What a colleague can say of a leave: that it is today, tomorrow, or both; None where it is another time."""
    first, tomorrow = max(leave.first, day), day + timedelta(days=1)
    last = min(first if leave.last is None else leave.last, tomorrow)
    return leave.model_copy(update={"first": first, "last": last}) if first <= last else None


def _stands(work: Work, person: Person, said: Leave) -> bool:
    """Whether a leave on these days is written down already; nobody else's word takes the place of it."""
    days = {said.first, said.last or said.first}
    return any(records.leaves_on(work.session, day, [person.id]) for day in days)


def tell_of(work: Work, teller: Person, person: Person, leave: LeaveRow) -> str:
    """Whom it is said of hears by whom, and so does who answers for them; the line of the teller's receipt."""
    texts = work.unit.texts
    facts = {"teller": teller.name, "name": person.name, "reason": leave.reason}
    first, last = wording.day(texts, leave.first), wording.day(texts, leave.last or leave.first)
    days = first if first == last else work.say("stand_in.days", first=first, last=last)
    tell(work, person, work.say("hearsay.of_you", days=days, **facts), NoticeKind.CASE)
    for leader in _leaders(work, person, teller):
        tell(work, leader, work.say("hearsay.of_member", days=days, **facts), NoticeKind.CASE)
    return work.say("hearsay.noted", days=days, **facts)


def _leaders(work: Work, person: Person, teller: Person) -> Iterable[Person]:
    for role in (Role.LEADER, Role.SECRETARY):
        found = [one for one in work.directory.holding(role, person) if one.id not in (person.id, teller.id)]
        if found:
            return found
    return ()
