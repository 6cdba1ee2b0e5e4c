"""Lists of words prepared for finding the longest of them at a place."""

import re
from collections.abc import Iterable, Iterator
from operator import add


def lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By their first character, how long the words are, the longest first: so many pieces of a text need to be looked up."""
    found: dict[str, set[int]] = {}
    for word in filter(None, words):
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(known, reverse=True)) for first, known in found.items()}


def begins(words: Iterable[str]) -> frozenset[str]:
    """The first two characters of every word, or its only one: nowhere else in a text a word can begin."""
    return frozenset(word[:2] for word in words)


def pairs(text: str) -> Iterator[str]:
    """Each character of a text with the next one, the last with one that no word contains."""
    return map(add, text, text[1:] + "\0")


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
