"""Of which kinds a difficulty is: those that its words name, and those that the statistical judge hears.

A word may stand there for something else (a dormitory where somebody cannot breathe, a hole torn in a leg), and the judge weighs the whole
message. So a kind that only a weak word names counts where the judge hears it too; one that it hears plainly counts without a word; and one
that a strong word names gives way where the judge is sure that it is something else.
"""

from handlers.reading.message import Message
from handlers.reading.reasons import Place

CATEGORIES = ("health", "family", "finance", "psychological", "work", "supplies", "housing", "education", "other")
_ROOMS = "hardships.gear.rooms"
_MOST = 4  # kinds named at most
_PLAINLY = 1.0  # odds at which a kind is heard that no word names
_HARDLY = -2.0  # odds below which one that a strong word names gives way to one that is plainly heard


def likeliest(message: Message) -> dict[str, Place]:
    """The kinds of difficulty that the judge hears where no word names one, the likeliest first."""
    odds = {category: message.odds[f"category.{category}"] for category in CATEGORIES}
    ranked = sorted(CATEGORIES, key=lambda category: -odds[category])
    place = Place(0, len(message.head), "judge.hardship")
    return {category: place for category in ranked if odds[category] > 0 or category == ranked[0]}


def kinds(message: Message, named: dict[str, Place]) -> dict[str, Place]:
    """The kinds of a difficulty, each with its place: of those `named` the ones that are meant, those heard besides, and the family."""
    heard = likeliest(message)
    plainly = {category: place for category, place in heard.items() if message.odds[f"category.{category}"] >= _PLAINLY}
    if all(".weak." in place.by for place in named.values()):
        meant = {category: named.get(category, place) for category, place in heard.items()}
    else:
        meant = {category: place for category, place in named.items() if not plainly or _is_meant(message, category, place)}
    for category, place in named.items():
        if category not in meant:
            message.leave_out(f"categories:{category}", (place.start, place.end), "hardship.judged")
    meant = meant | {category: place for category, place in plainly.items() if category not in meant}
    return _with_family(message, _with_work(message, {category: meant[category] for category in list(meant)[:_MOST]}))


def _is_meant(message: Message, category: str, place: Place) -> bool:
    """Whether a kind that words name is meant, in the ears of the judge; danger and the value of a field always are."""
    return ".strong." not in place.by or message.odds[f"category.{category}"] >= _HARDLY


def _with_work(message: Message, named: dict[str, Place]) -> dict[str, Place]:
    """`named`, and gear and work where what leaks or falls in is a store, a garage, an engine room (库房漏雨，被装泡了)."""
    place = named.get("housing")
    if place is None or ".strong." not in place.by:
        return named
    clauses, at = message.speech.clauses, message.speech.at
    clause = clauses[at(place.start)]
    room = message.search.first(_ROOMS, message.text, clause.start, max(clause.end, place.end))
    if room is None:
        return named
    return dict(list(({"supplies": place, "work": place} | named).items())[:_MOST])


def _with_family(message: Message, named: dict[str, Place]) -> dict[str, Place]:
    """`named`, and the family where one of its members stands in the sentence of a difficulty."""
    if "family" in named or len(named) >= _MOST:
        return named
    clauses, at = message.speech.clauses, message.speech.at
    sentences = {clauses[at(place.start)].sentence for place in named.values() if not place.by.startswith("judge.")} if clauses else set()
    for token in message.tokens:
        if token.kind == "family" and clauses[at(token.start)].sentence in sentences:
            return named | {"family": Place(token.start, token.end, "family.relations")}
    return named
