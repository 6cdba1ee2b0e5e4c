"""Bring a database to the schema of this code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from models.store import StoreError, said_by

FOLDER = Path(__file__).parent / "migrations"

NEWER = "database.url: a newer version wrote that database; run that version, or restore a backup"

ONE_AT_A_TIME = 0x53414E574549
"""The advisory lock of PostgreSQL (any number of our own) under which one process migrates and the others wait."""


def upgrade(engine: Engine) -> tuple[str | None, str | None]:
    """Run every migration that is missing; the revisions before and after (None: an empty database).

    Processes that start at once wait for each other: on SQLite a transaction begins with the only lock there is.
    Raises StoreError where there is no database to be used.
    """
    try:
        return _upgrade(engine)
    except DBAPIError as error:
        raise unusable(error) from None
    except CommandError:
        raise StoreError(NEWER) from None


def _upgrade(engine: Engine) -> tuple[str | None, str | None]:
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        config.attributes["connection"] = connection
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(config, "head")
        after = MigrationContext.configure(connection).get_current_revision()
    return before, after


class OlderError(StoreError):
    """The database is there and of an older version."""


def version(engine: Engine) -> tuple[str | None, str]:
    """The revision of a database (None: nothing is in it) and that of this code.

    Raises StoreError where a newer version wrote it, or it cannot be used.
    """
    script = ScriptDirectory.from_config(_config())
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise unusable(error) from None
    try:
        script.get_revision(current or "head")
    except CommandError:
        raise StoreError(NEWER) from None
    return current, script.get_current_head() or ""


def is_current(engine: Engine) -> bool:
    """True where the database has the newest schema, False where there is none yet. Raises OlderError for one of an older version."""
    current, newest = version(engine)
    if current not in {None, newest}:
        raise OlderError(
            f"database.url: the database is of an older version ({current}, now {newest}); `db upgrade`, or the next start, brings it up"
        )
    return current == newest


def unusable(error: Exception) -> StoreError:
    """What to say of a database that does not answer, or is none."""
    return StoreError(f"database.url: the database cannot be used: {said_by(error)}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
