"""A concrete difficulty for which help would be welcome: which kind, and whether it can wait."""

from handlers.reading.frame import is_laughing
from handlers.reading.message import Message
from models.reading import Checkin, Evidence, Hardship

CATEGORIES = ("health", "family", "finance", "psychological", "work", "supplies", "housing", "education", "other")
_MOST = 4  # categories named at most
_PLAIN = 3  # so many kinds of difficulty are not undone by a word such as 解决了
_STRONG = 2
_TRIFLE = 2
_TWO = 2
_LIKELY = 0.2  # odds at which one weak word is enough
_SEVERE = {"breathless"}
_HIGH_FEVER = 38.5
_MANY = 3  # symptoms at once
_QUOTED = ("hardships.urgent", "hardships.strong.psychological")  # also where somebody's own words are quoted: “对不起大家”
_NEAR = 4  # characters from the beginning of a clause in which its subject stands
_SURE = 0.8  # odds at which a difficulty that no word names is believed
JUDGE = 1.2
ENOUGH = 0.0  # of score + JUDGE × odds


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
    if lexicon.finds("hardships.resolved", text) and urgent is None and len(found) < _PLAIN:
        return None
    distress = _first(message, "hardships.distress")
    if not found:
        for category in CATEGORIES:
            match = _first(message, f"hardships.weak.{category}")
            if match is not None:
                weak[category] = match
    score = _STRONG * min(2, len(found)) + 0.5 * min(3, len(weak)) + (distress is not None) + 2 * (urgent is not None)
    score += 2 * (_first(message, "hardships.certain") is not None)
    if message.finds("frames.hearsay"):
        return None
    if message.finds("frames.trifles") or is_laughing(message):
        score -= _TRIFLE * (not _first(message, "hardships.certain"))
    if not found and distress is None:
        score -= 1
    if difficulty is None and score + JUDGE * message.odds["hardship"] < ENOUGH:
        return None
    if not found and len(weak) < _TWO and difficulty is None and message.odds["hardship"] < _LIKELY:
        return None
    if not found and not weak and difficulty is None and message.odds["hardship"] < _SURE:
        return None
    found = found or weak or {"other": difficulty or (0, len(text))}
    evidence: list[Evidence] = [message.evidence("categories", *span) for span in found.values()]
    if urgent is not None:
        evidence.append(message.evidence("urgent", *urgent))
    return Hardship(categories=tuple(found)[:_MOST], urgent=urgent is not None, evidence=tuple(evidence))


def _first(message: Message, key: str) -> tuple[int, int] | None:
    """The first place where a pattern occurs in a clause that supposes or orders nothing."""
    for match in message.lexicon.patterns[key].finditer(message.surface.spoken if key in _QUOTED else message.text):
        number = message.speech.at(match.start())
        if ".weak." in key and number in message.speech.questions:
            continue
        if _of_outsiders(message, number, match.start()):
            continue
        if number not in message.speech.supposed and number not in message.speech.orders:
            return match.span()
    return None


def _of_outsiders(message: Message, clause: int, position: int) -> bool:
    """Whether the clause speaks of people who are neither on the roster nor family ("我同学他妈住院了")."""
    start = message.speech.clauses[clause].start
    return any(t.kind in ("other", "animal") and start <= t.start <= position + 2 and t.start < start + _NEAR for t in message.tokens)


def plea(message: Message, made: tuple[Checkin, ...], found: Hardship | None) -> Hardship | None:
    """Who is severely ill today and calls for somebody is in urgent need, whatever the words: `found`, made urgent, or a new one."""
    ill = [c for c in made if c.date == message.today and (_SEVERE & set(c.symptoms) or (c.temperature or 0) >= _HIGH_FEVER or len(c.symptoms) >= _MANY)]
    cry = _first(message, "hardships.plea") if ill else None
    if cry is None:
        return found
    categories = found.categories if found else (("family", "health") if all(c.person.startswith("family:") for c in ill) else ("health",))
    evidence = (*(found.evidence if found else ()), message.evidence("urgent", *cry))
    return Hardship(categories=categories if "health" in categories else (*categories, "health"), urgent=True, evidence=evidence)
