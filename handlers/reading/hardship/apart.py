"""A frame holds for its own sentence: a laugh, a trifle or the account of a rescue undoes no difficulty that is told in another one."""

from collections.abc import Mapping

from handlers.reading.hardship.others import trifles
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_TRIFLES, _RESCUED = "frames.trifles", "hardships.rescued"
_PLAIN = frozenset(("health", "family", "finance", "supplies", "housing", "education"))  # a lament alone may belong to the trifle before it
_OWN = frozenset(("supplies", "housing", "work"))  # kin and the hurt stand in accounts of rescues as well


def of_trifles(message: Message, named: Mapping[str, Place]) -> bool:
    """Whether a trifle stands beside the difficulties `named`, in their sentence or where they are no more than a lament."""
    if not trifles(message):
        return False
    return _PLAIN.isdisjoint(named) or not (_beside_kin(message, named) or _apart(message, named, _TRIFLES))


def of_rescue(message: Message, named: Mapping[str, Place]) -> bool:
    """Whether the difficulties `named` belong to the account of a rescue."""
    if not message.finds(_RESCUED):
        return False
    return not (named and _OWN.issuperset(named) and _apart(message, named, _RESCUED))


def _apart(message: Message, named: Mapping[str, Place], key: str) -> bool:
    """Whether all difficulties are told in sentences in which no words of the frame stand."""
    clauses, at = message.speech.clauses, message.speech.at
    framed = {clauses[at(m.start())].sentence for m in message.all(key)}
    told = {clauses[at(number)].sentence for place in named.values() for number in (place.start, place.end - 1)}
    return framed.isdisjoint(told)


def _beside_kin(message: Message, named: Mapping[str, Place]) -> bool:
    """Whether a difficulty is told of one's own family, and the trifle beside it in another clause ("奶茶你们拼吧…我爸那边又要交一笔")."""
    at = message.speech.at
    small = {at(m.start()) for m in message.all(_TRIFLES)}
    told = {at(number) for place in named.values() for number in (place.start, place.end - 1)}
    kin = {at(token.start) for token in message.tokens if token.kind == "family"}
    return bool(told & kin) and small.isdisjoint(told)
