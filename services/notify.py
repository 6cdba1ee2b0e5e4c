"""Deciding a notice: to one member on the channel that reaches them, to a room, or to an account that is nobody's yet."""

from datetime import date, datetime

from models import outbox
from models.directory import Person, Room
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services.work import Work

UNREACHABLE = "unreachable"


def tell(
    work: Work,
    person: Person,
    text: str,
    kind: NoticeKind,
    priority: Priority = Priority.ANSWER,
    *,
    case: CaseRow | None = None,
    day: date | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Tell one member in private. One whom no channel reaches gets a failed notice, so that it can be seen."""
    channel, address = _route(work, person)
    notice = _notice(work, text, kind, priority, channel)
    notice.address = address
    notice.member_id = person.id
    notice.day = day
    notice.expires_at = expires_at
    if case is not None:
        notice.case_id, notice.case_round = case.id, case.round
    if address is None:
        notice.state, notice.reason, notice.finished_at = NoticeState.FAILED, UNREACHABLE, work.now
    outbox.add(work.session, notice)


def post(
    work: Work, room: Room, text: str, kind: NoticeKind, priority: Priority = Priority.ANSWER, *, expires_at: datetime | None = None
) -> None:
    """Say something in a room. Never anybody's health, thoughts or hardship."""
    notice = _notice(work, text, kind, priority, room.channel)
    notice.room = room.address
    notice.expires_at = expires_at
    outbox.add(work.session, notice)


def answer_account(work: Work, channel: str, address: str, text: str) -> None:
    """Answer an account in private that is nobody's yet."""
    notice = _notice(work, text, NoticeKind.ANSWER, Priority.ANSWER, channel)
    notice.address = address
    outbox.add(work.session, notice)


def _notice(work: Work, text: str, kind: NoticeKind, priority: Priority, channel: str) -> NoticeRow:
    return NoticeRow(
        kind=kind,
        priority=priority,
        channel=channel,
        text=text,
        created_at=work.now,
        due_at=work.now,
        state=NoticeState.WAITING,
        attempts=0,
    )


def _route(work: Work, person: Person) -> tuple[str, str | None]:
    for channel in work.unit.channels:
        address = work.directory.address_of(person.id, channel)
        if address is not None:
            return channel, address
    return "", None
