"""A hardship goes straight to the branch (信息直报)."""

from handlers import teammate
from handlers.incoming import Incoming
from models.reading import Hardship, Intent, Reading
from services import calm, cases, confidence, wording

_RECEIPTS = {
    (False, False): "receipt.hardship",
    (False, True): "receipt.hardship_urgent",
    (True, False): "receipt.distress",
    (True, True): "receipt.distress_urgent",
}
"""By whether it is of the heart, and urgent."""


HEALTH = "health"
"""The category of LABELS.md for illness and injury."""
_OF_A_PERSON = (f"categories:{HEALTH}", f"categories:{calm.PSYCHOLOGICAL}")


def wants(reading: Reading) -> bool:
    """Any message that states a difficulty."""
    return Intent.HARDSHIP in reading.intents


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: who knows of it now, and by which number."""
    work = incoming.work
    said = incoming.reading.hardship or Hardship(categories=("other",))
    if is_of_the_illness(incoming.reading):
        return [work.say("receipt.call_for_help")] if said.urgent else []  # its case was raised with the check-in
    categories = list(said.categories)
    colleague = incoming.about or teammate.in_need(incoming.message.text, said, incoming.sender, work.directory)
    text = work.say("case.with_categories", words=incoming.words, categories=wording.categories(work.unit.texts, categories))
    confidential = incoming.confidential
    if confidential and not incoming.said_in_confidence:
        joined = confidence.join(work, incoming.sender, colleague or incoming.sender, categories, text, urgent=said.urgent)
        if joined is not None:
            return [work.say("receipt.joined", number=joined.id)]
    case, told = cases.raise_case(
        work,
        incoming.row,
        kind="hardship",
        urgent=said.urgent,
        member=colleague or incoming.sender,
        reporter=incoming.sender,
        categories=categories,
        text=text,
        confidential=confidential,
    )
    told_at = calm.of_case(work, case, work.now)
    if told_at > work.now:
        return [work.say("receipt.hardship_at_night", number=case.id, names=incoming.names_of(told), time=work.clock_time(told_at))]
    if colleague is not None:
        key = "receipt.for_teammate_urgent" if said.urgent else "receipt.for_teammate"
        return [work.say(key, number=case.id, names=incoming.names_of(told), name=colleague.name)]
    key = _RECEIPTS[calm.of_the_heart(case), case.urgency == "urgent"]
    line = work.unit.policies.distress.help_line
    help_line = "" if line is None else work.say("receipt.help_line", line=line)
    return [work.say(key, number=case.id, names=incoming.names_of(told), help=help_line)]


def is_of_the_illness(reading: Reading) -> bool:
    """Whether a need is that of the one illness or injury which the same message states: then it is one case, not two.

    Not where other words than those of the symptom name an illness (我妈住院), or a heavy heart.
    """
    if reading.hardship is None or HEALTH not in reading.hardship.categories:
        return False
    ill = {checkin.person for checkin in reading.checkins if checkin.symptoms or checkin.healthy is False}
    symptoms = [piece for checkin in reading.checkins for piece in checkin.evidence if piece.field.startswith("symptom:")]
    named = (piece for piece in reading.hardship.evidence if piece.by.startswith("hardships.strong.") and piece.field in _OF_A_PERSON)
    return len(ill) == 1 and all(any(piece.start < its.end and its.start < piece.end for its in symptoms) for piece in named)


def is_of_the_heart(reading: Reading) -> bool:
    """Whether somebody's heart is heavy: then nothing at all is said where others read."""
    return reading.hardship is not None and calm.PSYCHOLOGICAL in reading.hardship.categories
