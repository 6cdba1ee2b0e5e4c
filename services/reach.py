"""Where somebody can be reached: by the channels that are on, by what these can do, and by where the bot was spoken to."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from models import chats, inbox
from models.capabilities import Hears, Push
from models.chats import Chat
from models.directory import Room
from models.message import Message
from models.people import Person
from services.work import Work


class Route(NamedTuple):
    """A channel, and the account on it."""

    channel: str
    address: str


def note_chat(work: Work, message: Message) -> None:
    """The bot was spoken to: from now on it may speak there, on channels that ask for this."""
    if not message.addressed:
        return
    note(work, [Chat(message.channel, message.room or message.account, message.room is None)])


def note(work: Work, conversations: Collection[Chat]) -> None:
    """In these the bot may speak from now on."""
    for chat in conversations:
        if chat not in work.directory.chats and chat not in work.heard:
            chats.note(work.session, chat, work.now)
            work.heard.add(chat)


def forget(work: Work, channel: str, address: str) -> None:
    """A platform says that the bot may not speak to an account in private any more: later notices go another way at once."""
    chat = Chat(channel, address, private=True)
    chats.forget(work.session, chat)
    work.heard.discard(chat)
    work.directory_changed = True


def by_mention(work: Work, channel: str, room: str | None) -> bool:
    """Whether only what calls the bot by name is heard there; never so in private."""
    return room is not None and work.unit.channels[channel].hears is Hears.MENTIONS


def call(work: Work, channel: str, room: str | None) -> str:
    """What must stand before words that the bot is to hear there: "@小微 " in a room where only mentions are heard, else nothing."""
    return mention(work) if by_mention(work, channel, room) else ""


def mention(work: Work) -> str:
    """How the bot is called by name: "@小微 "."""
    return f"@{work.unit.bot_name} "


def of_person(work: Work, person: Person, *, prefer: str | None = None, without: Collection[str] = ()) -> Route | None:
    """How a member is reached in private: on the channel to `prefer`, else on the first that can; None where none can."""
    return next((route for route in _routes(work, person, prefer) if route.channel not in without), None)


def reachable(work: Work, person: Person) -> bool:
    """Whether any channel reaches a member in private."""
    return of_person(work, person) is not None


def of_account(work: Work, channel: str, address: str) -> bool:
    """Whether an account can be spoken to in private."""
    return may_speak(work, work.unit.channels[channel].people, Chat(channel, address, private=True))


def room_of(work: Work, kind: str, scope: str, *, without: Collection[str] = ()) -> Room | None:
    """The room in which a group, a branch or the organization is spoken to: the first that people can answer in, then any other.

    Of several on one channel it is the one that was bound last: people have moved there.
    """
    able = [
        room
        for room in reversed(work.directory.rooms_of(kind, scope))
        if room.channel in work.unit.channels
        and room.channel not in without
        and may_speak(work, work.unit.channels[room.channel].rooms, Chat(room.channel, room.address, private=False))
    ]
    order = list(work.unit.channels)
    able.sort(key=lambda room: (work.unit.channels[room.channel].hears is Hears.NOTHING, order.index(room.channel)))
    return able[0] if able else None


def _routes(work: Work, person: Person, prefer: str | None) -> Iterator[Route]:
    # where an answer would not be heard ("收到 3"), only where nothing else is open
    for channel in sorted(work.unit.channels, key=lambda name: (name != prefer, not work.unit.channels[name].private)):
        push = work.unit.channels[channel].people
        for address in work.directory.addresses_of(person.id, channel):
            if may_speak(work, push, Chat(channel, address, private=True)):
                yield Route(channel, address)


def may_speak(work: Work, push: Push, chat: Chat) -> bool:
    """Whether the platform lets the bot speak in a conversation now."""
    match push:
        case Push.ALWAYS:
            return True
        case Push.AFTER_TALK:
            return chat in work.directory.chats or chat in work.heard
        case Push.IN_REPLY:
            room, account = (None, chat.address) if chat.private else (chat.address, None)
            return inbox.answerable(work.session, chat.channel, room, account, work.now) is not None
        case Push.NEVER:
            return False
