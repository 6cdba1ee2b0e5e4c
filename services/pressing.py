"""直报: what was said cannot wait, and those who look after it hear that it is pressed, as often as is of use."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models import cases as rows
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.tables.cases import CaseRow
from services import case_lists, case_moves, cases, ladder, reach, wording
from services.notify import tell
from services.work import Work

NOT_SOONER = timedelta(minutes=10)
"""So long those who were told of an urgent case are left to act."""


def press(work: Work, person: Person, number: int | None) -> str:
    """Make a case urgent that its reporter presses, the newest that waits where no number is said; an urgent one is told once more."""
    mine = case_lists.own(work, person)
    if number is not None:
        meant = rows.called(work.session, number)
        mine = [case for case in mine if meant is not None and case.id == meant.id]
    if not mine:
        return work.say("case.nothing_to_press")
    case = next((case for case in reversed(mine) if case.state == CaseState.OPEN), mine[-1])
    if case.urgency != "urgent":
        cases.worsen(work, case, person, case.text)
        return work.say("case.pressed", number=case.id, names=_names(work, ladder.first_told(work, case)))
    if case.state == CaseState.PROPOSED:
        cases.open_again(work, case, person)
        return work.say("case.we_go_on", number=case.id)
    return _once_more(work, case, person)


def _once_more(work: Work, case: CaseRow, person: Person) -> str:
    """Whoever has it and the next ones hear it again; where nobody has it, also those who were told at once."""
    last = _pressed_at(work, case)
    if last is not None and work.now - last < NOT_SOONER:
        return work.say("case.just_pressed", number=case.id, time=work.clock_time(last))
    case_moves.make(work, case, CaseMove.PRESS, person)
    owner = case_moves.owner_of(work, case)
    told = [owner] if owner is not None and case.state != CaseState.OPEN else ladder.first_told(work, case)
    told = [one for one in dict.fromkeys([*told, *ladder.step_told(work, case, 0)]) if one.id not in (person.id, case.member_id)]
    note = work.say("case.pressed_again", name=person.name)
    text = work.say("case.pressed_alert", note=note, alert=case_moves.alert_text(work, case))
    for one in told:
        tell(work, one, text, NoticeKind.CASE, Priority.ALERT, case=case)
    return work.say("case.pressed_once_more", number=case.id, names=_names(work, told))


def _pressed_at(work: Work, case: CaseRow) -> datetime | None:
    """When it was pressed last: as one that is urgent already, or made so."""
    moves = rows.history(work.session, case.id)
    return max((move.at for move in moves if move.move in (CaseMove.PRESS, CaseMove.WORSEN)), default=None)


def _names(work: Work, told: Iterable[Person]) -> str:
    """Those of them whom it reaches."""
    names = (person.name for person in told if reach.reachable(work, person))
    return wording.listed(work.unit.texts, names) or work.say("word.branch")
