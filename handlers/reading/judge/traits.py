"""What the statistical judge is told of a message beside its letters: marks, each the name of something that was found."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.reading.message import Message

_FEW = 6
_OFTEN = 4


class Prefixed(dict[str, str]):
    """The names of marks by the names of what was found: few, needed for every message, and so made once."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name: str) -> str:
        made = self[name] = self._prefix + name
        return made


KEY, WORD, FACT, OF = Prefixed("key:"), Prefixed("word:"), Prefixed("fact:"), Prefixed("of:")
_ASKED, _TWICE, _OFTENER, _FIRST = Prefixed("asked:"), Prefixed("twice:"), Prefixed("often:"), Prefixed("first:")


def marks(message: "Message") -> set[str]:
    """Patterns of the lexicon that occur, kinds of words and of facts, fields of meaning, and how the message is built."""
    speech = message.speech
    found = {KEY[key] for key in message.found}
    found.update([WORD[token.kind] for token in message.tokens])
    found.update([FACT[fact.kind] for fact in message.facts])
    found.update(_fields(message.fields, speech.questions))
    found.add(f"built:length{len(message.text).bit_length()}")
    found.add(f"built:clauses{min(_FEW, len(speech.clauses))}")
    if "\n" in message.text.strip():
        found.add("built:lines")
    for kind, clauses in (("asks", speech.questions), ("orders", speech.orders), ("supposes", speech.supposed)):
        if clauses:
            found.add(f"built:{kind}")
        if len(clauses) == len(speech.clauses):
            found.add(f"built:only_{kind}")
    return found


def _fields(met: Mapping[int, list[str]], questions: frozenset[int]) -> set[str]:
    """The fields of meaning there are, how often, in questions, and which of them meet in a clause."""
    found: set[str] = set()
    if not met:
        return found
    count: dict[str, int] = {}
    for clause, fields in met.items():
        for field in fields:
            count[field] = count.get(field, 0) + 1
        if clause in questions:
            found.update([_ASKED[field] for field in fields])
        if len(fields) > 1:
            found.update([f"with:{a}+{b}" for a, b in combinations(sorted(set(fields)), 2)])
    for field, often in count.items():
        found.add(OF[field])
        if often > 1:
            found.add(_TWICE[field])
            if often >= _OFTEN:
                found.add(_OFTENER[field])
    found.update([_FIRST[field] for field in met[min(met)]])
    return found
