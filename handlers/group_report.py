"""A leader reports for the whole group at once."""

from handlers.incoming import Incoming
from models.reading import Reading
from services import record, wording


def wants(reading: Reading) -> bool:
    """Any message that counts a group."""
    return reading.group_report is not None


def handle(incoming: Incoming) -> list[str]:
    """The lines of the receipt: who is covered; where the count does not match the roster, who is open."""
    said = incoming.reading.group_report
    if said is None:
        return []
    work = incoming.work
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    covered = record.group_report(work, incoming.row, incoming.sender, said, day)
    if covered is None:
        return [work.say("receipt.which_group")]
    name = work.directory.group_names[covered.group_id]
    names = wording.listed(work.unit.texts, (p.name for p in covered.open))
    if not covered.matches:
        expected = said.expected if said.expected is not None else said.present
        key = "receipt.group_count_open" if covered.open else "receipt.group_count"
        return [work.say(key, name=name, size=covered.roster_size, said="?" if expected is None else expected, open=names)]
    key = "receipt.group_open" if covered.open else "receipt.group"
    return [work.say(key, name=name, covered=len(covered.covered), open=names)]
