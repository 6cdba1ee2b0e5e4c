"""The walk over a text that finds who is how on which day: facts, each with its place. Says nothing about whether they count (judgement.py)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from handlers.reading import dates, subjects, symptoms
from handlers.reading.clauses import Speech
from handlers.reading.scan import Scanner, Token
from handlers.reading.temperature import Temperature, temperatures

_OWN_DATE = re.compile(r"\s?(?:的|那天的|那条)?\s*(?:$|[,。;!?)\n])")
_JOINED_DAYS = re.compile(r"[\s、,和及与到至-]{0,3}")


class Fact(NamedTuple):
    """One thing said of somebody's health. `kind`: temperature, implausible, guessed, symptom, denied, well, fine, unwell, below, above, over.

    `past`: it is told of a time before today that names no day, or of an earlier day and no temperature goes with it.
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


@dataclass
class Walk:
    """Where the walk stands: of whom and of which day the next fact will be."""

    sender: str
    default: tuple[str, ...]
    today: date
    base: date
    subject: tuple[str, ...]
    third: str | None = None
    day: date | None = None
    past: bool = False
    long_past: bool = False
    animal: bool = False
    several: list[date] = field(default_factory=list)  # days said one after the other, for as many values that follow
    several_end: int = 0
    taken: int = 0
    several_facts: int = 0


def walk(
    text: str, speech: Speech, scanner: Scanner, sender: str, today: date, base: date | None = None, default: tuple[str, ...] | None = None
) -> list[Fact]:
    """All facts of a uniform text, in order. `base`: the day meant where none is said; `default`: the persons meant where nobody is named."""
    tokens = scanner.tokens(text)
    values = temperatures(text, [*speech.starts, len(text)], scanner.lexicon)
    said = dates.days(text, today)
    stream = _merge(tokens, values, said)
    who = default if default is not None else (sender,)
    state = Walk(sender, who, today, base or today, who, day=base or today)
    facts: list[Fact] = []
    current = -1
    inside: list[Any] = []
    for item in [*stream, None]:
        number = speech.at(item.start) if item is not None else len(speech.clauses)
        if number != current:
            if inside:
                _clause(text, current, inside, state, speech, scanner, facts)
            _reset(state, speech, current, number)
            current, inside = number, []
        if item is not None:
            inside.append(item)
    return _settle(facts, speech)


def _merge(tokens: list[Token], values: list[Temperature], said: list[dates.Day]) -> list[Any]:
    """Words, numbers and days in order; a number wins over words, words over days that stand inside them."""
    if not values and not said:
        return list(tokens)
    taken = [(v.start, v.end) for v in values]
    keep_days = [d for d in said if not _overlaps(d, taken)]
    taken_days = sorted([*taken, *((d.start, d.end) for d in keep_days)])
    keep_tokens = [t for t in tokens if not _overlaps(t, taken_days)]
    return sorted([*keep_tokens, *values, *keep_days], key=lambda i: i.start)


def _overlaps(item: Any, spans: Sequence[tuple[int, int]]) -> bool:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= item.start:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] < item.end


def _reset(state: Walk, speech: Speech, left: int, entered: int) -> None:
    """A new sentence speaks of the default person and day again until it says otherwise."""
    if left < 0 or entered >= len(speech.clauses):
        return
    if speech.clauses[left].sentence != speech.clauses[entered].sentence:
        state.subject = state.default
        state.day, state.past, state.several, state.animal = state.base, False, [], False
        return
    if not state.subject and not state.animal and speech.clauses[left].loose:
        state.subject = state.default
    if state.past and not state.long_past:
        state.day, state.past = state.base, False


def _clause(text: str, number: int, items: list[Any], state: Walk, speech: Speech, scanner: Scanner, facts: list[Fact]) -> None:
    """Read one clause: persons and days change the state, the rest becomes facts."""
    clause = speech.clauses[number]
    body = symptoms.Body(text, scanner.lexicon)
    first = len(facts)
    _read_items(text, number, items, state, speech, scanner, facts, body)
    if symptoms.is_ongoing(text[clause.start : clause.end], scanner.lexicon):
        facts[first:] = [f._replace(past=False, day=state.today) if f.past and f.day is not None and f.kind == "symptom" else f for f in facts[first:]]


