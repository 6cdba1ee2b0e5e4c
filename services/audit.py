"""The watchers are watched: what the bot has promised and not kept is found, put right where it can be, and told once.

Findings are numbers of cases, notices, timers and slots, never content. Who calls this and when: bot.watch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from models import audits, cases, promises
from models.case_states import CaseMove, CaseState
from models.outbox import Priority
from models.promises import TimerKind
from models.tables.cases import CaseRow
from services import calm, case_moves, follow_up, ladder, operations, undelivered, wording
from services.work import Work

ALERT_LATE = timedelta(minutes=15)
NOTICE_LATE = timedelta(hours=2)
TIMER_LATE = timedelta(minutes=5)
SLOT_FORGOTTEN = timedelta(minutes=5)
"""A run that failed is tried again after a minute; so long after it nobody does."""
CLOSED_LATELY = timedelta(days=1)
"""So long after the time at which a closed case should have been asked about it is still worth asking."""
LEAST_ROOM = 300
"""In MB. With less left on its disk the database may soon take nothing more, and a backup beside it may find no room."""
TOLD_AGAIN = timedelta(days=1)
"""What stands unchanged is told again after this."""
CHANNEL_OFF = "channel_off"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


InTime = tuple[int, datetime]
"""The number of a case, and when its timer is due."""


class Fault(StrEnum):
    """What can be wrong."""

    NO_CLIMB = "no_climb"
    """An open case has no next step promised, where its ladder has one, or has it promised later than the ladder says."""
    NO_LAPSE = "no_lapse"
    """A case that somebody has would stay with them for ever."""
    NO_QUESTION = "no_question"
    """A settled case that nobody would ask about once more."""
    NO_OWNER = "no_owner"
    """Whoever has a case has left, or may not know of it any more."""
    OFF_CHANNEL = "off_channel"
    """Notices wait for a channel that is not on any more."""
    LATE_ALERTS = "late_alerts"
    LATE_NOTICES = "late_notices"
    CUT_OFF_ALERTS = "cut_off_alerts"
    """Alerts wait for a channel that does not work, and no other reaches their people."""
    OVERDUE_TIMERS = "overdue_timers"
    FAILING_TIMERS = "failing_timers"
    MISSED_SLOTS = "missed_slots"
    """No process had taken them; they are made up for."""
    FAILED_SLOTS = "failed_slots"
    CLOCK_AHEAD = "clock_ahead"
    """Nothing that people write is taken, since this machine's clock is so many minutes ahead of the platform's."""
    CLOCK_BEHIND = "clock_behind"
    DISK_LOW = "disk_low"
    """The disk of the database has only so many MB left."""


OF_CASES = {
    Fault.NO_CLIMB: (CaseState.OPEN, TimerKind.CASE_CLIMB),
    Fault.NO_LAPSE: (CaseState.ACKNOWLEDGED, TimerKind.CASE_LAPSE),
    Fault.NO_QUESTION: (CaseState.PROPOSED, TimerKind.CASE_ASK_AGAIN),
}
CLOCK_OFF = (Fault.CLOCK_AHEAD, Fault.CLOCK_BEHIND)
_TOLD_BEFORE = {Fault.CUT_OFF_ALERTS, Fault.FAILING_TIMERS, Fault.FAILED_SLOTS}
"""The duty officers heard of these when they happened; here they keep the audit from being clean."""
_PUT_RIGHT = {*OF_CASES, Fault.NO_OWNER, Fault.OFF_CHANNEL, Fault.MISSED_SLOTS}
_EACH = {*OF_CASES, Fault.NO_OWNER}
"""What is told of each case for itself."""


@dataclass(frozen=True)
class Finding:
    """One kind of fault, with the numbers of the cases, notices, timers or slots that have it; of missed slots the names of their jobs.

    Of a clock that is off the one number is by how many minutes, of a disk that is nearly full how many MB it has left.
    """

    fault: Fault
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers) or len(self.names)

    def told_by(self) -> list[str]:
        """What of it is told once: each case and each job for itself, all else by its kind."""
        each = self.numbers if self.fault in _EACH else tuple(dict.fromkeys(self.names))
        return [f"{self.fault}:{one}" for one in each] or [str(self.fault)]


@dataclass(frozen=True)
class Surroundings:
    """What the audit cannot see in the database.

    Nothing was done before `awake_since`: so long nothing counts as late. `online` are the channels that work, `missed` the jobs of the
    slots that were made up for just now. `in_time`: timers of cases that an audit has found in time, which they stay; more are added.
    `clock_off`: this machine's clock is so far ahead that nothing that people write is taken, less than nothing where it is behind.
    `room_left`: how many MB the disk of the database has left; None where that is not known.
    """

    awake_since: datetime
    online: frozenset[str]
    missed: Sequence[str] = ()
    in_time: set[InTime] = field(default_factory=set)
    clock_off: timedelta | None = None
    room_left: int | None = None


def audit(work: Work, around: Surroundings) -> list[Finding]:
    """Look, put right, tell; what was found. Empty: all that was promised is kept."""
    told = audits.take_turn(work.session, work.now)
    found = [finding for finding in look(work, around) if finding.count]
    for finding in found:
        _put_right(work, finding)
    _tell(work, found, told)
    return found


def look(work: Work, around: Surroundings) -> Iterator[Finding]:
    """Every kind of fault with what has it, also those that nothing has."""
    for fault in OF_CASES:
        yield Finding(fault, tuple(case.id for case in _lacking(work, fault, around.in_time)))
    yield Finding(Fault.NO_OWNER, tuple(case.id for case in cases.in_hands(work.session) if case_moves.owner_of(work, case) is None))
    yield from _late(work, around)
    overdue = audits.overdue_timers(work.session, work.now - TIMER_LATE) if _long(work, around.awake_since, TIMER_LATE) else []
    yield Finding(Fault.OVERDUE_TIMERS, tuple(overdue))
    yield Finding(Fault.FAILING_TIMERS, tuple(audits.failing_timers(work.session, promises.TOLD_AFTER)))
    yield Finding(Fault.MISSED_SLOTS, names=tuple(around.missed))
    failed = audits.failed_slots(work.session, promises.TOLD_AFTER, work.now - timedelta(days=1), work.now - SLOT_FORGOTTEN)
    yield Finding(Fault.FAILED_SLOTS, tuple(failed))
    room = around.room_left
    yield Finding(Fault.DISK_LOW, (room,) if room is not None and room < LEAST_ROOM else ())
    off = around.clock_off or timedelta(0)
    for fault in CLOCK_OFF:
        yield Finding(
            fault, (round(abs(off) / timedelta(minutes=1)),) if off and (off > timedelta(0)) == (fault is Fault.CLOCK_AHEAD) else ()
        )


def _late(work: Work, around: Surroundings) -> Iterator[Finding]:
    """What is not sent. Nobody could send it while the bot was down, so its time counts from the start at the earliest."""
    since = [work.now - late if _long(work, around.awake_since, late) else BEFORE_ALL for late in (ALERT_LATE, NOTICE_LATE)]
    off: list[int] = []
    alerts: list[int] = []
    cut_off: list[int] = []
    others: list[int] = []
    for notice in audits.late_notices(work.session, *since):
        if notice.channel not in work.unit.channels:
            off.append(notice.number)
        elif notice.priority == Priority.ALERT:
            (alerts if notice.channel in around.online else cut_off).append(notice.number)
        elif notice.channel in around.online:
            others.append(notice.number)
    yield Finding(Fault.OFF_CHANNEL, tuple(off))
    yield Finding(Fault.LATE_ALERTS, tuple(alerts))
    yield Finding(Fault.CUT_OFF_ALERTS, tuple(cut_off))
    yield Finding(Fault.LATE_NOTICES, tuple(others))


def _long(work: Work, awake_since: datetime, late: timedelta) -> bool:
    return work.now - awake_since > late


def _lacking(work: Work, fault: Fault, in_time: set[InTime]) -> Iterator[CaseRow]:
    """The cases for which nothing is promised although something is owed; each locked, and looked at again."""
    state, kind = OF_CASES[fault]
    numbers = audits.without_timer(work.session, state, kind)
    if fault is Fault.NO_QUESTION and work.unit.policies.ask_again is not None:
        numbers += audits.closed_without_question(work.session, work.now - work.unit.policies.ask_again - CLOSED_LATELY)
    late = [number for number, _ in _too_late(work, fault, in_time)]
    for number in dict.fromkeys((*numbers, *late)):
        case = cases.by_number(work.session, number)
        if case is None or (number not in late and audits.has_timer(work.session, kind, number)):
            continue
        expected = (state, CaseState.CLOSED) if fault is Fault.NO_QUESTION else (state,)
        if case.state in expected and _OWED[fault](work, case) is not None:
            yield case


def _too_late(work: Work, fault: Fault, in_time: set[InTime]) -> Iterator[tuple[int, datetime]]:
    """The cases for which what is owed stands later than it should: a clock that was ahead counted it. When it is owed."""
    for number, due_at in audits.timers_of(work.session, *OF_CASES[fault]):
        if (number, due_at) in in_time:
            continue
        case = cases.seen(work.session, number)
        owed = None if case is None else _OWED[fault](work, case)
        if case is not None and owed is not None:
            latest = _asked_again(work, case) if fault is Fault.NO_QUESTION else owed[0]  # an open question is asked again and again
            if due_at > max(latest, work.now) + TIMER_LATE:
                yield number, latest
                continue
        in_time.add((number, due_at))


def hasten(work: Work) -> int:
    """Bring forward what stands later than it is owed; how many."""
    found = [(fault, number, latest) for fault in OF_CASES for number, latest in _too_late(work, fault, set())]
    for fault, number, latest in found:
        promises.hurry(work.session, OF_CASES[fault][1], number, latest)
    return len(found)


def _asked_again(work: Work, case: CaseRow) -> datetime:
    return calm.over(work, work.now + (case_moves.left_in_peace(work, case) or timedelta(0)))


_Owed = tuple[datetime, int]
"""When something is due, and the step or round that its timer names."""


def _next_step(work: Work, case: CaseRow) -> _Owed | None:
    steps, last_at = audits.climbed(work.session, case)
    due_at = ladder.next_step_at(work, case, steps, min(last_at or case.round_at, work.now))
    return None if due_at is None else (due_at, steps)


def _lapse(work: Work, case: CaseRow) -> _Owed | None:
    holds = ladder.of_case(work.unit.policies, case).acknowledged_for
    taken_at = audits.last_move_at(work.session, case.id, CaseMove.ACKNOWLEDGE) or case.changed_at
    return None if holds is None else (calm.of_case(work, case, min(taken_at, work.now) + holds), case.round)


def _question(work: Work, case: CaseRow) -> _Owed | None:
    span = case_moves.left_in_peace(work, case)
    if span is None or (case.state == CaseState.CLOSED and case.reporter_id not in work.directory.people):
        return None
    moves = (audits.last_move_at(work.session, case.id, move) for move in (CaseMove.PROPOSE, CaseMove.ASK_AGAIN))
    settled_at = case.closed_at or max((at for at in moves if at is not None), default=case.changed_at)
    return calm.over(work, min(settled_at, work.now) + span), case.round


_OWED: dict[Fault, Callable[[Work, CaseRow], _Owed | None]] = {
    Fault.NO_CLIMB: _next_step,
    Fault.NO_LAPSE: _lapse,
    Fault.NO_QUESTION: _question,
}


def _put_right(work: Work, finding: Finding) -> None:
    if finding.fault in OF_CASES:
        for number in finding.numbers:
            case = cases.by_number(work.session, number)
            owed = None if case is None else _OWED[finding.fault](work, case)
            kind = OF_CASES[finding.fault][1]
            if owed is not None and not audits.has_timer(work.session, kind, number):
                promises.set_timer(work.session, kind, number, *owed)  # where it is past it is done at once, and says how late
        hasten(work)
    elif finding.fault is Fault.NO_OWNER:
        for number in finding.numbers:
            follow_up.give_back(work, number)
    elif finding.fault is Fault.OFF_CHANNEL:
        for number in finding.numbers:
            if not undelivered.elsewhere(work, number, CHANNEL_OFF):
                undelivered.given_up(work, number, CHANNEL_OFF)


def _tell(work: Work, found: Sequence[Finding], told: dict[str, datetime]) -> None:
    """Tell the duty officers what is new, or has stood for a day since they heard of it."""
    fresh = {key: at for key, at in told.items() if work.now - at < TOLD_AGAIN}
    standing = {key for finding in found if finding.fault not in _PUT_RIGHT for key in finding.told_by()}
    remembered = {key: at for key, at in fresh.items() if key in standing or Fault(key.partition(":")[0]) in _PUT_RIGHT}
    lines: list[str] = []
    for finding in found:
        news = [key for key in finding.told_by() if key not in remembered]
        if news and finding.fault not in _TOLD_BEFORE:
            remembered |= dict.fromkeys(news, work.now)
            lines.append(_sentence(work, finding, news))
    if lines:
        operations.tell_duty_officers(work, "\n".join(lines))
    if remembered != told:
        audits.note_told(work.session, remembered)


def _sentence(work: Work, finding: Finding, news: Sequence[str]) -> str:
    texts = work.unit.texts
    names = [name for key in news if (name := key.partition(":")[2])]
    numbers, jobs = (
        wording.listed(texts, names or map(str, finding.numbers)),
        wording.listed(texts, (texts.word("event", name) for name in names)),
    )
    return work.say(f"audit.{finding.fault}", numbers=numbers, count=finding.count, jobs=jobs)
