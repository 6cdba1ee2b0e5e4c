"""What alembic runs: the migrations on the connection that `models.migrate` hands over."""

from typing import Any, Literal

from alembic import context

from models.tables import cases, chats, queue, records, reviews, unit
from models.tables.base import Base, Moment, Sealed

TABLES = (unit, records, cases, queue, reviews, chats)  # imported so that the metadata knows every table


def render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    return False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render)
with context.begin_transaction():
    context.run_migrations()
