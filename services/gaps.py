"""Gaps in hearing: on a channel without replay, what was said while the connection was down is lost, and somebody must ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import gaps, promises
from models.directory import Room
from models.gaps import Gaps
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from services import reach, wording
from services.notify import tell
from services.work import Work

TOLD_EVERY = timedelta(minutes=30)
"""A connection that breaks again and again makes one message out of all that happens in this time."""
MOST_NAMED = 3
"""How many gaps are named one by one."""


@dataclass(frozen=True)
class Gap:
    """How long a channel heard nothing, and how many people were told by now."""

    length: timedelta
    told: int


def still_hears(work: Work, channel: str, until: datetime) -> None:
    """Up to that moment nothing was missed. An earlier moment than the one that is known changes nothing."""
    known = promises.get_moment(work.session, _key(channel))
    if known is None or known < until:
        promises.set_moment(work.session, _key(channel), until)
    _tell_in_time(work, channel, gaps.of_channel(work.session, channel))


def hears_again(work: Work, channel: str, longer_than: timedelta) -> Gap | None:
    """Hearing begins now; the gap that ends with it, None where there is none or the channel hears for the first time.

    Of one that is longer than `longer_than` those hear who look after the channel's rooms: at once, or together with others that follow
    soon. It is closed in the same transaction.
    """
    since = promises.get_moment(work.session, _key(channel))
    # not by still_hears: a moment that a wrong clock set far ahead would hide every gap until then
    promises.set_moment(work.session, _key(channel), work.now)
    if since is None or since >= work.now:
        return None
    length = work.now - since
    if length <= longer_than:
        return Gap(length, 0)
    known = gaps.of_channel(work.session, channel)
    return Gap(length, _tell_in_time(work, channel, known.model_copy(update={"waiting": (*known.waiting, (since, work.now))})))


def _tell_in_time(work: Work, channel: str, known: Gaps) -> int:
    """Tell of all that waits, unless somebody was told a short while ago; how many people were."""
    if not known.waiting:
        return 0
    if known.told_at is not None and known.told_at <= work.now < known.told_at + TOLD_EVERY:
        gaps.note(work.session, channel, known)
        return 0
    gaps.note(work.session, channel, Gaps(told_at=work.now))
    return _tell(work, channel, known.waiting)


def _key(channel: str) -> str:
    return f"hears.{channel}"


def _tell(work: Work, channel: str, spans: Sequence[tuple[datetime, datetime]]) -> int:
    """Everybody hears once, of all the rooms that they look after."""
    concerned: dict[int, dict[str, None]] = {}
    for room in work.directory.rooms.values():
        if room.channel == channel:
            for person in _looking_after(work, room):
                concerned.setdefault(person.id, {})[work.directory.title_of(room)] = None
    if len(spans) > MOST_NAMED:
        when = work.say("gap.often", when=_when(work, spans[0][0], spans[-1][1]))
    else:
        when = wording.listed(work.unit.texts, (_when(work, *span) for span in spans))
    for member_id, names in concerned.items():
        rooms = wording.listed(work.unit.texts, (work.say("gap.room", name=name) for name in names))
        person = work.directory.people[member_id]
        text = work.say("gap.told", when=when, rooms=rooms)
        if person.has((Role.LEADER, Role.SECRETARY, Role.DEPUTY)):  # who may ask for a list of whom nothing was heard
            text += work.say("gap.who_is_open")
        tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)
    return len(concerned)


def _looking_after(work: Work, room: Room) -> tuple[Person, ...]:
    """The leaders of a group, the secretary of a branch, whoever is on duty; where nobody is whom the bot can reach, the next one up."""
    in_charge = work.directory.in_charge
    branch = room.scope if room.kind == "branch" else work.directory.group_branches.get(room.scope)
    steps: list[Iterable[Person]] = [work.directory.everyone(Role.DUTY_OFFICER)]
    if branch is not None:
        steps.insert(0, in_charge(Role.DEPUTY, branch))
        steps.insert(0, in_charge(Role.SECRETARY, branch))
    if room.kind == "group":
        steps.insert(0, in_charge(Role.LEADER, room.scope))
    found = [some for some in map(tuple, steps) if some]
    reached = (some for some in found if any(reach.reachable(work, person) for person in some))
    return next(reached, found[0] if found else ())


def _when(work: Work, since: datetime, until: datetime) -> str:
    """08:02–08:09; with the days where it is not all of today."""
    texts, zone = work.unit.texts, work.unit.zone
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    start, end = work.clock_time(since), work.clock_time(until)
    if first != work.today:
        return texts("gap.days", start_day=wording.day(texts, first), start=start, end_day=wording.day(texts, last), end=end)
    return texts("gap.minute", time=start) if start == end else texts("gap.hours", start=start, end=end)
