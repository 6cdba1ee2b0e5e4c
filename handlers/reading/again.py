"""Short reports are said in the same words by many people: what was read once on a day is not read again.

A reading depends on its sender by the name of whose health it is, and by the group they lead or belong to. Where no name of the roster
stands in the text, it is the same for everybody but for that; and of a temperature of every day it repeats the number, nothing more. Only
check-ins and accounts of a day are kept, of their words only a digest, and all of them for a day at most: from midnight on another day is
meant.
"""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from handlers.reading.people import People
from handlers.reading.text.normalise import normalise
from handlers.reading.text.words import Words
from models.reading import Form, Intent, Reading

LONGEST = 60  # characters; longer ones are hardly ever said twice
KEPT = 2000  # readings
_NORMAL = re.compile(r"(?<![.0-9])36\.[1-9](?![0-9])")
_DIGIT = re.compile("[0-9]")
_ORDINARY = frozenset((Intent.HEALTH, Intent.REPORT))
_FORMS = (Form.TALK, Form.TEMPLATE)


class Said(NamedTuple):
    """What a reading depends on; `value` is the temperature in it that may be another one, "" where there is none."""

    key: tuple[date, bytes, str, bool, int, bool]
    value: str


class Again:
    """The readings of a roster and a lexicon on the latest day."""

    def __init__(self, people: People, table: Mapping[int, str]) -> None:
        self._people, self._table = people, table
        self._names = Words({*people.words, *people.groups, *(short for short, _ in people.short_groups)})
        self._day = date.min
        self._known: dict[tuple[date, bytes, str, bool, int, bool], tuple[str, str, Reading]] = {}

    def said(self, text: str, sender: str, day: date, *, addressed: bool) -> Said | None:
        """What the reading of a text depends on; None where it is not looked for here.

        It may be too long, or of a day before the latest, or something hidden in it moves places.
        """
        if len(text) > LONGEST or day < self._day:
            return None
        text, moved = normalise(text, self._table)
        if moved is not None:
            return None
        if day > self._day:
            self._day = day
            self._known = {}
        value = _NORMAL.search(text)
        if value is not None and len(_DIGIT.findall(text)) == len("365"):
            text = f"{text[: value.start()]}\0{text[value.end() :]}"
        else:
            value = None
        # whoever is named in it, or stands in a group that is, may mean somebody else by it
        who = sender if self._names.there(text) else "*" if sender else ""
        people = self._people
        size = len(people.members.get(people.group_of.get(sender, ""), ()))
        digest = blake2b(text.encode(), digest_size=16).digest()
        return Said((day, digest, who, addressed, size, sender in people.leads), value.group() if value else "")

    def reading(self, said: Said, sender: str, text: str) -> Reading | None:
        """The reading of a text, where the same was read before."""
        known = self._known.get(said.key)
        if known is None:
            return None
        teller, value, reading = known
        same = (teller, value) == (sender, said.value) and not reading.sections
        return reading if same else _told(reading, teller, sender, value, said.value, text)

    def keep(self, said: Said, sender: str, reading: Reading) -> None:
        """Know a reading from now on, without its words, unless it says more than how somebody is and what was done."""
        if not reading.intents or not _ORDINARY.issuperset(reading.intents) or reading.form not in _FORMS:
            return
        if said.value and ([c.temperature for c in reading.checkins] != [float(said.value)] or reading.doubts):
            return
        if len(self._known) >= KEPT:
            self._known = {}
        if reading.sections:
            reading = reading.model_copy(update={"sections": tuple(s.model_copy(update={"text": ""}) for s in reading.sections)})
        self._known[said.key] = (sender, said.value, reading)


def _told(reading: Reading, teller: str, sender: str, value: str, other: str, text: str) -> Reading:
    """A reading of what one person said, as another one says it, with another value."""
    checkins, sections = reading.checkins, reading.sections
    if sections:
        sections = tuple(s.model_copy(update={"text": text[s.evidence[0].start : s.evidence[0].end]}) for s in sections)
    if value != other:
        checkins = tuple(c.model_copy(update={"temperature": float(other)}) for c in checkins)
    if teller != sender:
        checkins = tuple(c.model_copy(update={"person": sender}) if c.person == teller else c for c in checkins)
    doubts = tuple(d.model_copy(update={"person": sender}) if d.person == teller else d for d in reading.doubts)
    return reading.model_copy(update={"checkins": checkins, "sections": sections, "doubts": doubts})
