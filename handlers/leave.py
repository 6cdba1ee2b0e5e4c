"""Somebody is or will be away."""

import re
from datetime import timedelta
from functools import partial

from handlers.incoming import Incoming
from handlers.prolonged import is_longer
from models import records
from models.people import Person
from models.reading import Leave, Reading
from models.tables.records import LeaveRow
from services import absence, hearsay, record, wording
from services.record import Recorded

ALREADY = "(?:已经?|提前|刚刚?|今天|今早|现在|都)*"
BACK = "(?:回来|归队|返岗|到岗|回站|回队|回单位|销假)"
"""How people say that they are back from leave; 上班 alone says no more than that it is a working day."""
LEAVE = "(?:请假|休假|假期|年假|出差|轮休|调休|补休|探亲)"
STAYS = (
    f"(?:取消{LEAVE}了?|(?:不(?:用|必|需要|想|打算)?|用不着)(?:请|休|(?=轮休|调休|补休|出差|探亲)){LEAVE}?假?了|没有?请假|{LEAVE}取消了?)"
)
"""How they say that they do not go after all."""
DAY = (
    "(?:今天|今日|今晚|明天|明日|明儿|大?后天|(?:下+个?|这|本)?(?:周|星期|礼拜)[一二三四五六日天末]|(?:[0-9]{1,2}月)?[0-9]{1,2}[日号]"
    "|下个?(?:周|星期|礼拜))"
)
"""A day on which somebody was to be away."""
CALLED_OFF = (
    "(?:不(?:去|走|出去|外出|回去|回老家|回家)了|(?:照常|照旧|正常|按时)(?:上班|上岗|在位|在岗|在班|值班)"
    "|(?:的|我的)?假?(?:取消|作废|退)了?)"
)
"""How they say it of a day on which they were to be away; of any other day it says nothing."""
LEAVE_DENIED = f"(?:没有?|并未|未){LEAVE}"
"""How a leader says that somebody is not away at all."""
_BESIDE = re.compile(rf"(?:^|[\s,，。;；!！])(?:我|本人)?{ALREADY}(?:(?:{BACK}|上班)(?:了|$|[\s,，。])|销假|假?{STAYS})")
"""The same beside a check-in: 我回来了，36.5."""
_NOT_THEN = re.compile(rf"(?:^|[\s,，。;；!！])(?:我|本人)?(?P<day>{DAY})我?(?:又|先|就|也)?{STAYS}(?:$|[\s,，。!！])")
"""36.5，明天不休了."""


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
    if (then := _NOT_THEN.search(incoming.text)) is not None and not incoming.reading.leaves:
        line = not_on(incoming, sender, then["day"])
        return [line] if line else []
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


def not_on(incoming: Incoming, person: Person, words: str) -> str:
    """The sentence on a leave that does not come to be from the day on that `words` name; "" where the person was not away on it."""
    work, mine = incoming.work, person.id == incoming.sender.id
    said = incoming.read(f"{words}请假", incoming.sender.name, work.today).leaves
    if not said:
        return ""
    day = said[0].first
    if day == work.today:
        return over(incoming, person) if records.leaves_on(work.session, day, [person.id]) else ""
    shortened = absence.shorten(work, incoming.row, person, incoming.sender, day)
    if not shortened:
        return ""
    texts, name = work.unit.texts, "" if mine else person.name
    ended = [row for row in shortened if row.first < day]
    if not ended:
        return work.say("leave.cancelled", name=name, what=wording.listed(texts, (_which(incoming, row) for row in shortened)))
    return work.say("leave.ends", name=name, reason=ended[-1].reason, last=wording.day(texts, day - timedelta(days=1)))


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
    word = next((word for said in (*of_each, incoming.text) for word in known if word in said), known[0])
    return _known_by(incoming, leave) or word if word == known[0] and is_longer(incoming.text) else word


def _known_by(incoming: Incoming, leave: Leave) -> str:
    """The word for which a leave is known that is only longer now."""
    work = incoming.work
    person, _ = record.whose(work, incoming.sender, leave.person)
    standing = [] if person is None else records.leaves_on(work.session, leave.first, [person.id])
    return next((row.reason for row in reversed(standing) if row.first == leave.first), "")
