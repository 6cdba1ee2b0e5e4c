"""Pictures, voice messages and the like: nothing can be read in them, and nobody shall believe to have reported by one."""

from datetime import datetime, time, timedelta

from models import nudges, records
from models.message import Attachment, Message
from models.outbox import NoticeKind, Priority
from models.people import Person
from services import coverage, reach
from services.notify import tell
from services.work import Work

_ANSWERS = {
    Attachment.PICTURE: "room.words_only_picture",
    Attachment.VOICE: "room.words_only_voice",
    Attachment.FILE: "room.words_only_file",
    Attachment.FORWARD: "room.words_only_forward",
}
_HINTS = {Attachment.PICTURE: "nudge.picture", Attachment.VOICE: "nudge.voice"}
"""What people report their temperature with who do not write it."""


def answer(work: Work, message: Message, name: str) -> str:
    """The sentence for somebody who said something to the bot that is not in words."""
    kinds = set(message.attachments)
    key = _ANSWERS.get(message.attachments[0], "room.words_only") if len(kinds) == 1 else "room.words_only"
    return work.say(key, name=name, call=reach.call(work, message.channel, message.room))


def may_report(message: Message) -> bool:
    """Whether a message of a room may be meant as a report that cannot be read."""
    return message.room is not None and not message.text.strip() and any(kind in _HINTS for kind in message.attachments)


def concerned(work: Work, message: Message) -> Person | None:
    """Who should hear that such a message counts for nothing: a member whose check-in of today is open, once a day; None: nobody."""
    person = work.directory.speaker(message.channel, message.account)
    if person is None or person.group_id is None or (message.channel, message.room) not in work.directory.rooms:
        return None
    if message.sent_at.astimezone(work.unit.zone).date() != work.today or not reach.reachable(work, person):
        return None
    expected = records.expected_on(work.session, person.group_id, work.today)
    if expected is None or person.id not in expected or not coverage.of_person(work, person, work.today).open:
        return None
    return None if nudges.was_told_on(work.session, person.id, NoticeKind.NUDGE_WORDS, work.today) else person


def hint(work: Work, message: Message) -> None:
    """Ask whoever is concerned, in private, for words. Nothing of the message is kept."""
    person = concerned(work, message)
    if person is None:
        return
    key = next(_HINTS[kind] for kind in message.attachments if kind in _HINTS)
    midnight = datetime.combine(work.today + timedelta(days=1), time(), work.unit.zone)
    text = work.say(key, name=person.name)
    tell(work, person, text, NoticeKind.NUDGE_WORDS, Priority.REMINDER, on=message.channel, day=work.today, expires_at=midnight)
