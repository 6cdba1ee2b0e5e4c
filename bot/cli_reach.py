"""What `check-config` shows of who is heard and reached: two tables."""

from collections.abc import Iterable, Iterator, Mapping

from rich.table import Table

from models.directory import Directory
from services import wording
from services.reachability import Reachability
from services.texts import Texts
from services.unreached import place_of


def rooms_table(texts: Texts, found: Reachability) -> Table:
    """The chats of the organization, each branch and each group, and how many of a group's members are heard and reached."""
    table = Table(title=texts("check.rooms"))
    for heading in (
        texts("check.id"),
        texts("check.name"),
        texts("check.heard_in_room"),
        texts("check.spoken_in"),
        texts("check.heard_in_private"),
        texts("check.reached"),
    ):
        table.add_column(heading, overflow="fold")
    for room in found.rooms:
        heard = (texts("check.heard_how", channel=_channel(texts, channel), how=texts.word("hears", how)) for channel, how in room.heard)
        members = found.members.get(room.id)
        counts = [] if members is None else [_counts(texts, of, members.size) for of in (members.heard, members.reached)]
        table.add_row(room.id, room.name, _listed(texts, heard), _listed(texts, _channels(texts, room.spoken_in)), *counts)
    return table


def holders_table(texts: Texts, directory: Directory, found: Reachability) -> Table:
    """Everybody with a role: by which channels they are heard in private, and by which an alert reaches them."""
    table = Table(title=texts("check.holders"))
    for heading in (
        texts("check.role"),
        texts("check.person"),
        texts("check.belongs_to"),
        texts("check.heard_in_private"),
        texts("check.reached"),
    ):
        table.add_column(heading, overflow="fold")
    for way in found.holders:
        table.add_row(
            texts.word("role", way.person.role),
            way.person.name,
            place_of(directory, way.person),
            _listed(texts, _channels(texts, way.heard)),
            _listed(texts, _channels(texts, way.reached)),
        )
    return table


def _counts(texts: Texts, by_channel: Mapping[str, int], size: int) -> str:
    counts = (f"{_channel(texts, channel)} {count}/{size}" for channel, count in by_channel.items())
    return wording.listed(texts, counts) or f"0/{size}"


def _channel(texts: Texts, name: str) -> str:
    return texts.word("channel", name)


def _channels(texts: Texts, names: Iterable[str]) -> Iterator[str]:
    return (_channel(texts, name) for name in names)


def _listed(texts: Texts, items: Iterable[str]) -> str:
    return wording.listed(texts, items) or texts("check.nothing")
