"""What a secretary was last told of a dry run: a named value for each branch, from which nothing can be read."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.queue import StateRow
from models.values import Value

_PREFIX = "preflight."


class Last(Value):
    """The fingerprint of what was told, and when."""

    said: str
    at: datetime


def last(session: Session, branch: str) -> Last | None:
    """What was last told of a branch; None where nothing ever was."""
    row = session.get(StateRow, _PREFIX + branch)
    return None if row is None else Last.model_validate_json(row.value)


def note(session: Session, branch: str, said: str, at: datetime) -> None:
    """Note what is told of a branch now."""
    value = Last(said=said, at=at).model_dump_json()
    if not insert_once(session, StateRow, key=_PREFIX + branch, value=value):
        session.get_one(StateRow, _PREFIX + branch).value = value


def fingerprint(text: str) -> str:
    """The same for the same text, and nothing to read."""
    return sha256(text.encode()).hexdigest()
