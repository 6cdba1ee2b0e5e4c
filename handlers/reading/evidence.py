"""The evidence of a check-in: which piece of text made each of its values, and which did not count beside it."""

from handlers.reading.facts import Fact
from handlers.reading.reasons import Place, sure
from handlers.reading.text.normalise import Normal
from handlers.reading.trace import Trace
from models.reading import Evidence


def evidence(
    facts: list[Fact], top: float | None, symptoms: set[str], healthy: bool | None, normal: Normal, trace: Trace | None
) -> tuple[Evidence, ...]:
    """The pieces of each value. `facts`: all of one person and day, of which the values `top`, `symptoms` and `healthy` were made."""
    pieces = _Pieces(normal)
    named = dated = measured = None
    for fact in facts:
        named, dated = named or fact.named, dated or fact.dated
        if measured is None and top is not None and fact.kind in ("temperature", "guessed") and fact.value == top:
            measured = fact
    pieces.add("person", named)
    pieces.add("date", dated)
    for fact in facts:
        against = _against(fact, measured, symptoms, healthy)
        if not against:
            pieces.add(_field(fact, symptoms), fact.told)
        elif trace is not None:
            trace.leave_out_facts((fact,), against)
    if measured is not None and "fever" in symptoms:
        pieces.follow("symptom:fever", measured.told, "temperature.fever")
    if healthy and measured is not None:
        pieces.follow("healthy", measured.told, "health.no_symptom")
    elif healthy is False:
        pieces.ill()
    return tuple(pieces.made)


class _Pieces:
    """The pieces of one check-in, put together."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self.made: list[Evidence] = []

    def add(self, field: str, place: Place | None, by: str = "", source: float = 1.0) -> None:
        """Add a piece, if there is one."""
        if place is not None:
            start, end = self._normal.span(place.start, place.end)
            rule = by or place.by
            self.made.append(Evidence(field=field, start=start, end=end, by=rule, confidence=source * sure(rule)))

    def follow(self, field: str, place: Place | None, by: str) -> None:
        """Add what follows from a piece by a rule, unless words say it themselves; it is no surer than they are."""
        if place is not None and not any(e.field == field for e in self.made):
            self.add(field, place, by, sure(place.by))

    def ill(self) -> None:
        """Add what makes somebody ill: the first symptom, unless words say it themselves."""
        symptom = next((e for e in self.made if e.field.startswith("symptom:")), None)
        if symptom is not None and not any(e.field == "healthy" for e in self.made):
            self.made.append(
                Evidence(field="healthy", start=symptom.start, end=symptom.end, by="health.symptom", confidence=symptom.confidence)
            )


def _field(fact: Fact, symptoms: set[str]) -> str:
    """The value that a fact makes."""
    if fact.kind == "denied":
        return "healthy"
    if fact.kind == "above":
        return "symptom:fever"
    return "symptom:other" if fact.kind == "unwell" and symptoms == {"other"} else fact.field


def _against(fact: Fact, measured: Fact | None, symptoms: set[str], healthy: bool | None) -> str:
    """Why a fact made no value; "" where it made one."""
    if fact.kind in ("temperature", "guessed", "implausible"):
        return "" if measured is None or fact is measured else "temperature.higher"
    if fact.kind == "symptom" and fact.value not in symptoms:
        return "temperature.no_fever"
    if healthy is False and fact.kind in ("well", "fine", "denied", "below", "over"):
        return fact.told.by if fact.kind == "denied" else "health.unwell"
    return ""
