"""What the statistical judge is told of a message beside its letters: marks, each the name of something that was found."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.reading.message import Message

_FEW = 6
_OFTEN = 4


def marks(message: "Message") -> set[str]:
    """Patterns of the lexicon that occur, kinds of words and of facts, fields of meaning, and how the message is built."""
    speech = message.speech
    found = {f"key:{key}" for key in message.found}
    found.update([f"word:{kind}" for kind in {token.kind for token in message.tokens}])
    found.update([f"fact:{kind}" for kind in {fact.kind for fact in message.facts}])
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
            found.update([f"asked:{field}" for field in fields])
        if len(fields) > 1:
            found.update([f"with:{a}+{b}" for a, b in combinations(sorted(set(fields)), 2)])
    for field, often in count.items():
        found.add(f"of:{field}")
        if often > 1:
            found.add(f"twice:{field}")
        if often >= _OFTEN:
            found.add(f"often:{field}")
    found.update([f"first:{field}" for field in met[min(met)]])
    return found
