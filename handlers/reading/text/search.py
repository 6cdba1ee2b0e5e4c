"""Where the lexicon's patterns occur in a message. Only those are looked for that can be there at all.

Every text that a pattern matches contains one of its anchors, words or single characters (pieces.py). One pass over a message tells which
anchors are there; all other patterns, nearly all of them, cost nothing. Where every match contains one of two sets of them, both are asked
for.
"""

import re
import sys
from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import chain

from handlers.reading.text.patterns import Pattern
from handlers.reading.text.words import Words

_Sought = tuple[int, frozenset[int] | None, str, Pattern]
"""A pattern: its number, what else than its anchor must be there, its key, itself. A plain tuple is the quickest to look into."""


OF_PIECES = frozenset(
    (
        "hardships.nothing",
        *(f"symptoms.{name}{against}" for name in ("complained", "likened", "struck") for against in ("", "_against")),
    )
)
"""Whose patterns are looked for in what was cut out of a message (`Lexicon.finds`) and never in a message, so that none is sifted."""


class Sieve:
    """All patterns by their keys, and which of them can occur in a text."""

    def __init__(self, patterns: Mapping[str, Sequence[Pattern]]) -> None:
        self.patterns = patterns
        every = [(key, pattern) for key, several in patterns.items() if key not in OF_PIECES for pattern in several]
        anchors = {anchor for _, pattern in every for anchor in (*(pattern.anchors or ()), *(pattern.others or ()))}
        # in a message that was not just read, everything that is looked at must be waited for: so what is the same is kept once, and what
        # is looked at together stands together, the short anchors, which are in most messages, before the others
        self._anchors = Words(sorted(anchors, key=lambda anchor: (len(anchor), anchor)))
        numbers = {anchor: number for number, anchor in enumerate(self._anchors.words)}
        spoken_for: list[list[int]] = [[] for _ in numbers]
        for number, (_, pattern) in enumerate(every):
            for anchor in pattern.anchors or ():
                spoken_for[numbers[anchor]].append(number)
        shared: dict[frozenset[int], frozenset[int]] = {}

        @cache
        def sought(number: int) -> _Sought:
            key, pattern = every[number]
            others = None if pattern.others is None else frozenset(map(numbers.__getitem__, pattern.others))
            return number, others and shared.setdefault(others, others), key, pattern

        self._speaks_for = tuple(tuple(map(sought, its)) for its in spoken_for)
        self._always = [sought(number) for number, (_, pattern) in enumerate(every) if pattern.anchors is None]

    def possible(self, text: str) -> dict[str, list[re.Pattern[str]]]:
        """By their keys the patterns that can occur in `text` or any part of it; what is blanked in it adds none."""
        there = self._anchors.there(text)
        spoken_for = chain.from_iterable(map(self._speaks_for.__getitem__, there))
        sought = {each[0]: each for each in chain(self._always, spoken_for) if each[1] is None or not each[1].isdisjoint(there)}
        found: dict[str, list[re.Pattern[str]]] = {}
        for number in sorted(sought):
            _, _, key, pattern = sought[number]
            found.setdefault(key, []).append(pattern.expression)
        return found


class Search:
    """The search through one message. `text` is always a part of the message that it was made for, which may be blanked in places.

    `possible`: by their keys the patterns that can occur in the message at all; of no other key anything is found.
    """

    def __init__(self, sieve: Sieve, message: str) -> None:
        self.possible = sieve.possible(message)

    def finds(self, key: str, text: str) -> bool:
        """Whether a pattern of `key` occurs in `text`."""
        return self.first(key, text) is not None

    def at(self, key: str, text: str, start: int = 0) -> re.Match[str] | None:
        """A pattern of `key` that begins just at `start`."""
        for expression in self.possible.get(key, ()):
            if (found := expression.match(text, start)) is not None:
                return found
        return None

    def first(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where a pattern of `key` occurs."""
        first = None
        for expression in self.possible.get(key, ()):
            found = expression.search(text, start, end)
            if found is not None and (first is None or found.start() < first.start()):
                first = found
        return first

    def all(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> Sequence[re.Match[str]]:
        """Every place where a pattern of `key` occurs, in order, none overlapping."""
        return _places(self.possible.get(key, ()), text, start, end)

    def everything(self, keys: Set[str], text: str) -> dict[str, Sequence[re.Match[str]]]:
        """Every place where patterns of `keys` occur, by key; of those that occur nowhere there is none."""
        found: dict[str, Sequence[re.Match[str]]] = {}
        for key, its in self.possible.items():
            if key in keys:
                places = tuple(its[0].finditer(text)) if len(its) == 1 else _places(its, text)
                if places:
                    found[key] = places
        return found


def _places(expressions: Sequence[re.Pattern[str]], text: str, start: int = 0, end: int = sys.maxsize) -> Sequence[re.Match[str]]:
    """The places of several expressions as if they were the choices of one: the first of equals counts, none overlap."""
    if len(expressions) == 1:
        return tuple(expressions[0].finditer(text, start, end))
    ahead = [match for expression in expressions if (match := expression.search(text, start, end)) is not None]
    if len(ahead) == 1:
        return tuple(ahead[0].re.finditer(text, ahead[0].start(), end))
    found: list[re.Match[str]] = []
    while ahead:
        match = min(ahead, key=re.Match.start)
        found.append(match)
        start = max(match.end(), match.start() + 1)
        ahead = [later for known in ahead if (later := known if known.start() >= start else known.re.search(text, start, end)) is not None]
    return found
