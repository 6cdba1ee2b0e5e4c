"""Which cases are somebody's: raised by them, waiting for them, open to their eyes."""

from collections.abc import Iterable
from datetime import timedelta

from models import cases, deliveries
from models.case_states import CaseState
from models.people import Person
from models.tables.cases import CaseRow
from services import case_moves, ladder, wording
from services.work import Work

TAKES_BACK = timedelta(hours=1)
"""So long a bare 还没 takes a hasty 是 back."""
REMEMBERED = timedelta(days=30)
"""So long who says that something is not over may mean what was closed."""
BEGINNING = 20
"""By so many characters a case is known again."""


def own(work: Work, person: Person) -> list[CaseRow]:
    """The unfinished cases of which a person may say that they are over, by number."""
    return [case for case in cases.of_member(work.session, person.id) if case_moves.speaks_for(case, person)]


def just_closed(work: Work, person: Person) -> CaseRow | None:
    """The case that was closed last and within the hour, of those of which a person may say that they are over."""
    return _closed_within(work, person, TAKES_BACK)


def closed_lately(work: Work, person: Person) -> CaseRow | None:
    """The same, within a month."""
    return _closed_within(work, person, REMEMBERED)


def _closed_within(work: Work, person: Person, span: timedelta) -> CaseRow | None:
    found = cases.closed_since(work.session, person.id, work.now - span)
    return next((case for case in found if case_moves.speaks_for(case, person)), None)


def in_hand(work: Work, person: Person) -> list[CaseRow]:
    """The cases that a person has acknowledged, of which they have not said yet that they are over."""
    return [case for case in cases.unfinished(work.session) if case.state == CaseState.ACKNOWLEDGED and case.owner_id == person.id]


def waiting_for(work: Work, person: Person) -> list[CaseRow]:
    """The open cases that a person has read of (none that is kept for the morning), may still know of, and nobody has acknowledged."""
    found = (case for case in cases.unfinished(work.session) if case.state == CaseState.OPEN)
    return [c for c in found if deliveries.has_read(work.session, c.id, person.id) and ladder.may_act(work, c, person)]


def visible(work: Work, rows: list[CaseRow], reader: Person) -> list[CaseRow]:
    """Of these cases those that a reader of a digest may know of: a leader none that is confidential, a secretary none told to another."""
    found = [case for case in rows if not ladder.closed_to(work.directory, case, reader)]
    return [case for case in found if not ladder.stayed(work.directory, case) or ladder.may_act(work, case, reader)]


def told_apart(work: Work, rows: Iterable[CaseRow], reader: Person) -> str:
    """Several cases in a question which of them is meant, a line each."""
    return "\n".join(one_of_several(work, case, reader, case.id) for case in rows)


def one_of_several(work: Work, case: CaseRow, reader: Person, number: int) -> str:
    """Such a line, by the number that is said with the answer: · 6：赵云飞，紧急困难，孩子高烧; of the reader's own without the name."""
    kind = work.unit.texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind)
    text = wording.short(case.text.partition("\n")[0], BEGINNING)
    if case.member_id == reader.id and case.reporter_id != reader.id:
        return work.say("case.one_of_told", number=number, kind=kind)  # in whose words, is not for the one whom they are about
    if case.member_id == reader.id:
        return work.say("case.one_of_own", number=number, kind=kind, text=text)
    return work.say("case.one_of", number=number, name=case_moves.name_of(work, case.member_id), kind=kind, text=text)
