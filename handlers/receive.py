"""A message's way through the house: look (pure: is there anything in it?), then receive (in the desk's transaction)."""

import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import PurePath
from re import Match
from zoneinfo import ZoneInfo

from handlers import absentees, answers, case_talk, confiding, replies, report, silent, strangers
from handlers.commands import bind as bind_command
from handlers.commands.command import Command, said
from handlers.commands.registry import COMMANDS
from handlers.incoming import Answer, Incoming
from handlers.mention import without_call
from handlers.prolonged import prolonged
from handlers.reading.explain import Explanation, explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.reading.text.solitaire import nobody
from handlers.registry import HANDLERS, Handler
from models import inbox, promises, together
from models.directory import Directory
from models.inbox import Arrival, MessageStatus
from models.message import Message
from models.people import Person
from models.promises import TimerKind
from models.reading import Form, Reading
from models.store import to_be_repeated
from models.tables.queue import MessageRow
from services import foresight, operations, reach
from services.work import Work


@dataclass(frozen=True)
class Look:
    """What was seen in a message before anything is stored. Where nothing is `wanted`, it must leave no trace."""

    sender: Person | None
    text: str
    reading: Reading
    command: tuple[Command, Match[str]] | None
    wanted: bool
    failure: str = ""
    """Where reading broke down. It never should; where it does, the words are kept, and humans look at them."""


class UnreadError(Exception):
    """A message whose reading broke down."""


@dataclass(frozen=True)
class Seen:
    """A message and what was seen in it."""

    message: Message
    look: Look

    @property
    def sender_id(self) -> int | None:
        """The number of the member who said it."""
        return None if self.look.sender is None else self.look.sender.id


@dataclass(frozen=True)
class Received:
    """What became of a message: the number of its row, its status, and the kind and place of a failure."""

    id: int
    status: MessageStatus
    error: str | None = None


