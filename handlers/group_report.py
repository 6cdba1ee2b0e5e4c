"""A leader reports for the whole group at once; of anybody else such a report says how they are themselves, and no more."""

from datetime import date

from handlers.incoming import Incoming
from models.reading import GroupReport, Reading
from services import questions, record, wording


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
    group_id = record.group_of(work, incoming.sender, said)
    if group_id is None:
        return [work.say("receipt.which_group")]
    if not record.may_report(work, incoming.sender, group_id):
        return [_own_alone(incoming, said, group_id, day)]
    covered = record.group_report(work, incoming.row, incoming.sender, said, group_id, day)
    name = work.directory.group_names[covered.group_id]
    names = wording.listed(work.unit.texts, (p.name for p in covered.open))
    while (asked := questions.open_absent(work, incoming.sender, day)) is not None:
        questions.settle(work, incoming.row, asked)  # this report takes its place
    if not covered.matches:
        if covered.open:
            questions.ask_absent(work, incoming.row, incoming.sender, day)
        if covered.open and covered.unnamed > 0:
            return [work.say("receipt.group_unnamed", name=name, count=covered.unnamed, open=names)]
        expected = said.expected if said.expected is not None else said.present
        key = "receipt.group_count_open" if covered.open else "receipt.group_count"
        return [work.say(key, name=name, size=covered.roster_size, said="?" if expected is None else expected, open=names)]
    key = "receipt.group_open" if covered.open else "receipt.group"
    return [work.say(key, name=name, covered=len(covered.covered), open=names)]


def _own_alone(incoming: Incoming, said: GroupReport, group_id: str, day: date) -> str:
    """The sentence for a sender who does not answer for the group; what they said of themselves is written down."""
    work, sender = incoming.work, incoming.sender
    own = any(checkin.person == sender.name for checkin in incoming.reading.checkins)
    if not own and sender.group_id == group_id:
        own = record.own_of_group(work, incoming.row, sender, said, day)
    return work.say("receipt.group_by_leader_own" if own else "receipt.group_by_leader")
