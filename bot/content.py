"""Content that users change: loaded from files, with errors that say which file and which key is wrong."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from handlers.reading.lexicon import Lexicon, LexiconError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What reads the content: libyaml where it is there, which reads the sentences some ten times as fast as PyYAML alone."""


class ContentError(ValueError):
    """A file of the content cannot be used. `file` and `key` say where, the text says all."""

    def __init__(self, file: Path, key: str, what: str) -> None:
        super().__init__(f"{file}{f' at {key}' if key else ''}: {what}")
        self.file = file
        self.key = key


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder: one YAML file for each table, named after it. Raises `ContentError`.

    It is built anew only when a file has changed since the last time: building takes a second, and nobody can change a lexicon.
    """
    if not folder.is_dir():
        raise ContentError(folder, "", "there is no such folder of words")
    return _lexicon(folder, tuple((file.stem, file.read_bytes()) for file in sorted(folder.glob("*.yaml"))))


@lru_cache(maxsize=1)
def _lexicon(folder: Path, tables: tuple[tuple[str, bytes], ...]) -> Lexicon:
    data = {name: _parsed(folder / f"{name}.yaml", text) for name, text in tables}
    try:
        return Lexicon.from_data(data)
    except LexiconError as error:
        table = error.where.partition(".")[0]
        raise ContentError(folder / f"{table}.yaml", error.where.partition(".")[2], error.what) from error


def _parsed(file: Path, text: bytes) -> Any:
    try:
        return yaml.load(text.decode("utf-8"), LOADER)  # noqa: S506 - both are safe
    except UnicodeDecodeError as error:
        raise ContentError(file, "", f"is not UTF-8: byte {error.start}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark is not None else ""
        raise ContentError(file, place, f"is no YAML: {getattr(error, 'problem', error)}") from error