def _read_items(text, number, items, state, speech, scanner, facts, body) -> None:
    clause = speech.clauses[number]
    first = len(facts)
    for index, item in enumerate(items):
        if isinstance(item, Temperature):
            _temperature(item, number, state, facts)
        elif isinstance(item, dates.Day):
            _day(text, item.day, item, items[index + 1 :], state, facts, first)
        elif item.kind == "day":
            _day(text, state.today + timedelta(days=item.value), item, items[index + 1 :], state, facts, first)
        elif item.kind in ("past", "long_past"):
            state.past, state.long_past, state.day = True, item.kind == "long_past", None
        elif item.kind in subjects.KINDS:
            subjects.step(text, item, index, items, clause.start, state, scanner)
        else:
            for kind, value, start, end in body.step(item, clause.start, clause.end):
                _add(facts, kind, value, start, end, number, state)


def _day(text: str, day: date, item: Any, rest: list[Any], state: Walk, facts: list[Fact], first: int) -> None:
    """A day is said: it holds for what follows; "37.2是昨天的" puts it on what stands before."""
    before = text[max(0, item.start - 1) : item.start]
    if (before in "是(" and before) and _OWN_DATE.match(text, item.end) and not any(isinstance(i, Temperature) for i in rest):
        mine = first if before == "是" else max(0, len(facts) - 1)
        for i in range(mine, len(facts)):
            if facts[i].kind in ("temperature", "guessed", "implausible"):
                facts[i] = facts[i]._replace(day=day)
        if len(facts) > mine:
            return
    joined = (
        bool(state.several)
        and len(facts) == state.several_facts
        and _JOINED_DAYS.fullmatch(text, state.several_end, item.start) is not None
    )
    state.several = [*state.several, day] if joined else [day]
    state.several_end, state.several_facts = item.end, len(facts)
    # "从昨晚开始闻不到": since then, so today too
    state.day, state.past = (state.base if before in ("从", "自", "打") else day), False
    state.taken = 0


def _temperature(item: Temperature, number: int, state: Walk, facts: list[Fact]) -> None:
    kind = {"exact": "temperature"}.get(item.kind, item.kind)
    if len(state.several) > 1:
        state.day = state.several[min(state.taken, len(state.several) - 1)]
        state.taken += 1
    _add(facts, kind, item.celsius if kind != "implausible" else item.written, item.start, item.end, number, state, item.labelled)
    if kind == "guessed":
        facts[-1] = facts[-1]._replace(value=item.celsius)


def _add(facts: list[Fact], kind: str, value: Any, start: int, end: int, number: int, state: Walk, labelled: bool = False) -> None:
    if state.past and kind in ("temperature", "guessed", "implausible"):
        return
    day = state.day if state.day is not None else (state.today if not state.past else None)
    if day is not None and day > state.today:
        return
    past = state.past or (day is not None and day < state.today and day != state.base)
    facts.extend(Fact(kind, value, person, day, start, end, number, past, labelled) for person in state.subject)


def _settle(facts: list[Fact], speech: Speech) -> list[Fact]:
    """Words such as 好了 take back what was said of the same person in the same clause, or in the clause before it."""
    dropped: set[int] = set()
    for i, over in enumerate(facts):
        if over.kind != "over":
            continue
        own = [k for k, f in enumerate(facts) if k < i and f.kind == "symptom" and f.person == over.person and f.clause == over.clause]
        if not own:
            earlier = [
                k
                for k, f in enumerate(facts[:i])
                if f.kind == "symptom"
                and f.person == over.person
                and speech.clauses[f.clause].sentence == speech.clauses[over.clause].sentence
            ]
            last = max((facts[k].clause for k in earlier), default=-1)
            own = [k for k in earlier if facts[k].past or facts[k].clause == last]
        dropped.update(own)
    return [f for k, f in enumerate(facts) if k not in dropped]
