"""Statements of the receiving path: compiled once for a database, then run by its driver.

SQLite needs a few microseconds for a row. SQLAlchemy adds ten times as much to each statement, to find out what it is and for whom; these
are always the same.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, JSON, BindParameter, ColumnElement, Dialect, Insert, Select, Table, Update, any_, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql import coercions, roles, visitors
from sqlalchemy.types import TypeDecorator, TypeEngine

_DRIVER = "sanwei_driver"
_PREPARED = "sanwei_prepared"
_Turn = Callable[[Any], Any] | None


class _Compiled(NamedTuple):
    """The text for a driver; of each parameter its name and what turns it into a value of the driver; whether they are given by name.

    `fixed`: the parameters whose value is always the same.
    """

    text: str
    parameters: tuple[tuple[str, _Turn], ...]
    fixed: dict[str, Any]
    named: bool


class Prepared:
    """A statement with the parameters `names`; of an INSERT these are the columns that are written. `tables`: what it is about."""

    def __init__(self, statement: Insert | Update | Select[*tuple[Any, ...]], names: Iterable[str]) -> None:
        self._statement, self._names = statement, list(names)
        self.tables = frozenset(part for part in visitors.iterate(statement) if isinstance(part, Table))
        self._columns = [column.type for column in statement.exported_columns]

    def run(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Change something for each of some rows, in order. What was returned for each (None: nothing); [] where nothing ever is."""
        compiled = self._for(session)
        values = [_given(compiled, row) for row in rows]
        cursor = _driver(session).cursor()
        try:
            if not self._columns:
                cursor.executemany(compiled.text, values)
                return []
            if not compiled.named:
                return [next(iter(cursor.execute(compiled.text, each).fetchall()), None) for each in values]
            cursor.executemany(compiled.text, values, returning=True)
            return [cursor.fetchone() for number in range(len(values)) if number == 0 or cursor.nextset()]
        finally:
            cursor.close()

    def select(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """What a SELECT finds."""
        compiled = self._for(session)
        cursor = _driver(session).cursor()
        try:
            found = cursor.execute(compiled.text, _given(compiled, values)).fetchall()
            turns = self._back(session.get_bind().dialect, cursor.description)
        finally:
            cursor.close()
        return [tuple([turn(value) if turn else value for turn, value in zip(turns, row, strict=True)]) for row in found]

    def _for(self, session: Session) -> _Compiled:
        dialect = session.get_bind().dialect
        known: _Compiled | None = _kept(dialect).get((self, "text"))
        if known is None:
            compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._names)
            types = [(name, compiled.binds[name].type) for name in compiled.positiontup or compiled.params]
            known = _kept(dialect)[self, "text"] = _Compiled(
                compiled.string,
                tuple((name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in types),
                {name: value for name, value in compiled.params.items() if name not in self._names},
                compiled.positiontup is None,
            )
        return known

    def _back(self, dialect: Dialect, description: Any) -> list[_Turn]:
        """What turns each column of a result into a value of ours; `description` is the driver's."""
        known: list[_Turn] | None = _kept(dialect).get((self, "turns"))
        if known is None:
            kinds = zip(self._columns, description, strict=True)
            known = _kept(dialect)[self, "turns"] = [kind.dialect_impl(dialect).result_processor(dialect, told[1]) for kind, told in kinds]
        return known


def _kept(dialect: Dialect) -> dict[tuple[Prepared, str], Any]:
    """What was prepared for an engine. It hangs on the engine's dialect, as the cipher does, and goes with it."""
    kept: dict[tuple[Prepared, str], Any] = vars(dialect).setdefault(_PREPARED, {})
    return kept


def _driver(session: Session) -> Any:
    driver = session.info.get(_DRIVER)
    if driver is None:
        driver = session.info[_DRIVER] = session.connection().connection.driver_connection
    return driver


def _given(compiled: _Compiled, row: Mapping[str, Any]) -> Any:
    if compiled.fixed:
        row = {**compiled.fixed, **row}
    if compiled.named:
        return {name: turn(row[name]) if turn else row[name] for name, turn in compiled.parameters}
    return [turn(row[name]) if turn else row[name] for name, turn in compiled.parameters]


class _Several(TypeDecorator[Any]):
    """Any number of values of one type as one parameter. `each` is asked late: a column that refers to a table has its type from there."""

    impl = JSON
    cache_ok = True

    def __init__(self, each: Callable[[], TypeEngine[Any]]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array, where there are any."""
        return dialect.type_descriptor(ARRAY(self.each()) if dialect.name == "postgresql" else JSON())


class _Among(ColumnElement[bool]):
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], listed: BindParameter[Any]) -> None:
        self.column, self.listed = column, listed


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column is one of the numbers or words that the parameter `name` lists: however many, the statement is the same."""
    column = coercions.expect(roles.ExpressionElementRole, column)
    return _Among(column, bindparam(name, type_=_Several(lambda: column.type)))


@compiles(_Among)
def _any(element: _Among, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.column == any_(element.listed), **more))


@compiles(_Among, "sqlite")
def _each(element: _Among, compiler: Any, **more: Any) -> str:
    listed = func.json_each(element.listed).table_valued("value")
    return str(compiler.process(element.column.in_(select(listed.c.value)), **more))
