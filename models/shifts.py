"""Shifts: so many hours on, so many hours off, over and over (24/48@2026-03-01). Pure.

A day is one of duty where its holder is on duty from the handover of that morning on. The day on which a night of duty ends is the first
one off, so that the hour of the handover need not be known.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

HOURS_OF_A_DAY = 24
_WRITTEN = re.compile(r"(?P<on>\d{1,3})/(?P<off>\d{1,3})@(?P<first>\d{4}-\d{2}-\d{2})", re.ASCII)


class Shift(NamedTuple):
    """`on` hours of duty and `off` hours of rest in turn; `first` is a day on which the duty begins."""

    on: int
    off: int
    first: date


def parse(text: str) -> Shift | None:
    """A shift as it is written in the roster, 24/48@2026-03-01; None where it cannot be read."""
    match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if match is None:
        return None
    try:
        shift = Shift(int(match["on"]), int(match["off"]), date.fromisoformat(match["first"]))
    except ValueError:
        return None  # the 30th of February
    return shift if shift.on and shift.off else None


def on_duty(shift: Shift, day: date) -> bool:
    """Whether the holder of a shift is on duty from the handover of a day on; before `first` it went on in the same way."""
    hours = (day - shift.first).days * HOURS_OF_A_DAY
    return hours % (shift.on + shift.off) < shift.on
