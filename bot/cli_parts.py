"""What every command of the command line shares: which configuration it reads, how it opens the store, how it fails."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.config import REPOSITORY, ConfigError, load_settings
from bot.content import ContentError
from bot.lessons import LessonError
from bot.sentences import SentenceError
from bot.settings import Settings
from bot.wiring import open_store
from models.sealing import SealError
from models.store import Store, StoreError

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


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Mistakes of configuration and content are lines on standard error, never a traceback."""
    try:
        yield
    except (ConfigError, ContentError, LessonError, SentenceError, StoreError, SealError) as error:
        fail(str(error))


def fail(text: str) -> NoReturn:
    """End the command with exit code 1, and what is wrong on standard error."""
    sys.stderr.write(text + "\n")
    raise typer.Exit(1)
