"""One short private question about a check-in that was not quite understood, and what its answer makes of it.

The answer is a check-in like any other: it goes through services.record, and what it replaces stays as history.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from models import checkins, inbox, questions, reviews
from models.daily_health import FEVER
from models.health import ROUND
from models.people import Person
from models.reading import Checkin, Doubt, Form, Intent, Reading
from models.tables.cases import QuestionRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from services import slips, wording
from services.record import FAMILY, Recorded
from services.work import Work

KINDS = frozenset({"guessed", "implausible", "unwell", "unknown", ROUND})
"""The questions about a check-in, and how somebody who is ill is today; the others are about a case or an account and have a number."""
OF_A_NUMBER = frozenset({"guessed", "implausible"})
EXPIRES_AFTER = timedelta(days=2)
"""From the midnight before a question: it can be answered until the end of the next day."""
MEASURED = "temperature.fever"
"""By which a reading says that fever follows from the temperature."""
FRESH = timedelta(minutes=15)
"""How long a bare value answers a question about somebody else or another day; later it is the sender's own of today."""


def ask(
    work: Work, message: MessageRow, sender: Person, recorded: Sequence[Recorded], doubts: Sequence[Doubt], *, confidential: bool
) -> str:
    """Ask the sender about one check-in of a message, the own one first; the question, or "" where nothing is doubtful."""
    found = ((_doubted(sender, recorded, doubt), doubt) for doubt in doubts if doubt.kind in KINDS)
    pairs = [(item, doubt) for item, doubt in found if item is not None]
    if not pairs:
        return ""
    item, doubt = min(pairs, key=lambda pair: (pair[0].person.id != sender.id, pair[0].row.relation != ""))
    question = questions.add(
        work.session,
        QuestionRow(
            member_id=sender.id,
            kind=doubt.kind,
            ref=0,
            asked_at=work.now,
            expires_at=datetime.combine(work.today, time(), work.unit.zone) + EXPIRES_AFTER,
            message_id=message.id,
            about_id=item.person.id,
            relation=item.row.relation,
            day=item.row.day,
            value=slips.likely(doubt.value) if doubt.kind == "implausible" else item.row.temperature,
            confidential=confidential,
        ),
    )
    return sentence(work, question, written=doubt.value)


def ask_absent(work: Work, message: MessageRow, leader: Person, day: date) -> None:
    """Wait until the end of the day for a leader's word on who is not there. The sentence is the caller's."""
    questions.add(
        work.session,
        QuestionRow(
            member_id=leader.id,
            kind=questions.ABSENT,
            ref=0,
            asked_at=work.now,
            expires_at=datetime.combine(day, time(), work.unit.zone) + timedelta(days=1),
            message_id=message.id,
            day=day,
        ),
    )


def open_absent(work: Work, leader: Person, day: date) -> QuestionRow | None:
    """What a leader was asked last about who is not there on a day."""
    asked = [q for q in questions.open_questions(work.session, leader.id, work.now) if (q.kind, q.day) == (questions.ABSENT, day)]
    return asked[-1] if asked else None


def _doubted(sender: Person, recorded: Sequence[Recorded], doubt: Doubt) -> Recorded | None:
    """The check-in that a doubt is about, if it was written."""
    for item in recorded:
        row = item.row
        name = FAMILY + row.relation if row.relation else item.person.name
        mine = item.person.id == sender.id and doubt.person == sender.name and not row.relation
        fits = {
            "guessed": row.temperature is not None and f"{row.temperature}" == doubt.value,
            "implausible": row.temperature is None,
            "unwell": row.healthy is False,
            "unknown": row.healthy is None,
        }
        if (name == doubt.person or mine) and fits[doubt.kind]:
            return item
    return None


def sentence(work: Work, question: QuestionRow, written: str = "") -> str:
    """The question in words. `written`: the number that cannot be, as it was written."""
    person = work.directory.people.get(question.about_id or 0)
    mine = question.about_id == question.member_id and not question.relation
    whose = wording.whose_day(work, None if mine else person, question.relation, question.day or work.today)
    if question.kind == "implausible" and question.value is not None:
        return work.say("doubt.likely", whose=whose, value=f"{question.value:.1f}")
    if question.kind == "implausible" and not written:
        return work.say("doubt.number", whose=whose)
    return work.say(f"doubt.{question.kind}", whose=whose, written=written, value="" if question.value is None else f"{question.value:.1f}")


