"""What somebody said of their own health, against what others say of it: nobody else's word wipes it out."""

from models import checkins as rows
from models.daily_health import Word, word_of
from models.people import Person
from models.reading import Checkin
from models.tables.records import CheckinRow
from services.work import Work

_FEVER = "fever"


def is_own(row: CheckinRow) -> bool:
    """Whether somebody said it of themselves."""
    return row.reported_by == row.member_id


def stands(work: Work, teller: Person, person: Person, said: Checkin) -> bool:
    """Whether what a person said of themselves stands against the word of another.

    Against a mere 正常 it always does, as against the same said again. What they measured when ill stands only against who does not answer
    for them. Bad news is never turned away.
    """
    standing = None if teller.id == person.id else rows.current_checkin(work.session, person.id, "", said.date)
    if standing is None or word_of(said, corrects=False).abnormal:
        return False
    ill = told_symptoms(work, standing)
    if not ill and not is_own(standing):
        return False
    answers = teller.answers_for(person)
    if answers and said.denied and not said.well:
        return False  # 没咳嗽 is more than 正常
    if said.temperature is None:
        return True
    if is_own(standing) and rows.says(standing, said):
        return True
    return bool(ill) and not answers and (_FEVER in ill or standing.temperature is not None)


def said_before(work: Work, teller: Person, person: Person, said: Checkin) -> bool:
    """Whether the line of a chain has of somebody well only what they said of the day themselves, even where they corrected it since.

    A copy of their word would take its place, and they could neither take it back nor count by it.
    """
    if teller.id == person.id:
        return False
    own = rows.said_of_themselves(work.session, person.id, said.date)
    return any(rows.says(row, said) and not rows.itself(row).abnormal for row in own)


def beside(work: Work, teller: Person, standing: CheckinRow, said: Checkin, *, corrects: bool) -> Word:
    """What is said, as it is added to what stands: another's 正常 takes back no symptom that somebody has told of themselves."""
    word = word_of(said, corrects=corrects)
    if teller.id == standing.member_id or not told_symptoms(work, standing):
        return word
    return word.model_copy(update={"well": False})


def told_symptoms(work: Work, standing: CheckinRow) -> set[str]:
    """Which symptoms that stand somebody has told of themselves."""
    if standing.relation or not standing.symptoms:
        return set()
    if is_own(standing):
        return set(standing.symptoms)
    told = rows.said_of_themselves(work.session, standing.member_id, standing.day)
    return {symptom for row in told for symptom in rows.itself(row).symptoms if symptom in standing.symptoms}
