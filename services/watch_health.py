"""Abnormal health becomes a case; good news and more facts go to the case that is open."""

from collections.abc import Iterable
from dataclasses import dataclass

from models import cases as rows
from models import checkins, questions
from models.daily_health import added
from models.people import Person
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from services import case_moves, cases, wording
from services.cases import Raised
from services.own_word import is_own
from services.record import Recorded, is_abnormal
from services.work import Work

URGENT_SYMPTOMS = frozenset({"breathless"})
"""Signs of danger that cannot wait, whatever the temperature."""


@dataclass(frozen=True)
class Noticed:
    """What a check-in led to: the case that it raised or made urgent, and the cases of which the sender is asked whether they are over."""

    raised: Raised | None = None
    asked: tuple[CaseRow, ...] = ()


def look_at(
    work: Work,
    message: MessageRow,
    sender: Person,
    recorded: Recorded,
    words: str,
    *,
    confidential: bool,
    pressing: bool = False,
    news: bool = False,
) -> Noticed:
    """Act on one check-in. `words` is what was said, to be shown to those who help; "" for a list. `pressing`: it cannot wait, they say.

    `news`: there is more in the words than in what is written down, so that those who help hear them though that is as it was.
    What is confidential is never added to a case that others know of: it becomes a case of its own, and the other way round.
    """
    row, word = recorded.row, recorded.word
    known = rows.unfinished_about(work.session, rows.HEALTH, recorded.person.id, row.relation)
    whose = wording.whose_day(work, recorded.person if row.relation else None, row.relation, row.day)
    health = wording.health(work.unit.texts, row)
    teller = None if is_own(row) else work.directory.people.get(row.reported_by)
    if teller is None:
        facts = work.say("case.health_facts", whose=whose, health=health)
    else:
        facts = work.say("case.health_facts_told", whose=whose, health=health, teller=teller.name)
    if not word.abnormal:  # whatever else stands for the day was acted on when it was said
        return Noticed(asked=_better(work, sender, recorded, known, facts))
    urgent = pressing or is_urgent(work, row)
    text = work.say("case.with_words", facts=facts, words=words) if words else facts
    case = next((one for one in known if one.confidential == confidential), None)
    if case is None:
        # the one who is ill says when it is over; for somebody's family that is the member
        return Noticed(
            cases.raise_case(
                work,
                message,
                kind=rows.HEALTH,
                urgent=urgent,
                member=recorded.person,
                relation=row.relation,
                reporter=recorded.person,
                categories=list(row.symptoms),
                text=text,
                confidential=confidential,
            )
        )
    if urgent and case.urgency != "urgent":
        return Noticed(cases.worsen(work, case, sender, text))
    if news or not _same(recorded.before, row):
        cases.tell_more(work, case, sender, text)
    return Noticed()


def _better(work: Work, sender: Person, recorded: Recorded, known: list[CaseRow], facts: str) -> tuple[CaseRow, ...]:
    """Better after being ill: whoever looks after it hears of it, and the one who is well again is asked whether it is over.

    Nobody is well by a temperature alone who coughs: they measured because they were asked to.
    """
    row, word = recorded.row, recorded.word
    if word.healthy is not True or not known:
        return ()
    before = recorded.before or checkins.checkin_before(work.session, row.member_id, row.relation, row.day)
    if before is None or not is_abnormal(before):
        return ()
    well = row.healthy is True and not added(checkins.stands(before), word).symptoms
    news = well or sorted(before.symptoms) != sorted(row.symptoms) or (before.temperature is None and row.temperature is not None)
    some_in_confidence = any(case.confidential for case in known)
    for case in known:
        if news and (row.healthy or case.confidential or not some_in_confidence):
            cases.note(work, case, sender, facts)
    return ask_whether_over(work, sender, known) if well else ()


def ask_whether_over(work: Work, person: Person, known: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """Wait for somebody's word on whether their cases are over; which these are. The sentence is the caller's."""
    asked = tuple(case for case in known if case.reporter_id == person.id)
    for case in asked:
        questions.ask(work.session, person.id, case_moves.CASE_OVER, case.id, work.now)
    return asked


def is_urgent(work: Work, row: CheckinRow) -> bool:
    """Breathless, or as hot as the unit's policy says."""
    hot = row.temperature is not None and row.temperature >= work.unit.policies.urgent_temperature
    return hot or not URGENT_SYMPTOMS.isdisjoint(row.symptoms)


def _same(before: CheckinRow | None, row: CheckinRow) -> bool:
    return before is not None and before.temperature == row.temperature and sorted(before.symptoms) == sorted(row.symptoms)
