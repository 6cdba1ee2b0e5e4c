"""One message on its way through the stages: its uniform text, what surrounds it, and what the lexicon and roster know."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handlers.reading.clauses import Speech, speech
from handlers.reading.health import Fact, walk
from handlers.reading.lexicon import Lexicon
from handlers.reading.normalise import Normal
from handlers.reading.people import People
from handlers.reading.scan import Scanner, Token
from handlers.reading.surface import Surface
from models.reading import Evidence


@dataclass(frozen=True, eq=False)
class Message:
    """A message prepared for reading. `text` is the surface's text: uniform, with everything blanked that the sender does not say."""

    normal: Normal
    surface: Surface
    sender: str
    today: date
    scanner: Scanner

    @property
    def text(self) -> str:
        """What the sender says, written uniformly."""
        return self.surface.text

    @property
    def lexicon(self) -> Lexicon:
        """The words."""
        return self.scanner.lexicon

    @property
    def people(self) -> People:
        """The roster."""
        return self.scanner.people

    @cached_property
    def speech(self) -> Speech:
        """The clauses of the text."""
        return speech(self.text, self.lexicon)

    @cached_property
    def tokens(self) -> list[Token]:
        """The known words of the text."""
        return self.scanner.tokens(self.text)

    @cached_property
    def facts(self) -> list[Fact]:
        """Everything said of anybody's health, whether it counts or not."""
        return walk(self.text, self.speech, self.scanner, self.sender, self.today)

    @cached_property
    def odds(self) -> dict[str, float]:
        """How much the statistical judge takes it for a report, a hardship, an idea (log-odds). Names of people are one sign to it."""
        return self.lexicon.judge.odds(self.scanner.nameless(self.normal.text))

    def evidence(self, field: str, start: int, end: int) -> Evidence:
        """The place of `text[start:end]` in the original message."""
        first, last = self.normal.span(start, end)
        return Evidence(field=field, start=first, end=last)

    def finds(self, key: str) -> bool:
        """Whether a pattern of the lexicon occurs in the text."""
        return self.lexicon.finds(key, self.text)
