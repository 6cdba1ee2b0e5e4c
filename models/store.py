"""The store: a synchronous database behind two asynchronous doors, `write` and `read`, each in threads of its own.

SQLite runs in WAL mode with synchronous=FULL; a writing transaction begins with BEGIN IMMEDIATE, because one that starts by
reading and then wants to write fails at once when another wrote in between. SQLite has one writer thread, PostgreSQL a few.
"""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from models import together
from models.sealing import Cipher
from models.tables.base import CIPHER

T = TypeVar("T")

READ_ONLY = "sanwei_read_only"
POSTGRESQL_WRITERS = 4
WRITES = 5
"""How often a transaction is tried that the database gave up because of another one."""
_GIVEN_UP = frozenset({"40P01", "40001"})
"""SQLSTATE of a deadlock and of a failed serialization: PostgreSQL says that the whole transaction is to be repeated."""
READERS = 2


_JSON = json.JSONEncoder(ensure_ascii=False).encode


class StoreError(ValueError):
    """The database cannot be used as configured; the text says what to do."""


def make_engine(url: str, cipher: Cipher, *, durable: bool = True) -> Engine:
    """An engine for `url` (sqlite:///FILE or postgresql+psycopg://…) whose sealed columns use `cipher`.

    Not `durable`: a commit of SQLite does not wait for the disk. Only for what nobody will miss.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise StoreError("database.url names no file; an example: sqlite:///data/sanwei.db")
        _make_private_file(Path(parsed.database))
    elif backend != "postgresql":
        raise StoreError(f"database.url: {backend} is not supported; use sqlite:///… or postgresql+psycopg://…")
    engine = create_engine(parsed, json_serializer=_JSON, pool_pre_ping=backend == "postgresql")
    use_cipher(engine, cipher)
    if backend == "sqlite":
        event.listen(engine, "connect", partial(_set_up_sqlite, "FULL" if durable else "OFF"))
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def use_cipher(engine: Engine, cipher: Cipher) -> None:
    """From now on the sealed columns of an engine use that cipher."""
    setattr(engine.dialect, CIPHER, cipher)


def is_there(url: str) -> bool:
    """Whether there may be a database at `url`, as far as can be told without connecting: only of SQLite's files one can be sure."""
    file = file_of(url)
    return file is None or file.exists()


def file_of(url: str) -> Path | None:
    """The file of a database of SQLite; None for one on a server."""
    parsed = _parsed(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def room_left(url: str) -> int | None:
    """How many MB the disk of a database of SQLite has left; None for one on a server, or on no disk that is there."""
    file = file_of(url)
    try:
        return None if file is None else shutil.disk_usage(file.parent).free // 1_000_000
    except OSError:
        return None


def _parsed(url: str) -> URL:
    """The parts of an address. What is said of one that is none holds nothing of it: there may be a password in it."""
    if not url.startswith("sqlite:") and url.partition("?")[0].count("@") > 1:
        raise StoreError("database.url: holds an @ too many; an @ in the user or the password is written %40")
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError("database.url is not a database address; an example: sqlite:///data/sanwei.db") from None
    except ValueError:
        raise StoreError(
            "database.url: the port is not a number; write it in digits, as in postgresql+psycopg://USER@HOST:5432/NAME"
        ) from None


def _make_private_file(path: Path) -> None:
    """A new database is readable by its owner alone; SQLite gives the files beside it the same rights."""
    if path.is_dir():
        raise StoreError(f"database.url: {path} is a folder; name a file in it, such as sqlite:///{path}/sanwei.db")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StoreError(f"database.url: {path}: cannot be written ({error.strerror}); choose another place or mend its rights") from None


def _set_up_sqlite(synchronous: str, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is off; _begin_sqlite says which BEGIN
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def answers(session: Session) -> None:
    """Ask the database for nothing but an answer."""
    session.execute(text("SELECT 1"))


def of_database(failure: BaseException) -> bool:
    """Whether it is the database that failed: nothing more can be done in that transaction."""
    return isinstance(failure, DBAPIError | psycopg.Error | sqlite3.Error)


def why(failure: BaseException) -> str:
    """What failed, for a log: of a database that cannot work also what it says of itself (the disk is full), which holds no value."""
    kind = type(failure).__name__
    return f"{kind}: {said_by(failure)}" if cannot_work(failure) else kind


def cannot_work(failure: BaseException) -> bool:
    """Whether it is the place of the database that failed (its disk, its rights, its server), and nobody who wrote into it."""
    return isinstance(_cause(failure), psycopg.OperationalError | sqlite3.OperationalError)


def said_by(failure: BaseException) -> str:
    """The first line of what a database says; the others may hold values."""
    return str(_cause(failure)).strip().partition("\n")[0]


def _cause(failure: BaseException) -> BaseException | None:
    return failure.orig if isinstance(failure, DBAPIError) else failure


def to_be_repeated(failure: BaseException) -> bool:
    """Whether two transactions stood in each other's way and this one was given up for the other: nobody who handles it has failed."""
    return getattr(_cause(failure), "sqlstate", None) in _GIVEN_UP


class _StoreSession(Session):
    """A session of the store, in which rows may be written together."""


together.watch(_StoreSession)


class Store:
    """Runs plain functions over a session: `await store.write(work)` in one transaction, `await store.read(work)` without changes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**{READ_ONLY: True})
        writers = 1 if engine.dialect.name == "sqlite" else POSTGRESQL_WRITERS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-read")

    async def write(self, work: Callable[[Session], T]) -> T:
        """The result of `work` after its transaction was committed; an exception of `work` rolls everything back.

        `work` is done again, from the beginning, where the database gave the transaction up because of another one.
        """
        return await _run(self._writers, self.write_now, work)

    async def read(self, work: Callable[[Session], T]) -> T:
        """The result of `work` over a consistent view; whatever it changed is rolled back."""
        return await _run(self._readers, self.read_now, work)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """`write` for callers without an event loop (the command line)."""
        for _ in range(WRITES - 1):
            try:
                return self._write_once(work)
            except Exception as failure:
                if not to_be_repeated(failure):
                    raise
        return self._write_once(work)

    def _write_once(self, work: Callable[[Session], T]) -> T:
        with _StoreSession(self.engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    def read_now(self, work: Callable[[Session], T]) -> T:
        """`read` for callers without an event loop."""
        with _StoreSession(self._reading, expire_on_commit=False) as session:
            return work(session)  # closing lets go of the rows as they are, and rolls back

    def close(self) -> None:
        """Wait for what runs, then let go of every connection."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.engine.dispose()


async def _run(executor: Executor, call: Callable[[Callable[[Session], T]], T], work: Callable[[Session], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, call, work)
