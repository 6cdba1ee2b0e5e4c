"""Deciding a notice: to one member on the channel that reaches them, to a room, or to an account that is nobody's yet."""

from datetime import date, datetime
from typing import Any

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
    awake = on is not None  # who has just spoken
    notice = _private(
        work,
        person,
        reach.of_person(work, person, prefer=on),
        text,
        kind,
        priority,
        day=day,
        expires_at=expires_at,
        image=image,
        about_id=None if about is None else about.id,
        case_id=None if case is None else case.id,
        case_round=None if case is None else case.round,
        due_at=work.now if awake else max(calm.of_notice(work, person, kind, priority, case), not_before or work.now),
    )
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
    return _numbered(work, _notice(work, text, kind, priority, room.channel, room=room.address, expires_at=expires_at, image=image))


def reply_in(
    work: Work, channel: str, address: str, text: str, kind: NoticeKind = NoticeKind.ANSWER, *, mention: str | None = None
) -> None:
    """Say something in any room of a channel, also one that is bound to nothing yet; to the one whose account is `mention`, if any."""
    notice = _notice(work, text, kind, Priority.ANSWER, channel, room=address, mention=mention)
    outbox.add(work.session, notice)


def answer_account(work: Work, channel: str, address: str, text: str) -> None:
    """Answer an account in private that is nobody's yet."""
    outbox.add(work.session, _notice(work, text, NoticeKind.ANSWER, Priority.ANSWER, channel, address=address))


def _private(
    work: Work, person: Person, route: reach.Route | None, text: str, kind: NoticeKind, priority: Priority, **more: Any
) -> NoticeRow:
    if route is None:
        failed = {"state": NoticeState.FAILED, "reason": UNREACHABLE, "finished_at": work.now}
        return _notice(work, text, kind, priority, "", member_id=person.id, **more | failed)
    return _notice(work, text, kind, priority, route.channel, address=route.address, member_id=person.id, **more)


def _numbered(work: Work, notice: NoticeRow) -> int:
    """Decide a notice of which somebody wants to know what becomes of it; its number."""
    together.insert_now(work.session, notice)
    return notice.id


def _notice(work: Work, text: str, kind: NoticeKind, priority: Priority, channel: str, **more: Any) -> NoticeRow:
    """A new notice. Its values are given at once: to set them one by one takes the ORM longer than all the rest."""
    waiting = {"created_at": work.now, "due_at": work.now, "state": NoticeState.WAITING, "attempts": 0}
    return NoticeRow(kind=kind, priority=priority, channel=channel, text=text, **waiting | more)
