"""What a channel is, what it may ask of the bot, and what it says when sending fails."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from models.capabilities import Capabilities
from models.message import Message
from services.cards import Card


@dataclass(frozen=True)
class Outgoing:
    """What is handed to the platform at once: into a `room`, or to an `address` in private.

    `notice_id` is the same when it is tried again; `part` counts from 0 where it goes in several. `text` is light Markdown, within
    the channel's `max_bytes`. Where there is a `card`, a channel that has buttons sends it in place of the text. An `image` (a PNG or
    JPEG file) is a part of its own, the last one and without text; a channel with captions gets it with the text. `reply_to` is the
    handle of a message that this may be sent in answer to. `mention` is the account of the one person to whom it is said in a room.
    An `alert` does not wait where anything else would.
    """

    notice_id: int
    room: str | None
    address: str | None
    text: str
    card: Card | None = None
    reply_to: str | None = None
    part: int = 0
    image: Path | None = None
    mention: str | None = None
    alert: bool = False

    @property
    def key(self) -> str:
        """The same for the same words: what a platform's check for duplicates may compare."""
        return f"n{self.notice_id}-{self.part}"

    @property
    def conversation(self) -> str:
        """What a platform's limit counts by."""
        return conversation(self.room, self.address)


def conversation(room: str | None, address: str | None) -> str:
    """The name under which a platform counts what it is sent into a room or to an account."""
    return f"room {room}" if room is not None else f"private {address}"


@dataclass(frozen=True)
class Sent:
    """A platform took it. `platform_ids` are what it calls the messages it became; `reply_used`: the handle cannot be used again.

    `messages`: as how many the platform counts it.
    """

    platform_ids: tuple[str, ...] = ()
    reply_used: bool = False
    messages: int = 1


class SendError(Exception):
    """A sending failed. `reason` is one word for the row and the log; `retry` says whether another try may succeed, `after` when.

    Where `retry` is false this way is closed for good, and the next channel of the same person is tried. `tried` is false where the
    platform was not even asked (no connection), which counts as no attempt; `answered` is false where it said nothing, so that there is
    no use in asking it for the next notice at once. `paced`: it was too much for the platform, which counts as no attempt either.
    `reply_used`: the handle of the message that was answered is good for nothing any
    more; another try goes by that of another message.
    """

    def __init__(
        self,
        reason: str,
        *,
        retry: bool,
        after: timedelta | None = None,
        tried: bool = True,
        answered: bool = True,
        paced: bool = False,
        reply_used: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry
        self.after = after
        self.tried = tried
        self.answered = answered and tried
        self.paced = paced
        self.reply_used = reply_used


NOT_A_FRIEND = "not_a_friend"
"""The reason where a platform does not let the bot write to an account in private (any more), until it is spoken to or befriended."""


@dataclass(frozen=True)
class Limit:
    """A conversation gets at most `count` messages in any `per`; the last `reserved` of them are for alerts.

    `whole`: all conversations of the channel together. `jitter`: up to so much is added to a wait, by chance, as no machine would do it.
    Where `count` is 1 it is a pause, for which alerts do not wait.
    """

    count: int
    per: timedelta
    reserved: int = 0
    whole: bool = False
    jitter: timedelta = timedelta(0)


class State(StrEnum):
    """How a channel stands with its platform."""

    ONLINE = "online"
    CONNECTING = "connecting"
    """It cannot be reached now, and is tried again."""
    LOGGED_OUT = "logged_out"
    """It is reached, and nobody is logged in there."""
    WAITS_FOR_SCAN = "waits_for_scan"
    """Somebody must scan a code to log in."""
    REFUSED = "refused"
    """It does not take our credentials."""
    CLOCK_OFF = "clock_off"
    """Nothing that comes is taken: this machine's clock is too far from the platform's."""


class Door(Protocol):
    """What a channel may ask of the bot."""

    def now(self) -> datetime:
        """The present moment, by the bot's clock."""
        ...

    async def receive(self, message: Message) -> None:
        """Returns once a message is stored, or dropped as chatter; raises what kept it from being stored."""
        ...

    async def card(self, key: str, channel: str, account: str) -> Card | None:
        """A card as it stands now for whoever looks at it; None where it is no longer theirs."""
        ...

    async def welcome(self, channel: str, account: str) -> str:
        """What somebody reads who opens the chat with the bot."""
        ...

    def knows(self, channel: str, account: str) -> bool:
        """Whether an account belongs to a member."""
        ...

    def listens(self, message: Message) -> bool:
        """Whether anything said there can matter: false in a chat that is bound to nothing, but for the words that bind it."""
        ...

    def rooms(self, channel: str) -> Collection[str]:
        """The chats of a channel that are bound."""
        ...

    def accounts(self, channel: str) -> Collection[str]:
        """The accounts of a channel that belong to members."""
        ...

    async def recognise(self, channel: str, account: str, room: str | None, *, alias: str, remark: str) -> None:
        """An account that is nobody's yet has a name: where it is a member's and leaves no choice, the account is theirs.

        `alias` is what it calls itself in a bound chat, `remark` what the owner of the bot's own account calls it; "" for neither.
        """
        ...

    async def looked_around(self, channel: str, room: str) -> None:
        """All accounts in a freshly bound chat were given to `recognise`: the chat hears who of its people is not known there yet."""
        ...

    async def befriended(self, channel: str, accounts: Collection[str]) -> None:
        """To these accounts the bot may write in private from now on."""
        ...

    async def recalled(self, channel: str, message_id: str) -> None:
        """A message was taken back in the chat (撤回): what it reported is taken back too, and its sender hears so in private."""
        ...

    async def still_hears(self, channel: str, until: datetime) -> None:
        """Up to that moment nothing was missed that was said on a channel without replay."""
        ...

    async def hears_again(self, channel: str) -> None:
        """From now on it hears again. What was said since the moment of `still_hears` may be lost: leaders of its rooms hear so, once."""
        ...

    async def same_person(self, channel: str, account: str, other_channel: str, other: str) -> None:
        """An account belongs to whoever has the account `other` on another channel."""
        ...

    async def out_of_order(self, channel: str, reason: str) -> None:
        """A channel cannot go on until a human acts: the duty officers hear of it, on whatever channel is left; of each reason once."""
        ...

    async def back_in_order(self, channel: str) -> None:
        """A channel works: who heard that it was out of order hears so. To be called whenever it begins to work."""
        ...

    async def room_closed(self, channel: str, room: str, reason: str) -> None:
        """A bound room cannot be spoken in any more, while the rest of the channel works: the duty officers hear which."""
        ...


class Channel(Protocol):
    """One platform. `limits` are those of one conversation; `max_bytes` of UTF-8 fit into one message (None: any number)."""

    name: str
    capabilities: Capabilities
    limits: tuple[Limit, ...]
    max_bytes: int | None

    @property
    def state(self) -> State:
        """How it stands with its platform."""
        ...

    async def start(self, door: Door) -> None:
        """Begin to listen. Returns at once: a platform that cannot be reached now is tried again in the background."""
        ...

    async def stop(self) -> None:
        """Stop listening, close connections."""
        ...

    async def send(self, outgoing: Outgoing) -> Sent:
        """Hand something to the platform; returns once it accepted, raises SendError where it did not."""
        ...
