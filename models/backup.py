"""A copy of the database while it is in use, whole or not there at all."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from models.store import StoreError


def back_up(database: Path, target: Path) -> int:
    """Copy a database of SQLite to `target`, readable by its owner alone, in place of what is there; its size in bytes.

    It is made beside the target and takes its name at last: a backup that breaks off leaves yesterday's as it is.
    """
    if not database.is_file():
        raise StoreError(f"database.url: there is no database {database}; start this in the folder of the bot, or name --config")
    if target.is_dir() or not target.parent.is_dir():
        raise StoreError(f"{target}: {'is a folder' if target.is_dir() else 'its folder is not there'}; name a file in a folder that is")
    if target.exists() and target.samefile(database):
        raise StoreError(f"{target}: is the database itself; name another file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # mode 0600
        os.close(handle)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}); choose another place or mend its rights") from None
    unfinished = Path(name)
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT version_num FROM alembic_version")
            connection.execute("VACUUM INTO ?", [name])
        with unfinished.open("rb") as copy:
            os.fsync(copy.fileno())
        size = unfinished.stat().st_size
        unfinished.replace(target)
    except sqlite3.Error as error:
        raise StoreError(
            f"{database}: cannot be backed up ({error}); look whether it is the bot's database and the disk has room"
        ) from None
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}); choose another place or mend its rights") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return size
