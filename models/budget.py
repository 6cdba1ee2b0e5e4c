"""What one person was told on a day, as the budget counts it, and what of theirs waits for the day's last word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from models import together
from models.outbox import NoticeKind, NoticeState, Priority
from models.prepared import Prepared, among
from models.tables.queue import NoticeRow
from models.tables.unit import MemberRow

HELD = "budget"
"""The reason of a notice that waits, or waited, because its reader has been told nearly enough for the day."""
LAST = "last_word"
"""The reason of the notices that were said together as the last word of a day."""
WAITED = (HELD, LAST)
OVER = "over_budget"
"""The reason of a notice that waited, and was of no use any more when its time came."""

_WORDS = (NoticeRow.member_id, NoticeRow.kind, NoticeRow.with_id, NoticeRow.reason)
_ORDINARY = (among(NoticeRow.member_id, "members"), NoticeRow.priority != Priority.ALERT)
_IN_TURN = Prepared(
    select(MemberRow.id).where(among(MemberRow.id, "members")).order_by(MemberRow.id).with_for_update(key_share=True), ("members",)
)
_SAID = Prepared(
    select(*_WORDS).where(*_ORDINARY, NoticeRow.finished_at >= bindparam("since"), NoticeRow.state == NoticeState.SENT),
    ("members", "since"),
)
_UNDER_WAY = Prepared(
    select(*_WORDS, NoticeRow.id)
    .where(NoticeRow.channel == bindparam("on"), NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until >= bindparam("moment"))
    .where(*_ORDINARY),
    ("members", "on", "moment"),
)
_WAITING = Prepared(
    select(NoticeRow.__table__)
    .where(NoticeRow.member_id == bindparam("member"), or_(*(NoticeRow.reason == reason for reason in WAITED)))
    .where(
        or_(NoticeRow.state == NoticeState.WAITING, (NoticeRow.state == NoticeState.LEASED) & (NoticeRow.lease_until < bindparam("moment")))
    )
    .order_by(NoticeRow.priority, NoticeRow.id)
    .with_for_update(skip_locked=True),
    ("member", "moment"),
)


@dataclass
class Day:
    """How many messages one person was told today, or is just being told, and whether the last word of the day was said."""

    said: int = 0
    ended: bool = False


def days(
    session: Session, member_ids: Collection[int], channels: Collection[str], since: datetime, now: datetime, but: Collection[int]
) -> dict[int, Day]:
    """The day so far of some people, who are this transaction's alone until it ends: two senders do not count at once.

    Not counted are alerts, answers to what somebody asked, what is said in the message of another notice, and the notices `but`.
    """
    members = sorted(member_ids)
    together.select(session, _IN_TURN, members=members)
    found = {member: Day() for member in members}
    words = [row for channel in channels for row in together.select(session, _UNDER_WAY, members=members, on=channel, moment=now)]
    lately = [row[:-1] for row in words if row[-1] not in but]
    for member, kind, with_id, reason in (*lately, *together.select(session, _SAID, members=members, since=since)):
        found[member].said += counts(kind, with_id)
        found[member].ended |= reason == LAST
    return found


def counts(kind: str, with_id: int | None = None) -> bool:
    """Whether a notice of a kind that is no alert takes a place of the day: not what somebody asked for, nor what is said with another."""
    return with_id is None and kind != NoticeKind.ANSWER


def take_along(session: Session, with_notice: NoticeRow, now: datetime, lease_until: datetime) -> list[NoticeRow]:
    """Lease what waits for the same person as a leased notice, on whatever channel, to be said on its channel. To be looked at only."""
    rows = together.find(session, _WAITING, NoticeRow, member=with_notice.member_id, moment=now)
    if not rows:
        return []
    taken = {"state": NoticeState.LEASED, "lease_until": lease_until, "channel": with_notice.channel, "address": with_notice.address}
    query = update(NoticeRow).where(NoticeRow.id.in_([row.id for row in rows]))
    session.execute(query.values(**taken, attempts=NoticeRow.attempts + 1).execution_options(synchronize_session=False))
    for row in rows:
        row.__dict__.update(taken, attempts=row.attempts + 1)
    return rows


def gather(session: Session, rows: Sequence[NoticeRow], reason: str) -> None:
    """These leased notices go in one message, that of the first; `reason` says why."""
    first = rows[0].id
    query = update(NoticeRow).where(NoticeRow.id.in_([row.id for row in rows])).values(reason=reason, with_id=None)
    session.execute(query.execution_options(synchronize_session=False))
    said_with(session, first, [row.id for row in rows[1:]])


def said_with(session: Session, first: int, others: Collection[int]) -> None:
    """Some notices are said in the message of another."""
    if others:
        query = update(NoticeRow).where(NoticeRow.id.in_(others)).values(with_id=first)
        session.execute(query.execution_options(synchronize_session=False))
