"""Lists of the injured: "三人轻微擦伤：马腾手背、谢天膝盖、我胳膊肘" is an injury of each who is named with a part of the body."""

from collections.abc import Sequence
from itertools import pairwise

from handlers.reading.clauses import Speech
from handlers.reading.facts import Fact
from handlers.reading.reasons import Place
from handlers.reading.scan import Scanner, Token

_SIDE = 1  # characters such as 左, 右, 的 between a name and the part of the body
_LEAST = 2  # named with a part of the body, else it is no list


def injured(facts: list[Fact], tokens: Sequence[Token], speech: Speech, scanner: Scanner, sender: str) -> list[Fact]:
    """The facts with the injury of a sentence said of each person its list names; of nobody else who was only taken for the sender."""
    hurt = {speech.clauses[f.clause].sentence: f for f in facts if f.kind == "symptom" and f.value == "injury"}
    if not hurt:
        return facts
    listed: dict[int, list[tuple[str, Token, Token]]] = {}
    for name, part in pairwise(tokens):
        sentence = speech.clauses[speech.at(name.start)].sentence
        close = part.kind == "part" and 0 <= part.start - name.end <= _SIDE
        if sentence not in hurt or not close or name.start < hurt[sentence].end or name.kind not in ("person", "me"):
            continue
        who = sender if name.kind == "me" else scanner.people.resolve(name.value, sender)
        if who is not None:
            listed.setdefault(sentence, []).append((who, name, part))
    for sentence, people in listed.items():
        if len(people) < _LEAST:
            continue
        told = hurt[sentence]
        facts = [f for f in facts if f is not told] if told.person == sender else list(facts)
        for who, name, part in people:
            said, named = Place(part.start, part.end, "health.list"), Place(name.start, name.end, "person.name")
            facts.append(told._replace(person=who, start=part.start, end=part.end, clause=speech.at(part.start), told=said, named=named))
    return facts
