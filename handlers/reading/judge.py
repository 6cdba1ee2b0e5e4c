"""The statistical judge: how much a message sounds like a report, a hardship, an idea, a leave, or anything at all.

A linear model over two kinds of signs: the character n-grams of the text, and marks – what the rules found in it (traits.py). It is only
a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a temperature.
"""

import math
import re
from collections.abc import Mapping
from operator import add

MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s=]+")
_STEPS = 100  # weights are written in hundredths


def grams(text: str) -> set[str]:
    """The n-grams of one to three characters of a text, numbers made one sign."""
    uniform = _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))
    pairs = list(map(add, uniform, uniform[1:]))
    return {*uniform, *pairs, *map(add, pairs, uniform[2:])}


def share(number: int) -> float:
    """How much each of so many n-grams counts, so that long messages are not surer than short ones. A mark counts 1."""
    return 1 / math.sqrt(number + 1)


class Judge:
    """The trained model: for each question the log-odds that its answer is yes."""

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self._questions = tuple(bias)
        self._bias = [bias[q] for q in self._questions]
        known = sorted({f for q in self._questions for f in weights[q]})
        # whole numbers: their sums do not depend on the order
        self._weights = {f: tuple(round(weights[q].get(f, 0.0) * _STEPS) for q in self._questions) for f in known}
        self._known = frozenset(known)
        self._none = (0,) * len(self._questions)

    def odds(self, found: set[str], marks: set[str]) -> dict[str, float]:
        """Log-odds for every question, of the n-grams and the marks of a message."""
        scale = share(len(found)) / _STEPS
        told = zip(self._questions, self._bias, self._sums(found), self._sums(marks), strict=True)
        return {question: bias + scale * of_grams + of_marks / _STEPS for question, bias, of_grams, of_marks in told}

    def _sums(self, signs: set[str]) -> list[int]:
        return list(map(sum, zip(*map(self._weights.__getitem__, self._known.intersection(signs)), self._none, strict=True)))
