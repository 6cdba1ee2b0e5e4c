"""Facts: single things said of somebody's health, each with its place in the text."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from handlers.reading.clauses import Speech

VALUES = ("temperature", "guessed", "implausible")


class Fact(NamedTuple):
    """One thing said of somebody's health.

    `kind`: temperature, implausible, guessed, symptom, denied, well, fine, unwell, below, above, over, vague
    (a complaint of a part of the body without a word of illness: it counts beside a check-in, see `vague_settled`).
    `day`: None where a time is said that names no day ("前几天"). `past`: it is told of a time before today.
    `labelled`: a number with 体温 or ℃.
    """

    kind: str
    value: Any
    person: str
    day: date | None
    start: int
    end: int
    clause: int
    past: bool = False
    labelled: bool = False


def settle(facts: Sequence[Fact], speech: Speech) -> list[Fact]:
    """Let words such as 好了 take back what was said of the same person: in their own clause, else before them in the sentence.

    Before them only what is told of an earlier time, and the last clause with a symptom; a symptom told after them stays.
    """
    dropped: set[int] = set()
    open_symptoms: dict[tuple[str, int], list[int]] = defaultdict(list)  # by person and sentence
    for number, fact in enumerate(facts):
        key = (fact.person, speech.clauses[fact.clause].sentence if speech.clauses else 0)
        if fact.kind in ("symptom", "unwell"):
            open_symptoms[key].append(number)
        elif fact.kind == "over" and open_symptoms[key]:
            before = open_symptoms[key]
            own = [k for k in before if facts[k].clause == fact.clause]
            last = facts[before[-1]].clause
            gone = own or [k for k in before if facts[k].past or facts[k].clause == last]
            dropped.update(gone)
            open_symptoms[key] = [k for k in before if k not in gone][-_KEPT:]
    return [f for k, f in enumerate(facts) if k not in dropped]


_KEPT = 50  # symptoms of one person in one sentence that an "over" can still reach


def vague_settled(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with each vague complaint made a symptom where its person reports; left out where nobody does or a symptom is named."""
    reporting = {f.person for f in facts if f.kind in (*VALUES, "well", "fine", "denied", "below")}
    reporting -= {f.person for f in facts if f.kind in ("symptom", "unwell") and not f.past}
    counted = [f for f in facts if f.kind != "vague" or f.person in reporting]
    return [f._replace(kind="symptom") if f.kind == "vague" else f for f in counted]
