"""The SQL of named values: what the bot itself must remember over a restart, one value for each key."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.queue import StateRow


def get(session: Session, key: str, *, lock: bool = False) -> str | None:
    """The value of a key; None where there is none yet. `lock`: nobody else changes it until the end of the transaction."""
    query = select(StateRow.value).where(StateRow.key == key)
    return session.scalar(query.with_for_update() if lock else query)


def put(session: Session, key: str, value: str) -> None:
    """Remember a value. Two processes may do so at once, even for the first time."""
    if not insert_once(session, StateRow, key=key, value=value):
        session.execute(update(StateRow).where(StateRow.key == key).values(value=value))


def put_first(session: Session, key: str, value: str) -> None:
    """Remember a value where there is none yet."""
    insert_once(session, StateRow, key=key, value=value)


def all_under(session: Session, prefix: str) -> list[str]:
    """The values of all keys that begin so."""
    return list(session.scalars(select(StateRow.value).where(StateRow.key.startswith(prefix, autoescape=True))))
