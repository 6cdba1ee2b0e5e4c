"""The SQL of named values: what the bot itself must remember over a restart, one value for each key."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.once import insert_once
from models.prepared import Prepared
from models.tables.queue import StateRow

_VALUE = select(StateRow.value).where(StateRow.key == bindparam("called"))
_GET, _LOCK = Prepared(_VALUE, ("called",)), Prepared(_VALUE.with_for_update(), ("called",))
_PUT = Prepared(update(StateRow.__table__).where(StateRow.key == bindparam("called")).values(value=bindparam("new")), ("called", "new"))


def get(session: Session, key: str, *, lock: bool = False) -> str | None:
    """The value of a key; None where there is none yet. `lock`: nobody else changes it until the end of the transaction."""
    return next((value for (value,) in (_LOCK if lock else _GET).select(session, called=key)), None)


def put(session: Session, key: str, value: str) -> None:
    """Remember a value. Two processes may do so at once, even for the first time."""
    if not insert_once(session, StateRow, key=key, value=value):
        _PUT.run(session, [{"called": key, "new": value}])


def put_first(session: Session, key: str, value: str) -> None:
    """Remember a value where there is none yet."""
    insert_once(session, StateRow, key=key, value=value)


def all_under(session: Session, prefix: str) -> list[str]:
    """The values of all keys that begin so."""
    return list(session.scalars(select(StateRow.value).where(StateRow.key.startswith(prefix, autoescape=True))))
