"""The statistical judge: how much a message sounds like a report, a hardship, an idea, a leave, or anything at all.

A linear model over two kinds of signs: the character n-grams of the text, and marks – what the rules found in it (traits.py). It is only
a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a temperature.
"""

import math
import re
from collections.abc import Mapping
from itertools import repeat
from operator import add
from struct import Struct

MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s=]+")
_STEPS = 100  # weights are written in hundredths
_OFTEN = ("report", "hardship", "idea")
_LANE = 32  # bits of one question in a packed number
_ZERO = 1 << _LANE - 1  # added to each, so that none is negative
_MOST_WEIGHT = 1000.0  # of all the signs of a message together stays within a lane


def grams(text: str) -> set[str]:
    """The n-grams of one to three characters of a text, numbers made one sign."""
    uniform = _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))
    pairs = list(map(add, uniform, uniform[1:]))
    return {*uniform, *pairs, *map(add, pairs, uniform[2:])}


def share(number: int) -> float:
    """How much each of so many n-grams counts, so that long messages are not surer than short ones. A mark counts 1."""
    return 1 / math.sqrt(number + 1)


class _Together:
    """Some questions that are answered together: of each sign the weights for all of them are packed in one whole number.

    So one sum answers them all; and the sums of whole numbers do not depend on the order.
    """

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self._bias = dict(bias)
        self._weights: dict[str, int] = {}
        self._lanes = Struct(f"<{len(bias)}I")
        self._zeros = sum(_ZERO << _LANE * lane for lane in range(len(bias)))
        for lane, question in enumerate(bias):
            for sign, weight in weights[question].items():
                steps = round(max(-_MOST_WEIGHT, min(_MOST_WEIGHT, weight)) * _STEPS)
                self._weights[sign] = self._weights.get(sign, 0) + (steps << _LANE * lane)

    def odds(self, found: set[str], marks: set[str]) -> dict[str, float]:
        """Log-odds for these questions, of the n-grams and the marks of a message."""
        scale = share(len(found)) / _STEPS
        told = zip(self._bias.items(), self._sums(found), self._sums(marks), strict=True)
        return {question: bias + scale * (of_grams - _ZERO) + (of_marks - _ZERO) / _STEPS for (question, bias), of_grams, of_marks in told}

    def _sums(self, signs: set[str]) -> tuple[int, ...]:
        """For each question the sum of the weights of `signs`, and _ZERO."""
        packed = sum(map(self._weights.get, signs, repeat(0)), self._zeros)
        return self._lanes.unpack(packed.to_bytes(self._lanes.size, "little"))


class Odds(dict[str, float]):
    """The log-odds of a message, reckoned when the first of the questions that belong together is asked."""

    def __init__(self, judge: "Judge", found: set[str], marks: set[str]) -> None:
        super().__init__()
        self._judge, self._found, self._marks = judge, found, marks

    def __missing__(self, question: str) -> float:
        self.update(self._judge.together[question].odds(self._found, self._marks))
        return self[question]


class Judge:
    """The trained model: for each question the log-odds that its answer is yes.

    `together`: with which others each question is answered: what nearly every message is asked, and all the rest.
    """

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self.together: dict[str, _Together] = {}
        for often in (True, False):
            part = {question: its for question, its in bias.items() if (question in _OFTEN) is often}
            self.together |= dict.fromkeys(part, _Together(part, weights))

    def odds(self, found: set[str], marks: set[str]) -> Odds:
        """Log-odds for every question, of the n-grams and the marks of a message."""
        return Odds(self, found, marks)
