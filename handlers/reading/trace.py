"""What was found in a message and not counted, and why. Kept only where somebody asks for it (explain.py)."""

from collections.abc import Iterable

from handlers.reading.facts import Fact
from handlers.reading.reasons import sure
from handlers.reading.text.normalise import Normal
from models.reading import Evidence


class Trace:
    """The pieces left out, in the order in which the stages left them out. `offset`: where the text begins that a stage reads."""

    def __init__(self, normal: Normal, offset: int = 0, left_out: list[Evidence] | None = None) -> None:
        self._normal = normal
        self._offset = offset
        self.left_out: list[Evidence] = [] if left_out is None else left_out

    def at(self, offset: int) -> "Trace":
        """The same trace for a part of the text that begins there."""
        return Trace(self._normal, self._offset + offset, self.left_out)

    def leave_out(self, field: str, start: int, end: int, by: str) -> None:
        """Note one piece; `by` is what spoke against it."""
        first, last = self._normal.span(start + self._offset, end + self._offset)
        self.left_out.append(Evidence(field=field, start=first, end=last, by=by, confidence=sure(by)))

    def leave_out_facts(self, facts: Iterable[Fact], by: str) -> None:
        """Note facts that were left out."""
        for fact in facts:
            self.leave_out(fact.field, fact.told.start, fact.told.end, by)