class Receiver:
    """Reads and handles messages with one lexicon, one list of handlers and one of commands.

    "今天" is a day in the unit's zone, in whatever zone a channel or the database gives the time of a message. `among_strangers` names
    the channels that sit in chats which are none of the unit's: what is bound to nothing is ignored there, but for the words that bind it.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        bot_name: str,
        zone: ZoneInfo,
        handlers: Sequence[Handler] = HANDLERS,
        commands: Sequence[Command] = COMMANDS,
        among_strangers: Collection[str] = (),
    ) -> None:
        self._lexicon = lexicon
        self._zone = zone
        self._bot_name = bot_name
        self._handlers = tuple(handlers)
        self._commands = tuple(commands)
        self._among_strangers = frozenset(among_strangers)

    def listens(self, message: Message, directory: Directory) -> bool:
        """Whether anything said there can matter: false in a chat that is bound to nothing, but for the words that bind it."""
        if self._strange(message, directory):
            return bind_command.names_a_room(without_call(message.text, self._bot_name), addressed=message.addressed)
        return message.addressed or _bound(message, directory)

    def look(self, message: Message, directory: Directory) -> Look:
        """Read a message. Pure: nothing is stored, nothing is said.

        In a room that is bound to nothing only what is said to the bot counts; among strangers only the words that bind it, of one who may.
        Who calls the bot and says nothing but quotes a chain (接龙) hands that chain over; any other quotation is somebody else's words.
        """
        sender = directory.speaker(message.channel, message.account)
        text = without_call(message.text, self._bot_name)
        if not self.listens(message, directory):
            return Look(sender, text, Reading(), None, wanted=False)
        if self._strange(message, directory):
            binding = None if sender is None else self._command(text, sender, Reading(), addressed=True)
            may = sender is not None and binding is not None and binding[0].open_to(sender)
            return Look(sender, text, Reading(), binding, wanted=may)
        try:
            return self._look_into(message, text, sender, directory)
        except Exception as failure:  # noqa: BLE001  (whatever it is, nobody's words may be lost, nor hold up what they say next)
            return Look(sender, text, Reading(), None, wanted=True, failure=place_of(failure))

    def _look_into(self, message: Message, text: str, sender: Person | None, directory: Directory) -> Look:
        sent_at = message.sent_at.astimezone(self._zone)
        known = directory.names_on(message.channel) if message.chain else nobody
        name = "" if sender is None else sender.name
        reading = read(message.text, name, sent_at, directory.roster, self._lexicon, known, addressed=message.addressed)
        reading = reading if message.chain else _as_pasted(reading)
        if not text.strip() and message.quoted and message.addressed:
            quoted = _as_pasted(read(message.quoted, name, sent_at, directory.roster, self._lexicon))
            text, reading = (message.quoted, quoted) if quoted.form is Form.CHAIN else (text, reading)
        command = None if sender is None else self._command(text, sender, reading, addressed=message.addressed)
        wanted = reading.reports or message.addressed or command is not None
        return Look(sender, text, reading, command, wanted)

    def _strange(self, message: Message, directory: Directory) -> bool:
        """Whether it was said in a chat that may be anybody's."""
        return message.channel in self._among_strangers and not _bound(message, directory)

    def explain(self, message: Message, directory: Directory) -> Explanation:
        """Why a message is read as it is. Pure, like a look; nothing of it is kept."""
        sender = directory.speaker(message.channel, message.account)
        sent_at = message.sent_at.astimezone(self._zone)
        known = directory.names_on(message.channel) if message.chain else nobody
        name = "" if sender is None else sender.name
        return explain(message.text, name, sent_at, directory.roster, self._lexicon, known, addressed=message.addressed)

    def _read(self, directory: Directory, text: str, name: str, day: date) -> Reading:
        """Words read as said by somebody at noon of a day."""
        return read(text, name, datetime.combine(day, time(12), self._zone), directory.roster, self._lexicon)

    def _command(self, text: str, sender: Person, reading: Reading, *, addressed: bool) -> tuple[Command, Match[str]] | None:
        words = said(text)
        for command in self._commands:
            if command.steps_back(sender, reports=bool(reading.intents)):
                continue
            match = command.match(words, sender, addressed=addressed)
            if match is not None:
                return command, match
        return None

    def receive(self, work: Work, seen: Sequence[Seen]) -> list[Received | None]:
        """Store messages and handle them; None for one that was received before. A failure keeps the message and undoes the rest of it.

        They are handled behind one savepoint together. Only where one of them fails each gets its own: that is rare, and a savepoint each
        would cost as much as all the rest.
        """
        arrivals = [Arrival(each.message, each.sender_id, each.look.reading.model_dump_json()) for each in seen]
        stored = inbox.remember(work.session, arrivals, work.now)
        new = [(row, each) for row, each in zip(stored, seen, strict=True) if row is not None]
        for _, each in new:
            reach.note_chat(work, each.message)  # before any savepoint: that the bot was spoken to is true whatever a handler does
        if len(new) < 2 or not self._handle_all(work, new):  # noqa: PLR2004
            for row, each in new:
                self._attempt(work, row, each.message, each.look)
        return [None if row is None else Received(row.id, MessageStatus(row.status), row.error) for row in stored]

    def _handle_all(self, work: Work, new: Sequence[tuple[MessageRow, Seen]]) -> bool:
        """Handle messages together; False, and nothing was done, where one of them fails."""
        try:
            with together.savepoint(work.session):
                foresight.look_ahead(work, [(each.look.sender, each.look.reading) for _, each in new])
                for row, each in new:
                    self._handle(work, row, each.message, each.look)
        except Exception as failure:  # (whose failure it is shows when each is handled for itself)
            if to_be_repeated(failure):
                raise
            return False
        return True

    def retry(self, work: Work, message_id: int) -> Received | None:
        """Handle a stored message again: one that failed, or one whose account is known by now. None where nothing is to be done."""
        row = inbox.by_id(work.session, message_id)
        if row is None or row.status == MessageStatus.HANDLED or row.retracted_at is not None:
            return None
        message = inbox.as_message(row)
        look = self.look(message, work.directory)
        row.reading = look.reading.model_dump_json()
        row.member_id = None if look.sender is None else look.sender.id
        row.attempts += 1
        self._attempt(work, row, message, look)
        return Received(row.id, MessageStatus(row.status), row.error)

    def _attempt(self, work: Work, row: MessageRow, message: Message, look: Look) -> None:
        inbox.keep(work.session, row)
        try:
            with together.savepoint(work.session):
                row.status, row.error = MessageStatus.HANDLED, None
                self._handle(work, row, message, look)
        except Exception as failure:  # (whatever a handler does, the message is kept)
            if to_be_repeated(failure):
                raise  # the whole transaction is done again: no handler has failed
            self._keep_failed(work, row, failure, look)

    def _handle(self, work: Work, row: MessageRow, message: Message, look: Look) -> None:
        if look.failure:
            raise UnreadError
        if look.sender is None:
            strangers.handle(work, row, look.text, look.reading, message.called or row.account)
            return
        incoming = Incoming(work, row, message, look.sender, look.reading, look.text, partial(self._read, work.directory))
        if look.command is not None:
            replies.answer(incoming, _run(incoming, *look.command))
            silent.heard_of(incoming)
            return
        incoming = prolonged(silent.of_whom_was_asked(absentees.completed(confiding.heeded(incoming))))
        reading = incoming.reading
        lines = None if reading.group_report is not None else _talk(incoming)
        if lines is None:
            lines = [line for handler in self._handlers if handler.wants(reading) for line in handler.handle(incoming)]
        lines += silent.heard_of(incoming)
        if not lines and message.addressed and not message.attachments:
            lines = silent.still_asked(incoming)
        if lines:
            replies.receipt(incoming, "\n".join(lines))
        elif message.addressed:
            replies.not_understood(incoming)

    def _keep_failed(self, work: Work, row: MessageRow, failure: Exception, look: Look) -> None:
        row.status = MessageStatus.FAILED
        row.error = look.failure or place_of(failure)
        final = row.attempts >= work.unit.inbox_attempts
        if not final:
            promises.set_timer(work.session, TimerKind.MESSAGE_RETRY, row.id, work.now + work.unit.inbox_retry)
        if final or row.attempts == 1:
            key = "operation.message_given_up" if final else "operation.message_failed"
            operations.tell_duty_officers(work, work.say(key, number=row.id))
        if row.attempts == 1 and look.sender is not None and (look.reading.in_need or look.failure):
            # no case can be raised now, and nobody in need waits until a failure is mended; what nobody could read may be a cry
            operations.call_for_help(work, look.sender, row.id)


