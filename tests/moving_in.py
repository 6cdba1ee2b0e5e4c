"""The demo unit moves into a database of its own: once in a process with all migrations, and from then on as a copy of that."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import demo_unit
from bot.config import REPOSITORY, load_settings
from bot.settings import Settings
from models.store import file_of

_folder: list[TemporaryDirectory[str]] = []
"""Where the first one lives, until the process ends."""


def seed_demo(settings: Settings) -> None:
    """What `demo_unit.seed_demo` does. A new file becomes a copy of the first one, with the key that belongs to it."""
    path, key = file_of(settings.database.url), settings.privacy.key_file
    first = _first()
    usual = settings.privacy.encrypt and settings.organization == first.organization
    if path is None or path.exists() or not usual or (key.exists() and key.read_bytes() != first.privacy.key_file.read_bytes()):
        demo_unit.seed_demo(settings)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(str(file_of(first.database.url)), path)
    shutil.copy(first.privacy.key_file, key)


@cache
def _first() -> Settings:
    _folder.append(TemporaryDirectory())
    place = Path(_folder[0].name)
    env = {"SANWEI__DATABASE__URL": f"sqlite:///{place / 'sanwei.db'}", "SANWEI__PRIVACY__KEY_FILE": str(place / "sanwei.key")}
    settings = load_settings(REPOSITORY / "deploy" / "demo.yaml", env)
    demo_unit.seed_demo(settings)
    return settings
