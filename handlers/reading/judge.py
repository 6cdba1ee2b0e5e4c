"""The statistical judge: how much a message sounds like a report, a hardship, an idea. A linear model over character n-grams.

It is only a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a
temperature.
"""

import math
import re
from collections.abc import Iterator, Mapping

LONGEST = 3
MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s=]+")


def features(text: str) -> Iterator[str]:
    """The n-grams of one to three characters of a text, numbers made one sign."""
    uniform = _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))
    for length in range(1, LONGEST + 1):
        for start in range(len(uniform) - length + 1):
            yield uniform[start : start + length]


class Judge:
    """The trained model: for each question the log-odds that its answer is yes."""

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self._questions = tuple(bias)
        self._bias = [bias[q] for q in self._questions]
        known = sorted({f for q in self._questions for f in weights[q]})
        self._weights = {f: tuple(weights[q].get(f, 0.0) for q in self._questions) for f in known}

    def odds(self, text: str) -> dict[str, float]:
        """Log-odds for every question."""
        found = set(features(text))
        sums = [0.0] * len(self._questions)
        for feature in found:
            weights = self._weights.get(feature)
            if weights is not None:
                for i, weight in enumerate(weights):
                    sums[i] += weight
        scale = 1 / math.sqrt(len(found) + 1)
        return {q: b + scale * s for q, b, s in zip(self._questions, self._bias, sums, strict=True)}
