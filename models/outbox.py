"""The notices that the bot decided to send: added in the transaction that decides, claimed with a lease, marked when done."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import Integer, String, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from models import together
from models.accounts import first_of_member
from models.ahead import Ahead
from models.prepared import Prepared, among
from models.tables.base import Moment
from models.tables.queue import NoticeRow


class NoticeKind(StrEnum):
    """Why a notice is sent; it decides whether it is still wanted when its turn comes."""

    RECEIPT = "receipt"
    ANSWER = "answer"
    QUESTION = "question"
    ALERT = "alert"
    """A case was raised."""
    CLIMB = "climb"
    """A case waits for an acknowledgement."""
    CASE = "case"
    """News of a case."""
    NUDGE_CHECKIN = "nudge_checkin"
    NUDGE_BUDDY = "nudge_buddy"
    NUDGE_WORDS = "nudge_words"
    """A picture or a voice message may have been a check-in."""
    NUDGE_REPORT = "nudge_report"
    HEALTH_ROUND = "health_round"
    """Somebody who is ill is asked how they are."""
    HEALTH_RISE = "health_rise"
    """Whose temperature has risen is asked to measure again."""
    HEALTH_WELL = "health_well"
    """Somebody was ill and is well again."""
    DIGEST = "digest"
    LESSON = "lesson"
    ACCOUNT = "account"
    """An account was recognised as a member's."""
    OPERATION = "operation"
    """Something about the bot itself."""
    OUTAGE = "outage"
    """A channel is out of order, or works again."""


class Priority(IntEnum):
    """Which notice goes first; the lower number."""

    ALERT = 0
    ANSWER = 1
    REMINDER = 2
    DIGEST = 3


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    DROPPED = "dropped"
    """No longer wanted when its turn came; the reason says why."""
    FAILED = "failed"
    """Given up, or nobody could be reached."""


UNFINISHED = (NoticeState.WAITING, NoticeState.LEASED)
TELLING = (NoticeKind.ALERT, NoticeKind.CLIMB)
_TOLD: Ahead[int, int] = Ahead("told")
_DUE = Prepared(
    select(NoticeRow.__table__)
    .where(NoticeRow.channel == bindparam("on"), or_(*(NoticeRow.state == state for state in UNFINISHED)))  # the index, of few rows
    .where(
        or_(
            and_(NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at <= bindparam("moment")),
            and_(NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until < bindparam("moment")),
        )
    )
    .where(NoticeRow.priority <= bindparam("lowest"))
    .order_by(NoticeRow.priority != Priority.ALERT, NoticeRow.parts_sent == 0, NoticeRow.priority, NoticeRow.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True),
    ("on", "moment", "lowest", "most"),
)
_NEXT = Prepared(
    select(func.min(NoticeRow.due_at)).where(
        among(NoticeRow.channel, "channels"), NoticeRow.state == NoticeState.WAITING, NoticeRow.due_at > bindparam("moment")
    ),
    ("channels", "moment"),
)
_NUMBER = NoticeRow.id == bindparam("number")
_ONE = Prepared(select(NoticeRow.__table__).where(_NUMBER), ("number",))
_LEASE = Prepared(
    update(NoticeRow.__table__)
    .where(_NUMBER)
    .values(state=NoticeState.LEASED, lease_until=bindparam("until"), attempts=NoticeRow.attempts + 1, with_id=None),
    ("number", "until"),
)
_FINISH = Prepared(
    update(NoticeRow.__table__)
    .where(_NUMBER, or_(*(NoticeRow.state == state for state in UNFINISHED)))
    .values(state=bindparam("became"), finished_at=bindparam("moment"), lease_until=None, reason=bindparam("why"))
    .values(sent_at=func.coalesce(NoticeRow.sent_at, bindparam("handed", type_=Moment))),
    ("number", "became", "moment", "why", "handed"),
)
_HANDED = Prepared(
    update(NoticeRow.__table__).where(_NUMBER, NoticeRow.sent_at.is_(None)).values(sent_at=bindparam("moment")), ("number", "moment")
)
_ARRIVED = Prepared(
    update(NoticeRow.__table__)
    .where(_NUMBER)
    .values(platform_id=func.coalesce(NoticeRow.platform_id + " ", "") + bindparam("called", type_=String)),
    ("number", "called"),
)
_PUT_BACK = Prepared(
    update(NoticeRow.__table__)
    .where(_NUMBER, NoticeRow.state == NoticeState.LEASED)
    .values(state=NoticeState.WAITING, due_at=bindparam("due"), lease_until=None, reason=bindparam("why"), tried="", with_id=None)
    .values(parts_sent=bindparam("parts"), attempts=NoticeRow.attempts - bindparam("untried", type_=Integer)),
    ("number", "due", "why", "parts", "untried"),
)
_TELLINGS = Prepared(
    select(NoticeRow.case_id, NoticeRow.member_id)
    .where(among(NoticeRow.case_id, "cases"), NoticeRow.member_id.is_not(None))
    .where(or_(*(NoticeRow.kind == kind for kind in TELLING)))
    .order_by(NoticeRow.id),
    ("cases",),
)


