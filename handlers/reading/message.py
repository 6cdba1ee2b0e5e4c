"""One message on its way through the stages: its uniform text, what surrounds it, and what the lexicon and roster know."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.reading.bare import bare
from handlers.reading.facts import Fact
from handlers.reading.health.shared import of_both, shared
from handlers.reading.health.walk import walk
from handlers.reading.judge.judge import MOST, Odds, uniform
from handlers.reading.judge.telling import tellings
from handlers.reading.judge.traits import marks
from handlers.reading.lexicon import Lexicon
from handlers.reading.people import People
from handlers.reading.reasons import sure
from handlers.reading.scan import Scanner, Token
from handlers.reading.surface import Surface, surface
from handlers.reading.text.clauses import Speech, speech
from handlers.reading.text.lazy import lazy
from handlers.reading.text.normalise import Normal
from handlers.reading.text.search import Search
from handlers.reading.text.solitaire import Solitaire
from handlers.reading.trace import Trace
from models.reading import Evidence

_TO_LEADER = re.compile("@[^\\s@]{0,4}(?:班长|组长|队长|站长|指导员|教导员|书记|主任|领导|教官)")
_MOST_HEARSAY = 20
LONGEST = 4000  # characters by which the kind of a message is judged; health is read everywhere


@dataclass(eq=False)
class Message:
    """A message prepared for reading. `text` is the surface's text: uniform, with everything blanked that the sender does not say.

    `head`: its beginning, in which it must show what kind of message it is: a long text costs no more to judge.
    `native`: it is a chain that the platform sent, and its text that of the chain. `original`: the message as it was received.
    `addressed`: it is said to the bot.
    """

    normal: Normal
    surface: Surface
    sender: str
    today: date
    scanner: Scanner
    trace: Trace | None = None
    native: Solitaire | None = None
    original: str = ""
    addressed: bool = False

    text: str = field(init=False)
    head: str = field(init=False)
    lexicon: Lexicon = field(init=False)
    people: People = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.surface.text
        self.head = self.text[:LONGEST]
        self.lexicon, self.people = self.scanner.lexicon, self.scanner.people

    @lazy
    def search(self) -> Search:
        """The search for the lexicon's patterns in any part of the message."""
        return Search(self.lexicon.sieve, self.normal.text)

    @lazy
    def speech(self) -> Speech:
        """The clauses of the text."""
        return speech(self.text, self.search)

    @lazy
    def tokens(self) -> list[Token]:
        """The known words of the text."""
        return self.scanner.tokens(self.text, self.search)

    @lazy
    def tokens_by_clause(self) -> dict[int, list[Token]]:
        """The known words of each clause that has any."""
        grouped: dict[int, list[Token]] = {}
        for token in self.tokens:
            grouped.setdefault(self.speech.at(token.start), []).append(token)
        return grouped

    @lazy
    def facts(self) -> list[Fact]:
        """Everything said of anybody's health, whether it counts or not."""
        told = walk(self.text, self.speech, self.tokens, self.scanner, self.sender, self.today, trace=self.trace)
        told = shared(self.text, self.speech, self.tokens_by_clause, told)
        return of_both(self.text, self.speech, self.tokens_by_clause, told, self.who)

    def who(self, token: Token) -> str | None:
        """The member whom a name or a word such as 我 means."""
        return self.sender if token.kind == "me" else self.people.resolve(token.value, self.sender)

    @lazy
    def facts_by_clause(self) -> dict[int, list[Fact]]:
        """The same by the clauses that say them."""
        grouped: dict[int, list[Fact]] = {}
        for fact in self.facts:
            grouped.setdefault(fact.clause, []).append(fact)
        return grouped

    @lazy
    def hearsay(self) -> list[tuple[int, int]]:
        """Where the sender begins to pass on what others say: (sentence, place). Of what he has not heard nothing is passed on."""
        return [found for found in self._sentences("frames.hearsay") if not self.text.endswith("没", 0, found[1])]

    @lazy
    def own(self) -> list[int]:
        """Where the speaker names himself."""
        return [token.start for token in self.tokens if token.kind == "me"]

    @lazy
    def told(self) -> list[tuple[int, int]]:
        """Where a film, a book, a lesson or an instrument begins to be spoken of: (sentence, place)."""
        return self._sentences("frames.told")

    def _sentences(self, key: str) -> list[tuple[int, int]]:
        """The first places of a pattern, each with the number of its sentence."""
        return [(self.speech.clauses[self.speech.at(m.start())].sentence, m.start()) for m in self.all(key)][:_MOST_HEARSAY]

    @lazy
    def fields(self) -> dict[int, list[str]]:
        """The fields of meaning that the clauses at the beginning speak of (fields.py)."""
        return self.lexicon.fields.by_clause(self.text[:MOST], self.speech.starts)

    @lazy
    def odds(self) -> Odds:
        """How much the statistical judge takes it for a report, a hardship, … (log-odds). Names of people are one sign to it."""
        return self.lexicon.judge.odds(uniform(self.scanner.nameless(self.normal.text)), marks(self))

    @lazy
    def tellings(self) -> list[Mapping[str, float]]:
        """How much each of the first clauses sounds like work, a plan, a thought (telling.py)."""
        return tellings(self)

    @lazy
    def bare(self) -> "Message | None":
        """The message without the greeting, the name of whom it is said to and the values around it; None where there are none."""
        return self._bare(ill=False)

    @lazy
    def bare_of_illness(self) -> "Message | None":
        """The same without an illness that is told beside a value."""
        return self._bare(ill=True)

    def _bare(self, *, ill: bool) -> "Message | None":
        place = None if self.native is not None else bare(self.text, self.facts, self.sender, ill=ill)
        return None if place is None else self.part(*place)

    @lazy
    def calls(self) -> bool:
        """Whether a colleague is mentioned who is neither the bot nor by his title a leader: what is said to him is mostly talk."""
        return "@" in self.normal.text and not self.surface.to_bot and _TO_LEADER.search(self.normal.text) is None

    def part(self, start: int, end: int) -> "Message":
        """A part of the message as a message of its own; what is found in it stands where it stood in the original."""
        offsets = self.normal.offsets
        kept = tuple(range(start, end)) if offsets is None else offsets[start:end]
        normal = Normal(self.text[start:end], kept)
        said = surface(normal.text, self.people)
        return Message(normal, said, self.sender, self.today, self.scanner, original=self.original, addressed=self.addressed)

    def evidence(self, field: str, start: int, end: int, by: str, confidence: float | None = None) -> Evidence:
        """The place of `text[start:end]` in the original message, and what decided there."""
        first, last = self.normal.span(start, end)
        return Evidence(field=field, start=first, end=last, by=by, confidence=sure(by) if confidence is None else confidence)

    def leave_out(self, field: str, span: tuple[int, int], by: str) -> None:
        """Note for whoever asks that a piece was found and does not count."""
        if self.trace is not None:
            self.trace.leave_out(field, *span, by)

    def overruled(self, pieces: Iterable[Evidence], by: str) -> None:
        """Note that values which were read give way to others."""
        if self.trace is not None:
            self.trace.left_out += [piece.model_copy(update={"by": by, "confidence": sure(by)}) for piece in pieces]

    def counted(self, facts: list[Fact], kept: list[Fact], by: str) -> list[Fact]:
        """`kept`; what of `facts` is not among them is noted as left out."""
        if self.trace is not None and len(kept) < len(facts):
            places = {(f.start, f.end, f.person) for f in kept}
            self.trace.leave_out_facts([f for f in facts if (f.start, f.end, f.person) not in places], by)
        return kept

    @lazy
    def found(self) -> dict[str, Sequence[re.Match[str]]]:
        """Every place in the head where the patterns occur that tell what a message is about, by their keys."""
        return self.search.everything(self.lexicon.judged, self.head)

    def finds(self, key: str) -> bool:
        """Whether such a pattern occurs in the head."""
        return key in self.found

    def first(self, key: str) -> re.Match[str] | None:
        """The first place in the head where such a pattern occurs."""
        return self.found[key][0] if key in self.found else None

    def all(self, key: str) -> Sequence[re.Match[str]]:
        """Every place in the head where such a pattern occurs."""
        return self.found.get(key, ())
