"""What one message was understood to say. The words are those of tests/corpus/LABELS.md."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from models.values import Value


class Intent(StrEnum):
    """What a message does; a message may do several things, chatter does none."""

    HEALTH = "health"
    REPORT = "report"
    HARDSHIP = "hardship"
    IDEA = "idea"
    LEAVE = "leave"
    GROUP_REPORT = "group_report"
    CORRECTION = "correction"
    RETRACT = "retract"


class Form(StrEnum):
    """The shape in which the message was written; it decides by whom a check-in counts as reported."""

    TALK = "talk"
    CHAIN = "chain"
    TEMPLATE = "template"
    GROUP_REPORT = "group_report"


class Evidence(Value):
    """The piece of the original text that a value came from: ``text[start:end]``, counted in code points.

    `field` names the value: "temperature", "symptom:cough", "healthy", "person", "date", "category:family", "urgent", "from", "to",
    "exception:李明", … `by` is what decided: a key of the lexicon or a rule (handlers/reading/reasons.py). `confidence`: 1.0 is stated in
    words that mean nothing else; rules that need company, guesses and leaps are less; at 0.5 the statistical judge says neither yes nor no.
    """

    field: str
    start: int
    end: int
    by: str = ""
    confidence: float = 1.0


class Checkin(Value):
    """One person's health on one day. `person` is a full name of the roster or ``family:<relation>``; `temperature` in °C.

    `healthy` is None where the message says neither. `denied`: symptoms said not to be there (any more: 不咳了); `well`: all is said to be
    well (没事了), which follows from no temperature. `implausible` marks a temperature that must be a slip of the pen
    (then `temperature` is None). `teller` is the full name of who says it, "" for the sender of the message: in a chain the author
    of the line, by `account` (the id on the platform) and at `said_at` where the platform gives them.
    """

    person: str
    date: date
    temperature: float | None = None
    symptoms: tuple[str, ...] = ()
    healthy: bool | None = None
    denied: tuple[str, ...] = ()
    well: bool = False
    implausible: bool = False
    evidence: tuple[Evidence, ...] = ()
    teller: str = ""
    account: str = ""
    said_at: datetime | None = None


class Section(Value):
    """One section of a daily report, with the words of the message."""

    name: Literal["work", "plan", "thought"]
    text: str
    evidence: tuple[Evidence, ...] = ()


class Hardship(Value):
    """A concrete difficulty. `categories` of LABELS.md; `urgent`: life, safety or health at risk now, or it cannot wait until tomorrow."""

    categories: tuple[str, ...]
    urgent: bool = False
    evidence: tuple[Evidence, ...] = ()


class Leave(Value):
    """Somebody is away from `first` to `last` (both inclusive; None: the end is not known)."""

    person: str
    first: date
    last: date | None = None
    evidence: tuple[Evidence, ...] = ()


class GroupReport(Value):
    """A leader's report for a whole group. `group` is a group id, or None for the sender's own; of `also` the same is said."""

    group: str | None = None
    also: tuple[str, ...] = ()
    expected: int | None = None
    present: int | None = None
    all_normal: bool = False
    exceptions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Doubt(Value):
    """Something that should be asked rather than guessed.

    `kind`: "implausible" (a temperature that cannot be), "guessed" (365 taken for 36.5), "unwell" (said to be unwell, no symptom named),
    "unknown" (health mentioned, neither well nor unwell), "unread" (something seems to be reported that cannot be read).
    `person` as in `Checkin`; of what is unread the name as it was said. `value` is what was written or guessed. What is unread stands in
    the original text at ``text[start:end]``; `of_the_heart`: it sounds as if somebody's heart were heavy.
    """

    kind: Literal["implausible", "guessed", "unwell", "unknown", "unread"]
    person: str
    value: str = ""
    start: int = 0
    end: int = 0
    of_the_heart: bool = False


class Reading(Value):
    """Everything that one message says. Empty `intents`: chatter, of which nothing may be stored.

    `confidential`: the sender's own leader shall not know (只跟书记说); by itself that reports nothing.
    """

    intents: tuple[Intent, ...] = ()
    form: Form = Form.TALK
    checkins: tuple[Checkin, ...] = ()
    sections: tuple[Section, ...] = ()
    hardship: Hardship | None = None
    idea: tuple[Evidence, ...] = ()
    leaves: tuple[Leave, ...] = ()
    group_report: GroupReport | None = None
    correction: bool = False
    retract: bool = False
    confidential: bool = False
    doubts: tuple[Doubt, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # of `correction`, `retract` and `confidential`

    def confidence(self, intent: Intent) -> float:
        """How sure it is that the message does this: as sure as the surest piece that says so; 0.0 where none does."""
        return max((piece.confidence for piece in self._pieces(intent) if piece.field not in _WHOSE), default=0.0)

    def _pieces(self, intent: Intent) -> Iterable[Evidence]:
        parts: dict[Intent, Iterable[Checkin | Section | Hardship | Leave | GroupReport | None]] = {
            Intent.HEALTH: self.checkins,
            Intent.REPORT: self.sections,
            Intent.HARDSHIP: (self.hardship,),
            Intent.LEAVE: self.leaves,
            Intent.GROUP_REPORT: (self.group_report,),
        }
        if intent in parts:
            return (piece for part in parts[intent] if part is not None for piece in part.evidence)
        return self.idea if intent is Intent.IDEA else (piece for piece in self.evidence if piece.field == intent)

    @property
    def unread(self) -> tuple[Doubt, ...]:
        """What seems to be reported and cannot be read."""
        return tuple(doubt for doubt in self.doubts if doubt.kind == "unread")

    @property
    def reports(self) -> bool:
        """Whether something is reported, or seems to be. Where not, and where it is not said to the bot, nothing may be stored."""
        return bool(self.intents or self.unread)

    @property
    def in_need(self) -> bool:
        """Whether somebody may need help: a hardship, or a person who is not well."""
        return self.hardship is not None or any(checkin.healthy is False for checkin in self.checkins)


_WHOSE = ("person", "date", "group")  # say of whom or when, not what
