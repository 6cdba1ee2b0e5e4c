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
_NUMERALS = "0123456789一二三四五六七八九十两几半百千俩仨零"

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
    """One expression that finds the first of `patterns`; of an empty list one that finds nothing.

    A look at the first character comes before the patterns, so that most places of a text cost next to nothing.
    """
    guarded: list[str] = []
    others: list[str] = []
    first: set[str] = set()
    for pattern in patterns:
        made = expression(pattern, table, classes)
        begins = _beginnings(_CLASS.sub(lambda m: _class(m.group(1), classes or {}), pattern), table)
        (others if begins is None else guarded).append(made)
        first |= begins or set()
    if guarded:
        others.insert(0, f"(?=[{''.join(map(re.escape, sorted(first)))}])(?:{'|'.join(guarded)})")
    return re.compile("|".join(others) or "(?!)")


def _beginnings(pattern: str, table: Mapping[int, str]) -> set[str] | None:
    """The characters with which a match of an expanded pattern can begin; None where that may be any."""
    parts = _parts(pattern)
    if len(parts) > 1:
        found = [_beginnings(part, table) for part in parts]
        return None if None in found else set().union(*(f for f in found if f is not None))
    first: set[str] = set()
    rest = pattern
    while rest:
        if rest[0] == "(":
            end = _closing(rest)
            here = _beginnings(rest[1:end], table)
        elif rest[0] == "[":
            end = rest.index("]")
            here = set(rest[1:end])
        else:
            end = 0
            here = set(_NUMERALS) if rest[0] == "#" else None if rest[0] in _SPECIAL else set(rest[0].translate(table))
        if here is None:
            return None
        first |= here
        rest = rest[end + 1 :]
        if not rest.startswith("?"):
            return first
        rest = rest[1:]
    return None


def _parts(pattern: str) -> list[str]:
    """The choices of a pattern outside all parentheses."""
    parts, depth = [""], 0
    for character in pattern:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _closing(pattern: str) -> int:
    """Where the parenthesis closes with which a pattern begins; its end where it never does (the expression will refuse it)."""
    depth = 0
    for index, character in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return index
    return len(pattern)


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
