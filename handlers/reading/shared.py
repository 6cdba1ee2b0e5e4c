"""A value that is said of all who were named before it in the sentence: "高强一直咳，云飞头疼，体温倒都是36.8"."""

import re
from collections.abc import Mapping, Sequence

from handlers.reading.clauses import Speech
from handlers.reading.facts import VALUES, Fact
from handlers.reading.scan import Token

_OF_ALL = re.compile(r"(?:[俩两仨三]个?人?|二人|几个人?|体温|温度|倒|也|是|在|量了|量的|[:\s])*[都均全](?:体温|是|在|量了|[:\s])*")
_NAMED = frozenset(("person", "family", "me", "third", "other", "stranger"))


def shared(text: str, speech: Speech, tokens: Mapping[int, Sequence[Token]], facts: list[Fact]) -> list[Fact]:
    """The facts, and such a value for each of those of whom an illness is told before it in its sentence, and no value at all."""
    measured = {f.person for f in facts if f.kind in VALUES}
    unmeasured = [f for f in facts if f.kind in ("symptom", "unwell") and f.person not in measured]
    if not measured or not unmeasured:
        return facts
    found = []
    for fact in facts:
        begins = speech.clauses[fact.clause].start
        if fact.kind != "temperature" or _OF_ALL.fullmatch(text, begins, fact.start) is None:
            continue
        if any(token.kind in _NAMED for token in tokens.get(fact.clause, ()) if token.start < fact.start):
            continue
        sentence = speech.clauses[fact.clause].sentence
        others = {f.person: f for f in unmeasured if f.start < fact.start and speech.clauses[f.clause].sentence == sentence}
        found += [fact._replace(person=person, named=f.named) for person, f in others.items()]
        break  # one such value; a second would be of others
    return facts + found
