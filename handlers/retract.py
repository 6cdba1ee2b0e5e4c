"""What was reported is taken back, without a new report."""

from handlers.incoming import Incoming
from models import cases as case_rows
from models.reading import Reading
from services import cases, record


def wants(reading: Reading) -> bool:
    """Any message that takes something back."""
    return reading.retract


def handle(incoming: Incoming) -> list[str]:
    """Take back the sender's last report; the line of the receipt."""
    return [take_back(incoming)]


def take_back(incoming: Incoming) -> str:
    """Undo the sender's last message that wrote something. A case stays until its reporter says that it is over: they are asked."""
    work = incoming.work
    found = record.take_back(work, incoming.sender, incoming.row.id)
    if found is None:
        return work.say("retract.nothing")
    message, count = found
    raised = (case for case in case_rows.of_message(work.session, message.id) if case.closed_at is None)
    questions = [cases.ask_whether_over(work, case, incoming.sender) for case in raised]
    done = work.say("retract.done" if count else "retract.case_only", time=work.clock_time(message.sent_at))
    return "\n".join(filter(None, [done, *questions]))
