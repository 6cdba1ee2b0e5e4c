"""Check-ins: write them down, act on what is abnormal, and tell the sender what was understood."""

from handlers import course, leave
from handlers.hardship import is_of_the_heart, is_of_the_illness
from handlers.incoming import Incoming
from models.daily_health import FEVER, alone, word_of
from models.outbox import NoticeKind
from models.people import Person
from models.reading import Form, Reading
from models.tables.cases import CaseRow
from services import calm, own_word, questions, record, rounds, watch_health, wording
from services.notify import tell
from services.own_word import is_own
from services.record import Recorded, is_abnormal

LISTED = 2
"""From how many check-ins of one message on the receipt counts them instead of repeating each."""
_RECEIPTS = {
    (False, False): "receipt.health_case",
    (False, True): "receipt.health_case_at_night",
    (True, False): "receipt.family_case",
    (True, True): "receipt.family_case_at_night",
}
"""By whether somebody of the family is ill, and whether it waits until morning."""
_WITH_A_HEAVY_HEART = frozenset(("insomnia", "fatigue", "other"))
"""What a heavy heart does to the body: "睡不着，活着没意思" is one thing, not two."""


def wants(reading: Reading) -> bool:
    """Any message with a check-in."""
    return bool(reading.checkins)


def handle(incoming: Incoming) -> list[str]:
    """The lines of the receipt."""
    work = incoming.work
    confidential = _in_confidence(incoming)
    recorded, kept = record.checkins(work, incoming.row, incoming.sender, incoming.reading, in_confidence=confidential)
    _tell_changed(incoming, recorded)
    words = incoming.words if incoming.reading.form is Form.TALK else ""
    said = incoming.reading.hardship
    pressing = said is not None and said.urgent and is_of_the_illness(incoming.reading)
    news = bool(words) and course.turn(words) is not None
    heavy = is_of_the_heart(incoming.reading)
    ill = [item for item in recorded if not (heavy and _goes_with_it(item))]
    noticed = [
        watch_health.look_at(work, incoming.row, incoming.sender, item, words, confidential=confidential, pressing=pressing, news=news)
        for item in ill
    ]
    lines = _receipt(incoming, ill, kept) if ill or kept or not heavy else []
    lines += leave.back_by(incoming, recorded)
    for seen in noticed:
        case, told = seen.raised or (None, ())
        if case is not None and case.reporter_id == incoming.sender.id:
            lines.append(_told(incoming, case, told))
        lines += [work.say("receipt.is_it_over", number=case.id) for case in seen.asked]
    doubts = incoming.reading.doubts
    question = questions.ask(work, incoming.row, incoming.sender, recorded, doubts, confidential=confidential)
    return [*lines, question] if question else lines


def _goes_with_it(item: Recorded) -> bool:
    """Whether a check-in says no more than what a heavy heart does to the body: the case of the heart is enough."""
    warm = item.word.temperature is not None and item.word.temperature >= FEVER
    return item.word.abnormal and not warm and _WITH_A_HEAVY_HEART.issuperset(item.word.symptoms)


def _in_confidence(incoming: Incoming) -> bool:
    """Whether it is for the secretary alone, also as an answer in private to how an illness goes that was told so."""
    reading = incoming.reading
    if not reading.doubts and not any(word_of(said, corrects=False).abnormal for said in reading.checkins):
        return incoming.said_in_confidence  # nothing of it is told to anybody anew
    asked = incoming.message.room is None and rounds.asked_in_confidence(incoming.work, incoming.sender)
    return asked or incoming.confidential


def _tell_changed(incoming: Incoming, recorded: list[Recorded]) -> None:
    """Who said that they are ill hears where whoever answers for them has put another value in its place."""
    work = incoming.work
    for item in recorded:
        if item.before is None or is_own(item.row) or item.word.abnormal:
            continue
        if own_word.told_symptoms(work, item.before) - set(item.row.symptoms):
            teller = work.directory.people.get(item.row.reported_by, incoming.sender)
            day = wording.whose_day(work, None, "", item.row.day)
            health = wording.health(work.unit.texts, item.row)
            tell(work, item.person, work.say("receipt.changed_for_you", teller=teller.name, day=day, health=health), NoticeKind.RECEIPT)


def _receipt(incoming: Incoming, recorded: list[Recorded], kept: list[Person]) -> list[str]:
    work = incoming.work
    texts = work.unit.texts
    kept = [*kept, *(item.person for item in recorded if _own_word_beside(incoming, item))]
    names = wording.listed(texts, dict.fromkeys(person.name for person in kept))
    stands = [work.say("receipt.own_word", names=names)] if kept else []
    if not recorded:
        return stands or ([work.say("receipt.nothing_changed")] if incoming.reading.form is Form.CHAIN else [])
    if len(recorded) <= LISTED:
        return [_line(incoming, item) for item in recorded] + stands
    abnormal = [
        work.say("digest.person", name=wording.whose(texts, r.person, r.row.relation), health=wording.health(texts, alone(r.word)))
        for r in recorded
        if r.word.abnormal
    ]
    if abnormal:
        return [work.say("receipt.many_abnormal", count=len(recorded), list=work.say("word.semicolon").join(abnormal)), *stands]
    return [work.say("receipt.many", count=len(recorded)), *stands]


def _line(incoming: Incoming, item: Recorded) -> str:
    """What stands now, to whom it is about; of others only what was said here: the rest they may not know."""
    work, texts, row = incoming.work, incoming.work.unit.texts, item.row
    own = item.person.id == incoming.sender.id
    whose = wording.whose_day(work, None if own and not row.relation else item.person, row.relation, row.day)
    key = "receipt.checkin_replaced" if _replaced(item) else "receipt.checkin"
    told = alone(item.word)._replace(healthy=None) if _own_word_beside(incoming, item) else alone(item.word)
    line = work.say(key, whose=whose, health=wording.health(texts, row if own else told))
    still = sorted(set(row.symptoms) - set(item.word.symptoms))
    if not own or not still or item.word.abnormal:
        return line
    return f"{line}\n{work.say('receipt.still_there', symptoms=wording.symptoms(texts, still))}"


def _own_word_beside(incoming: Incoming, item: Recorded) -> bool:
    """Whether somebody else said nothing but good, and what the one concerned has told stands beside it."""
    return item.person.id != incoming.sender.id and is_abnormal(item.row) and not item.word.abnormal


def _replaced(item: Recorded) -> bool:
    """Whether anything that stood does not stand any more."""
    before, row = item.before, item.row
    if before is None:
        return False
    return before.temperature not in (None, row.temperature) or not set(before.symptoms) <= set(row.symptoms)


def _told(incoming: Incoming, case: CaseRow, told: tuple[Person, ...]) -> str:
    work = incoming.work
    told_at = calm.of_case(work, case, work.now)
    key = _RECEIPTS[bool(case.relation), told_at > work.now]
    return work.say(key, number=case.id, names=incoming.names_of(told), time=work.clock_time(told_at))
