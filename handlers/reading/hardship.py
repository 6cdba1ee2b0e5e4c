"""A concrete difficulty for which help would be welcome: which kind, and whether it can wait."""

from handlers.reading.message import Message
from models.reading import Evidence, Hardship

CATEGORIES = ("health", "family", "finance", "psychological", "work", "supplies", "housing", "education", "other")
_MOST = 4


def hardship(message: Message, difficulty: tuple[int, int] | None = None) -> Hardship | None:
    """The hardship a message states, or None. `difficulty`: the value of a field such as 困难, where there is one that is not empty."""
    lexicon, text = message.lexicon, message.text
    found: dict[str, tuple[int, int]] = {}
    weak: dict[str, tuple[int, int]] = {}
    for category in CATEGORIES:
        match = _first(message, f"hardships.strong.{category}")
        if match is not None:
            found[category] = match
    urgent = _first(message, "hardships.urgent")
    if lexicon.finds("hardships.resolved", text) and urgent is None and len(found) < 3:  # noqa: PLR2004
        return None
    distress = _first(message, "hardships.distress")
    if not found and (distress is not None or difficulty is not None):
        for category in CATEGORIES:
            match = _first(message, f"hardships.weak.{category}")
            if match is not None:
                weak[category] = match
        found = weak if len(weak) >= 2 or difficulty is not None else {}  # noqa: PLR2004
    if not found:
        if difficulty is None:
            return None
        found = {"other": difficulty}
    evidence: list[Evidence] = [message.evidence("categories", *span) for span in found.values()]
    if urgent is not None:
        evidence.append(message.evidence("urgent", *urgent))
    return Hardship(categories=tuple(found)[:_MOST], urgent=urgent is not None, evidence=tuple(evidence))


def _first(message: Message, key: str) -> tuple[int, int] | None:
    """The first place where a pattern occurs in a clause that supposes or orders nothing."""
    for match in message.lexicon.patterns[key].finditer(message.text):
        number = message.speech.at(match.start())
        if number not in message.speech.supposed and number not in message.speech.orders:
            return match.span()
    return None
