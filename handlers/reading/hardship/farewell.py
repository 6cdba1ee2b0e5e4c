"""Who leaves his things to others, thanks them for years, and wants nobody to look for him: a farewell without a word of dying.

The three may stand in sentences of their own. Who leaves the unit, moves or has found what was lost says each of them as well.
"""

from handlers.reading.frame import is_laughing
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_LIST = "hardships.farewell"
_AWAY, _LEFT, _THANKS, _PARTING = f"{_LIST}.away", f"{_LIST}.left", f"{_LIST}.thanks", f"{_LIST}.parting"


def farewell(message: Message) -> Place | None:
    """Where somebody wants not to be looked for who has left his things and thanked, or None."""
    search, head = message.search, message.head
    if not {_AWAY, _LEFT, _THANKS} <= search.possible.keys() or is_laughing(message):
        return None
    away = search.first(_AWAY, head)
    if away is None or not (search.finds(_LEFT, head) and search.finds(_THANKS, head)):
        return None
    if search.finds(_PARTING, head):
        message.leave_out("categories:psychological", away.span(), "hardship.parting")
        return None
    return Place(*away.span(), _AWAY)
