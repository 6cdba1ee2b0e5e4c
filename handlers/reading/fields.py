"""Fields of meaning: which sides of life the words of a message speak of, and which of them meet in a clause."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from handlers.reading.words import begins, lengths, pairs


class Fields:
    """The words of every field. A word may stand in several fields; inside a longer word it does not count."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        fields: dict[str, list[str]] = {}
        for field, its in words.items():
            for word in its:
                fields.setdefault(word, []).append(field)
        self._fields = fields
        self._lengths = lengths(fields)
        self._begins = begins(fields)

    def by_clause(self, text: str, starts: Sequence[int]) -> dict[int, list[str]]:
        """The fields of every clause that has any, as often as they are spoken of. `starts`: where the clauses of `text` begin."""
        met: dict[int, list[str]] = {}
        for start, word in self._words(text):
            met.setdefault(max(0, bisect_right(starts, start) - 1), []).extend(self._fields[word])
        return met

    def _words(self, text: str) -> Iterator[tuple[int, str]]:
        """The words of any field with their places; none that stands inside the one before."""
        known, begins, fields, reached = self._lengths, self._begins, self._fields, 0
        for start in [start for start, pair in enumerate(pairs(text)) if pair in begins or pair[0] in begins]:
            for length in known[text[start]]:
                if start + length > reached and (word := text[start : start + length]) in fields:
                    reached = start + length
                    yield start, word
                    break
