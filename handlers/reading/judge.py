"""The statistical judge: how much a message sounds like a report, a hardship, an idea. A linear model over character n-grams.

It is only a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a
temperature.
"""

import math
import re
from collections.abc import Mapping
from operator import add

MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s=]+")


def features(text: str) -> set[str]:
    """The n-grams of one to three characters of a text, numbers made one sign."""
    uniform = _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))
    pairs = list(map(add, uniform, uniform[1:]))
    return {*uniform, *pairs, *map(add, pairs, uniform[2:])}


class Judge:
    """The trained model: for each question the log-odds that its answer is yes."""

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self._questions = tuple(bias)
        self._bias = [bias[q] for q in self._questions]
        known = sorted({f for q in self._questions for f in weights[q]})
        # in hundredths, as they are written: sums of whole numbers do not depend on the order
        self._weights = {f: tuple(round(weights[q].get(f, 0.0) * 100) for q in self._questions) for f in known}
        self._known = frozenset(known)
        self._none = (0,) * len(self._questions)

    def odds(self, text: str) -> dict[str, float]:
        """Log-odds for every question."""
        found = features(text)
        scale = 0.01 / math.sqrt(len(found) + 1)
        known = map(self._weights.__getitem__, self._known.intersection(found))
        sums = map(sum, zip(*known, self._none, strict=True))
        return {q: b + scale * s for q, b, s in zip(self._questions, self._bias, sums, strict=True)}
