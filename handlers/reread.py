"""A few words read again as what they answer: whose health of which day is known, so that one word is enough."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from models.reading import Checkin, Evidence, Intent, Reading

Read = Callable[[str, str, date], Reading]
"""Reads a text as said by somebody (a full name) on a day."""

_WELL = re.compile(r"(?:都|挺|还|一切)?(?:没事|没啥|没什么|没有|正常|好)(?:事|不舒服)?[的了啦呀啊]?")
_AGREED = re.compile(r"好[的啊呀]?|没有[的啊呀]")
"""好的 is a polite word, not a state of health."""
_MEASURED = "体温"
_NUMBER = re.compile("[0-9三四]")
_AROUND = (("", ""), (_MEASURED, ""), ("@机器人 ", ""), ("", "疼"), ("", "不舒服"))
"""What is put around the words until they say something by themselves: a bare number, 有点咳, 肚子."""
_SHORT = 4
"""Longer words are no part of the body that hurts."""


def health(read: Read, words: str, name: str, day: date) -> tuple[Checkin, ...]:
    """What the words say of somebody's health on a day, of others too where they name them; () where they say nothing, or more."""
    if _WELL.fullmatch(words) and not _AGREED.fullmatch(words):
        return (Checkin(person=name, date=day, healthy=True, well=True, evidence=(Evidence(field="healthy", start=0, end=len(words)),)),)
    for before, behind in _AROUND:
        if (behind and len(words) > _SHORT) or (before == _MEASURED and not _NUMBER.search(words)):
            continue
        reading = read(before + words + behind, name, day)
        if not reading.checkins or set(reading.intents) - {Intent.HEALTH, Intent.CORRECTION}:
            continue
        if not behind or all(c.symptoms and "other" not in c.symptoms for c in reading.checkins):
            return tuple(_moved(checkin, len(before), len(words)) for checkin in reading.checkins)
    return ()


def of_somebody(read: Read, words: str, name: str, teller: str, day: date) -> Reading:
    """The words as if they began with a name: what they say of that one."""
    reading = read(name + words, teller, day)
    by, length, said = len(name), len(words), reading.hardship
    update = {
        "checkins": tuple(_moved(checkin, by, length) for checkin in reading.checkins),
        "hardship": None if said is None else said.model_copy(update={"evidence": moved(said.evidence, by, 0, length)}),
    }
    return reading.model_copy(update=update)


def _moved(checkin: Checkin, by: int, length: int) -> Checkin:
    """The check-in with its evidence counted in the words alone."""
    return checkin.model_copy(update={"evidence": moved(checkin.evidence, by, 0, length)})


def moved(evidence: Iterable[Evidence], by: int, start: int, end: int) -> tuple[Evidence, ...]:
    """Evidence of a text in which so many characters were put before the words, where they stand from `start` to `end`."""
    pieces = (e.model_copy(update={"start": max(e.start - by, start), "end": min(e.end - by, end)}) for e in evidence)
    return tuple(e for e in pieces if e.start < e.end)
