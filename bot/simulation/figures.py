"""What a lived life comes to, in figures, and the promises that must not have been broken in it. Numbers only, never what anybody said."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.simulation.life import Past
from bot.wiring import open_store
from models import lived
from models.case_states import CaseMove, CaseState
from models.lived import Lived
from models.outbox import NoticeKind, NoticeState
from models.policies import Quiet
from models.values import Value
from models.workdays import is_workday
from services.audit import OF_CASES, Fault

NEED, CHATTER = "hardship_", "chatter."
"""How the ids of messages begin in which somebody tells of a need, or which are none of the bot's business."""
REMINDERS = "nudge_"
"""How the kinds of notices begin that remind somebody."""
LATE = timedelta(minutes=1)


class Spread(Value):
    """How something is spread: by nearest rank, so that each figure is one that happened."""

    count: int
    mean: float
    p50: float
    p90: float
    p95: float
    p99: float
    most: float


class Answered(Value):
    """How many minutes it took until a human had a case, from when it was said. `nobody`: how many nobody has said to have."""

    kind: str
    urgency: str
    time: str
    minutes: Spread
    nobody: int


class Ends(Value):
    """How cases of a kind stand at the end: over as their reporter says, or as a second person says for them; waiting for whom."""

    kind: str
    urgency: str
    confirmed: int
    overridden: int
    asked: int
    in_hand: int
    open_again: int
    never_answered: int


class Notices(Value):
    """What became of the bot's messages of a kind. `late`: sent, but tried in vain before, by minutes."""

    kind: str
    sent: int
    dropped: int
    failed: int
    waiting: int
    late: int
    latest: float


class Coverage(Value):
    """Of the check-ins that were expected on working days, how many came."""

    expected: int
    came: int


class Broken(Value):
    """Promises that were not kept; each must be 0."""

    open_cases_without_a_next_step: int
    slots_or_timers_forgotten: int
    needs_understood_without_a_case: int
    told_twice_of_the_same_step: int
    delivered_twice: int
    chatter_stored: int
    messages_refused: int
    messages_failed: int
    alerts_given_up: int

    @property
    def all(self) -> int:
        """How many in all."""
        return sum(self.model_dump().values())


class Figures(Value):
    """Everything that is printed."""

    members: int
    people: int
    days: int
    working_days: int
    seed: int
    first: date
    said: dict[str, int]
    reminders: Spread
    reminders_on_working_days: float
    private_messages: Spread
    room_messages: float
    answered: tuple[Answered, ...]
    ends: tuple[Ends, ...]
    notices: tuple[Notices, ...]
    coverage: Coverage
    outages: dict[str, int]
    outage_minutes: dict[str, int]
    late_alerts: Spread
    needs: int
    not_understood: dict[str, int]
    broken: Broken


def look_back(settings: Settings, past: Past) -> Figures:
    """What is left of a life in the database in which it was lived."""
    store = open_store(settings)
    try:
        return store.read_now(lambda session: figures(session, past, settings.policies.quiet))
    finally:
        store.close()


def figures(session: Session, past: Past, quiet: Quiet) -> Figures:
    """Everything that can be counted."""
    zone = past.begin.tzinfo
    days = [past.begin.date() + timedelta(days=number) for number in range(past.plan.days)]
    working = [day for day in days if is_workday(day)]
    reminders: Counter[tuple[int, date]] = Counter()
    private: Counter[tuple[int, date]] = Counter()
    rooms = 0
    for kind, member_id, at in lived.arrived(session):
        day = at.astimezone(zone).date()
        if member_id is None:
            rooms += 1
            continue
        private[member_id, day] += 1
        if kind.startswith(REMINDERS):
            reminders[member_id, day] += 1
    everybody = len(past.unit.people)
    all_days = everybody * len(days)
    in_groups = past.plan.members
    cases = lived.cases(session)
    kinds = lived.kinds_of(session, past.post.late)
    covered = [one for day, one in lived.coverage(session).items() if is_workday(day)]
    needs, not_understood, lost = _needs(session, past, cases)
    return Figures(
        members=in_groups,
        people=everybody,
        days=len(days),
        working_days=len(working),
        seed=past.plan.seed,
        first=days[0],
        said=dict(sorted(past.said.items())),
        reminders=spread(reminders.values(), in_groups * len(days)),
        reminders_on_working_days=_rounded(sum(reminders.values()) / max(in_groups * len(working), 1)),
        private_messages=spread(private.values(), all_days),
        room_messages=_rounded(rooms / len(past.unit.groups) / len(days)),
        answered=tuple(_answered(cases, lambda moment: quiet.over(moment, zone) != moment)),  # type: ignore[arg-type]
        ends=tuple(_ends(cases)),
        notices=tuple(_notices(lived.notices(session), kinds, past.post.late)),
        coverage=Coverage(expected=sum(one[0] for one in covered), came=sum(one[1] for one in covered)),
        outages={channel.name: len(channel.outages) for channel in past.channels},
        outage_minutes={channel.name: round(sum(_minutes(o.end - o.begin) for o in channel.outages)) for channel in past.channels},
        late_alerts=spread(_minutes(span) for id_, span in past.post.late.items() if kinds.get(id_) in _ALERTS and span >= LATE),
        needs=needs,
        not_understood=not_understood,
        broken=_broken(session, past, lost),
    )


