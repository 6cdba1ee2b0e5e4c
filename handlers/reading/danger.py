"""Danger to the sender or teammates now: fire, gas, somebody down or stuck. Calls already answered, drills and news are none."""

from handlers.reading.frame import is_laughing
from handlers.reading.message import Message

_SHORT = 14  # a message of so few characters is a cry by itself ("煤气漏了")
_BEFORE = 4  # characters before the event in which a part of the body makes it a figure of speech ("嗓子冒烟")
KINDS = ("health", "other")


def danger(message: Message) -> dict[str, tuple[int, int]]:
    """The kinds of danger that threaten now, each with its place in the text; {} where nobody is in danger.

    An event counts where somebody cries for help with it. Without a cry it counts where it is near (the sender, a teammate, the station)
    or all that the message says, unless the message tells that it is dealt with or long ago.
    """
    events = {kind: place for kind in KINDS if (place := _event(message, kind)) is not None}
    if not events or message.finds("hardships.exercise"):
        return {}
    if message.finds("hardships.cry"):
        return events
    told = message.finds("hardships.handled") or message.finds("frames.hearsay") or message.finds("frames.trifles")
    if told or is_laughing(message) or any(t.kind in ("past", "long_past") or (t.kind == "day" and t.value) for t in message.tokens):
        return {}
    near = message.finds("hardships.near") or any(t.kind in ("me", "person", "family") for t in message.tokens)
    return events if near or len(message.text.strip()) <= _SHORT else {}


def _event(message: Message, kind: str) -> tuple[int, int] | None:
    """The first place where an event of danger is stated: not asked, ordered or supposed, and not of a part of the body."""
    speech = message.speech
    for match in message.all(f"hardships.danger.{kind}"):
        clause = speech.at(match.start())
        if clause in speech.supposed or clause in speech.questions or _figurative(message, match.start(), clause):
            continue
        return match.span()
    return None


def _figurative(message: Message, start: int, clause: int) -> bool:
    """Whether a part of the body stands before the event ("嗓子着火了"), or the words are part of an ordinary one."""
    return any(
        (t.kind in ("part", "animal") and t.end <= start <= t.end + _BEFORE) or (t.kind == "trap" and t.start <= start < t.end)
        for t in message.tokens_by_clause.get(clause, ())
    )
