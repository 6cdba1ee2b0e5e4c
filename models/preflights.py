"""What a secretary was last told of a dry run: a named value for each branch, from which nothing can be read."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from models import state
from models.values import Value

_PREFIX = "preflight."


class Last(Value):
    """The fingerprint of what was told, and when."""

    said: str
    at: datetime


def last(session: Session, branch: str) -> Last | None:
    """What was last told of a branch; None where nothing ever was."""
    value = state.get(session, _PREFIX + branch)
    return None if value is None else Last.model_validate_json(value)


def note(session: Session, branch: str, said: str, at: datetime) -> None:
    """Note what is told of a branch now."""
    state.put(session, _PREFIX + branch, Last(said=said, at=at).model_dump_json())


def fingerprint(text: str) -> str:
    """The same for the same text, and nothing to read."""
    return sha256(text.encode()).hexdigest()
