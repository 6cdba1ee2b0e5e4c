"""The statistical judge: how much a message sounds like a report, a hardship, an idea, a leave, or anything at all.

A linear model over two kinds of signs: the character n-grams of the text, and marks – what the rules found in it (traits.py). It is only
a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a temperature.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Set
from itertools import repeat
from operator import add
from typing import NamedTuple

MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d\d*")  # quicker to search for than \d+
_BLANKS = re.compile(r"[\s=][\s=]*")
GRAM = 2  # characters of an n-gram at most; the names of marks are longer
_STEPS = 100  # weights are written in hundredths
_TOGETHER = 6  # questions answered by one sum
_LANE = 21  # bits of one question in a sum
_ZERO = 1 << _LANE - 1  # added to each, so that none is negative


def uniform(text: str) -> str:
    """The beginning of a text with numbers and blanks made one sign each."""
    return _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))


def grams(text: str) -> set[str]:
    """The characters of a uniform text and its pairs of them."""
    return {*text, *map(add, text, text[1:])}


def share(number: int) -> float:
    """How much each of so many n-grams counts, so that long messages are not surer than short ones. A mark counts 1."""
    return 1 / math.sqrt(number + 1)


Lanes = list[tuple[str, float, int]]
"""Questions with their bias, and where the weights of each begin in a whole number."""


class Weights:
    """Of each sign the weights for some questions, packed in one whole number.

    So one sum answers them all; and the sums of whole numbers do not depend on the order.
    """

    def __init__(self, lanes: Lanes, weights: Mapping[str, Mapping[str, float]], names: dict[str, str]) -> None:
        self._zeros = sum(_ZERO << shift for _, _, shift in lanes)
        self._weights: dict[str, int] = {}
        for question, _, shift in lanes:
            for sign, weight in weights[question].items():
                name = names.setdefault(sign, sign)
                self._weights[name] = self._weights.get(name, 0) + (round(weight * _STEPS) << shift)

    def odds(self, found: Set[str], marks: Iterable[str], lanes: Lanes) -> dict[str, float]:
        """Log-odds for some of these questions, of the n-grams and the marks of a text."""
        weight, nothing = self._weights.get, repeat(0)
        of_grams = sum(map(weight, found, nothing), self._zeros)
        of_marks = sum(map(weight, marks, nothing), self._zeros)
        scale, lane = share(len(found)) / _STEPS, (1 << _LANE) - 1
        return {
            question: bias + scale * ((of_grams >> shift & lane) - _ZERO) + ((of_marks >> shift & lane) - _ZERO) / _STEPS
            for question, bias, shift in lanes
        }


class Together(NamedTuple):
    """Some questions that are answered together."""

    weights: Weights
    lanes: Lanes


class Odds(dict[str, float]):
    """The log-odds of a text by question, reckoned when the first of those that are answered together is asked for."""

    def __init__(self, judge: "Judge", text: str, marks: Collection[str]) -> None:
        super().__init__()
        self._together, self._grams, self._marks = judge.together, grams(text), marks

    def __missing__(self, question: str) -> float:
        weights, lanes = self._together[question]
        self.update(weights.odds(self._grams, self._marks, lanes))
        return self[question]


class Judge:
    """The trained model: for each question the log-odds that its answer is yes.

    `together`: with which others each question is answered: those of clauses (``tells.…``), of the others six at a time. The weights of the
    first six, which nearly every message is asked, stand with those of the clauses: the signs of a clause are mostly the message's own, and
    what was just looked at need not be waited for.
    """

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        of_clauses = [question for question in bias if question.startswith("tells.")]
        others = [question for question in bias if question not in of_clauses]
        parts = [others[first : first + _TOGETHER] for first in range(0, len(others), _TOGETHER)]
        names: dict[str, str] = {}  # each sign once for all
        self.together: dict[str, Together] = {}
        for group in ([*parts[:1], of_clauses], *([part] for part in parts[1:])):
            questions = [question for part in group for question in part]
            lanes = {question: (question, bias[question], _LANE * lane) for lane, question in enumerate(questions)}
            packed = Weights(list(lanes.values()), weights, names)
            for part in group:
                self.together |= dict.fromkeys(part, Together(packed, [lanes[question] for question in part]))

    def odds(self, text: str, marks: Collection[str]) -> Odds:
        """Log-odds for every question, of the n-grams of a uniform text and the marks of a message."""
        return Odds(self, text, marks)


def is_light(weights: Mapping[str, float]) -> bool:
    """Whether the weights of a question are so small that those of a message, and all together, stay within a lane."""
    heavy = [abs(weight) * _STEPS + 1 for weight in weights.values()]
    return max(sum(heavy), max(heavy) * GRAM * MOST) < _ZERO
