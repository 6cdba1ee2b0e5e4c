"""The daily report: work, plan, thought."""

from handlers.incoming import Incoming
from models.reading import Intent, Reading
from services import record, wording


def wants(reading: Reading) -> bool:
    """Any message that reports."""
    return Intent.REPORT in reading.intents


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: which sections were understood."""
    work = incoming.work
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    record.report(work, incoming.row, incoming.sender, incoming.reading, day)
    names = (work.unit.texts.word("section", section.name) for section in incoming.reading.sections)
    parts = wording.listed(work.unit.texts, names)
    return [work.say("receipt.report_sections", parts=parts) if parts else work.say("receipt.report")]
