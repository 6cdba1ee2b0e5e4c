"""News about the bot itself, for whoever is on duty: numbers and names of things, never content."""

from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from services.notify import tell
from services.work import Work


def call_for_help(work: Work, person: Person, number: int) -> None:
    """Somebody seems to be in need, and their message (by its number) could not be handled: secretary and duty officers look at once."""
    text = work.say("operation.member_in_need", name=person.name, number=number)
    for listener in (*work.directory.holding(Role.SECRETARY, person), *work.directory.holding(Role.DUTY_OFFICER, person)):
        if listener.id != person.id:
            tell(work, listener, text, NoticeKind.OPERATION, Priority.ALERT)


def room_closed(work: Work, channel: str, address: str, reason: str) -> None:
    """A bound room takes nothing more: every duty officer hears whose it is."""
    room = work.directory.rooms.get((channel, address))
    if room is None:
        return
    facts = {"name": work.directory.title_of(room), "channel": work.unit.texts.word("channel", channel), "reason": reason}
    if f"room_closed.{reason}" in work.unit.texts.keys():  # noqa: SIM118  (they are no mapping)
        text = work.say(f"room_closed.{reason}", bot=work.unit.bot_name, **facts)
    else:
        text = work.say("operation.room_closed", **facts)
    tell_duty_officers(work, text)


def tell_duty_officers(work: Work, text: str) -> None:
    """Tell every duty officer."""
    for person in work.directory.everyone(Role.DUTY_OFFICER):
        tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)