_ALERTS = (NoticeKind.ALERT, NoticeKind.CLIMB)
_FORGOTTEN = (Fault.MISSED_SLOTS, Fault.OVERDUE_TIMERS, Fault.FAILED_SLOTS, Fault.FAILING_TIMERS)


def spread(values: Iterable[float], among: int | None = None) -> Spread:
    """How values are spread; `among` so many, of which those that are not among the values are 0."""
    ordered = sorted(values)
    zeros = max((among or 0) - len(ordered), 0)
    count = zeros + len(ordered)

    def rank(share: float) -> float:
        number = max(math.ceil(round(share * count, 6)), 1) - 1
        return 0.0 if number < zeros or not ordered else _rounded(ordered[number - zeros])

    mean = sum(ordered) / count if count else 0.0
    most = ordered[-1] if ordered else 0.0
    return Spread(count=count, mean=_rounded(mean), p50=rank(0.5), p90=rank(0.9), p95=rank(0.95), p99=rank(0.99), most=_rounded(most))


def _rounded(value: float) -> float:
    return round(float(value), 2)


def _minutes(span: timedelta) -> float:
    return span / timedelta(minutes=1)


def _answered(cases: Sequence[Lived], at_night: Callable[[datetime], bool]) -> Iterable[Answered]:
    found: dict[tuple[str, str, str], list[Lived]] = {}
    for case in cases:
        time = "night" if at_night(case.said_at) else "day"
        found.setdefault((case.kind, case.urgency, time), []).append(case)
    for (kind, urgency, time), some in sorted(found.items()):
        minutes = [_minutes(case.answered_at - case.said_at) for case in some if case.answered_at is not None]
        nobody = sum(case.answered_at is None and case.state != CaseState.CLOSED for case in some)
        yield Answered(kind=kind, urgency=urgency, time=time, minutes=spread(minutes), nobody=nobody)


def _ends(cases: Sequence[Lived]) -> Iterable[Ends]:
    for kind, urgency in sorted({(case.kind, case.urgency) for case in cases}):
        some = [case for case in cases if (case.kind, case.urgency) == (kind, urgency)]
        still = Counter((case.state, case.answered_at is not None) for case in some if case.state != CaseState.CLOSED)
        over = Counter(case.last_end for case in some if case.state == CaseState.CLOSED)
        yield Ends(
            kind=kind,
            urgency=urgency,
            confirmed=over[CaseMove.CONFIRM],
            overridden=over[CaseMove.OVERRIDE],
            asked=still[CaseState.PROPOSED, True] + still[CaseState.PROPOSED, False],
            in_hand=still[CaseState.ACKNOWLEDGED, True],
            open_again=still[CaseState.OPEN, True],
            never_answered=still[CaseState.OPEN, False],
        )


def _notices(counts: Mapping[tuple[str, str], int], kinds: Mapping[int, str], late: Mapping[int, timedelta]) -> Iterable[Notices]:
    for kind in sorted({kind for kind, _ in counts}):
        spans = [span for id_, span in late.items() if kinds.get(id_) == kind and span >= LATE]
        yield Notices(
            kind=kind,
            sent=counts.get((kind, NoticeState.SENT), 0),
            dropped=counts.get((kind, NoticeState.DROPPED), 0),
            failed=counts.get((kind, NoticeState.FAILED), 0),
            waiting=counts.get((kind, NoticeState.WAITING), 0),
            late=len(spans),
            latest=_rounded(_minutes(max(spans, default=timedelta(0)))),
        )


def _needs(session: Session, past: Past, cases: Sequence[Lived]) -> tuple[int, dict[str, int], int]:
    """How many needs were told to the bot, which ways to say it were not understood (by kind and number), and how many got lost."""
    voiced = [id_ for id_ in past.told if id_.startswith(NEED)]
    understood = lived.in_need(session, NEED)
    raised = {case.said_as for case in cases}
    missed = Counter(id_.rpartition(".")[0] for id_ in voiced if id_ not in understood)
    lost = sum(id_ not in raised and not lived.of_the_writer(session, id_) for id_ in voiced if id_ in understood)
    return len(voiced), dict(sorted(missed.items())), lost


def _broken(session: Session, past: Past, lost: int) -> Broken:
    counts = lived.notices(session)
    return Broken(
        open_cases_without_a_next_step=sum(past.found[fault] for fault in OF_CASES),
        slots_or_timers_forgotten=sum(past.found[fault] for fault in _FORGOTTEN),
        needs_understood_without_a_case=lost,
        told_twice_of_the_same_step=lived.told_twice(session),
        delivered_twice=past.post.twice,
        chatter_stored=len(lived.stored(session, CHATTER)),
        messages_refused=past.refused,
        messages_failed=lived.failed(session),
        alerts_given_up=sum(counts.get((kind, NoticeState.FAILED), 0) for kind in _ALERTS),
    )
