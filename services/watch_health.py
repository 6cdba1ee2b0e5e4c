"""Abnormal health becomes a case; good news and more facts go to the case that is open."""

from models import cases as rows
from models.directory import Person
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from services import cases, wording
from services.record import Recorded, is_abnormal
from services.work import Work

KIND = "health"
URGENT_SYMPTOMS = frozenset({"breathless"})
"""Signs of danger that cannot wait, whatever the temperature."""


def look_at(work: Work, message: MessageRow, sender: Person, recorded: Recorded, words: str) -> CaseRow | None:
    """Act on one check-in; the case that was raised, or None. `words` is what was said, to be shown to those who help; "" for a list."""
    row = recorded.row
    known = rows.unfinished_about(work.session, KIND, recorded.person.id, row.relation)
    whose = wording.whose_day(work, recorded.person if row.relation else None, row)
    facts = work.say("case.health_facts", whose=whose, health=wording.health(work.unit.texts, row))
    if not is_abnormal(row):
        if known is not None and recorded.before is not None and is_abnormal(recorded.before):
            cases.note(work, known, sender, facts)
        return None
    urgent = is_urgent(work, row)
    text = work.say("case.with_words", facts=facts, words=words) if words else facts
    if known is None:
        # the one who is ill says when it is over; for somebody's family that is the member
        return cases.raise_case(
            work,
            message,
            kind=KIND,
            urgent=urgent,
            member=recorded.person,
            relation=row.relation,
            reporter=recorded.person,
            categories=list(row.symptoms),
            text=text,
        )
    if urgent and known.urgency != "urgent":
        cases.worsen(work, known, sender, text)
    elif not _same(recorded.before, row):
        cases.note(work, known, sender, text)
    return None


def is_urgent(work: Work, row: CheckinRow) -> bool:
    """Breathless, or as hot as the unit's policy says."""
    hot = row.temperature is not None and row.temperature >= work.unit.policies.urgent_temperature
    return hot or not URGENT_SYMPTOMS.isdisjoint(row.symptoms)


def _same(before: CheckinRow | None, row: CheckinRow) -> bool:
    return before is not None and before.temperature == row.temperature and sorted(before.symptoms) == sorted(row.symptoms)
