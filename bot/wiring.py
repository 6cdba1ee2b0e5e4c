"""Putting the parts together from the settings: store, clock, unit, receiver."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channels import registry
from bot.content import load_lexicon
from bot.lessons import load_lessons
from bot.sentences import load_texts
from bot.settings import Settings
from handlers.receive import Receiver
from models import lesson, migrate, promises
from models.capabilities import Capabilities
from models.clock import Clock, ManualClock, SystemClock
from models.directory import Directory, load_directory
from models.sealing import Cipher, load_key
from models.store import Store, is_there, make_engine
from services.work import Unit

CLOCK = "clock.now"


def open_store(settings: Settings) -> Store:
    """The database of the settings, brought to the newest schema."""
    key = load_key(settings.privacy.key_file) if settings.privacy.encrypt else None
    engine = make_engine(settings.database.url, Cipher(key))
    migrate.upgrade(engine)
    return Store(engine)


def look_at_directory(settings: Settings) -> Directory | None:
    """Who is who, as the database has it; None where there is none yet, or one of another version. Nothing is made and nothing changed."""
    if not is_there(settings.database.url):
        return None
    store = Store(make_engine(settings.database.url, Cipher(None)))
    try:
        if not migrate.is_current(store.engine):
            return None
        return store.read_now(lambda session: load_directory(session, settings.organization.name))
    finally:
        store.close()


def build_clock(settings: Settings, store: Store) -> Clock:
    """The machine's clock, or one that is moved by hand and stands where it stood last."""
    if settings.clock.kind == "system":
        return SystemClock()
    stood = store.read_now(lambda session: promises.get_moment(session, CLOCK))
    return ManualClock(stood or settings.clock.start or datetime.now(UTC))


def build_unit(settings: Settings, channels: Mapping[str, Capabilities]) -> Unit:
    """What does not change while the bot runs."""
    content = settings.organization.content
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
