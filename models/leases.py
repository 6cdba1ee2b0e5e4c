"""How long a sender keeps what it has claimed, while a platform takes its time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from models import together
from models.outbox import NoticeState
from models.prepared import Prepared
from models.tables.queue import NoticeRow

_RENEW = Prepared(
    update(NoticeRow.__table__)
    .where(NoticeRow.id == bindparam("number"), NoticeRow.state == NoticeState.LEASED, NoticeRow.lease_until == bindparam("old"))
    .values(lease_until=bindparam("new"))
    .returning(NoticeRow.id),
    ("number", "old", "new"),
)


def renew(session: Session, notice_ids: Collection[int], old: datetime, new: datetime) -> set[int]:
    """Keep notices for longer; which of them nobody has taken over meanwhile."""
    rows = together.run(session, _RENEW, [{"number": number, "old": old, "new": new} for number in notice_ids])
    return {row[0] for row in rows if row is not None}
