"""What was said for the secretary alone (只跟书记说)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from models import cases as rows
from models import deliveries, inbox, reviews, state
from models.case_states import CaseMove
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.reading import Reading
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from services import case_moves, cases, ladder, wording
from services.notify import tell
from services.work import Work

_OTHER = "other"
"""The category of LABELS.md for what is none of the others."""
_ANNOUNCED = "announced:{}"


def asked_for(message: MessageRow) -> bool:
    """Whether a message asks that the leader shall not know, or answers what was asked so."""
    return Reading.model_validate_json(message.reading).confidential


def goes_on(work: Work, person: Person) -> bool:
    """Whether something that a person told in confidence is not over yet: then what they say of it later, in private, is no less so."""
    return rows.has_confided(work.session, person.id)


def join(work: Work, sender: Person, member: Person, categories: Collection[str], words: str, *, urgent: bool) -> CaseRow | None:
    """Add what is told again to its case, the newest like it that the sender told of in confidence; None where there is none."""
    known = rows.confided_by(work.session, sender.id)
    known = [case for case in known if case.member_id == member.id and not ladder.stayed(work.directory, case)]
    if _OTHER not in categories:  # of what nobody can tell it is as likely as not the same
        known = [case for case in known if case.kind == "hardship" and not set(case.categories).isdisjoint(categories)]
    if not known:
        return None
    case = known[-1]
    if urgent and case.urgency != "urgent":
        cases.worsen(work, case, sender, words)
    else:
        cases.tell_more(work, case, sender, words)
    return case


def announce(work: Work, person: Person, until: datetime) -> str:
    """What a person says in private from now on is for the secretary alone; the sentence, with those who will hear it."""
    state.put(work.session, _ANNOUNCED.format(person.id), until.isoformat())
    meant = CaseRow(kind="hardship", urgency="ordinary", member_id=person.id, reporter_id=person.id, confidential=True, categories=[])
    return work.say("confidence.go_on", names=_names(work, ladder.first_told(work, meant)))


def is_announced(work: Work, person: Person) -> bool:
    """Whether a person has just said that what comes now is for the secretary alone."""
    until = state.get(work.session, _ANNOUNCED.format(person.id))
    return until is not None and work.now < datetime.fromisoformat(until)


def from_now_on(work: Work, person: Person, since: datetime) -> list[str]:
    """What a person told openly since then is for the secretary alone from now on; the sentences, with who knows already."""
    told = [case for case in rows.told_by(work.session, person.id) if not case.confidential and case.opened_at >= since]
    found = [case for case in told if case.message_id == told[-1].message_id]
    numbers = [case.id for case in found]
    lines = [line for number in numbers for line in _close_to_leaders(work, person, rows.by_number(work.session, number))]
    message = inbox.by_id(work.session, found[0].message_id) if found else None
    if message is None:
        return lines
    reading = Reading.model_validate_json(message.reading).model_copy(update={"confidential": True})
    message.reading = reading.model_dump_json()
    for item in reviews.of_message(work.session, message.id):
        item.confidential = True
    return lines if message.room is None else [*lines, work.say("confidence.in_a_room")]


def _close_to_leaders(work: Work, person: Person, case: CaseRow | None) -> list[str]:
    if case is None:
        return []
    case.confidential = True
    work.session.flush()
    readers = (
        work.directory.people.get(row.member_id or 0)
        for row in deliveries.of_case(work.session, case.id)
        if row.state in deliveries.MAY_BE_READ
    )
    knew = {one.id: one for one in readers if one is not None and ladder.closed_to(work.directory, case, one)}
    if case.owner_id in knew and case_moves.make(work, case, CaseMove.LAPSE, None):
        case.owner_id = None
        case_moves.new_round(work, case)
        for one in ladder.first_told(work, case):
            tell(work, one, case_moves.alert_text(work, case), NoticeKind.ALERT, Priority.ALERT, case=case)
    else:
        cases.note(work, case, person, work.say("confidence.noted"))
    lines = [work.say("confidence.from_now_on", number=case.id, names=_names(work, case_moves.listeners(work, case)))]
    return [*lines, work.say("confidence.knew", names=_names(work, knew.values()))] if knew else lines


def _names(work: Work, people: Iterable[Person]) -> str:
    return wording.listed(work.unit.texts, (person.name for person in people)) or work.say("word.branch")
