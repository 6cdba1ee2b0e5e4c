"""What is said for the secretary alone (只跟书记说) besides reports: that something will be or was, and what cannot be read."""

import re
from datetime import timedelta

from handlers import hardship
from handlers.incoming import Incoming
from models.reading import Hardship, Intent, Reading
from services import confidence

LONGEST = 14
"""How many characters there are at most where nothing is told but that something is for the secretary alone."""
SHORTEST = 4
"""Fewer characters tell nothing: 好, 嗯嗯, 谢谢."""
RECENT, EARLIER = timedelta(minutes=30), timedelta(hours=24)
"""How old what is meant may be; where it is pointed to (刚才那事), the longer."""
_EARLIER = re.compile("刚才|刚刚|上面|前面|上一?条|之前")
_AHEAD = re.compile("有.{0,3}(?:事|话|情况|难处)|下面|接下来|以下|后面")
_ORDINARY = frozenset((Intent.HEALTH, Intent.REPORT))


def heeded(incoming: Incoming) -> Incoming:
    """The message as it is meant: in private it is for the secretary alone while that was announced."""
    if incoming.message.room is not None or incoming.reading.confidential or _is_ordinary(incoming.reading):
        return incoming
    return incoming.meaning(incoming.reading, in_confidence=True) if confidence.is_announced(incoming.work, incoming.sender) else incoming


def _is_ordinary(reading: Reading) -> bool:
    """Whether it is a report of every day, of which nobody is told anything."""
    return bool(reading.intents) and _ORDINARY.issuperset(reading.intents) and not reading.in_need and not reading.doubts


def bare(incoming: Incoming) -> list[str] | None:
    """The receipt of a message in private that reports nothing and is for the secretary alone; None where it is anything else."""
    reading, text = incoming.reading, incoming.text.strip()
    if incoming.message.room is not None or not reading.confidential or reading.reports:
        return None
    if not any(piece.field == "confidential" for piece in reading.evidence):  # it was announced: these are the words
        return None if len(text) < SHORTEST else looked_at(incoming)
    if len(text) > LONGEST and not _EARLIER.search(text) and not _AHEAD.search(text):
        return looked_at(incoming)
    if _EARLIER.search(text) or not _AHEAD.search(text):
        since = incoming.work.now - (EARLIER if _EARLIER.search(text) else RECENT)
        lines = confidence.from_now_on(incoming.work, incoming.sender, since)
        if lines:
            return lines
    return [confidence.announce(incoming.work, incoming.sender, incoming.work.now + RECENT)]


def looked_at(incoming: Incoming, category: str = "other") -> list[str]:
    """What cannot be read and must not wait on a list is a difficulty, in the words in which it was said."""
    reading = incoming.reading
    meant = {"intents": (*reading.intents, Intent.HARDSHIP), "hardship": Hardship(categories=(category,))}
    return hardship.handle(incoming.meaning(reading.model_copy(update=meant)))