def _talk(incoming: Incoming) -> list[str] | None:
    """The receipt of what is said in answer to the bot, or of a case; None where it is a message like any other."""
    answered = silent.answered(incoming) or answers.bare(incoming) or confiding.bare(incoming) or case_talk.answered(incoming)
    return answered or report.answered(incoming)


def _as_pasted(reading: Reading) -> Reading:
    """A reading without the authors and times of a chain that no platform vouches for: anybody can type them."""
    if not any(checkin.account or checkin.said_at for checkin in reading.checkins):
        return reading
    pasted = (checkin.model_copy(update={"account": "", "said_at": None}) for checkin in reading.checkins)
    return reading.model_copy(update={"checkins": tuple(pasted)})


def _bound(message: Message, directory: Directory) -> bool:
    """Whether it was said in private, or in a chat that is bound."""
    return message.room is None or (message.channel, message.room) in directory.rooms


def _run(incoming: Incoming, command: Command, match: Match[str]) -> Answer:
    if not command.open_to(incoming.sender):
        return Answer(private=incoming.work.say("command.not_for_you", usage=command.usage))
    return command.run(incoming, match)


def place_of(failure: Exception) -> str:
    """The kind of a failure and where in the code it happened; never its text, which may hold what somebody said."""
    frames = traceback.extract_tb(failure.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(failure).__name__}{where}"
