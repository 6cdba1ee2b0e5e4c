"""Insert a row unless its unique key is taken: how a message, a slot or a sending happens once."""

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.prepared import Prepared
from models.tables.base import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """True where the row was inserted; False, and nothing changed, where its unique key exists."""
    row = _given(table) | values
    return once(session, table, *row).run(session, [row]) != [None]


def once(session: Session, table: type[Base], *columns: str) -> Prepared:
    """The statement that inserts a row unless its unique key is taken; it returns the primary key of what it has inserted."""
    return _once(session.get_bind().dialect.name, table, columns)


@cache
def _once(database: str, table: type[Base], columns: tuple[str, ...]) -> Prepared:
    dialect = postgresql if database == "postgresql" else sqlite
    return Prepared(dialect.insert(table.__table__).on_conflict_do_nothing().returning(*table.__table__.primary_key), columns)


@cache
def _given(table: type[Base]) -> dict[str, Any]:
    """The values of columns that need not be given."""
    return {column.key: getattr(column.default, "arg", None) for column in table.__table__.columns if column.default is not None}
