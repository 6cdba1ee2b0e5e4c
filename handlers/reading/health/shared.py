"""A value that is said of all who were named before it in the sentence: "高强一直咳，云飞头疼，体温倒都是36.8"."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from handlers.reading.facts import VALUES, Fact
from handlers.reading.scan import Token
from handlers.reading.text.clauses import Speech

_OF_ALL = re.compile(r"(?:[俩两仨三]个?人?|二人|几个人?|体温|温度|倒|也|是|在|量了|量的|[:\s])*[都均全](?:体温|是|在|量了|[:\s])*")
_ALL = "都均全"
_JOINED = re.compile(r"[、,和跟与及\s]{1,2}")
_BACK = 2  # clauses in which those may be named of whom something is said together
_NAMED = frozenset(("person", "family", "me", "third", "other", "stranger"))


def of_both(
    text: str, speech: Speech, tokens: Mapping[int, Sequence[Token]], facts: list[Fact], who: Callable[[Token], str | None]
) -> list[Fact]:
    """The facts, and a value or that they are well for each of those who are listed right before it: "替高强和云飞报一下，都36.5"."""
    told = {f.person for f in facts}
    found: list[Fact] = []
    for fact in facts:
        clause = speech.clauses[fact.clause]
        begins = fact.start + (text[fact.start] in _ALL)  # "都正常" is one word
        if fact.kind not in ("temperature", "well", "fine") or _OF_ALL.fullmatch(text, clause.start, begins) is None:
            continue
        before = range(fact.clause - 1, max(-1, fact.clause - 1 - _BACK), -1)
        named = next((tokens[n] for n in before if any(t.kind == "person" for t in tokens.get(n, ()))), ())
        if not named or speech.clauses[speech.at(named[0].start)].sentence != clause.sentence:
            continue
        pairs = [pair for pair in pairwise(t for t in named if t.kind in ("person", "me")) if _is_joined(text, *pair)]
        names = dict.fromkeys(name for pair in pairs for t in pair if (name := who(t)) is not None)
        if fact.person in names:
            found += [fact._replace(person=name) for name in names if name not in told]
            told |= set(names)
    return facts + found


def _is_joined(text: str, one: Token, other: Token) -> bool:
    return _JOINED.fullmatch(text, one.end, other.start) is not None


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
