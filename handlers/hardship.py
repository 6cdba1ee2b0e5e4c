"""A hardship goes straight to the branch (信息直报)."""

from handlers.incoming import Incoming
from models.reading import Intent, Reading
from services import calm, cases, wording

_RECEIPTS = {
    (False, False): "receipt.hardship",
    (False, True): "receipt.hardship_urgent",
    (True, False): "receipt.distress",
    (True, True): "receipt.distress_urgent",
}
"""By whether it is of the heart, and urgent."""


def wants(reading: Reading) -> bool:
    """Any message that states a difficulty."""
    return Intent.HARDSHIP in reading.intents


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: who knows of it now, and by which number."""
    work = incoming.work
    said = incoming.reading.hardship
    categories = ["other"] if said is None else list(said.categories)
    case, told = cases.raise_case(
        work,
        incoming.row,
        kind="hardship",
        urgent=said is not None and said.urgent,
        member=incoming.sender,
        reporter=incoming.sender,
        categories=categories,
        text=work.say("case.with_categories", words=incoming.words, categories=wording.categories(work.unit.texts, categories)),
        confidential=incoming.confidential,
    )
    told_at = calm.of_case(work, case, work.now)
    if told_at > work.now:
        return [work.say("receipt.hardship_at_night", number=case.id, names=incoming.names_of(told), time=work.clock_time(told_at))]
    key = _RECEIPTS[calm.of_the_heart(case), case.urgency == "urgent"]
    line = work.unit.policies.distress.help_line
    help_line = "" if line is None else work.say("receipt.help_line", line=line)
    return [work.say(key, number=case.id, names=incoming.names_of(told), help=help_line)]


def is_of_the_heart(reading: Reading) -> bool:
    """Whether somebody's heart is heavy: then nothing at all is said where others read."""
    return reading.hardship is not None and calm.PSYCHOLOGICAL in reading.hardship.categories
