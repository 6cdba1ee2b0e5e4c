"""Looking for what people said where it must not be: in the files of the database, and in what the bot writes about its work."""

from collections.abc import Iterable
from pathlib import Path

from bot.settings import Settings


def unsealed(settings: Settings) -> Settings:
    """What is stored is not sealed: a search through sealed bytes could not fail."""
    return settings.model_copy(update={"privacy": settings.privacy.model_copy(update={"encrypt": False})})


def on_disk(settings: Settings) -> dict[str, bytes]:
    """The files of the SQLite database by name, without the one that changes when it is only read."""
    database = Path(settings.database.url.removeprefix("sqlite:///"))
    return {path.name: path.read_bytes() for path in (database, database.with_name(f"{database.name}-wal")) if path.exists()}


def stored(settings: Settings) -> bytes:
    """The same, one behind the other."""
    return b"".join(on_disk(settings).values())


def traces(pieces: Iterable[str], files: bytes, written: str) -> list[str]:
    """Those of the pieces that are found in what is stored or in what was written."""
    return [piece for piece in pieces if piece.encode() in files or piece in written or repr(piece)[1:-1] in written]
