"""The SQL of rooms: which chat is bound to which group, branch, or to the whole organization."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.tables.unit import RoomRow


def bind(session: Session, channel: str, address: str, kind: str, scope: str) -> None:
    """A chat is that of a group, a branch or the organization from now on, whatever it was before; it is the last that was bound."""
    unbind(session, channel, address)
    session.add(RoomRow(channel=channel, address=address, kind=kind, scope=scope))
    session.flush()


def unbind(session: Session, channel: str, address: str) -> None:
    """A chat is nobody's any more."""
    session.execute(delete(RoomRow).where(RoomRow.channel == channel, RoomRow.address == address))


def is_bound(session: Session, channel: str, address: str) -> bool:
    """Whether a chat is bound by now, in this very transaction perhaps."""
    return session.scalar(select(RoomRow.id).where(RoomRow.channel == channel, RoomRow.address == address)) is not None


def keep_only(session: Session, channel: str, wanted: Mapping[str, tuple[str, str]]) -> bool:
    """The rooms of a channel are these ({address: (kind, scope)}) and no others; whether anything changed."""
    changed = False
    missing = dict(wanted)
    for row in session.scalars(select(RoomRow).where(RoomRow.channel == channel)):
        bound = missing.pop(row.address, None)
        if bound is None:
            session.delete(row)
            changed = True
        elif bound != (row.kind, row.scope):
            row.kind, row.scope = bound
            changed = True
    for address, (kind, scope) in missing.items():
        session.add(RoomRow(channel=channel, address=address, kind=kind, scope=scope))
        changed = True
    session.flush()
    return changed
