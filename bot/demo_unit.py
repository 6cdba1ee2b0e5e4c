"""The demo unit: made-up people in a database of their own."""

from functools import partial

from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.wiring import open_store
from models.clock import SystemClock
from models.directory import load_directory
from models.roster import Roster
from models.roster_rows import apply, difference
from models.roster_sheet import lines_from_roster


def seed_demo(settings: Settings) -> None:
    """Bring the people of content/demo/roster.json into the demo's database, unless somebody lives there already."""
    path = settings.organization.content / "demo" / "roster.json"
    roster = Roster.model_validate_json(path.read_bytes())
    store = open_store(settings)
    try:
        store.write_now(partial(_move_in, roster))
    finally:
        store.close()


def _move_in(roster: Roster, session: Session) -> None:
    if not load_directory(session, roster.organization).people:
        apply(session, difference(session, lines_from_roster(roster)), SystemClock().now())
