"""The evidence of a check-in: which piece of text made each of its values, and which did not count beside it."""

from handlers.reading.facts import Fact
from handlers.reading.normalise import Normal
from handlers.reading.reasons import Place, sure
from handlers.reading.trace import Trace
from models.reading import Evidence


def evidence(
    facts: list[Fact], top: float | None, symptoms: set[str], healthy: bool | None, normal: Normal, trace: Trace | None
) -> tuple[Evidence, ...]:
    """A piece for each value, in the order of the text. `facts`: all of one person and day, of which the values were made."""
    made: list[Evidence] = []

    def add(field: str, place: Place, by: str = "", confidence: float = 1.0) -> None:
        start, end = normal.span(place.start, place.end)
        made.append(Evidence(field=field, start=start, end=end, by=by or place.by, confidence=sure(by or place.by) * confidence))

    named = next((f.named for f in facts if f.named is not None), None)
    if named is not None:
        add("person", named)
    dated = next((f.dated for f in facts if f.dated is not None), None)
    if dated is not None:
        add("date", dated)
    measured = next((f for f in facts if f.value == top and f.kind in ("temperature", "guessed")), None)
    ill: Place | None = None
    for fact in facts:
        against = _against(fact, measured, symptoms, healthy)
        if against:
            if trace is not None:
                trace.leave_out_facts((fact,), against)
            continue
        field, told = fact.field, fact.told
        if fact.kind == "denied":
            field = "healthy"
        elif fact.kind == "above":
            field = "symptom:fever"
        elif fact.kind == "unwell" and symptoms == {"other"}:
            field = "symptom:other"
        if field.startswith("symptom:"):
            ill = ill or told
        add(field, told)
    if measured is not None:
        warm = healthy is False and "fever" in symptoms and not any(e.field == "symptom:fever" for e in made)
        if warm:
            add("symptom:fever", measured.told, "temperature.fever", sure(measured.told.by))
            ill = ill or measured.told
        if healthy and not any(e.field == "healthy" for e in made):
            add("healthy", measured.told, "health.no_symptom", sure(measured.told.by))
    if ill is not None and not any(e.field == "healthy" for e in made):
        add("healthy", ill, "health.symptom", sure(ill.by))
    return tuple(made)


def _against(fact: Fact, measured: Fact | None, symptoms: set[str], healthy: bool | None) -> str:
    """Why a fact made no value; "" where it made one."""
    if fact.kind in ("temperature", "guessed", "implausible"):
        return "" if measured is None or fact is measured else "temperature.higher"
    if fact.kind == "symptom" and fact.value not in symptoms:
        return "temperature.no_fever"
    if healthy is False and fact.kind in ("well", "fine", "denied", "below", "over"):
        return fact.told.by if fact.kind == "denied" else "health.unwell"
    return ""
