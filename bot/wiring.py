"""What is kept, opened as the settings say: the database with its key, and the clock that stands in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.settings import Settings
from models import keys, migrate, promises
from models.clock import Clock, ManualClock, SystemClock
from models.directory import Directory, load_directory
from models.sealing import Cipher, load_key
from models.store import Store, is_there, make_engine, use_cipher

CLOCK = "clock.now"
T = TypeVar("T")


def open_store(settings: Settings, *, durable: bool = True) -> Store:
    """The database of the settings, brought to the newest schema, with its key; a new key is made only where nothing is sealed yet.

    Not `durable`: for a database that will be thrown away.
    """
    engine = make_engine(settings.database.url, Cipher(None), durable=durable)
    try:
        keys.check(engine, _key_file(settings))
        cipher = Cipher(load_key(settings.privacy.key_file) if settings.privacy.encrypt else None)
        use_cipher(engine, cipher)
        migrate.upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    store = Store(engine)
    if store.read_now(lambda session: keys.is_new(session, cipher)):
        store.write_now(lambda session: keys.remember(session, cipher))
    return store


def _key_file(settings: Settings) -> Path | None:
    return settings.privacy.key_file if settings.privacy.encrypt else None


def look_at_directory(settings: Settings) -> Directory | None:
    """Who is who, as the database has it; None where there is none yet."""
    return look(settings, lambda session: load_directory(session, settings.organization.name))


def look(settings: Settings, ask: Callable[[Session], T]) -> T | None:
    """What the database answers; None where there is none yet. Nothing is made and nothing changed.

    Raises OlderError for a database of an older version, StoreError for one of a newer version or none at all,
    and SealError where the key is not the one that belongs to the database.
    """
    if not is_there(settings.database.url):
        return None
    store = Store(make_engine(settings.database.url, Cipher(None)))
    try:
        keys.check(store.engine, _key_file(settings))
        if not migrate.is_current(store.engine):
            return None
        return store.read_now(ask)
    finally:
        store.close()


def version_of(settings: Settings) -> str | None:
    """The revision of the database as it stands; None where there is none yet. Nothing is made and nothing changed."""
    if not is_there(settings.database.url):
        return None
    engine = make_engine(settings.database.url, Cipher(None))
    try:
        return migrate.version(engine)[0]
    finally:
        engine.dispose()


def build_clock(settings: Settings, store: Store) -> Clock:
    """The machine's clock, or one that is moved by hand and stands where it stood last.

    Who was killed while it was moved goes on from where the schedule was done: no hour comes a second time.
    """
    if settings.clock.kind == "system":
        return SystemClock()
    stood = [store.read_now(partial(promises.get_moment, key=key)) for key in (CLOCK, promises.DONE_UNTIL)]
    return ManualClock(max(filter(None, stood), default=settings.clock.start or datetime.now(UTC)))
