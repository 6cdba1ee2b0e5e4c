"""Of whom and of when words of difficulty speak: of outsiders, by hearsay, of old times they state no need."""

from handlers.reading.message import Message

_NEAR = 4  # characters from the beginning of a clause in which its subject stands
_YOU = ("你", "您")
_DOUBT = ("真的假的", "是真的吗")


def of_others(message: Message, clause: int, position: int) -> str:
    """Why the words at `position` speak of nobody near; "" where they do."""
    if clause in message.speech.questions and message.text[position - 1 : position] in _YOU:
        return "frames.question"
    if _hides_kin(message, clause, position):
        return "family.traps"
    if _of_outsiders(message, clause, position):
        return "family.outsiders"
    return "frames.hearsay" if _is_hearsay(message, clause, position) else ""


def is_long_ago(message: Message, clause: int) -> bool:
    """Whether the sentence of a clause tells of old times."""
    clauses, at = message.speech.clauses, message.speech.at
    return any(t.kind == "long_past" and clauses[at(t.start)].sentence == clauses[clause].sentence for t in message.tokens)


def _hides_kin(message: Message, clause: int, position: int) -> bool:
    """Whether an ordinary word stands there that only contains a word of the family (家属院)."""
    traps = message.lexicon.sets["family.traps"]
    tokens = message.tokens_by_clause.get(clause, ())
    return any(t.kind == "trap" and t.start <= position < t.end and message.text[t.start : t.end] in traps for t in tokens)


def _of_outsiders(message: Message, clause: int, position: int) -> bool:
    """Whether the clause speaks of people who are neither on the roster nor family ("我同学他妈住院了"); a doctor only tells."""
    begin = message.speech.clauses[clause].start
    start = max(begin, message.text.rfind(":", begin, position) + 1)
    return any(
        t.kind in ("other", "animal")
        and t.start <= position + 2
        and t.start < start + _NEAR
        and message.search.at("hardships.own", message.text, t.start) is None
        for t in message.tokens_by_clause.get(clause, ())
    )


def _is_hearsay(message: Message, clause: int, position: int) -> bool:
    """Whether the sender only passes it on: hearsay before it or doubt behind it, in its sentence, and of nobody near."""
    sentence = message.speech.clauses[clause].sentence
    told = [start for number, start in message.hearsay if number == sentence]
    if not told:
        return False
    start = message.speech.clauses[clause].start
    near = any(
        t.kind in ("me", "person", "third") or (t.kind == "family" and t.start <= told[0] + _NEAR)
        for t in message.tokens
        if min(start, told[0]) <= t.start <= position + _NEAR
    )
    return not near and (told[0] <= position or message.text.startswith(_DOUBT, told[0]))
