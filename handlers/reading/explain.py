"""Why a message was read as it was: its reading, and with it what was found and does not count. Pure, like reading itself."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from handlers.reading.lexicon import Lexicon
from handlers.reading.message import Message
from handlers.reading.reader import prepare, read_message
from handlers.reading.reasons import sure
from handlers.reading.text.solitaire import Known, nobody
from models.reading import Evidence, Reading
from models.roster import Roster

_TRAPS = ("symptoms.traps", "family.traps")
_OTHERS = {"names.words": "person", "negations.lookalikes": "healthy"}  # lists of words that hide a name, a denial
_SAYS = ("symptom", "unwell", "well", "sign")


class Explanation(NamedTuple):
    """A reading, and what was left out: each piece with the rule or the list of the lexicon that spoke against it, in order."""

    reading: Reading
    left_out: tuple[Evidence, ...]


def explain(
    text: str, sender: str, sent_at: datetime, roster: Roster, lexicon: Lexicon, known: Known = nobody, *, addressed: bool = False
) -> Explanation:
    """`read`, with what it left out."""
    message = prepare(text, sender, sent_at, roster, lexicon, known, addressed=addressed, traced=True)
    reading = read_message(message)
    noted = [] if message.trace is None else message.trace.left_out
    noted = [*noted, *_hidden(message), *_unsaid(message)]
    counted = {(e.field, e.start, e.end) for e in pieces(reading)}
    kept = {(e.field, e.start, e.end): e for e in reversed(noted) if (e.field, e.start, e.end) not in counted}
    return Explanation(reading, tuple(sorted(kept.values(), key=lambda e: (e.start, e.end, e.field))))


def pieces(reading: Reading) -> tuple[Evidence, ...]:
    """All evidence of a reading."""
    return tuple(said.piece for said in values(reading))


WELL = "well"
Plain = str | float | date | None


class Said(NamedTuple):
    """One value of a reading with its piece of the text. `who`: of whom it is; "" where it is of the message."""

    who: str
    value: Plain
    piece: Evidence


def values(reading: Reading) -> Iterator[Said]:
    """Every value of a reading, part by part; None where the piece of text is the value."""
    named: dict[str, Plain]
    for checkin in reading.checkins:
        well = None if checkin.healthy is None else WELL if checkin.healthy else "unwell"
        named = {"person": checkin.person, "date": checkin.date, "temperature": checkin.temperature, "healthy": well}
        yield from (_said(checkin.person, named, piece) for piece in checkin.evidence)
    for section in reading.sections:
        yield from (_said("", {}, piece) for piece in section.evidence)
    if reading.hardship is not None:
        yield from (_said("", {"urgent": "urgent"}, piece) for piece in reading.hardship.evidence)
    for leave in reading.leaves:
        named = {"person": leave.person, "from": leave.first, "to": leave.last}
        yield from (_said(leave.person, named, piece) for piece in leave.evidence)
    if (group := reading.group_report) is not None:
        named = {"group": group.group, "expected": group.expected, "present": group.present}
        yield from (_said("", named, piece) for piece in group.evidence)
    yield from (_said("", {}, piece) for piece in (*reading.idea, *reading.evidence))


def _said(who: str, named: Mapping[str, Plain], piece: Evidence) -> Said:
    """A value by the name of its field; the code of a symptom or a category stands in the name."""
    name, _, code = piece.field.partition(":")
    return Said(who, code or named.get(name), piece)


def _hidden(message: Message) -> list[Evidence]:
    """Words of illness, names and denials inside ordinary words."""
    found = []
    for token in message.tokens:
        if token.kind != "trap":
            continue
        word = message.text[token.start : token.end]
        hidden = message.scanner.hidden_in(word)
        by = next((key for key in _TRAPS if word in message.lexicon.sets[key]), None)
        if hidden is not None and by is not None:
            found.append(message.evidence(f"symptom:{hidden}", token.start, token.end, by))
        found += [
            message.evidence(field, token.start, token.end, key) for key, field in _OTHERS.items() if word in message.lexicon.sets[key]
        ]
    return found


def _unsaid(message: Message) -> list[Evidence]:
    """Words of health that stand in the message but that the sender does not say: quoted, in quotation marks, not ticked."""
    said, whole = message.text, message.normal.text
    if said == whole:
        return []
    found = []
    for token in message.scanner.tokens(whole, message.search):
        if token.kind in _SAYS and said[token.start : token.end] != whole[token.start : token.end]:
            by = (
                "surface.speech" if said[token.start] == "※"
                else "surface.quoted" if message.surface.quoted and not said[: token.end].strip()
                else "surface.unticked"
            )  # fmt: skip
            field = f"symptom:{token.value}" if token.kind == "symptom" else "healthy"
            found.append(message.evidence(field, token.start, token.end, by, sure(by)))
    return found
