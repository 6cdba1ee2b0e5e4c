"""Insert a row unless its unique key is taken: how a message, a slot or a sending happens once."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.tables.base import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """True where the row was inserted; False, and nothing changed, where its unique key exists."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.__mapper__.primary_key)
    return session.execute(statement).first() is not None
