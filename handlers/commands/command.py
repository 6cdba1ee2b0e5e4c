"""What a command is, and how exactly it must be said: the whole message, so that chatter never triggers one. Pure but for `run`."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers.incoming import Answer, Incoming
from models.people import Person
from models.roster import Role


class Where(StrEnum):
    """Where a command counts."""

    ANYWHERE = "anywhere"
    """In private, and in a room with or without the bot's name."""
    ADDRESSED = "addressed"
    """Only where it is said to the bot."""


@dataclass(frozen=True)
class Command:
    """One command. `usage` is how people read about it; `pattern` matches the whole message; `roles` may use it (empty: everybody).

    `chatter` matches the beginning of what reads like it and is just talk, unless it is said to the bot.
    """

    name: str
    usage: str
    pattern: re.Pattern[str]
    run: Callable[[Incoming, re.Match[str]], Answer]
    roles: frozenset[Role] = frozenset()
    where: Where = Where.ANYWHERE
    chatter: re.Pattern[str] | None = None
    yields: bool = False
    """Whether it steps back where the same words report something."""
    yields_to_others: bool = False
    """Whether it does so for whom it is not."""

    def match(self, words: str, sender: Person, *, addressed: bool) -> re.Match[str] | None:
        """The match where `words`, a text as `said` gives it, are this command and count as one.

        Where it is not said to the bot, words that the sender may not use as a command are just words.
        """
        if not addressed and (self.where is Where.ADDRESSED or not self.open_to(sender)):
            return None
        if not addressed and self.chatter is not None and self.chatter.match(words):
            return None
        return self.pattern.fullmatch(words)

    def steps_back(self, sender: Person, *, reports: bool) -> bool:
        """Whether words that are this command are no command, because they report something."""
        return reports and (self.yields or (self.yields_to_others and not self.open_to(sender)))

    def open_to(self, person: Person) -> bool:
        """Whether a person may use this command."""
        return not self.roles or person.has(self.roles)


_PUNCTUATION = frozenset("，：；！？（）")


def said(text: str) -> str:
    """The text as commands are compared: letters and digits in half width, no space around, no full stop or tilde at the end.

    Chinese punctuation stays, because what follows a command ("办结 12 已安排，放心") is shown to people as it was written.
    """
    narrow = text
    if not unicodedata.is_normalized("NFKC", text):
        narrow = "".join(letter if letter in _PUNCTUATION else unicodedata.normalize("NFKC", letter) for letter in text)
    return narrow.strip().rstrip("。.!！~ ").strip()
