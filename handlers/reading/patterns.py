"""The small language of the lexicon's patterns, and word lists compiled to one expression.

In a pattern ``…`` is a gap of up to 10 characters within a sentence, ``……`` one of up to 24, ``~`` one of up to 3, ``#`` a number in
digits or Chinese numerals, ``(a|b)`` a choice, ``{kin}`` one of a class of words (classes.yaml), ``?`` makes the character or choice
before it optional, ``[一二]`` is one of the characters, ``^`` and ``$`` are the ends of the text. Everything else stands for itself.
Gaps are bounded, so every expression runs in linear time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

GAP = r"[^。!?\n]{0,10}?"
LONG_GAP = r"[^。!?\n]{0,24}?"
SHORT_GAP = r"[^。!?\n]{0,3}?"
NUMBER = r"(?:\d{1,6}(?:\.\d{1,2})?|[一二三四五六七八九十两几半百千俩仨零]{1,5})"
MOST_GAPS = 3

_SPECIAL = {"…": GAP, "~": SHORT_GAP, "#": NUMBER, "(": "(?:", ")": ")", "|": "|", "?": "?", "^": r"\A", "$": r"\Z", "[": "[", "]": "]"}


_CLASS = re.compile(r"\{([^{}]*)\}")


class PatternError(ValueError):
    """A pattern of the lexicon cannot be understood; the text says why."""


def expression(pattern: str, table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> str:
    """The regular expression of one pattern. Raises `PatternError`."""
    if not pattern.strip():
        raise PatternError("is empty")
    pattern = _CLASS.sub(lambda m: _class(m.group(1), classes or {}), pattern)
    if pattern.count("…") > MOST_GAPS:
        raise PatternError(f"{pattern!r} has more than {MOST_GAPS} gaps '…'")
    made = LONG_GAP.join(
        "".join(_SPECIAL[c] if c in _SPECIAL else re.escape(c.translate(table)) for c in piece) for piece in pattern.split("……")
    )
    try:
        compiled = re.compile(made)
    except re.error as error:
        raise PatternError(f"{pattern!r} is no pattern: {error}") from error
    if compiled.match("") and not pattern.startswith("^"):
        raise PatternError(f"{pattern!r} would match nothing at all")
    return made


def _class(name: str, classes: Mapping[str, Sequence[str]]) -> str:
    if name not in classes:
        raise PatternError(f"{{{name}}} is no class of words; known are {', '.join(sorted(classes))}")
    return f"({'|'.join(classes[name])})"


def any_of(patterns: Iterable[str], table: Mapping[int, str], classes: Mapping[str, Sequence[str]] | None = None) -> re.Pattern[str]:
    """One expression that finds the first of `patterns`; of an empty list one that finds nothing."""
    made = [expression(p, table, classes) for p in patterns]
    return re.compile("|".join(made) if made else r"(?!)")


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
