"""Which lines of a chain (接龙) say something new: everybody who joins posts all of it again."""

from datetime import datetime, timedelta

from models import checkins as rows
from models.checkins import Source
from models.people import Person
from models.reading import Checkin
from models.tables.records import CheckinRow
from services import own_word
from services.work import Work

_CLOCKS = timedelta(minutes=1)
"""By how much the time of a line and that of a message may differ though they are one moment."""


def is_news(work: Work, sender: Person, teller: Person, person: Person, relation: str, said: Checkin) -> bool:
    """Whether a line of a chain says something new, since everybody who joins a chain posts all of it again.

    Somebody else's copy brings back neither an older state of the line nor what its author has said differently since.
    """
    standing = rows.current_checkin(work.session, person.id, relation, said.date)
    if said.said_at is None and standing is not None and standing.source == Source.CHAIN and rows.says(standing, said):
        return False  # as the last chain had it
    if not relation and own_word.said_before(work, teller, person, said):
        return False
    return _beside(work, sender, person, standing, rows.chain_checkins(work.session, person.id, relation, said.date), said)


def _beside(work: Work, sender: Person, person: Person, standing: CheckinRow | None, earlier: list[CheckinRow], said: Checkin) -> bool:
    """Whether a line says something new beside what stands and what earlier chains said, the newest first."""
    heard: list[datetime] = []
    if said.said_at is not None:
        heard = [rows.said_at(work.session, row) for row in ([standing] if standing is not None else []) + earlier[:1]]
        if heard and said.said_at > max(heard) + _CLOCKS:
            return standing is None or not rows.says(standing, said)
    if earlier and rows.says(earlier[0], said):
        return False
    if sender.id == person.id:
        return True
    if any(rows.says(row, said) for row in earlier):
        return False
    if said.said_at is None or standing is None or standing.source != Source.SELF:
        return True
    return heard[0] <= said.said_at