def open_about(work: Work, sender: Person, day: date) -> QuestionRow | None:
    """The newest question about a check-in that a bare value of the sender, said on `day`, may answer.

    A question about the sender's own health of that day, or one just asked. An older one lets a message mean what it says by itself.
    """
    asked = [q for q in questions.open_questions(work.session, sender.id, work.now) if q.kind in KINDS]
    return next((q for q in reversed(asked) if _own(q, day) or work.now - q.asked_at <= FRESH), None)


def _own(question: QuestionRow, day: date) -> bool:
    return question.about_id == question.member_id and not question.relation and question.day == day


def answer(work: Work, question: QuestionRow, said: Checkin) -> Reading:
    """What the check-in is with the answer in it: what was stated beside the doubtful value stays. To a round it is a word like any."""
    if question.kind == ROUND:
        return _reading(work, question, said, said.temperature, set(said.symptoms), healthy=said.healthy)
    current = _current(work, question)
    symptoms = set() if current is None else set(current.symptoms)
    temperature = said.temperature if said.temperature is not None or current is None else current.temperature
    if said.temperature is not None:
        symptoms -= _only_measured(work, question, current)
    if question.kind not in OF_A_NUMBER and (said.symptoms or said.temperature is None):
        symptoms.discard("other")  # what was meant by it is said now
    symptoms = set(said.symptoms) if said.well else symptoms | set(said.symptoms)
    healthy = False if symptoms else True if temperature is not None or said.healthy else None
    gone = () if current is None else set(current.symptoms) - symptoms
    said = said.model_copy(update={"denied": tuple(sorted({*said.denied, *gone}))})
    return _reading(work, question, said, temperature, symptoms, healthy=healthy)


def without_value(work: Work, question: QuestionRow) -> Reading:
    """What the check-in is without the guessed temperature, which was a wrong one."""
    current = _current(work, question)
    symptoms = set() if current is None else set(current.symptoms) - _only_measured(work, question, current)
    said = Checkin(person="", date=question.day or work.today, implausible=True)
    return _reading(work, question, said, None, symptoms, healthy=False if symptoms else None)


def measured(question: QuestionRow) -> Checkin | None:
    """What a 是 says: the proposed value; None where the question proposes none."""
    if question.kind not in OF_A_NUMBER or question.value is None or question.day is None:
        return None
    fever = ("fever",) if question.value >= FEVER else ()
    return Checkin(person="", date=question.day, temperature=question.value, symptoms=fever, healthy=not fever)


def settle(work: Work, message: MessageRow, question: QuestionRow) -> None:
    """The question is answered."""
    questions.answered(work.session, question, work.now)
    reviews.close_asked(work.session, question.id, message, work.now)


def ask_again(work: Work, question: QuestionRow, written: str = "") -> str:
    """The value was not the proposed one, or cannot be either: wait for the right one; the question."""
    question = questions.keep(work.session, question)
    work.session.refresh(question)
    question.kind, question.value = "implausible", slips.likely(written)
    question.asked_at, question.answered_at = work.now, None
    return sentence(work, question, written)


def _current(work: Work, question: QuestionRow) -> CheckinRow | None:
    return checkins.current_checkin(work.session, question.about_id or 0, question.relation, question.day or work.today)


def _only_measured(work: Work, question: QuestionRow, current: CheckinRow | None) -> set[str]:
    """Fever, where it follows from the doubtful value alone and nobody said so."""
    message = inbox.by_id(work.session, question.message_id or 0)
    reading = Reading() if message is None else Reading.model_validate_json(message.reading)
    stated = any(piece.field == "symptom:fever" and piece.by != MEASURED for checkin in reading.checkins for piece in checkin.evidence)
    hot = current is not None and current.temperature is not None and current.temperature >= FEVER
    return {"fever"} if hot and not stated else set()


def _reading(
    work: Work, question: QuestionRow, said: Checkin, temperature: float | None, symptoms: set[str], *, healthy: bool | None
) -> Reading:
    person = work.directory.people.get(question.about_id or 0)
    name = FAMILY + question.relation if question.relation else "" if person is None else person.name
    day = question.day or work.today
    checkin = said.model_copy(
        update={"person": name, "date": day, "temperature": temperature, "symptoms": tuple(sorted(symptoms)), "healthy": healthy}
    )
    correction = question.kind in OF_A_NUMBER  # a wrong guess was never measured
    return Reading(intents=(Intent.HEALTH,), form=Form.TALK, checkins=(checkin,), correction=correction)
