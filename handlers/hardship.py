"""A hardship goes straight to the branch (信息直报)."""

from handlers.incoming import Incoming
from models.reading import Intent, Reading
from services import cases, wording


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
    key = "receipt.hardship_urgent" if case.urgency == "urgent" else "receipt.hardship"
    return [work.say(key, number=case.id, names=incoming.names_of(told))]
