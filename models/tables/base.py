"""What all tables share: naming of constraints, moments in UTC, sealed text."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, LargeBinary, MetaData, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from models.sealing import Cipher, SealError

CIPHER = "sanwei_cipher"
LOST = "\ufffd"
"""What stands where a text that may get lost (`SealedOrLost`) could not be opened."""


_KEPT = 1000  # values of a processor


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite has no zones, so they are dropped there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back to an aware datetime in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """What is written in one transaction has few moments, and most of its rows the same."""
        process = super().bind_processor(dialect)
        return None if process is None else lru_cache(maxsize=_KEPT)(process)


class Sealed(TypeDecorator[str]):
    """Text that is encrypted at rest. The cipher belongs to the engine: the store hangs it on the engine's dialect."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal."""
        return None if value is None else _cipher(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open."""
        return None if value is None else _cipher(dialect).open(bytes(value))


class SealedOrLost(Sealed):
    """Sealed text of rows that must be found also where their text is damaged; it is `LOST` then."""

    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open it, if it opens."""
        try:
            return super().process_result_value(value, dialect)
        except (SealError, UnicodeDecodeError):
            return LOST


def _cipher(dialect: Dialect) -> Cipher:
    cipher = getattr(dialect, CIPHER, None)
    if not isinstance(cipher, Cipher):
        raise TypeError("this engine was not made by models.store.make_engine: it has no cipher")
    return cipher


class Base(DeclarativeBase):
    """The base of all rows."""

    __table__: ClassVar[Table]

    def __init__(self, **values: Any) -> None:
        """A new row has no history of its values, so none is kept: SQLAlchemy's own constructor takes ten times as long."""
        self.__dict__.update(values)

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON, list[int]: JSON}
