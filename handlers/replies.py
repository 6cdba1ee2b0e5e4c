"""What people hear upon a message: its receipt, a command's answer, or what the bot can read; each where it belongs."""

from handlers import hardship
from handlers.incoming import Answer, Incoming
from handlers.plain_words import thanks
from models import rooms
from models.outbox import NoticeKind
from services import attachments, bind, loops, reach
from services.notify import reply_in, tell


def not_understood(incoming: Incoming) -> None:
    """Say what the bot can read, but not for ever to a program that answers every time."""
    work, message = incoming.work, incoming.message
    text = attachments.answer(work, message, incoming.sender.name) if message.attachments else _in_return(incoming)
    if not loops.enough(work, message.channel, message.room, message.account, text, incoming.sender.id):
        answer(incoming, Answer(public=text))


def _in_return(incoming: Incoming) -> str:
    """Thanks are answered as people answer them, and not with what the bot can read."""
    return welcome(incoming) if thanks(incoming.text) else what_it_reads(incoming)


def welcome(incoming: Incoming) -> str:
    """The sentence to who says thanks."""
    return incoming.work.say("room.welcome", name=incoming.sender.name)


def what_it_reads(incoming: Incoming) -> str:
    """The sentence on what the bot can read."""
    work, message = incoming.work, incoming.message
    return work.say("room.not_understood", name=incoming.sender.name, call=reach.call(work, message.channel, message.room))


_IN_ROOM = {
    (True, True): "room.noted",
    (True, False): "room.noted_unreachable",
    (False, True): "room.answered_in_private",
    (False, False): "room.unreachable",
}
"""What a room hears of a receipt: by whether something was written down, and whether its receipt reaches its reader in private."""
_TO_A_STRANGER = {"room.noted_unreachable": "room.noted_no_friend", "room.unreachable": "room.no_friend"}
"""What is said instead where only friends can be written to, as an ordinary account can."""


def receipt(incoming: Incoming, text: str) -> None:
    """Say in private what was written down, and in the room, where the bot was called, only that it was."""
    work, message = incoming.work, incoming.message
    reached = reach.reachable(work, incoming.sender)
    if reached or message.room is None:
        tell(work, incoming.sender, text, NoticeKind.RECEIPT, on=message.channel)
    if message.room is None or not message.addressed or hardship.is_of_the_heart(incoming.reading):
        return
    key = _IN_ROOM[bool(incoming.reading.intents), reached]
    _say_in_room(incoming, _named(incoming, key), NoticeKind.RECEIPT)


def answer(incoming: Incoming, said: Answer) -> None:
    """Say a command's answer where it belongs: in private, and in a room at most what a room may hear."""
    work, message = incoming.work, incoming.message
    if message.room is None:
        tell(work, incoming.sender, said.private or said.public, NoticeKind.ANSWER, on=message.channel, image=said.image)
        return
    reached = not said.private or tell(work, incoming.sender, said.private, NoticeKind.ANSWER, on=message.channel, image=said.image)
    if said.public or message.addressed:
        key = "room.answered_in_private" if reached else "room.unreachable"
        public = said.public or _named(incoming, key)
        _say_in_room(incoming, public, NoticeKind.ANSWER)


def _named(incoming: Incoming, key: str) -> str:
    work = incoming.work
    if work.unit.channels[incoming.message.channel].strangers:
        key = _TO_A_STRANGER.get(key, key)
    return work.say(key, name=incoming.sender.name, bot=work.unit.bot_name)


def _say_in_room(incoming: Incoming, text: str, kind: NoticeKind) -> None:
    """Answer in the chat in which it was said; one that is bound to nothing hears how to bind it as well."""
    work, message = incoming.work, incoming.message
    if message.room is None:
        return
    if incoming.room is None and not rooms.is_bound(work.session, message.channel, message.room):
        text += "\n" + bind.hint(work, incoming.sender)
    reply_in(work, message.channel, message.room, text, kind, mention=message.account)
