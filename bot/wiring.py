"""Putting the parts together from the settings: store, clock, unit, receiver."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.channels import registry
from bot.content import ContentError, load_lexicon
from bot.lessons import load_lessons
from bot.sentences import load_texts
from bot.settings import Settings
from handlers.receive import Receiver
from models import keys, lesson, migrate, promises
from models.capabilities import Capabilities
from models.clock import Clock, ManualClock, SystemClock
from models.directory import Directory, load_directory
from models.sealing import Cipher, load_key
from models.store import Store, is_there, make_engine, use_cipher
from scheduler.runner import CURSOR
from services.work import Unit

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
    stood = [store.read_now(partial(promises.get_moment, key=key)) for key in (CLOCK, CURSOR)]
    return ManualClock(max(filter(None, stood), default=settings.clock.start or datetime.now(UTC)))


def build_unit(settings: Settings, channels: Mapping[str, Capabilities]) -> Unit:
    """What does not change while the bot runs."""
    content = settings.organization.content
    if not content.is_dir():
        raise ContentError(content, "", "there is no such folder; organization.content names that of the lessons, sentences and word lists")
    return Unit(
        policies=settings.policies,
        zone=settings.organization.timezone,
        bot_name=settings.organization.bot_name,
        texts=load_texts(content / "sentences", settings.organization.language),
        content=content,
        lessons=load_lessons(content / lesson.FOLDER),
        channels=channels,
        inbox_retry=settings.queue.inbox_retry,
        inbox_attempts=settings.queue.inbox_attempts,
    )


def build_receiver(settings: Settings) -> Receiver:
    """The way of a message, with the unit's words and its time zone."""
    unit = settings.organization
    among_strangers = [name for name, able in registry.capabilities(settings.channels).items() if able.strangers]
    return Receiver(load_lexicon(unit.content / "lexicon"), unit.bot_name, unit.timezone, among_strangers=among_strangers)
