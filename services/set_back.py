"""The clock was ahead for a moment and goes right again: what was noted for moments still to come is taken back.

What was said then stays said, and what people told then stays under the day it was told on: see docs/decisions.
"""

from datetime import timedelta

from models import set_back
from models.promises import TimerKind
from services import audit, calm
from services.work import Work

LEASE = timedelta(minutes=10)
"""No sender takes longer for what it has claimed."""


def take_back(work: Work) -> dict[str, int]:
    """Take it back; how much of each kind."""
    session, now = work.session, work.now
    counts = {
        "slots": set_back.slots(session, now),
        "cases": set_back.rounds(session, now),
        "notices": set_back.notices(session, now, now + LEASE),
        "timers": set_back.timers(session, TimerKind.MESSAGE_RETRY, now + work.unit.inbox_retry),
    }
    if work.unit.policies.ask_again is not None:
        counts["timers"] += set_back.questions(session, calm.over(work, now + work.unit.policies.ask_again))
    session.expire_all()
    counts["timers"] += audit.hasten(work)
    return counts
