"""The demo unit: made-up people in a database of their own."""

from functools import partial

from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.wiring import open_store
from models.clock import SystemClock
from models.directory import load_directory
from models.roster import Roster
from models.roster_rows import apply, difference, names_in
from models.roster_sheet import lines_from_roster
from models.store import StoreError, file_of, is_there


def forget_demo(settings: Settings) -> None:
    """Delete the demo's database. Raises StoreError where its people are not those of the demo: then it is somebody's, whoever named it."""
    url = settings.database.url
    if not is_there(url):
        return
    path = file_of(url)
    if path is None or names_in(url) != {line.name for line in lines_from_roster(_roster(settings))}:
        raise StoreError(
            f"demo --fresh: {path or 'database.url'} holds others than the demo's people, so nothing is deleted; "
            "leave --config and SANWEI__DATABASE__URL out, or delete that database yourself"
        )
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def _roster(settings: Settings) -> Roster:
    return Roster.model_validate_json((settings.organization.content / "demo" / "roster.json").read_bytes())


def seed_demo(settings: Settings) -> None:
    """Bring the people of content/demo/roster.json into the demo's database, unless somebody lives there already."""
    roster = _roster(settings)
    store = open_store(settings)
    try:
        store.write_now(partial(_move_in, roster))
    finally:
        store.close()


def _move_in(roster: Roster, session: Session) -> None:
    if not load_directory(session, roster.organization).people:
        apply(session, difference(session, lines_from_roster(roster)), SystemClock().now())
