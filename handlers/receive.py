"""A message's way through the house: look (pure: is there anything in it?), then receive (in the desk's transaction)."""

import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import PurePath
from re import Match
from zoneinfo import ZoneInfo

from handlers import answers, hardship, strangers
from handlers.commands import bind as bind_command
from handlers.commands.command import Command, said
from handlers.commands.registry import COMMANDS
from handlers.incoming import Answer, Incoming
from handlers.mention import without_call
from handlers.reading.explain import Explanation, explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.registry import HANDLERS, Handler
from models import inbox, promises, rooms, together
from models.directory import Directory, Person
from models.inbox import Arrival, MessageStatus
from models.message import Message
from models.outbox import NoticeKind
from models.promises import TimerKind
from models.reading import Form, Reading
from models.tables.queue import MessageRow
from services import attachments, bind, foresight, loops, operations, reach
from services.notify import reply_in, tell
from services.work import Work


@dataclass(frozen=True)
class Look:
    """What was seen in a message before anything is stored. Where nothing is `wanted`, it must leave no trace."""

    sender: Person | None
    text: str
    reading: Reading
    command: tuple[Command, Match[str]] | None
    wanted: bool


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
        sent_at = message.sent_at.astimezone(self._zone)
        known = directory.names_on(message.channel)
        name = "" if sender is None else sender.name
        reading = read(message.text, name, sent_at, directory.roster, self._lexicon, known, addressed=message.addressed)
        if not text.strip() and message.quoted and message.addressed:
            quoted = read(message.quoted, name, sent_at, directory.roster, self._lexicon, known)
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
        known = directory.names_on(message.channel)
        name = "" if sender is None else sender.name
        return explain(message.text, name, sent_at, directory.roster, self._lexicon, known, addressed=message.addressed)

    def _read(self, directory: Directory, text: str, name: str, day: date) -> Reading:
        """Words read as said by somebody at noon of a day."""
        return read(text, name, datetime.combine(day, time(12), self._zone), directory.roster, self._lexicon)

    def _command(self, text: str, sender: Person, reading: Reading, *, addressed: bool) -> tuple[Command, Match[str]] | None:
        words = said(text)
        for command in self._commands:
            if command.yields and reading.intents:
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
        except Exception:  # noqa: BLE001  (whose failure it is shows when each is handled for itself)
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
        except Exception as failure:  # noqa: BLE001  (whatever a handler does, the message is kept)
            self._keep_failed(work, row, failure, look)

    def _handle(self, work: Work, row: MessageRow, message: Message, look: Look) -> None:
        if look.sender is None:
            strangers.handle(work, row, look.text, look.reading, message.called or row.account)
            return
        incoming = Incoming(work, row, message, look.sender, look.reading, look.text, partial(self._read, work.directory))
        if look.command is not None:
            _answer(incoming, _run(incoming, *look.command))
            return
        lines = answers.bare(incoming)
        if lines is None:
            lines = [line for handler in self._handlers if handler.wants(look.reading) for line in handler.handle(incoming)]
        if lines:
            _receipt(incoming, "\n".join(lines))
        elif message.addressed:
            _not_understood(incoming)

    def _keep_failed(self, work: Work, row: MessageRow, failure: Exception, look: Look) -> None:
        row.status = MessageStatus.FAILED
        row.error = place_of(failure)
        final = row.attempts >= work.unit.inbox_attempts
        if not final:
            retry_at = work.now + work.unit.inbox_retry
            promises.set_timer(work.session, TimerKind.MESSAGE_RETRY, row.id, retry_at)
        if final or row.attempts == 1:
            key = "operation.message_given_up" if final else "operation.message_failed"
            operations.tell_duty_officers(work, work.say(key, number=row.id))
        if row.attempts == 1 and look.sender is not None and look.reading.in_need:
            # no case can be raised now, and nobody in need waits until a failure is mended
            operations.call_for_help(work, look.sender, row.id)


def _bound(message: Message, directory: Directory) -> bool:
    """Whether it was said in private, or in a chat that is bound."""
    return message.room is None or (message.channel, message.room) in directory.rooms


def _run(incoming: Incoming, command: Command, match: Match[str]) -> Answer:
    if not command.open_to(incoming.sender):
        return Answer(private=incoming.work.say("command.not_for_you", usage=command.usage))
    return command.run(incoming, match)


def _not_understood(incoming: Incoming) -> None:
    """Say what the bot can read, but not for ever to a program that answers every time."""
    work, message, name = incoming.work, incoming.message, incoming.sender.name
    if message.attachments:
        text = attachments.answer(work, message, name)
    else:
        text = work.say("room.not_understood", name=name, call=reach.call(work, message.channel, message.room))
    if not loops.enough(work, message.channel, message.room, message.account, text):
        _answer(incoming, Answer(public=text))


_IN_ROOM = {
    (True, True): "room.noted",
    (True, False): "room.noted_unreachable",
    (False, True): "room.answered_in_private",
    (False, False): "room.unreachable",
}
"""What a room hears of a receipt: by whether something was written down, and whether its receipt reaches its reader in private."""


def _receipt(incoming: Incoming, text: str) -> None:
    """Say in private what was written down, and in the room, where the bot was called, only that it was."""
    work, message = incoming.work, incoming.message
    reached = reach.reachable(work, incoming.sender)
    if reached or message.room is None:
        tell(work, incoming.sender, text, NoticeKind.RECEIPT, on=message.channel)
    if message.room is None or not message.addressed or hardship.is_of_the_heart(incoming.reading):
        return
    key = _IN_ROOM[bool(incoming.reading.intents), reached]
    _say_in_room(incoming, work.say(key, name=incoming.sender.name, bot=work.unit.bot_name), NoticeKind.RECEIPT)


def _answer(incoming: Incoming, answer: Answer) -> None:
    """Say a command's answer where it belongs: in private, and in a room at most what a room may hear."""
    work, message = incoming.work, incoming.message
    if message.room is None:
        tell(work, incoming.sender, answer.private or answer.public, NoticeKind.ANSWER, on=message.channel, image=answer.image)
        return
    reached = not answer.private or tell(work, incoming.sender, answer.private, NoticeKind.ANSWER, on=message.channel, image=answer.image)
    if answer.public or message.addressed:
        key = "room.answered_in_private" if reached else "room.unreachable"
        public = answer.public or work.say(key, name=incoming.sender.name, bot=work.unit.bot_name)
        _say_in_room(incoming, public, NoticeKind.ANSWER)


def _say_in_room(incoming: Incoming, text: str, kind: NoticeKind) -> None:
    """Answer in the chat in which it was said; one that is bound to nothing hears how to bind it as well."""
    work, message = incoming.work, incoming.message
    if message.room is None:
        return
    if incoming.room is None and not rooms.is_bound(work.session, message.channel, message.room):
        text += "\n" + bind.hint(work, incoming.sender)
    reply_in(work, message.channel, message.room, text, kind, mention=message.account)


def place_of(failure: Exception) -> str:
    """The kind of a failure and where in the code it happened; never its text, which may hold what somebody said."""
    frames = traceback.extract_tb(failure.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(failure).__name__}{where}"
