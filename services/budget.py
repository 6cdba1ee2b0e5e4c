"""So many messages a day and no more: what the bot says to one person of its own accord, and what waits for the day's last word.

As long as there is more than one place left in a day, a notice goes at once. What comes later waits, and goes together as one last
message at the latest useful moment. What comes after that waits for the morning. All of it is in the rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models import budget, cases, outbox
from models.budget import HELD, LAST, WAITED, Day
from models.outbox import NoticeKind, NoticeState, Priority
from models.policies import Quiet
from models.roster import Role
from models.tables.queue import NoticeRow
from services import calm
from services.work import Work

BEFORE_QUIET = timedelta(hours=2)
"""So long before the quiet hours the last word of a day is said: after the evening's digests, and nobody is in bed."""
IN_TIME = timedelta(minutes=5)
"""So long before it is of no use any more a notice is said at the latest."""

_AT_ONCE = frozenset(
    {NoticeKind.ANSWER, NoticeKind.RECEIPT, NoticeKind.QUESTION, NoticeKind.HEALTH_ROUND, NoticeKind.NUDGE_BUDDY, NoticeKind.OUTAGE}
)
"""What answers somebody's own words. A question, which a bare 是 answers from when it was decided on: it must have been read. That a
channel is out of order: nothing is heard there until somebody acts on it."""
SAME_WORDS = "same_words"
"""The reason of a notice that would say in a message what another one says there."""
_DIGESTED = frozenset({Role.LEADER, Role.SECRETARY})
"""They read a digest in the evening: their last word waits for it, even where a reminder comes to nothing by that."""


@dataclass(frozen=True)
class Bundle:
    """Notices that go in one message. `waited`: why they waited, if they did; `heading` stands above what several of them say."""

    notices: tuple[NoticeRow, ...]
    waited: str | None = None
    heading: str = ""


def singly(rows: Iterable[NoticeRow]) -> list[Bundle]:
    """Each in a message of its own."""
    return [Bundle((row,)) for row in rows]


def may_wait(work: Work, notice: NoticeRow) -> bool:
    """Whether a notice is the bot's own word to somebody, and neither urgent nor begun, nor news of what they told themselves."""
    if notice.room is not None or notice.member_id is None or notice.priority == Priority.ALERT:
        return False
    if notice.kind in _AT_ONCE or notice.parts_sent or notice.image is not None:
        return False
    case = None if notice.case_id is None else cases.seen(work.session, notice.case_id)
    return case is None or (calm.waits(case) and notice.member_id not in (case.member_id, case.reporter_id))


def within(work: Work, rows: Sequence[NoticeRow], lease_until: datetime, wanted: Callable[[NoticeRow], bool]) -> list[Bundle]:
    """Of leased notices what is said now, in their order; the others are put back. What else waits for the same people is taken along.

    `wanted` looks again at what is taken along.
    """
    limit = work.unit.policies.budget
    own = {row.id for row in rows if may_wait(work, row)} if limit is not None else set()
    if limit is None or not own:
        return singly(rows)
    place = {row.id: number for number, row in enumerate(rows)}
    members = {row.member_id or 0 for row in rows if row.id in own}
    midnight = datetime.combine(work.today, time(), work.unit.zone)
    days = budget.days(work.session, members, work.unit.channels, midnight, work.now, place.keys())
    bundles = singly(row for row in rows if row.id not in own)
    for row in rows:
        if row.id not in own and row.member_id in days and row.priority != Priority.ALERT:
            days[row.member_id].said += budget.counts(row.kind)
    for member in sorted(members):
        mine = [row for row in rows if row.id in own and row.member_id == member]
        bundles += _of_one(_Reader(work, lease_until, wanted, days[member], limit - 1), mine)
    return sorted(bundles, key=lambda bundle: min(place.get(row.id, len(place)) for row in bundle.notices))


@dataclass(frozen=True)
class _Reader:
    """Somebody to whom something is to be said. `places`: how many messages of a day go at once, all but the last word."""

    work: Work
    lease_until: datetime
    wanted: Callable[[NoticeRow], bool]
    day: Day
    places: int


def _of_one(reader: _Reader, mine: Sequence[NoticeRow]) -> list[Bundle]:
    """What is said now of the notices to one person. The others are put back until the day's last word; after it, until the morning."""
    work, day = reader.work, reader.day
    free = 0 if day.ended else max(reader.places - day.said, 0)
    waited = [row for row in mine if row.reason in WAITED]
    fresh = [row for row in mine if row not in waited]
    morning = waited if free else []  # of a new day: all that waited since yesterday takes one place
    at_once = fresh[: free - bool(morning)] if free else []
    rest = [row for row in mine if row not in morning and row not in at_once]
    if rest and not day.ended and any(_at_the_latest(work, row) <= work.now for row in rest):
        return [_together(reader, mine, LAST)]
    for row in rest:
        until = _in_the_morning(work) if day.ended else _at_the_latest(work, row)
        outbox.put_back(work.session, row.id, until, HELD, tried=False)
    return [*([_together(reader, morning, HELD)] if morning else []), *singly(at_once)]


def _together(reader: _Reader, mine: Sequence[NoticeRow], reason: str) -> Bundle:
    """These notices and all else that waits for the same person, in one message; the same words once."""
    work, first = reader.work, mine[0]
    along = budget.take_along(work.session, first, work.now, reader.lease_until)
    ordered = sorted((*mine, *filter(reader.wanted, along)), key=lambda row: (row.priority, row.id))
    notices = list({row.text: row for row in ordered}.values())
    again = {row.id for row in ordered} - {row.id for row in notices}
    outbox.finish(work.session, again, NoticeState.DROPPED, work.now, SAME_WORDS)
    budget.gather(work.session, notices, reason)
    heading = work.say("budget.together", count=len(notices)) if len(notices) > 1 else ""
    return Bundle(tuple(notices), reason, heading)


def _at_the_latest(work: Work, notice: NoticeRow) -> datetime:
    """Until when a notice can wait today."""
    last = last_word(work.unit.policies.quiet, work.today, work.unit.zone)
    person = work.directory.people.get(notice.member_id or 0)
    if notice.expires_at is None or (person is not None and person.has(_DIGESTED)):
        return last
    return min(last, notice.expires_at - IN_TIME)


def last_word(quiet: Quiet, day: date, zone: ZoneInfo) -> datetime:
    """When the last word of a day is said."""
    begin = datetime.combine(day, quiet.begin)
    return datetime.combine(day, (begin - BEFORE_QUIET).time(), zone)


def _in_the_morning(work: Work) -> datetime:
    return datetime.combine(work.today + timedelta(days=1), work.unit.policies.quiet.end, work.unit.zone)
