"""Where the lexicon's patterns occur in a message. Only those are looked for that can be there at all.

Every text that a pattern matches contains one of its anchors, pairs of characters or single ones (pieces.py). One look at the pairs and
characters of a message tells which anchors are there; all other patterns, nearly all of them, cost nothing. Where every match contains one
of two sets of them, both are asked for.
"""

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import add

from handlers.reading.patterns import Pattern


class Sieve:
    """All patterns by their keys, and which of them can occur in a text."""

    def __init__(self, patterns: Mapping[str, Sequence[Pattern]]) -> None:
        self.patterns = patterns
        self._numbered = [(key, pattern.expression, pattern.others) for key, several in patterns.items() for pattern in several]
        speaks_for: dict[str, set[int]] = {}
        always: set[int] = set()
        for number, pattern in enumerate(chain(*patterns.values())):
            if pattern.anchors is None:
                always.add(number)
            for anchor in pattern.anchors or ():
                speaks_for.setdefault(anchor, set()).add(number)
        self._speaks_for = {anchor: frozenset(numbers) for anchor, numbers in speaks_for.items()}
        self._first = frozenset(speaks_for)
        self._anchors = self._first.union(*(others for _, _, others in self._numbered if others is not None))
        self._always = frozenset(always)

    def possible(self, text: str) -> dict[str, list[re.Pattern[str]]]:
        """By their keys the patterns that can occur in `text` or any part of it; what is blanked in it adds none."""
        there = self._anchors.intersection(chain(text, map(add, text, text[1:])))
        found: dict[str, list[re.Pattern[str]]] = {}
        for number in sorted(self._always.union(*map(self._speaks_for.__getitem__, there & self._first))):
            key, expression, others = self._numbered[number]
            if others is None or not others.isdisjoint(there):
                found.setdefault(key, []).append(expression)
        return found


class Search:
    """The search through one message. `text` is always a part of the message that it was made for, which may be blanked in places."""

    def __init__(self, sieve: Sieve, message: str) -> None:
        self._possible = sieve.possible(message)

    def possible(self, keys: Collection[str]) -> list[str]:
        """Those of `keys`, in any order, of which a pattern can occur in the message."""
        return [key for key in self._possible if key in keys]

    def finds(self, key: str, text: str) -> bool:
        """Whether a pattern of `key` occurs in `text`."""
        return any(expression.search(text) for expression in self._possible.get(key, ()))

    def at(self, key: str, text: str, start: int = 0) -> re.Match[str] | None:
        """A pattern of `key` that begins just at `start`."""
        found = (expression.match(text, start) for expression in self._possible.get(key, ()))
        return next((match for match in found if match is not None), None)

    def first(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where a pattern of `key` occurs."""
        return next(iter(self.all(key, text, start, end)), None)

    def all(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """Every place where a pattern of `key` occurs, in order, none overlapping."""
        if key not in self._possible:
            return ()
        expressions = self._possible[key]
        return expressions[0].finditer(text, start, end) if len(expressions) == 1 else _merged(expressions, text, start, end)


def _merged(expressions: list[re.Pattern[str]], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The places of several expressions as if they were the choices of one: the first of equals counts, none overlap."""
    ahead = [match for expression in expressions if (match := expression.search(text, start, end)) is not None]
    while ahead:
        match = min(ahead, key=re.Match.start)
        yield match
        start = max(match.end(), match.start() + 1)
        ahead = [later for known in ahead if (later := known if known.start() >= start else known.re.search(text, start, end)) is not None]
