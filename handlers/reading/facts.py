"""Facts: single things said of somebody's health, each with its place in the text."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from handlers.reading.reasons import Place
from handlers.reading.text.clauses import Speech

VALUES = ("temperature", "guessed", "implausible")


class Fact(NamedTuple):
    """One thing said of somebody's health.

    `kind`: temperature, implausible, guessed, symptom, denied, well, fine, unwell, below, above, over, vague
    (a complaint of a part of the body without a word of illness: it counts beside a check-in, see `vague_settled`).
    `day`: None where a time is said that names no day ("前几天"). `past`: it is told of a time before today.
    `labelled`: a number with 体温 or ℃. `told`: the piece of text that says it, with its denial, and what decided; `named`, `dated`:
    where its person and its day are said, if they are.
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
    told: Place = Place(0, 0, "")
    named: Place | None = None
    dated: Place | None = None

    @property
    def field(self) -> str:
        """The value of a check-in that it speaks of."""
        return f"symptom:{self.value}" if self.kind in ("symptom", "denied") else _FIELDS.get(self.kind, "healthy")

    def moved(self, offset: int) -> "Fact":
        """The same fact in a text that begins so much earlier."""
        return self._replace(
            start=self.start + offset,
            end=self.end + offset,
            told=_moved(self.told, offset),
            named=self.named and _moved(self.named, offset),
            dated=self.dated and _moved(self.dated, offset),
        )

    def of(self, person: str, named: Place | None, day: date, dated: Place | None) -> "Fact":
        """The fact with the place where its person and its day are said for a whole line or form, unless it has its own."""
        return self._replace(
            named=self.named or (named if self.person == person else None), dated=self.dated or (dated if self.day == day else None)
        )


_FIELDS = {"temperature": "temperature", "guessed": "temperature", "implausible": "temperature", "vague": "symptom:other"}


def _moved(place: Place, offset: int) -> Place:
    return Place(place.start + offset, place.end + offset, place.by)


def settled(facts: Sequence[Fact], speech: Speech) -> tuple[list[Fact], list[Fact]]:
    """Let words such as 好了 take back what was said of the same person: in their own clause, else before them in the sentence.

    Before them only what is told of an earlier time, and the last clause with a symptom; a symptom told after them stays.
    Returns what stays and what was taken back.
    """
    if "over" not in [f.kind for f in facts]:
        return list(facts), []
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
            if (kinds := _ended(str(fact.value))) is not None:
                gone = [k for k in before if facts[k].value in kinds]  # "头疼，不咳了": the head aches still
            if kinds is None:
                kinds_gone = {facts[k].value for k in gone}
                gone = [k for k in before if k in gone or facts[k].value in kinds_gone]  # the same, told of two days
            dropped.update(gone)
            open_symptoms[key] = [k for k in before if k not in gone][-_KEPT:]
    return [f for k, f in enumerate(facts) if k not in dropped], [facts[k] for k in sorted(dropped)]


# What is over, by the characters of the word that says so; a word with none of them ends whatever there was (好了).
ENDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("拉泻", ("diarrhea",)),
    ("吐哕恶呕", ("vomiting",)),
    ("咳", ("cough",)),
    ("烧热", ("fever",)),
    ("晕", ("dizziness",)),
    ("喘", ("breathless",)),
    ("流涕嚏打", ("runny_nose", "other")),
    ("堵塞", ("runny_nose", "breathless")),
    ("痒", ("rash",)),
    ("酸", ("muscle_pain",)),
    ("肿", ("injury", "other", "sore_throat", "rash")),
    ("疼痛", ("headache", "sore_throat", "stomach_pain", "muscle_pain", "injury", "other")),
    ("乏", ("fatigue",)),
    ("冷", ("chills",)),
)


def _ended(word: str) -> tuple[str, ...] | None:
    """The symptoms that a word such as 不咳了 ends; None where it ends all."""
    return next((kinds for letters, kinds in ENDS if any(letter in word for letter in letters)), None)


_KEPT = 50  # symptoms of one person in one sentence that an "over" can still reach


def vague_settled(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with each vague complaint made a symptom where its person reports; left out where nobody does or a symptom is named."""
    if "vague" not in [f.kind for f in facts]:
        return list(facts)
    reporting = {f.person for f in facts if f.kind in (*VALUES, "well", "fine", "denied", "below")}
    reporting -= {f.person for f in facts if f.kind in ("symptom", "unwell") and (not f.past or f.value == "injury")}
    counted = [f for f in facts if f.kind != "vague" or f.person in reporting]
    return [f._replace(kind="symptom") if f.kind == "vague" else f for f in counted]
