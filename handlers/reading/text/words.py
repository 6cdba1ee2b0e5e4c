"""Lists of words prepared for finding them in a text."""

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind


class Words:
    """A list of words of which one pass over a text finds all; how many words there are does not matter."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self.most = max(map(len, self.words), default=0)  # characters of a word
        self._automaton = AhoCorasick(self.words, store_patterns=False)

    def there(self, text: str) -> set[int]:
        """The numbers of the words that occur in `text`, one inside another or not."""
        return {number for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}

    def longest(self, text: str) -> dict[int, tuple[int, int]]:
        """By each place where a word begins, in any order, the number of the longest one there and where it ends."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)  # by their ends, so that the longest comes last
        return {start: (number, end) for number, start, end in found}


class LongestWords:
    """A list of words of which one pass over a text finds the longest at each place, the first first and none overlapping."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest, store_patterns=False)

    def parts(self, text: str) -> list[tuple[int, int, int]]:
        """The number of each word with where it begins and ends."""
        return self._automaton.find_matches_as_indexes(text)


def words_expression(words: Iterable[str]) -> str:
    """An expression for the longest of `words` at a place, factored by common beginnings so that many words cost little."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree) if tree else "(?!)"


def _branch(node: dict) -> str:  # type: ignore[type-arg]
    """The expression of what may follow in the tree; the longest continuation is tried first."""
    chains: list[str] = []
    single: list[str] = []
    for character, below in node.items():
        if character == "":
            continue
        prefix = re.escape(character)
        while len(below) == 1 and "" not in below:
            (following, below), *_ = below.items()  # noqa: PLW2901
            prefix += re.escape(following)
        if set(below) == {""}:
            (single if len(prefix) == 1 else chains).append(prefix)
        else:
            chains.append(prefix + _branch(below))
    if single:
        chains.append(f"[{''.join(single)}]" if len(single) > 1 else single[0])
    joined = "|".join(chains)
    return f"(?:{joined})?" if "" in node else f"(?:{joined})"
