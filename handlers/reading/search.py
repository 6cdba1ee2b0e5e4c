"""Where the lexicon's patterns occur in a message. Only those are looked for that can be there at all.

Every text that a pattern matches contains one of its anchors, pairs of characters or single ones (pieces.py). One look at the pairs and
characters of a message tells which anchors are there; all other patterns, nearly all of them, cost nothing.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import add

from handlers.reading.patterns import Pattern


class Sieve:
    """All patterns, and which of them can occur in a text."""

    def __init__(self, patterns: Mapping[str, Pattern]) -> None:
        speaks_for: dict[str, set[str]] = {}
        for key, pattern in patterns.items():
            for anchor in pattern.anchors or ():
                speaks_for.setdefault(anchor, set()).add(key)
        self.expressions = {key: pattern.expression for key, pattern in patterns.items()}
        self._speaks_for = {anchor: frozenset(keys) for anchor, keys in speaks_for.items()}
        self._anchors = frozenset(speaks_for)
        self._always = frozenset(key for key, pattern in patterns.items() if pattern.anchors is None)

    def possible(self, text: str) -> frozenset[str]:
        """The keys of the patterns that can occur in `text` or any part of it; what is blanked in it adds none."""
        there = self._anchors.intersection(chain(text, map(add, text, text[1:])))
        return self._always.union(*map(self._speaks_for.__getitem__, there))


class Search:
    """The search through one message. `text` is always a part of the message that it was made for, which may be blanked in places."""

    def __init__(self, sieve: Sieve, message: str) -> None:
        self._expressions = sieve.expressions
        self._possible = sieve.possible(message)

    def finds(self, key: str, text: str) -> bool:
        """Whether a pattern of `key` occurs in `text`."""
        return key in self._possible and self._expressions[key].search(text) is not None

    def possible(self, keys: Iterable[str]) -> list[str]:
        """Those of `keys` of which a pattern can occur in the message."""
        return [key for key in keys if key in self._possible]

    def at(self, key: str, text: str, start: int = 0) -> re.Match[str] | None:
        """A pattern of `key` that begins just at `start`."""
        return self._expressions[key].match(text, start) if key in self._possible else None

    def first(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where a pattern of `key` occurs."""
        return self._expressions[key].search(text, start, end) if key in self._possible else None

    def all(self, key: str, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """Every place where a pattern of `key` occurs, in order, none overlapping."""
        return self._expressions[key].finditer(text, start, end) if key in self._possible else ()
