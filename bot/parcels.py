"""From notices to what goes to the platform at once: a long notice or one with a picture in parts, several short ones together.

Pure. A parcel is handed over, marked and tried again as a whole, from the part on that did not arrive.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.channels.channel import Outgoing, conversation
from bot.channels.splitting import split
from models.outbox import Priority
from models.tables.queue import NoticeRow
from services.cards import Card

BETWEEN = "\n\n"
"""What stands between notices that are said together."""


@dataclass(frozen=True)
class Claimed:
    """A leased notice, free of its row. `reply` is (number of a message, its handle) that it may be sent in answer to.

    `image` is the file of its picture, where its channel shows pictures; `mention` the account of the one to whom it is said in a room.
    `waited`: why it has waited to be said together with others, if it has.
    """

    notice_id: int
    room: str | None
    address: str | None
    text: str
    card: Card | None
    priority: int
    attempts: int
    parts_sent: int
    lease_until: datetime
    reply: tuple[int, str] | None = None
    image: Path | None = None
    mention: str | None = None
    waited: str | None = None

    @property
    def conversation(self) -> str:
        """What a platform's limit counts by."""
        return conversation(self.room, self.address)

    @property
    def alert(self) -> bool:
        """Whether it may use what a window keeps free for alerts."""
        return self.priority == Priority.ALERT

    @property
    def plain(self) -> bool:
        """Whether it may be said together with others."""
        return not self.alert and self.card is None and self.image is None


@dataclass(frozen=True)
class Part:
    """One message of the platform: a text, a picture, or both."""

    text: str
    image: Path | None = None


@dataclass(frozen=True)
class Parcel:
    """Notices of one conversation that are said at once, and the parts to say: usually one, several where it is long."""

    claimed: tuple[Claimed, ...]
    parts: tuple[Part, ...]

    @property
    def first(self) -> Claimed:
        """The notice that speaks for all."""
        return self.claimed[0]

    @property
    def mention(self) -> str | None:
        """The account of the one person to whom all of it is said."""
        mentions = {item.mention for item in self.claimed}
        return mentions.pop() if len(mentions) == 1 else None

    @property
    def waited(self) -> str | None:
        """Why what it holds has waited, if it has."""
        return next((item.waited for item in self.claimed if item.waited is not None), None)

    def outgoing(self, number: int) -> Outgoing:
        """The part of that number, from 0. A card, the answer to a message, and who is mentioned belong to the first."""
        item, part = self.first, self.parts[number]
        if number:
            return Outgoing(item.notice_id, item.room, item.address, part.text, part=number, image=part.image, alert=item.alert)
        reply = None if item.reply is None else item.reply[1]
        return Outgoing(item.notice_id, item.room, item.address, part.text, item.card, reply, 0, part.image, self.mention, item.alert)


def claimed(
    row: NoticeRow,
    card: Card | None,
    lease_until: datetime,
    reply: tuple[int, str] | None,
    image: Path | None = None,
    *,
    waited: str | None = None,
    heading: str = "",
) -> Claimed:
    """What a sender keeps of a leased row; a `heading` stands above its text."""
    return Claimed(
        notice_id=row.id,
        room=row.room,
        address=row.address,
        text=heading + BETWEEN + row.text if heading else row.text,
        card=card,
        priority=row.priority,
        attempts=row.attempts,
        parts_sent=row.parts_sent,
        lease_until=lease_until,
        reply=reply,
        image=image,
        mention=row.mention,
        waited=waited,
    )


def pack(items: Sequence[Claimed], max_bytes: int | None, left: Callable[[str], int | None], *, captions: bool = False) -> list[Parcel]:
    """Parcels in the order of their first notices; with `captions` a picture goes with the text, else after it.

    Where a conversation has more notices than it may get messages (`left`), or some that have waited for each other, those that are plain
    are said together.
    """
    ordinary: dict[str, list[Claimed]] = defaultdict(list)
    for item in items:
        if item.plain:
            ordinary[item.conversation].append(item)
    crowded = {name for name, found in ordinary.items() if any(item.waited for item in found) or _fewer(left(name), len(found))}
    parcels: list[Parcel] = []
    for item in items:
        if not item.plain or item.conversation not in crowded:
            parcels.append(_parcel([item], max_bytes, captions=captions))
        elif ordinary[item.conversation][0] is item:
            together = _together(ordinary[item.conversation], max_bytes)
            parcels += [_parcel(some, max_bytes, captions=captions) for some in together]
    return parcels


def _fewer(left: int | None, wanted: int) -> bool:
    return left is not None and left < wanted


def _parcel(items: Iterable[Claimed], max_bytes: int | None, *, captions: bool) -> Parcel:
    items = tuple(items)
    text, image = BETWEEN.join(item.text for item in items), items[0].image
    # A card is not cut: its channel shortens what is in it.
    *texts, last = [text] if max_bytes is None or items[0].card is not None else split(text, max_bytes)
    ends = (Part(last, image),) if captions or image is None else (Part(last), Part("", image))
    return Parcel(items, (*map(Part, texts), *ends))


def _together(items: Sequence[Claimed], max_bytes: int | None) -> list[list[Claimed]]:
    """As many notices together as fit into one message; one that has begun to arrive in parts goes on by itself."""
    packed: list[list[Claimed]] = []
    size = 0
    for item in items:
        more = len((BETWEEN + item.text).encode())
        alone = item.parts_sent > 0 or (packed and packed[-1][-1].parts_sent > 0)
        if packed and not alone and (max_bytes is None or size + more <= max_bytes):
            packed[-1].append(item)
            size += more
        else:
            packed.append([item])
            size = more
    return packed
