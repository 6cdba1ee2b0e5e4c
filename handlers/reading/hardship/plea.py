"""Who is severely ill and calls for somebody."""

from handlers.reading.hardship.stated import first_place
from handlers.reading.message import Message
from handlers.reading.reasons import sure
from models.reading import Checkin, Evidence, Hardship

_SEVERE = {"breathless"}
_MILD = {"other", "fatigue", "insomnia", "runny_nose"}  # what somebody may have for years; alone it is no call for help
_HIGH_FEVER = 38.5
_MANY = 3  # symptoms at once
_SEVERELY = "hardship.severe"


def plea(message: Message, made: tuple[Checkin, ...], found: Hardship | None) -> Hardship | None:
    """Who is severely ill today and calls for somebody is in urgent need, whatever the words: `found`, made urgent, or a new one."""
    alone = message.finds("hardships.alone")
    ill = [c for c in made if c.date == message.today and (_is_severe(c) or (alone and set(c.symptoms) - _MILD))]
    cry = first_place(message, "hardships.plea") if ill else None
    if cry is None:
        return found
    mine = () if found is None else found.categories
    theirs = ("family", "health") if all(c.person.startswith("family:") for c in ill) else ("health",)
    missing = theirs if found is None else tuple({"health"} - set(mine))
    told = next(e for e in ill[0].evidence if e.field not in ("person", "date"))
    pieces = [
        *(() if found is None else found.evidence),
        *(Evidence(field=f"categories:{c}", start=told.start, end=told.end, by=_SEVERELY, confidence=sure(_SEVERELY)) for c in missing),
        message.evidence("urgent", *cry),
    ]
    return Hardship(categories=(*mine, *missing), urgent=True, evidence=tuple(pieces))


def _is_severe(checkin: Checkin) -> bool:
    """Whether somebody is so ill that a call for help cannot wait."""
    severe = _SEVERE & set(checkin.symptoms)
    return bool(severe) or (checkin.temperature or 0) >= _HIGH_FEVER or len(checkin.symptoms) >= _MANY
