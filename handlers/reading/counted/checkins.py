"""Facts put together to check-ins: one for each person and day."""

import re
from collections.abc import Sequence
from datetime import date

from handlers.reading.counted.taken_back import taken_back
from handlers.reading.evidence import evidence
from handlers.reading.facts import VALUES, Fact, vague_settled
from handlers.reading.health.temperature import FEVER
from handlers.reading.text.normalise import Normal
from handlers.reading.trace import Trace
from models.reading import Checkin, Doubt

_WHOLE = re.compile(r"family:(?:全家|一家|家人|家里|家属|一大家|屋里人).*")
_LASTS = {"injury": 7}  # days for which a symptom that began then counts as present; others one day
_WELL = frozenset(("well", "fine", "denied", "below", "over"))


def checkins(
    facts: Sequence[Fact], today: date, normal: Normal, trace: Trace | None = None
) -> tuple[tuple[Checkin, ...], tuple[Doubt, ...]]:
    """One check-in for each person and day that the facts speak of, in the order of their mention, and what should be asked."""
    if not facts:
        return (), ()
    facts = vague_settled(facts)
    days: dict[tuple[str, date], list[Fact]] = {}
    recovered = _Recovered(facts) if any(f.past for f in facts) else None
    for fact in facts:
        day = fact.day or today
        if not fact.past or fact.kind in VALUES:
            days.setdefault((fact.person, day), []).append(fact)
        elif (
            fact.kind == "symptom"
            and fact.day is not None
            and (today - fact.day).days <= _LASTS.get(fact.value, 1)
            and not (recovered and recovered.since(fact))
        ):
            # said of yesterday and not taken back: nobody said that it is over
            began = None if fact.dated is None else fact.dated._replace(by="date.lasts")
            days.setdefault((fact.person, today), []).append(fact._replace(dated=began))
        elif (fact.person, day) in days and fact.day is not None:
            days[fact.person, day].append(fact)
        elif trace is not None:
            trace.leave_out_facts((fact,), "days.past")
    made: list[Checkin] = []
    doubts: list[Doubt] = []
    for (person, day), mine in days.items():
        checkin, asked = _checkin(person, day, mine, normal, trace)
        made.append(checkin)
        doubts.extend(asked)
    if len(made) > 1:
        made = [c for c in made if not _summed_up(c, made)]
    return tuple(made), tuple(doubts)


def _summed_up(checkin: Checkin, made: Sequence[Checkin]) -> bool:
    """Whether a whole family is said to be well ("全家平安") where its members are named beside."""
    whole = checkin.healthy is True and checkin.temperature is None and _WHOLE.fullmatch(checkin.person) is not None
    return whole and any(c is not checkin and c.date == checkin.date and c.person.startswith("family:") for c in made)


class _Recovered:
    """Who is said to be well today, and where last, so that what was yesterday is over."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._well: dict[str, int] = {}
        self._over: dict[str, int] = {}
        self._measured = {f.person for f in facts if f.kind == "temperature"}
        for fact in facts:
            if not fact.past and fact.kind in ("well", "fine", "denied", "over"):
                self._well[fact.person] = fact.start
                if fact.kind == "over":
                    self._over[fact.person] = fact.start

    def since(self, past: Fact) -> bool:
        """Whether a symptom of an earlier day is over: a fever where a temperature is given, an injury only where that is said."""
        if past.value == "fever" and past.person in self._measured:
            return True
        known = self._over if past.value == "injury" else self._well
        return known.get(past.person, -1) > past.start


def _checkin(person: str, day: date, facts: list[Fact], normal: Normal, trace: Trace | None) -> tuple[Checkin, list[Doubt]]:
    kinds = {f.kind for f in facts}
    values = [f.value for f in facts if f.kind in ("temperature", "guessed")]
    symptoms = {f.value for f in facts if f.kind == "symptom"}
    unwell = "unwell" in kinds
    top = max(values) if values else None
    if (top is not None and top >= FEVER) or "above" in kinds:
        symptoms.add("fever")
    elif top is not None and any(f.kind == "denied" and f.value == "fever" for f in facts):
        symptoms.discard("fever")
    if unwell and not symptoms:
        symptoms.add("other")
    implausible = top is None and "implausible" in kinds
    well = not _WELL.isdisjoint(kinds)
    healthy = False if symptoms or unwell else True if well or top is not None else None
    denied, all_well = taken_back(facts, normal.text) if well else (frozenset[str](), False)
    checkin = Checkin(
        person=person,
        date=day,
        temperature=top,
        symptoms=tuple(sorted(symptoms)),
        healthy=healthy,
        denied=tuple(sorted(denied - symptoms)),
        well=all_well,
        implausible=implausible,
        evidence=evidence(facts, top, symptoms, healthy, normal, trace),
    )
    plain = healthy is not None and not unwell and "guessed" not in kinds and not implausible
    return checkin, [] if plain else _doubts(person, facts, unwell, checkin)


def _doubts(person: str, facts: list[Fact], unwell: bool, checkin: Checkin) -> list[Doubt]:
    asked = [
        Doubt(kind="guessed", person=person, value=str(f.value)) for f in facts if f.kind == "guessed" and f.value == checkin.temperature
    ]
    asked += [
        Doubt(kind="implausible", person=person, value=str(f.value)) for f in facts if f.kind == "implausible" and checkin.implausible
    ]
    if unwell and set(checkin.symptoms) <= {"other"}:
        asked.append(Doubt(kind="unwell", person=person))
    if checkin.healthy is None:
        asked.append(Doubt(kind="unknown", person=person))
    return asked[:1]
