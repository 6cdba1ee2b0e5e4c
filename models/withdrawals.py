"""Notices that are taken back before anybody has read them."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models import together
from models.outbox import NoticeState
from models.tables.queue import NoticeRow


def of_case(session: Session, case_id: int, now: datetime, reason: str) -> None:
    """Whatever waits to be said of a case is not said; `reason` is one word for the row."""
    together.write(session)
    waiting = (NoticeRow.case_id == case_id, NoticeRow.state == NoticeState.WAITING)
    session.execute(update(NoticeRow).where(*waiting).values(state=NoticeState.DROPPED, finished_at=now, reason=reason))
