"""A leader reports for the whole group at once; of anybody else such a report says how they are themselves, and no more."""

from collections.abc import Sequence
from datetime import date

from handlers.incoming import Incoming
from models.reading import GroupReport, Reading
from services import absence, questions, record, wording
from services.work import Work


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
    groups = [group_id, *(other for other in said.also if other in work.directory.group_names)]
    own = [each for each in groups if record.may_report(work, incoming.sender, each)]
    if not own:
        return [_own_alone(incoming, said, group_id, day)]
    lines = _put_right(incoming, said, own, day)
    lines += [_covered(incoming, said if len(groups) == 1 else _of_group(work, said, each), each, day) for each in own]
    others = [work.directory.group_names[each] for each in groups if each not in own]
    return lines + ([work.say("receipt.group_of_others", names=wording.listed(work.unit.texts, others))] if others else [])


def _of_group(work: Work, said: GroupReport, group_id: str) -> GroupReport:
    """What is said of several groups, of one of them: with those of its people who are no part of it."""
    names = {person.name for person in work.directory.group_members(group_id)}
    return said.model_copy(update={"exceptions": tuple(name for name in said.exceptions if name in names)})


def _put_right(incoming: Incoming, said: GroupReport, groups: Sequence[str], day: date) -> list[str]:
    """A corrected report takes back the leaves of those whom the one before it had as away, and this one has not."""
    work = incoming.work
    if not incoming.reading.correction:
        return []
    people = [p for each in groups for p in work.directory.group_members(each) if p.name not in said.exceptions]
    back = absence.not_away(work, people, day)
    return [work.say("leave.not_away", names=wording.listed(work.unit.texts, (p.name for p in back)))] if back else []


def _covered(incoming: Incoming, said: GroupReport, group_id: str, day: date) -> str:
    """The line of the receipt on one group."""
    work = incoming.work
    covered = record.group_report(work, incoming.row, incoming.sender, said, group_id, day)
    name = work.directory.group_names[covered.group_id]
    names = wording.listed(work.unit.texts, (p.name for p in covered.open))
    while (asked := questions.open_absent(work, incoming.sender, day)) is not None:
        questions.settle(work, incoming.row, asked)  # this report takes its place
    if not covered.matches:
        if covered.open:
            questions.ask_absent(work, incoming.row, incoming.sender, day)
        if covered.open and covered.unnamed > 0:
            return work.say("receipt.group_unnamed", name=name, count=covered.unnamed, open=names)
        expected = said.expected if said.expected is not None else said.present
        key = "receipt.group_count_open" if covered.open else "receipt.group_count"
        return work.say(key, name=name, size=covered.roster_size, said="?" if expected is None else expected, open=names)
    key = "receipt.group_open" if covered.open else "receipt.group"
    return work.say(key, name=name, covered=len(covered.covered), open=names)


def _own_alone(incoming: Incoming, said: GroupReport, group_id: str, day: date) -> str:
    """The sentence for a sender who does not answer for the group; what they said of themselves is written down."""
    work, sender = incoming.work, incoming.sender
    own = any(checkin.person == sender.name for checkin in incoming.reading.checkins)
    if not own and sender.group_id == group_id:
        own = record.own_of_group(work, incoming.row, sender, said, day)
    return work.say("receipt.group_by_leader_own" if own else "receipt.group_by_leader")
