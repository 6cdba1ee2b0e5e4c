"""A message from an account that is nobody's yet: the claim of a name, or a report that waits until the account is known."""

from handlers.commands.command import said
from handlers.commands.identity import PATTERN
from models import inbox
from models.inbox import MessageStatus
from models.reading import Reading
from models.tables.queue import MessageRow
from services import identity, loops, operations, reach
from services.notify import answer_account, reply_in
from services.work import Work


def claims(text: str) -> str | None:
    """The name that is claimed, where the whole message is "我是 姓名"."""
    match = PATTERN.fullmatch(said(text))
    return None if match is None else match["name"]


def handle(work: Work, row: MessageRow, text: str, reading: Reading, called: str) -> None:
    """Take a claim; else keep what was reported until the account is known, and say once how to become known.

    `called` is by what people know the account: its name in the chat, or else its id.
    Somebody who may be in need must not wait for that: whoever is on duty hears that there is somebody, and looks who it is.
    """
    name = None if reading.reports else claims(text)
    if name is not None:
        _answer(work, row, identity.claim(work, row, name, called=called, call=_call(work, row)))
        return
    reports = reading.reports
    if reports:
        inbox.keep(work.session, row)
        row.status = MessageStatus.STRANGER
        work.session.flush()
        inbox.keep_the_newest(work.session, row.channel, row.account)
        if reading.in_need:
            operations.tell_duty_officers(work, work.say("operation.stranger_in_need", account=called, number=row.id))
    if row.addressed or not inbox.wrote_before(work.session, row.channel, row.account):
        key = "claim.who_are_you_kept" if reports else "claim.who_are_you"
        who = work.say(key, call=_call(work, row))
        if not loops.enough(work, row.channel, None if _in_private(work, row) else row.room, row.account, who):
            _answer(work, row, who)


def _in_private(work: Work, row: MessageRow) -> bool:
    """In the room only where the channel cannot speak to the account in private."""
    return row.room is None or reach.of_account(work, row.channel, row.account)


def _call(work: Work, row: MessageRow) -> str:
    """What must stand before a claim: in a room it counts only where it is said to the bot, also where all that is said there is heard."""
    return "" if _in_private(work, row) else reach.mention(work)


def _answer(work: Work, row: MessageRow, text: str) -> None:
    if _in_private(work, row):
        answer_account(work, row.channel, row.account, text)
    elif row.addressed and row.room is not None:
        reply_in(work, row.channel, row.room, text, mention=row.account)
