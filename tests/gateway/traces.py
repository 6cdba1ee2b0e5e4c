"""Looking for what people said where it must not be: in the files of the database, and in what the bot writes about its work."""

from collections.abc import Iterable
from pathlib import Path

from bot.settings import Settings


def unsealed(settings: Settings) -> Settings:
    """What is stored is not sealed: a search through sealed bytes could not fail."""
    return settings.model_copy(update={"privacy": settings.privacy.model_copy(update={"encrypt": False})})


def on_disk(folder: Path) -> bytes:
    """The files of the database, one behind the other."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.name.startswith("sanwei.db"))


def traces(pieces: Iterable[str], files: bytes, written: str) -> list[str]:
    """Those of the pieces that are found in the files or in what was written."""
    return [piece for piece in pieces if piece.encode() in files or piece in written or repr(piece)[1:-1] in written]
