"""16:20 on Fridays: where many of a group report the same day after day, its leader hears that the daily question costs too much."""

from models.outbox import NoticeKind, Priority
from models.roster import Role
from scheduler.job import Slot
from services import too_much
from services.notify import tell
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Look at a group; mostly nothing is said."""
    text = too_much.remark(work, group_id, slot.day)
    for reader in work.directory.in_charge(Role.LEADER, group_id) if text else ():
        tell(work, reader, text, NoticeKind.OPERATION, Priority.DIGEST, expires_at=slot.expires_at)
