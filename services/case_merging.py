"""Two cases of one person that are the same thing become one: facts are added, nobody who knew of either is lost, any number will do."""

from models import outbox
from models.case_states import CaseMove, CaseState
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.tables.cases import CaseRow
from services import case_moves, ladder
from services.cases import of_actor, worsen
from services.notify import tell
from services.work import Work


def merge(work: Work, actor: Person, number: int, into: int) -> str:
    """合并 12 到 8: the first becomes part of the second; where only the first is urgent, the second of the first. The sentence."""
    case, refusal = of_actor(work, actor, number)
    target, target_refusal = of_actor(work, actor, into)
    if case is None or target is None:
        return refusal or target_refusal
    why = _why_not(work, case, target)
    if why:
        return why
    if case.urgency == "urgent" != target.urgency:
        case, target = target, case
    if _is_unknown(target) and case.reporter_id == case.member_id:
        # who is in need goes on with the number that they know, and learns nothing of who spoke up for them
        case, target = target, case
    if target.state not in (CaseState.OPEN, CaseState.ACKNOWLEDGED):
        return case_moves.impossible(work, target)
    had_it = _owner(work, case)
    if not case_moves.make(work, case, CaseMove.MERGE, actor, str(target.id)):
        return case_moves.impossible(work, case)
    case_moves.stop_the_clock(work, case)
    case.closed_at = work.now
    case.merged_into_id = target.id
    merging = _Merging(work, actor, case, target)
    _add_facts(work, case, target, actor)
    if had_it is not None and target.state == CaseState.OPEN and not (target.urgency == "urgent" != case.urgency):
        _take(work, case, target, actor, had_it)
    merging.tell()
    if case.urgency == "urgent" != target.urgency:
        worsen(work, target, actor, target.text)
    has_it = _owner(work, target)
    if has_it is not None and has_it.id != actor.id:
        return work.say("case.merged_in_hand", number=case.id, into=target.id, name=has_it.name)
    return work.say("case.merged", number=case.id, into=target.id)


def _owner(work: Work, case: CaseRow) -> Person | None:
    """Whoever has said that they have a case."""
    return case_moves.owner_of(work, case) if case.state == CaseState.ACKNOWLEDGED else None


def _take(work: Work, case: CaseRow, target: CaseRow, actor: Person, owner: Person) -> None:
    """Whoever has the one has both: it is the same matter, and nobody need be found for it. What is more urgent waits for a new word."""
    if case.urgency != target.urgency:
        case_moves.make(work, target, CaseMove.WORSEN, actor, target.text)
        target.urgency = case.urgency
    case_moves.make(work, target, CaseMove.ACKNOWLEDGE, actor)
    target.owner_id = owner.id
    case_moves.stop_the_clock(work, target)
    case_moves.promise_lapse(work, target)


def _is_unknown(case: CaseRow) -> bool:
    """Whether somebody spoke up for the one in need, who was not told."""
    return case.reporter_id != case.member_id and not case.member_knows


def _why_not(work: Work, case: CaseRow, target: CaseRow) -> str:
    if case.id == target.id:
        return work.say("case.merge_one", number=case.id)
    if case.member_id != target.member_id:
        return work.say("case.merge_others", number=case.id, into=target.id)
    # what was said for the secretary alone would become known to others, or the others would lose sight of what they know
    return work.say("case.merge_confidential") if case.confidential != target.confidential else ""


def _add_facts(work: Work, case: CaseRow, target: CaseRow, actor: Person) -> None:
    target.text = work.say("case.merged_text", text=target.text, number=case.id, more=case.text)
    target.categories = list(dict.fromkeys((*target.categories, *case.categories)))
    target.member_knows = target.member_knows or case.member_knows
    if case.reporter_id == case.member_id:
        # whoever is in need says when it is over; who spoke up for them hears it, as whoever raised a case that became part of another
        case.reporter_id, target.reporter_id = target.reporter_id, case.reporter_id
    case_moves.make(work, target, CaseMove.NOTE, actor, case.text)


class _Merging:
    """Who is to hear of it, as they knew of the two before; who raised them reads the number that stays."""

    def __init__(self, work: Work, actor: Person, case: CaseRow, target: CaseRow) -> None:
        self._work, self._actor, self._case, self._target = work, actor, case, target
        self._raised_by, self._words = case.reporter_id, target.text
        self._known = {*outbox.told(work.session, target.id), target.owner_id or 0}
        self._of_case = {*outbox.told(work.session, case.id), case.owner_id or 0}
        self._had_owner = _owner(work, target)

    def tell(self) -> None:
        """Who knew of the one hears of the other, once; where somebody has them, nobody else is alarmed."""
        work, reporters = self._work, {self._case.reporter_id, self._target.reporter_id}
        has_it = _owner(work, self._target)
        for member_id in sorted(self._known | self._of_case | reporters):
            person = work.directory.people.get(member_id)
            if person is None or person.id == self._actor.id:
                continue
            if person.id in reporters:
                self._tell_reporter(person, has_it)
            elif not ladder.may_act(work, self._target, person):
                continue
            elif has_it is not None:
                self._tell_of_in_hand(person, has_it)
            elif person.id in self._known:
                self._tell_facts(person, self._case.text)
            else:
                text = work.say("case.merged_alert", number=self._case.id, alert=case_moves.alert_text(work, self._target))
                tell(work, person, text, NoticeKind.ALERT, Priority.ALERT, case=self._target)

    def _tell_reporter(self, person: Person, has_it: Person | None) -> None:
        """Whose words became part of the other hears that; who raised that one, that somebody has it now."""
        if person.id == self._raised_by:
            text = self._work.say("case.merged_for_you", number=self._case.id, into=self._target.id)
        elif has_it is not None and self._had_owner is None:
            text = self._work.say("case.somebody_has_it", number=self._target.id, name=has_it.name)
        else:
            return
        tell(self._work, person, text, NoticeKind.CASE, case=self._target)

    def _tell_of_in_hand(self, person: Person, has_it: Person) -> None:
        """Whoever has both reads what they had not read; who waited for somebody to take one of them, that this is done."""
        if person.id == has_it.id:
            self._tell_facts(person, self._case.text if person.id in self._known else self._words)
        elif person.id in (self._known if self._had_owner is None else self._of_case):
            text = self._work.say("case.merged_in_hand_of", number=self._case.id, into=self._target.id, name=has_it.name)
            tell(self._work, person, text, NoticeKind.CASE, case=self._target)

    def _tell_facts(self, person: Person, words: str) -> None:
        text = self._work.say("case.merged_news", number=self._case.id, into=self._target.id, text=words)
        tell(self._work, person, text, NoticeKind.CASE, Priority.ALERT, case=self._target)
