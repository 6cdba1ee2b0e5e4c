"""The door: what a channel may ask of the bot. It takes messages in, shows cards as they stand, and passes on what is out of order."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.desk import Desk, Outcome
from bot.metrics import Metrics
from models import accounts
from models.chats import Chat
from models.message import Message
from services import attachments, bind, cards, gaps, identity, operations, outages, reach, recall, welcome
from services.cards import Card
from services.office import Office
from services.work import Work

log = structlog.get_logger()
T = TypeVar("T")


@dataclass(frozen=True)
class Door:
    """One door for all channels. `max_text`: how many characters of one message are read and kept.

    `gap_from`: a gap in what a channel without replay heard concerns people where it is longer than this. `site`: where the pages
    of this machine are. `spoken` is called after what may have decided notices. `_said`: why a channel is out of order, as it was told
    last; another start of the bot may say it once more.
    """

    office: Office
    desk: Desk
    metrics: Metrics
    max_text: int
    gap_from: Mapping[str, timedelta]
    site: str
    spoken: Callable[[], None]
    _said: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        """The present moment, by the bot's clock."""
        return self.office.clock.now()

    async def _write(self, act: Callable[[Work], T]) -> T:
        """Do something beside the messages that may have something to say, which is sent at once."""
        result = await self.office.write(act)
        self.spoken()
        return result

    async def receive(self, message: Message) -> None:
        """Returns once a message is stored, or dropped as chatter; raises what kept it from being stored."""
        channel, account = message.channel, message.account
        if (channel, account) not in self.office.directory.accounts and self.knows(channel, account):
            await self.office.write(lambda work: _respell(work, channel, account))
        outcome = await self.desk.submit(_storable(message, self.max_text))
        if outcome is Outcome.DROPPED and attachments.may_report(message):
            await self._hint(message)

    async def _hint(self, message: Message) -> None:
        """Somebody may believe to have reported by a picture. Nothing is written where nothing is to be said."""
        await self.desk.caught_up()  # the words may have come before
        if await self.office.read(lambda work: attachments.concerned(work, message)) is not None:
            await self._write(lambda work: attachments.hint(work, message))

    async def card(self, key: str, channel: str, account: str) -> Card | None:
        """A card as it stands now for whoever looks at it; None where it is no longer theirs."""
        reader = self.office.directory.speaker(channel, account)
        return None if reader is None else await self.office.read(lambda work: cards.after_press(work, key, reader))

    async def welcome(self, channel: str, account: str) -> str:
        """What somebody reads who opens the chat with the bot."""
        return await self.office.read(lambda work: welcome.text(work, channel, account))

    def knows(self, channel: str, account: str) -> bool:
        """Whether an account belongs to a member."""
        return self.office.directory.speaker(channel, account) is not None

    def listens(self, message: Message) -> bool:
        """Whether anything said there can matter: false in a chat that is bound to nothing, but for the words that bind it."""
        return self.desk.listens(message)

    def rooms(self, channel: str) -> Collection[str]:
        """The chats of a channel that are bound."""
        return [address for name, address in self.office.directory.rooms if name == channel]

    def accounts(self, channel: str) -> Collection[str]:
        """The accounts of a channel that belong to members."""
        return [address for name, address in self.office.directory.accounts if name == channel]

    async def recognise(self, channel: str, account: str, room: str | None, *, alias: str, remark: str) -> None:
        """An account that is nobody's yet has a name: where it is a member's and leaves no choice, the account is theirs."""
        if self.knows(channel, account) or identity.named_by(self.office.directory, channel, room, alias=alias, remark=remark) is None:
            return
        messages = await self._write(lambda work: identity.recognise(work, channel, account, room, alias=alias, remark=remark))
        if messages is not None:
            log.info("account recognised", channel=channel, messages=messages)

    async def looked_around(self, channel: str, room: str) -> None:
        """All accounts in a freshly bound chat were given to `recognise`: the chat hears who of its people is not known there yet."""
        await self._write(lambda work: bind.recognised(work, channel, room))

    async def befriended(self, channel: str, accounts: Collection[str]) -> None:
        """To these accounts the bot may write in private from now on."""
        new = {Chat(channel, account, private=True) for account in accounts} - self.office.directory.chats
        if new:
            await self.office.write(lambda work: reach.note(work, new))

    async def recalled(self, channel: str, message_id: str) -> None:
        """A message was taken back in the chat (撤回): what it reported is taken back too, and its sender hears so in private."""
        await self.desk.caught_up()  # it may still wait to be stored
        if await self.office.read(lambda work: recall.stands(work, channel, message_id)):
            await self._write(lambda work: recall.recalled(work, channel, message_id))

    async def still_hears(self, channel: str, until: datetime) -> None:
        """Up to that moment nothing was missed that was said on a channel without replay."""
        await self.office.write(lambda work: gaps.still_hears(work, channel, until))

    async def hears_again(self, channel: str) -> None:
        """From now on it hears again. What was said since the moment of `still_hears` may be lost: leaders of its rooms hear so, once."""
        longer_than = self.gap_from.get(channel, timedelta(0))
        gap = await self._write(lambda work: gaps.hears_again(work, channel, longer_than))
        if gap is not None:
            seconds = gap.length.total_seconds()
            self.metrics.gaps.labels(channel).inc()
            self.metrics.gap_seconds.labels(channel).inc(seconds)
            log.warning("gap in hearing", channel=channel, seconds=seconds, told=gap.told)

    async def same_person(self, channel: str, account: str, other_channel: str, other: str) -> None:
        """An account belongs to whoever has the account `other` on another channel."""
        await self._write(lambda work: identity.same_person(work, channel, account, other_channel, other))

    async def out_of_order(self, channel: str, reason: str) -> None:
        """A channel cannot go on until a human acts: the duty officers hear of it, on whatever channel is left; of each reason once."""
        if self._said.get(channel) == reason:
            return
        log.error("channel out of order", channel=channel, reason=reason)
        self._said[channel] = reason
        try:
            await self._write(lambda work: outages.out_of_order(work, channel, reason, self.site))
        except BaseException:
            self._said.pop(channel, None)
            raise

    async def back_in_order(self, channel: str) -> None:
        """A channel that was out of order works again: who heard of the one hears of the other."""
        self._said.pop(channel, None)
        await self._write(lambda work: outages.back_in_order(work, channel))

    async def room_closed(self, channel: str, room: str, reason: str) -> None:
        """A bound room cannot be spoken in any more, while the rest of the channel works: the duty officers hear which."""
        log.error("room closed", channel=channel, reason=reason)
        await self._write(lambda work: operations.room_closed(work, channel, room, reason))


def _respell(work: Work, channel: str, account: str) -> None:
    """The roster writes an account with other capitals than its platform, which may tell them apart when it is written to."""
    accounts.respell(work.session, channel, account)
    work.directory_changed = True


def _storable(message: Message, max_text: int) -> Message:
    """What no database stores (NUL, halves of characters) is left out, and so is what is longer than anybody reads."""
    text, quoted = _clean(message.text, max_text), message.quoted and _clean(message.quoted, max_text)
    return message if (text, quoted) == (message.text, message.quoted) else message.model_copy(update={"text": text, "quoted": quoted})


def _clean(text: str, length: int) -> str:
    if len(text) > length:
        text = text[:length]
    return text if text.isascii() and "\0" not in text else text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
