"""Somebody is or will be away."""

import re
from functools import partial

from handlers.incoming import Incoming
from models.people import Person
from models.reading import Leave, Reading
from models.tables.records import LeaveRow
from services import absence, hearsay, wording
from services.record import Recorded

ALREADY = "(?:已经?|提前|刚刚?|今天|今早|现在|都)*"
BACK = "(?:回来|归队|返岗|到岗|回站|回队|回单位|销假)"
"""How people say that they are back from leave; 上班 alone says no more than that it is a working day."""
_LEAVE = "(?:请假|休假|假期|年假|出差|轮休|调休|补休|探亲)"
STAYS = f"(?:取消{_LEAVE}了?|不(?:请|休)假?了|没有?请假|{_LEAVE}取消了?)"
"""How they say that they do not go after all."""
LEAVE_DENIED = f"(?:没有?|并未|未){_LEAVE}"
"""How a leader says that somebody is not away at all."""
_BESIDE = re.compile(rf"(?:^|[\s,，。;；!！])(?:我|本人)?{ALREADY}(?:(?:{BACK}|上班)(?:了|$|[\s,，。])|销假|假?{STAYS})")
"""The same beside a check-in: 我回来了，36.5."""


def wants(reading: Reading) -> bool:
    """Any message that names an absence."""
    return bool(reading.leaves)


def handle(incoming: Incoming) -> list[str]:
    """The lines of the receipt."""
    work = incoming.work
    texts = work.unit.texts
    weighed = hearsay.weigh(work, incoming.row, incoming.sender, incoming.reading)
    reading = incoming.reading.model_copy(update={"leaves": weighed.leaves})
    lines = [work.say("hearsay.not_theirs_to_say", name=person.name) for person in dict.fromkeys(weighed.refused)]
    lines += [work.say("hearsay.known", name=person.name) for person in dict.fromkeys(weighed.known)]
    open_ended = {leave.person for leave in reading.leaves if leave.last is None}
    for person, row in absence.leaves(work, incoming.row, incoming.sender, reading, incoming.text, partial(_reason, incoming)):
        if person.id in weighed.second_hand:
            lines.append(hearsay.tell_of(work, incoming.sender, person, row))
            continue
        who = "" if person.id == incoming.sender.id else person.name
        first = wording.day(texts, row.first)
        if row.last is None:
            key = "receipt.leave"
        elif row.last > row.first:
            key = "receipt.leave_until"
        else:  # of one day, as was said, or as is taken for meant
            key = "receipt.leave_day_taken" if person.name in open_ended else "receipt.leave_day"
        last = "" if row.last is None else wording.day(texts, row.last)
        lines.append(work.say(key, who=who, first=first, last=last, reason=row.reason))
    return lines


def back_by(incoming: Incoming, recorded: list[Recorded]) -> list[str]:
    """The line that the sender's own leave is over: by words beside a check-in of today, or, where it was open, by the check-in."""
    work, sender = incoming.work, incoming.sender
    today = [one.row for one in recorded if one.person.id == sender.id and not one.row.relation and one.row.day == work.today]
    if not today:
        return []
    if _BESIDE.search(incoming.text) is not None:
        ended = absence.back(work, incoming.row, sender, sender)
    else:
        ended = absence.reported(work, incoming.row, sender) if today[-1].healthy and not incoming.reading.leaves else []
    return [work.say("leave.over")] if ended else []


def over(incoming: Incoming, person: Person) -> str:
    """The sentence on the leaves of a person that are over, or else on those that do not come to be; "" where there are none."""
    work, mine = incoming.work, person.id == incoming.sender.id
    ended = absence.back(work, incoming.row, person, incoming.sender)
    if ended:
        what = wording.listed(work.unit.texts, dict.fromkeys(row.reason for row in ended))
        return work.say("leave.back", reason=what) if mine else work.say("leave.back_of", name=person.name, reason=what)
    coming = absence.cancel(work, person)
    if not coming:
        return ""
    what = wording.listed(work.unit.texts, (_which(incoming, row) for row in coming))
    return work.say("leave.cancelled", name="" if mine else person.name, what=what)


def _which(incoming: Incoming, row: LeaveRow) -> str:
    texts = incoming.work.unit.texts
    return texts("mine.leave", first=wording.day(texts, row.first), leave=wording.leave(texts, row))


def _reason(incoming: Incoming, leave: Leave) -> str:
    """The word that was said for it, of those the language knows, where it is told of several that of each.

    The plain one where none was said, or it is for the secretary alone.
    """
    known = incoming.work.say("leave.reasons").split("|")
    if incoming.said_in_confidence:
        return known[0]
    text = incoming.message.text
    of_each = (
        [text[piece.start : piece.end] for piece in leave.evidence if piece.field == "leave"] if len(incoming.reading.leaves) > 1 else []
    )
    return next((word for said in (*of_each, incoming.text) for word in known if word in said), known[0])
