"""The messages of tests/corpus/*.txt: one a line, with letters that say what each does. Their head explains them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpus import CORPUS

LETTERS = {"r": "report", "h": "hardship", "i": "idea", "l": "leave", "k": "health", "g": "group_report", "x": "correction", "t": "retract"}
SECTIONS = {"w": "work", "p": "plan", "t": "thought", "-": ""}
_LETTERS = re.compile(r"[a-z]+(?:[a-z]|\([a-z,]+\)!?)*")
_MORE = re.compile(r"(?P<letter>[hr])\((?P<kinds>[a-z,]+)\)(?P<urgent>!?)")
_PART = re.compile(f"§([{''.join(SECTIONS)}])")

TALK = "talk.txt"


@dataclass(frozen=True)
class Line:
    """A message: what it does, the sections of its report, the kinds of its need and whether that is urgent.

    `parts`: where what it tells of begins, as (place, section), "" for none; () where nobody has said so.
    """

    text: str
    intents: frozenset[str]
    sections: frozenset[str]
    kinds: frozenset[str]
    urgent: bool
    parts: tuple[tuple[int, str], ...]

    def told_at(self, place: int) -> str:
        """The section told at a place of the text; "" for none."""
        return next((name for begun, name in reversed(self.parts) if begun <= place), "")


def lines(name: str) -> Iterator[Line]:
    """The messages of a file. Raises SystemExit where letters are none."""
    for number, line in enumerate((CORPUS / name).read_text(encoding="utf-8").splitlines(), 1):
        letters, tab, text = line.partition("\t")
        if not tab or line.startswith("#"):
            continue
        if _LETTERS.fullmatch(letters) is None:
            raise SystemExit(f"{name}, line {number}: {letters!r} is no list of what a message does")
        yield _line(letters, text.replace("\\n", "\n"))


def kept_back(line: Line) -> bool:
    """Whether it would be of the fifth of talk.txt that the judge never learns from."""
    return int(hashlib.sha256(line.text.encode()).hexdigest(), 16) % 5 == 0


def _line(letters: str, marked: str) -> Line:
    told = {match["letter"]: match for match in _MORE.finditer(letters)}
    does = {LETTERS[letter] for letter in (*_MORE.sub("", letters), *told) if letter in LETTERS}
    kinds = {letter: frozenset(match["kinds"].split(",")) for letter, match in told.items()}
    begun = [(match.start() - 2 * number, SECTIONS[match[1]]) for number, match in enumerate(_PART.finditer(marked))]
    urgent = "h" in told and bool(told["h"]["urgent"])
    return Line(_PART.sub("", marked), frozenset(does), kinds.get("r", frozenset()), kinds.get("h", frozenset()), urgent, tuple(begun))
