"""A database in trouble, as SQLite can be told to be, until it is over."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import event

from models.store import Store


@contextmanager
def troubled(store: Store, trouble: str, cure: str) -> Iterator[None]:
    """Two settings of SQLite: that of the trouble, and that which ends it."""

    def begins(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA {trouble}")

    def is_well(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA {cure}")

    event.listen(store.engine, "begin", begins)
    try:
        yield
    finally:
        event.remove(store.engine, "begin", begins)
        event.listen(store.engine, "begin", is_well)


def full_disk(store: Store) -> AbstractContextManager[None]:
    """What is there can be written anew, and nothing long can be stored: there is not a page more."""
    return troubled(store, "max_page_count=1", "max_page_count=1073741823")


def broken_store(store: Store) -> AbstractContextManager[None]:
    """Nothing can be written."""
    return troubled(store, "query_only=1", "query_only=0")
