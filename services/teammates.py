"""A case that somebody raised for a colleague: the colleague is told only where they who raised it say so."""

from models import cases
from models.outbox import NoticeKind
from models.people import Person
from services import case_moves
from services.notify import tell
from services.work import Work


def tell_member(work: Work, reporter: Person, number: int | None) -> str:
    """告诉他 12: the member hears who spoke up for them, and that somebody looks after it; without a number of the newest case."""
    mine = [case for case in cases.of_member(work.session, reporter.id) if reporter.id == case.reporter_id != case.member_id]
    meant = None if number is None else cases.called(work.session, number)
    case = next((one for one in reversed(mine) if number is None or (meant is not None and one.id == meant.id)), None)
    member = None if case is None else work.directory.people.get(case.member_id)
    if case is None or member is None:
        return work.say("case.no_teammate")
    if not case.member_knows:
        case.member_knows = True
        text = work.say("case.told_to_member", reporter=case_moves.name_of(work, reporter.id), number=case.id)
        tell(work, member, text, NoticeKind.CASE, case=case)
    return work.say("case.told_member", name=member.name, number=case.id)
