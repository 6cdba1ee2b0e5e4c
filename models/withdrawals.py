"""What waits to be said of a case that has become urgent: it is said now, or not at all where something newer is said instead."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models import together
from models.outbox import TELLING, NoticeState
from models.tables.queue import NoticeRow


def hurry(session: Session, case_id: int, now: datetime, told: Collection[int]) -> None:
    """Nothing of a case waits for the morning any more. The members `told` are alarmed anew, so that earlier alarms are dropped."""
    together.write(session)
    waiting = (NoticeRow.case_id == case_id, NoticeRow.state == NoticeState.WAITING)
    earlier = (NoticeRow.kind.in_(TELLING), NoticeRow.member_id.in_(told))
    dropped = {"state": NoticeState.DROPPED, "finished_at": now, "reason": "worsened"}
    session.execute(update(NoticeRow).where(*waiting, *earlier).values(dropped))
    session.execute(update(NoticeRow).where(*waiting, NoticeRow.due_at > now).values(due_at=now))
