"""What every command of the command line shares: which configuration it reads, how it opens the store, how it fails."""

import asyncio
import os
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.config import REPOSITORY, ConfigError, load_settings
from bot.content import ContentError
from bot.lessons import LessonError
from bot.sentences import SentenceError
from bot.settings import Settings
from bot.wiring import open_store
from models.migrate import unusable
from models.sealing import SealError
from models.store import Store, StoreError, cannot_work

T = TypeVar("T")
LARGEST = 2**31 - 1
"""The largest number of a row, on PostgreSQL."""
Config = Annotated[Path | None, typer.Option("--config", help="The configuration; default: config.yaml in the repository.")]


def settings_of(config: Path | None) -> Settings:
    """The settings of the file that was named, else of config.yaml in the repository, else the defaults."""
    default = REPOSITORY / "config.yaml"
    return load_settings(config or (default if default.exists() else None), os.environ)


@contextmanager
def store_of(config: Path | None) -> Iterator[Store]:
    """The unit's database, for as long as a command needs it."""
    store = open_store(settings_of(config))
    try:
        yield store
    finally:
        store.close()


def can_be(number: int) -> bool:
    """Whether there can be a row of that number; a larger one cannot even be asked for."""
    return 0 < number <= LARGEST


def run_loop(main: Coroutine[Any, Any, T]) -> T:
    """What `main` comes to, on the fastest loop that there is."""
    if sys.platform == "win32":
        return asyncio.run(main)
    import uvloop  # noqa: PLC0415  (does not exist on Windows)

    return uvloop.run(main)


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Mistakes of configuration and content are lines on standard error, never a traceback; so is a database that cannot work."""
    try:
        yield
    except (ConfigError, ContentError, LessonError, SentenceError, StoreError, SealError) as error:
        fail(str(error))
    except Exception as error:
        if not cannot_work(error):
            raise
        fail(str(unusable(error)))


def fail(text: str) -> NoReturn:
    """End the command with exit code 1, and what is wrong on standard error."""
    sys.stderr.write(text + "\n")
    raise typer.Exit(1)
