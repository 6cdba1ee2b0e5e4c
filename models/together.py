"""Rows that are written together: before the next statement of their transaction that may see them, at the latest when it commits.

The unit of work writes a row when its number is asked for, alone. Of most rows nobody asks for the number while they are new, and nobody
changes them any more. A row whose number is needed is written at once, but without the unit of work.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import FromClause, event, insert, inspect
from sqlalchemy.orm import Session, SessionTransaction, class_mapper, make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from models.prepared import Prepared
from models.tables.base import Base

_WAITING = "sanwei_waiting"
_ADOPTED = "sanwei_adopted"
Row = TypeVar("Row", bound=Base)


def add(session: Session, row: Base, *, numbered: bool = False) -> None:
    """Write a row soon, in the order in which rows of its table were added. `numbered`: its number may be asked for (`number`)."""
    session.info.setdefault(_WAITING, {}).setdefault((type(row), numbered), []).append(row.__dict__)


def write(session: Session, only: Collection[FromClause] | None = None) -> None:
    """Write what waits; `only`: in these tables. No row that waits needs another one that does: they have no numbers yet."""
    waiting: dict[tuple[type[Base], bool], list[dict[str, Any]]] = session.info.get(_WAITING, {})
    for table, numbered in [each for each in waiting if only is None or each[0].__table__ in only]:
        _write(session, table, waiting.pop((table, numbered)), numbered=numbered)


def _write(session: Session, table: type[Base], rows: list[dict[str, Any]], *, numbered: bool) -> None:
    numbers = _inserting(table, numbered).run(session, [_whole(table, row) for row in rows])
    for row, returned in zip(rows, numbers, strict=False):
        row["id"] = returned[0]


def number(session: Session, row: Base) -> int:
    """The number of a row that was read or may be asked for its number; it is written now, if it waits, with its like."""
    if "id" not in row.__dict__:
        _write(session, type(row), session.info[_WAITING].pop((type(row), True)), numbered=True)
    found: int = row.__dict__["id"]
    return found


def insert_now(session: Session, row: Base) -> None:
    """Write a new row whose number is needed, or which may change."""
    values = _whole(type(row), row.__dict__)
    ((number,),) = _inserting(type(row), True).run(session, [values])
    row.__dict__.update(values)
    adopt(session, row, number)


def adopt(session: Session, row: Base, number: int) -> None:
    """Let the session have a row that was just written as if it had been read: what is known need not be asked for.

    A row that it had before, and which it gave up because its adoption was rolled back, is read again.
    """
    row.__dict__["id"] = number
    known = inspect(row).has_identity
    if not known:
        make_transient_to_detached(row)
    session.add(row)
    if known:
        session.expire(row)  # what was changed of it was rolled back
    session.info.setdefault(_ADOPTED, []).append(row)


def find(session: Session, query: Prepared, table: type[Row], **values: Any) -> list[Row]:
    """The rows that a query of all columns of a table finds, to be looked at only."""
    names = table.__table__.columns.keys()
    made: Callable[[], Row] = class_mapper(table).class_manager.new_instance  # as the ORM makes what it reads: a constructor is slower
    found = []
    for values_of_one in select(session, query, **values):
        row = made()
        row.__dict__.update(zip(names, values_of_one, strict=True))
        found.append(row)
    return found


def select(session: Session, query: Prepared, **values: Any) -> list[tuple[Any, ...]]:
    """What a query finds, of what waits too."""
    write(session, query.tables)
    return query.select(session, **values)


def run(session: Session, query: Prepared, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Change something, of what waits too, for each of some rows, as `Prepared.run`."""
    write(session, query.tables)
    return query.run(session, rows)


def own(session: Session, rows: Iterable[Row]) -> list[Row]:
    """The session's own rows in the place of those that were found, where it has them: they may have been changed meanwhile."""
    return [session.identity_map.get(identity_key(type(row), row.__dict__["id"])) or row for row in rows]


def keep(session: Session, row: Row) -> Row:
    """The session's own row in the place of one that was found or just written: it may be changed."""
    if row in session:
        return row
    (known,) = own(session, [row])
    if known is row:
        adopt(session, row, row.__dict__["id"])
    return known


def had(session: Session, table: type[Row]) -> list[Row]:
    """The rows of a table that the session has."""
    return [row for row in session.identity_map.values() if isinstance(row, table)]


def savepoint(session: Session) -> SessionTransaction:
    """Begin a savepoint. What waits is written first: it belongs to what was done before."""
    write(session)
    session.info.pop(_ADOPTED, None)
    begun = session.begin_nested()
    session.connection()  # SQLAlchemy tells the database only now, and statements that are prepared go past it
    return begun


def _whole(table: type[Base], row: dict[str, Any]) -> dict[str, Any]:
    """The values of all columns."""
    return _defaults(table) | row


@cache
def _defaults(table: type[Base]) -> dict[str, Any]:
    return {column.key: getattr(column.default, "arg", None) for column in table.__table__.columns if not column.primary_key}


@cache
def _inserting(table: type[Base], numbered: bool) -> Prepared:
    statement = insert(table.__table__)
    return Prepared(statement.returning(*table.__table__.primary_key) if numbered else statement, _defaults(table))


def watch(session: type[Session]) -> None:
    """Let the sessions of a class write what waits in time, and forget what is rolled back."""
    event.listen(session, "do_orm_execute", lambda state: write(state.session))
    event.listen(session, "before_commit", write)
    event.listen(session, "after_soft_rollback", _forget)


def _forget(session: Session, _transaction: SessionTransaction) -> None:
    for row in session.info.get(_ADOPTED, ()):
        if row in session:
            session.expunge(row)
    session.info.clear()
    session.expire_all()
