"""09:20: the ladders are tried without telling anybody, and the secretary hears what was found. Only where there is something to do."""

from datetime import timedelta

from models import preflights
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from scheduler.job import Slot
from services import preflight
from services.notify import tell
from services.work import Work

TOLD_AGAIN = timedelta(days=7)


def run(work: Work, branch_id: str, slot: Slot) -> None:
    """Try the ladders of a branch. The same is told again after a week, and what is new or has come back at once."""
    found = preflight.dry_run(work.unit.policies, work.directory, work.unit.channels, branch_id)
    lines = preflight.lines(work.unit.texts, work.directory, work.unit.bot_name, found)
    said = preflights.fingerprint("\n".join(lines))
    last = preflights.last(work.session, branch_id)
    if last is not None and last.said == said and (not lines or work.now - last.at < TOLD_AGAIN):
        return
    preflights.note(work.session, branch_id, said, work.now)
    if not lines or not found.trials:
        return
    numbered = "\n".join(work.say("preflight.line", number=number, text=text) for number, text in enumerate(lines, 1))
    text = work.say("preflight.text", example=preflight.example(work.unit.texts, found), late=slot.late(work), lines=numbered)
    for reader in _readers(work, branch_id):
        tell(work, reader, text, NoticeKind.OPERATION, Priority.DIGEST, expires_at=slot.expires_at)


def _readers(work: Work, branch_id: str) -> tuple[Person, ...]:
    """The secretaries; where there is none, who stands in for them."""
    in_charge = work.directory.in_charge
    return in_charge(Role.SECRETARY, branch_id) or in_charge(Role.DEPUTY, branch_id) or work.directory.everyone(Role.DUTY_OFFICER)