def add(session: Session, notice: NoticeRow) -> None:
    """Decide a notice; it is sent after the commit."""
    together.add(session, notice)
    if notice.case_id is not None and notice.member_id is not None and notice.kind in TELLING:
        _TOLD.add(session, notice.case_id, notice.member_id)


def look_ahead(session: Session, case_ids: Collection[int]) -> None:
    """Know who was told of some cases."""
    _TOLD.learn(session, case_ids, _tellings(session, list(case_ids)))


def told(session: Session, case_id: int) -> list[int]:
    """The members who were told of a case, in the order of telling."""
    known = _TOLD.of(session, case_id)
    if known is None:
        known = [member_id for _, member_id in _tellings(session, [case_id])]
    return list(dict.fromkeys(known))


def _tellings(session: Session, case_ids: list[int]) -> Iterable[tuple[int, int]]:
    return ((case_id, member_id) for case_id, member_id in together.select(session, _TELLINGS, cases=case_ids))


def by_id(session: Session, notice_id: int) -> NoticeRow | None:
    """The notice with that number, as the database has it now."""
    return session.get(NoticeRow, notice_id, populate_existing=True)


def seen(session: Session, notice_id: int) -> NoticeRow | None:
    """The same, to be looked at only: each of a sender's alerts that must wait is looked at."""
    return next(iter(together.find(session, _ONE, NoticeRow, number=notice_id)), None)


def alerts_of(session: Session, case_id: int, case_round: int) -> list[NoticeRow]:
    """The alerts with which a round of a case began."""
    query = select(NoticeRow).where(NoticeRow.case_id == case_id, NoticeRow.case_round == case_round, NoticeRow.kind == NoticeKind.ALERT)
    return list(session.scalars(query))


def claim(
    session: Session, channel: str, now: datetime, lease_until: datetime, limit: int, lowest: Priority = Priority.DIGEST
) -> list[NoticeRow]:
    """Lease what is due on a channel and no less urgent than `lowest`; also what another sender left behind.

    Alerts come first, then what has begun to arrive in parts, so that nothing is said in its midst, then all else in the order of
    decision. The rows are to be looked at only.
    """
    rows = together.find(session, _DUE, NoticeRow, on=channel, moment=now, lowest=lowest, most=limit)
    _LEASE.run(session, [{"number": row.id, "until": lease_until} for row in rows])
    for row in rows:
        row.__dict__.update(state=NoticeState.LEASED, lease_until=lease_until, attempts=row.attempts + 1)
    return rows


def finish(
    session: Session,
    notice_ids: Collection[int],
    state: NoticeState,
    now: datetime,
    reason: str | None = None,
    handed_at: datetime | None = None,
) -> None:
    """Mark notices as sent, dropped or failed; `handed_at`: when they were given to the platform, if they were not before."""
    outcome = {"became": state, "moment": now, "why": reason, "handed": handed_at}
    together.run(session, _FINISH, [{"number": number, **outcome} for number in notice_ids])


def handed(session: Session, notice_ids: Collection[int], at: datetime) -> None:
    """Note that notices were given to a platform, whatever it does with them. The first time stays."""
    together.run(session, _HANDED, [{"number": number, "moment": at} for number in notice_ids])


