"""Who is out on a call (出警): the SQL of call-outs. One ends when somebody says so, or by itself."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models import together
from models.prepared import Prepared, among
from models.tables.records import CallOutRow

_STANDING = Prepared(
    select(CallOutRow.member_id).where(
        among(CallOutRow.member_id, "members"), CallOutRow.ended_at.is_(None), CallOutRow.until > bindparam("moment")
    ),
    ("members", "moment"),
)


def begin(session: Session, call_out: CallOutRow) -> None:
    """Note that a member is out; an earlier word of it is replaced."""
    end(session, [call_out.member_id], call_out.recorded_at)
    session.add(call_out)
    session.flush()


def standing(session: Session, member_ids: Collection[int], now: datetime) -> set[int]:
    """Which of these members are out at a moment."""
    return {member for (member,) in together.select(session, _STANDING, members=list(member_ids), moment=now)}


def end(session: Session, member_ids: Collection[int], now: datetime) -> set[int]:
    """These members are back; who of them was out."""
    out = standing(session, member_ids, now)
    wanted = update(CallOutRow).where(CallOutRow.member_id.in_(member_ids), CallOutRow.ended_at.is_(None))
    session.execute(wanted.values(ended_at=now))
    return out
