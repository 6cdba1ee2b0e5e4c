"""The statistical judge: how much a message sounds like a report, a hardship, an idea, a leave, or anything at all.

A linear model over two kinds of signs: the character n-grams of the text, and marks – what the rules found in it (traits.py). It is only
a second opinion beside the rules (docs/reading.md): it settles what they leave open and never touches a symptom or a temperature.
"""

import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import add

from handlers.reading.lazy import lazy
from handlers.reading.words import Words

MOST = 400  # characters looked at: what a message is shows early, and a long text costs no more
_DIGITS = re.compile(r"\d\d*")  # quicker to search for than \d+
_BLANKS = re.compile(r"[\s=][\s=]*")
_GRAM = 3  # characters of an n-gram at most; the names of marks are longer
_STEPS = 100  # weights are written in hundredths
_TOGETHER = 3  # questions answered by one sum
_LANE = 21  # bits of one question in a sum
_ZERO = 1 << _LANE - 1  # added to each, so that none is negative


def uniform(text: str) -> str:
    """The beginning of a text with numbers and blanks made one sign each."""
    return _DIGITS.sub("0", _BLANKS.sub("_", text[:MOST]))


def grams(text: str) -> set[str]:
    """The n-grams of one to three characters of a uniform text."""
    pairs = list(map(add, text, text[1:]))
    return {*text, *pairs, *map(add, pairs, text[2:])}


def share(number: int) -> float:
    """How much each of so many n-grams counts, so that long messages are not surer than short ones. A mark counts 1."""
    return 1 / math.sqrt(number + 1)


class _Together:
    """Some questions that are answered together: of each sign the weights for all of them are packed in one whole number.

    So one sum answers them all; and the sums of whole numbers do not depend on the order. The n-grams go by their numbers.
    """

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]], known: Sequence[str]) -> None:
        self._bias = [(question, value, _LANE * lane) for lane, (question, value) in enumerate(bias.items())]
        self._zeros = sum(_ZERO << shift for _, _, shift in self._bias)
        self._marks: dict[str, int] = {}
        self._most: dict[str, int] = {}
        grams = [0] * len(known)
        for question, _, shift in self._bias:
            steps = {sign: round(weight * _STEPS) for sign, weight in weights[question].items()}
            for letter, most in _most(steps).items():
                self._most[letter] = self._most.get(letter, 0) + (most << shift)
            for number, gram in enumerate(known):
                grams[number] += steps.pop(gram, 0) << shift
            for mark, its in steps.items():
                self._marks[mark] = self._marks.get(mark, 0) + (its << shift)
        self._grams = array("q", grams)

    def of_marks(self, marks: set[str]) -> int:
        """The sums of the weights of a message's marks."""
        return sum(map(self._marks.get, marks, repeat(0)), self._zeros)

    def odds(self, found: Iterable[int], number: int, of_marks: int) -> dict[str, float]:
        """Log-odds for these questions, of the n-grams, of which there are so many in all, and the marks of a message."""
        return self._told(sum(map(self._grams.__getitem__, found), self._zeros), number, of_marks)

    def most(self, text: str, of_marks: int) -> dict[str, float]:
        """What the odds of a uniform text cannot exceed: as if each letter began the n-grams that speak most for it."""
        # a letter that was not there before ends a single, a pair and a triple that were not there before
        number = max(1, _GRAM * len(set(text)) - _GRAM)
        return self._told(sum(map(self._most.get, text, repeat(0)), self._zeros), number, of_marks)

    def _told(self, of_grams: int, number: int, of_marks: int) -> dict[str, float]:
        scale, lane = share(number) / _STEPS, (1 << _LANE) - 1
        return {
            question: bias + scale * ((of_grams >> shift & lane) - _ZERO) + ((of_marks >> shift & lane) - _ZERO) / _STEPS
            for question, bias, shift in self._bias
        }


def _most(steps: Mapping[str, int]) -> dict[str, int]:
    """By each letter the weights that speak most for a question, of a single, a pair and a triple that begin with it, together."""
    most: dict[tuple[str, int], int] = {}
    for sign, its in steps.items():
        if len(sign) <= _GRAM:
            most[sign[0], len(sign)] = max(its, most.get((sign[0], len(sign)), 0))
    letters: dict[str, int] = {}
    for (letter, _), its in most.items():
        letters[letter] = letters.get(letter, 0) + its
    return letters


class Odds:
    """The log-odds of a message, reckoned when they are asked for; whether they are below a number is mostly plain without."""

    def __init__(self, judge: "Judge", text: str, marks: set[str]) -> None:
        self._judge, self._text, self._marks = judge, text, marks
        self._told: dict[str, float] = {}
        self._most: dict[str, float] = {}
        self._of_marks: dict[_Together, int] = {}

    def __getitem__(self, question: str) -> float:
        if question not in self._told:
            self.most(question)
            together = self._judge.together[question]
            self._told |= together.odds(*self._found, self._of_marks[together])
        return self._told[question]

    def most(self, question: str) -> float:
        """A number that the odds do not exceed."""
        if question not in self._most:
            together = self._judge.together[question]
            self._of_marks[together] = of_marks = together.of_marks(self._marks)
            self._most |= together.most(self._text, of_marks)
        return self._most[question]

    def below(self, question: str, least: float) -> bool:
        """Whether the odds are below a number."""
        return self.most(question) < least or self[question] < least

    @lazy
    def _found(self) -> tuple[set[int], int]:
        """The numbers of the n-grams that have a weight, and how many n-grams there are in all."""
        return self._judge.known.there(self._text), len(grams(self._text))


class Judge:
    """The trained model: for each question the log-odds that its answer is yes.

    `known`: the n-grams that have a weight. `together`: with which others each question is answered: three at a time, as they are written.
    """

    def __init__(self, bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
        self.known = Words(sorted({sign for its in weights.values() for sign in its if len(sign) <= _GRAM}))
        self.together: dict[str, _Together] = {}
        for first in range(0, len(bias), _TOGETHER):
            part = dict(list(bias.items())[first : first + _TOGETHER])
            self.together |= dict.fromkeys(part, _Together(part, weights, self.known.words))

    def odds(self, text: str, marks: set[str]) -> Odds:
        """Log-odds for every question, of the n-grams of a uniform text and the marks of a message."""
        return Odds(self, text, marks)


def is_light(weights: Mapping[str, float]) -> bool:
    """Whether the weights of a question are so small that those of a message, and all together, stay within a lane."""
    heavy = [abs(weight) * _STEPS + 1 for weight in weights.values()]
    return max(sum(heavy), max(heavy) * _GRAM * MOST) < _ZERO
