"""Deciding a notice: to one member on the channel that reaches them, to a room, or to an account that is nobody's yet."""

from datetime import date, datetime

from models import outbox, together
from models.directory import Room
from models.outbox import NoticeKind, NoticeState, Priority
from models.people import Person
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services import calm, reach
from services.work import Work

UNREACHABLE = "unreachable"


def tell(
    work: Work,
    person: Person,
    text: str,
    kind: NoticeKind,
    priority: Priority = Priority.ANSWER,
    *,
    on: str | None = None,
    case: CaseRow | None = None,
    day: date | None = None,
    expires_at: datetime | None = None,
    image: str | None = None,
    about: Person | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Tell one member in private, `on` the channel on which they spoke where it can be; whether any channel reaches them.

    What can wait is not said in quiet hours, but to whoever has just spoken (`on`). One whom none reaches gets a failed notice, so that it
    can be seen. `image` is a picture in the unit's content that goes with it;
    `about` is whom a buddy is asked about.
    """
    notice = _private(work, person, reach.of_person(work, person, prefer=on), text, kind, priority)
    notice.day = day
    notice.expires_at = expires_at
    notice.image = image
    notice.about_id = None if about is None else about.id
    if case is not None:
        notice.case_id, notice.case_round = case.id, case.round
    if on is None:  # whoever has just spoken is awake
        notice.due_at = max(calm.of_notice(work, person, kind, priority, case), not_before or work.now)
    outbox.add(work.session, notice)
    return notice.state != NoticeState.FAILED


def tell_outage(work: Work, person: Person, text: str, channel: str) -> int:
    """Tell one member how a channel stands, in private and on another channel where there is one; the number of the notice."""
    route = reach.of_person(work, person, without=(channel,)) or reach.of_person(work, person)
    return _numbered(work, _private(work, person, route, text, NoticeKind.OUTAGE, Priority.REMINDER))


def post(
    work: Work,
    room: Room,
    text: str,
    kind: NoticeKind,
    priority: Priority = Priority.ANSWER,
    *,
    expires_at: datetime | None = None,
    image: str | None = None,
) -> int:
    """Say something in a bound room, never anybody's health, thoughts or hardship; the number of the notice, by which one sees its fate."""
    notice = _in_room(work, room.channel, room.address, text, kind, priority)
    notice.expires_at, notice.image = expires_at, image
    return _numbered(work, notice)


def reply_in(
    work: Work, channel: str, address: str, text: str, kind: NoticeKind = NoticeKind.ANSWER, *, mention: str | None = None
) -> None:
    """Say something in any room of a channel, also one that is bound to nothing yet; to the one whose account is `mention`, if any."""
    notice = _in_room(work, channel, address, text, kind, Priority.ANSWER)
    notice.mention = mention
    outbox.add(work.session, notice)


def answer_account(work: Work, channel: str, address: str, text: str) -> None:
    """Answer an account in private that is nobody's yet."""
    notice = _notice(work, text, NoticeKind.ANSWER, Priority.ANSWER, channel)
    notice.address = address
    outbox.add(work.session, notice)


def _private(work: Work, person: Person, route: reach.Route | None, text: str, kind: NoticeKind, priority: Priority) -> NoticeRow:
    notice = _notice(work, text, kind, priority, "" if route is None else route.channel)
    notice.address = None if route is None else route.address
    notice.member_id = person.id
    if route is None:
        notice.state, notice.reason, notice.finished_at = NoticeState.FAILED, UNREACHABLE, work.now
    return notice


def _in_room(work: Work, channel: str, address: str, text: str, kind: NoticeKind, priority: Priority) -> NoticeRow:
    notice = _notice(work, text, kind, priority, channel)
    notice.room = address
    return notice


def _numbered(work: Work, notice: NoticeRow) -> int:
    """Decide a notice of which somebody wants to know what becomes of it; its number."""
    together.insert_now(work.session, notice)
    return notice.id


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
