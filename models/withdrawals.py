"""What waits to be said of a case: it is not said any more where something newer is said instead, or said now where it became urgent."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.outbox import TELLING, NoticeKind, NoticeState
from models.tables.queue import NoticeRow


def hurry(session: Session, case_id: int, now: datetime, told: Collection[int]) -> None:
    """Nothing of a case waits for the morning any more. The members `told` are alarmed anew, so that earlier alarms are dropped."""
    waiting = (NoticeRow.case_id == case_id, NoticeRow.state == NoticeState.WAITING)
    earlier = (NoticeRow.kind.in_(TELLING), NoticeRow.member_id.in_(told))
    dropped = {"state": NoticeState.DROPPED, "finished_at": now, "reason": "worsened"}
    session.execute(update(NoticeRow).where(*waiting, *earlier).values(dropped))
    session.execute(update(NoticeRow).where(*waiting, NoticeRow.due_at > now).values(due_at=now))


def not_over(session: Session, case_id: int, closed_at: datetime, now: datetime) -> None:
    """A case that was closed is open again: that it is over is not said any more, least of all behind the alert that it is not."""
    waiting = (NoticeRow.case_id == case_id, NoticeRow.state == NoticeState.WAITING, NoticeRow.parts_sent == 0)
    news = (NoticeRow.kind == NoticeKind.CASE, NoticeRow.created_at >= closed_at)
    dropped = {"state": NoticeState.DROPPED, "finished_at": now, "reason": "reopened"}
    session.execute(update(NoticeRow).where(*waiting, *news).values(dropped))


def renew(session: Session, case_id: int, now: datetime, told: Collection[int]) -> None:
    """The members `told` are told once more that nobody has a case: what waits unsent to tell them so is outdated."""
    waiting = (NoticeRow.case_id == case_id, NoticeRow.state == NoticeState.WAITING, NoticeRow.parts_sent == 0)
    earlier = (NoticeRow.kind == NoticeKind.CLIMB, NoticeRow.member_id.in_(told))
    dropped = {"state": NoticeState.DROPPED, "finished_at": now, "reason": "outdated"}
    session.execute(update(NoticeRow).where(*waiting, *earlier).values(dropped))
