"""What is known ahead in a transaction: the answers to questions that every message of a batch would ask, asked for all of them at once.

A function that is asked looks here first and asks the database where nothing is known. Most answers are "nothing": no check-in stands for
today, no case is open, nothing was asked. Whatever changes an answer in the same transaction changes what is known too, or lets it be
forgotten.
"""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


class Ahead(Generic[Key, Row]):
    """The rows of one kind by what they are asked for by: a member, or a member and a day."""

    def __init__(self, kind: str) -> None:
        self._kind = f"sanwei_ahead_{kind}"

    def learn(self, session: Session, keys: Iterable[Key], found: Iterable[tuple[Key, Row]]) -> None:
        """Know of these keys the rows that were found, in their order, and of the others among them that there are none."""
        known: dict[Key, list[Row]] = {key: [] for key in keys}
        for key, row in found:
            known[key].append(row)
        session.info[self._kind] = known

    def of(self, session: Session, key: Key) -> list[Row] | None:
        """The rows of a key; None where they are not known."""
        known: dict[Key, list[Row]] = session.info.get(self._kind, {})
        return known.get(key)

    def of_all(self, session: Session, keys: Iterable[Key]) -> list[Row] | None:
        """The rows of several keys; None where they are not known of all."""
        known: dict[Key, list[Row]] = session.info.get(self._kind, {})
        found: list[Row] = []
        for key in keys:
            rows = known.get(key)
            if rows is None:
                return None
            found += rows
        return found

    def know(self, session: Session, key: Key, rows: list[Row]) -> list[Row]:
        """These are the rows of a key, as was just found; them."""
        session.info.setdefault(self._kind, {})[key] = rows
        return rows

    def everything(self, session: Session) -> list[Row]:
        """All rows that are known."""
        known: dict[Key, list[Row]] = session.info.get(self._kind, {})
        return [row for rows in known.values() for row in rows]

    def add(self, session: Session, key: Key | None, row: Row) -> None:
        """There is one more row of a key."""
        known: dict[Key | None, list[Row]] = session.info.get(self._kind, {})
        if key in known:
            known[key].append(row)

    def forget(self, session: Session, key: Key | None = None) -> None:
        """What there is of a key may have changed; without one, anything."""
        if key is None:
            session.info.pop(self._kind, None)
        else:
            session.info.get(self._kind, {}).pop(key, None)
