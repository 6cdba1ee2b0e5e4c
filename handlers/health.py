"""Check-ins: write them down, act on what is abnormal, and tell the sender what was understood."""

from handlers.incoming import Incoming
from models.directory import Person
from models.reading import Form, Reading
from models.tables.cases import CaseRow
from services import calm, questions, record, watch_health, wording
from services.record import Recorded, is_abnormal

LISTED = 2
"""From how many check-ins of one message on the receipt counts them instead of repeating each."""


def wants(reading: Reading) -> bool:
    """Any message with a check-in."""
    return bool(reading.checkins)


def handle(incoming: Incoming) -> list[str]:
    """The lines of the receipt."""
    work = incoming.work
    recorded = record.checkins(work, incoming.row, incoming.sender, incoming.reading)
    words = incoming.words if incoming.reading.form is Form.TALK else ""
    noticed = [
        watch_health.look_at(work, incoming.row, incoming.sender, item, words, confidential=incoming.confidential) for item in recorded
    ]
    lines = _receipt(incoming, recorded)
    for seen in noticed:
        case, told = seen.raised or (None, ())
        if case is not None and case.reporter_id == incoming.sender.id:
            lines.append(_told(incoming, case, told))
        lines += [work.say("receipt.is_it_over", number=case.id) for case in seen.asked]
    doubts = incoming.reading.doubts
    question = questions.ask(work, incoming.row, incoming.sender, recorded, doubts, confidential=incoming.confidential)
    return [*lines, question] if question else lines


def _receipt(incoming: Incoming, recorded: list[Recorded]) -> list[str]:
    work = incoming.work
    texts = work.unit.texts
    if not recorded:
        return [work.say("receipt.nothing_changed")] if incoming.reading.form is Form.CHAIN else []
    if len(recorded) <= LISTED:
        return [_line(incoming, item) for item in recorded]
    abnormal = [
        work.say("digest.person", name=wording.whose(texts, r.person, r.row.relation), health=wording.health(texts, r.row))
        for r in recorded
        if is_abnormal(r.row)
    ]
    if abnormal:
        return [work.say("receipt.many_abnormal", count=len(recorded), list="；".join(abnormal))]
    return [work.say("receipt.many", count=len(recorded))]


def _line(incoming: Incoming, item: Recorded) -> str:
    work = incoming.work
    mine = item.person.id == incoming.sender.id and not item.row.relation
    whose = wording.whose_day(work, None if mine else item.person, item.row.relation, item.row.day)
    key = "receipt.checkin" if item.before is None else "receipt.checkin_replaced"
    return work.say(key, whose=whose, health=wording.health(work.unit.texts, item.row))


def _told(incoming: Incoming, case: CaseRow, told: tuple[Person, ...]) -> str:
    work = incoming.work
    told_at = calm.of_case(work, case, work.now)
    key = "receipt.health_case" if told_at == work.now else "receipt.health_case_at_night"
    return work.say(key, number=case.id, names=incoming.names_of(told), time=work.clock_time(told_at))