def arrived(session: Session, notice_ids: Collection[int], platform_ids: Sequence[str]) -> None:
    """Note what a platform calls the messages that notices, or the next parts of them, have become."""
    together.run(session, _ARRIVED, [{"number": number, "called": " ".join(platform_ids)} for number in notice_ids])


RECALLED = "recalled"
"""The reason of a notice that was sent, and taken back."""


def recalled(session: Session, notice: NoticeRow) -> list[int]:
    """Note that what a notice became was taken back; the numbers of all notices that were said in the same messages."""
    same = (NoticeRow.channel == notice.channel, NoticeRow.address == notice.address, NoticeRow.platform_id == notice.platform_id)
    rows = list(session.scalars(select(NoticeRow).where(*same).order_by(NoticeRow.id)))
    for row in rows:
        row.reason = RECALLED
    return [row.id for row in rows]


def sent_since(session: Session, channel: str, since: datetime) -> list[NoticeRow]:
    """What was sent on a channel since a moment, oldest first: what its pace must remember over a restart."""
    query = select(NoticeRow).where(NoticeRow.channel == channel, NoticeRow.finished_at > since).order_by(NoticeRow.finished_at)
    return [row for row in session.scalars(query) if row.state == NoticeState.SENT]  # of a state there may be millions: no index of it


def put_back(session: Session, notice_id: int, due_at: datetime, reason: str, *, tried: bool, parts_sent: int = 0) -> None:
    """Try a notice again at `due_at`. `tried`: the platform was asked; a wait for its pace is no attempt.

    All its member's channels may be tried then, unless a first part of it has arrived on this one.
    """
    together.run(
        session, _PUT_BACK, [{"number": notice_id, "due": due_at, "why": reason, "parts": parts_sent, "untried": 0 if tried else 1}]
    )


def move(
    session: Session, notice_id: int, channel: str, now: datetime, reason: str, *, address: str | None = None, room: str | None = None
) -> None:
    """Send a leased notice on another channel, at once and from its beginning; `reason` says why not on this one.

    Whom it mentions has another account there, or none.
    """
    notice = by_id(session, notice_id)
    if notice is None:
        return
    notice.tried = f"{notice.tried} {notice.channel}".strip()
    notice.channel, notice.address, notice.room, notice.mention = channel, address, room, None
    notice.state, notice.due_at, notice.lease_until, notice.reason, notice.parts_sent = NoticeState.WAITING, now, None, reason, 0


def release_leases(session: Session) -> None:
    """Give back what a process that no longer lives had claimed. Only where no other process can be sending."""
    session.execute(update(NoticeRow).where(NoticeRow.state == NoticeState.LEASED).values(state=NoticeState.WAITING, lease_until=None))


def next_due(session: Session, after: datetime, channels: Collection[str]) -> datetime | None:
    """When the next waiting notice of some channels that is not due yet comes due."""
    ((due_at,),) = together.select(session, _NEXT, channels=list(channels), moment=after)
    found: datetime | None = due_at
    return found


def waiting(session: Session, limit: int) -> list[NoticeRow]:
    """The notices still to be sent, the next first."""
    query = select(NoticeRow).where(NoticeRow.state == NoticeState.WAITING).order_by(NoticeRow.due_at, NoticeRow.id).limit(limit)
    return list(session.scalars(query))


class UnreachableError(Exception):
    """A notice to a member who has no account on any channel."""


def retry(session: Session, notice_id: int, now: datetime, channels: Sequence[str]) -> bool:
    """Send a failed notice again, with all its attempts; False where there is no failed notice of that number.

    One that reached nobody takes the member's account by now, on the first of `channels`; raises UnreachableError where there is none.
    """
    row = session.get(NoticeRow, notice_id)
    if row is None or row.state != NoticeState.FAILED:
        return False
    if row.room is None and row.address is None:
        row.channel, row.address = _route(session, row.member_id, channels)
    row.tried = ""
    row.state, row.due_at, row.attempts, row.finished_at, row.reason, row.expires_at = NoticeState.WAITING, now, 0, None, None, None
    return True


def _route(session: Session, member_id: int | None, channels: Sequence[str]) -> tuple[str, str]:
    accounts = {} if member_id is None else first_of_member(session, member_id)
    for channel in channels:
        if channel in accounts:
            return channel, accounts[channel]
    raise UnreachableError
