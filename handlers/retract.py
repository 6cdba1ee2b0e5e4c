"""What was reported is taken back, without a new report."""

import re

from handlers import leave
from handlers.incoming import Incoming
from models.reading import Reading
from services import recall

_OF_LEAVE = re.compile("假|探亲|调休|补休|出差")
_I, _MINE = re.compile("我|本人"), re.compile("我的|我自己|本人")


def wants(reading: Reading) -> bool:
    """Any message that takes something back."""
    return reading.retract


def handle(incoming: Incoming) -> list[str]:
    """Take back the sender's last report; where the words that do so name a leave, that leave alone, whatever was said since."""
    taken = (piece for piece in incoming.reading.evidence if piece.field == "retract")
    if any(_OF_LEAVE.search(incoming.message.text, piece.start, piece.end) for piece in taken):
        return _leave_taken_back(incoming)
    return [take_back(incoming)]


def _leave_taken_back(incoming: Incoming) -> list[str]:
    """The leave of whoever is named (马腾取消请假了) is over, if the sender answers for them, else the sender's own; nobody's of others."""
    work, sender, text = incoming.work, incoming.sender, incoming.text
    named = {p.id: p for name, p in work.directory.called.items() if name in text and p.id != sender.id}
    theirs = [] if _MINE.search(text) else [person for person in named.values() if sender.answers_for(person)]
    if theirs:
        return [leave.over(incoming, person) or work.say("leave.none_to_end_of", name=person.name) for person in theirs]
    if named and not _I.search(text):
        return []
    return [leave.over(incoming, sender) or work.say("leave.none_to_end")]


def take_back(incoming: Incoming) -> str:
    """Undo the sender's last message that wrote something."""
    return recall.last(incoming.work, incoming.sender, incoming.row.id)
