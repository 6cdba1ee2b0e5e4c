"""What a handler is given, and what a command answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.reread import Read
from models import inbox
from models.directory import Room
from models.message import Message
from models.people import Person
from models.reading import Reading
from models.tables.queue import MessageRow
from services import confidence, reach, wording
from services.work import Work

MAX_WORDS = 300
"""How many characters of a message are shown to those who act on it."""


@dataclass(frozen=True)
class Incoming:
    """One stored message on its way through the handlers. `text` is what was said without the mention of the bot.

    `read` reads other words, or these again as what they answer. `in_confidence`: it belongs to something said for the secretary alone.
    `about`: of whom it is said who is not named, because the bot has just asked about them.
    """

    work: Work
    row: MessageRow
    message: Message
    sender: Person
    reading: Reading
    text: str
    read: Read
    in_confidence: bool = False
    about: Person | None = None

    @property
    def room(self) -> Room | None:
        """The bound room in which it was said; None in private."""
        return None if self.message.room is None else self.work.directory.rooms.get((self.message.channel, self.message.room))

    @property
    def words(self) -> str:
        """What was said, in one line, short enough for an alert."""
        line = " ".join(self.text.split())
        return line if len(line) <= MAX_WORDS else line[: MAX_WORDS - 1] + "…"

    @property
    def confidential(self) -> bool:
        """Whether it is for the secretary alone: it says so, or is said in private while something that said so is not over."""
        return self.said_in_confidence or (self.message.room is None and confidence.goes_on(self.work, self.sender))

    @property
    def said_in_confidence(self) -> bool:
        """Whether it says so itself, or belongs to what did."""
        return self.in_confidence or self.reading.confidential

    def meaning(self, reading: Reading, *, in_confidence: bool = False) -> "Incoming":
        """The message with what it means as an answer; it is as confidential as what was asked about."""
        inbox.keep(self.work.session, self.row)
        reading = reading.model_copy(update={"confidential": self.said_in_confidence or in_confidence})
        self.row.reading = reading.model_dump_json()
        return replace(self, reading=reading)

    def names_of(self, told: Iterable[Person]) -> str:
        """The names of those who were told of something and can be reached."""
        names = (person.name for person in told if reach.reachable(self.work, person))
        return wording.listed(self.work.unit.texts, names) or self.work.say("word.branch")


@dataclass(frozen=True)
class Answer:
    """A command's answer: `private` goes to whoever asked; `public` is said instead where it was asked in a room.

    Where `public` is empty, the room hears only that the answer came in private. Where `private` is empty, the room hears all.
    `image` is a picture in the unit's content that goes with `private`.
    """

    private: str = ""
    public: str = ""
    image: str | None = None
