"""Which key belongs to a database: no other one is taken for it, and none is made in its place."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, LargeBinary, func, inspect, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import state
from models.migrate import unusable
from models.sealing import SEALED, Cipher, SealError, load_key
from models.tables import cases, queue, records, unit
from models.tables.base import Base, Sealed
from models.tables.queue import StateRow

TABLES = (cases, queue, records, unit)  # imported so that the metadata knows every table
KEPT = "privacy.key"
"""Under this name the database keeps the fingerprint of its key."""


def check(engine: Engine, path: Path | None) -> None:
    """Raise SealError where what is sealed in a database, of any version, does not open with the key in `path` (None: without a key).

    Nothing is made and nothing changed. Of each column the newest value counts: what another key sealed long ago may be lost for good.
    """
    try:
        with engine.connect() as connection:
            cipher = Cipher(load_key(path)) if path is not None and path.exists() else None
            if cipher is not None and _fingerprint(connection) == cipher.fingerprint:
                return
            values = list(_sealed(connection))
    except DBAPIError as error:
        raise unusable(error) from None
    if not values or (cipher is not None and any(map(cipher.opens, values))):
        return
    if path is None:
        raise SealError("privacy.encrypt: false, but this database holds sealed values; set it to true")
    what = "is missing" if cipher is None else "is another one"
    raise SealError(f"privacy.key_file: the key that belongs to this database {what}; restore {path} from the backup")


def is_new(session: Session, cipher: Cipher) -> bool:
    """Whether a database does not know yet that this is its key."""
    return cipher.fingerprint is not None and state.get(session, KEPT) != cipher.fingerprint


def remember(session: Session, cipher: Cipher) -> None:
    """Keep the fingerprint of the key with which a database is sealed from now on."""
    state.put(session, KEPT, cipher.fingerprint or "")


def _fingerprint(connection: Connection) -> str | None:
    if not inspect(connection).has_table(StateRow.__tablename__):
        return None
    return connection.scalar(select(StateRow.value).where(StateRow.key == KEPT))


def _sealed(connection: Connection) -> Iterator[bytes]:
    """The newest sealed value of each column that holds any."""
    there = inspect(connection)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"] for column in there.get_columns(table.name)} if there.has_table(table.name) else set()
        for column in table.columns:
            if isinstance(column.type, Sealed) and column.name in columns:
                raw = type_coerce(column, LargeBinary)
                newest = select(raw).where(func.substr(raw, 1, 1) == SEALED).order_by(*(key.desc() for key in table.primary_key)).limit(1)
                if (value := connection.scalar(newest)) is not None:
                    yield bytes(value)
