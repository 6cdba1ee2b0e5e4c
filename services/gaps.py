"""Gaps in hearing: on a channel without replay, what was said while the connection was down is lost, and somebody must ask for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import promises
from models.directory import Person, Room
from models.outbox import NoticeKind, Priority
from models.roster import Role
from services import wording
from services.notify import tell
from services.work import Work


@dataclass(frozen=True)
class Gap:
    """How long a channel heard nothing, and how many people were told of it."""

    length: timedelta
    told: int


def still_hears(work: Work, channel: str, until: datetime) -> None:
    """Up to that moment nothing was missed. An earlier moment than the one that is known changes nothing."""
    known = promises.get_moment(work.session, _key(channel))
    if known is None or known < until:
        promises.set_moment(work.session, _key(channel), until)


def hears_again(work: Work, channel: str, longer_than: timedelta) -> Gap | None:
    """Hearing begins now; the gap that ends with it, None where there is none or the channel hears for the first time.

    Of one that is longer than `longer_than` those hear who look after the channel's rooms. It is closed in the same transaction.
    """
    since = promises.get_moment(work.session, _key(channel))
    # not by still_hears: a moment that a wrong clock set far ahead would hide every gap until then
    promises.set_moment(work.session, _key(channel), work.now)
    if since is None or since >= work.now:
        return None
    length = work.now - since
    return Gap(length, _tell(work, channel, since) if length > longer_than else 0)


def _key(channel: str) -> str:
    return f"hears.{channel}"


def _tell(work: Work, channel: str, since: datetime) -> int:
    """Everybody hears once, of all the rooms that they look after."""
    concerned: dict[int, dict[str, None]] = {}
    for room in work.directory.rooms.values():
        if room.channel == channel:
            for person in _looking_after(work, room):
                concerned.setdefault(person.id, {})[work.directory.title_of(room)] = None
    when = _when(work, since)
    for member_id, names in concerned.items():
        rooms = wording.listed(work.unit.texts, (work.say("gap.room", name=name) for name in names))
        person = work.directory.people[member_id]
        text = work.say("gap.told", when=when, rooms=rooms)
        if person.role is not Role.DUTY_OFFICER:  # who may ask for a list of whom nothing was heard
            text += work.say("gap.who_is_open")
        tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)
    return len(concerned)


def _looking_after(work: Work, room: Room) -> tuple[Person, ...]:
    """The leaders of a group, the secretary of a branch, whoever is on duty; where a place is empty, the next one up."""
    people = work.directory.people.values()
    branch = room.scope if room.kind == "branch" else work.directory.group_branches.get(room.scope)
    steps: list[Iterable[Person]] = [(p for p in people if p.role is Role.DUTY_OFFICER)]
    if branch is not None:
        steps.insert(0, (p for p in people if p.role is Role.DEPUTY and p.branch_id == branch))
        steps.insert(0, (p for p in people if p.role is Role.SECRETARY and p.branch_id == branch))
    if room.kind == "group":
        steps.insert(0, (p for p in people if p.role is Role.LEADER and p.group_id == room.scope))
    return next((found for found in map(tuple, steps) if found), ())


def _when(work: Work, since: datetime) -> str:
    """08:02–08:09; with the days where it did not begin today."""
    texts = work.unit.texts
    first, start, end = since.astimezone(work.unit.zone).date(), work.clock_time(since), work.clock_time(work.now)
    if first != work.today:
        return texts("gap.days", start_day=wording.day(texts, first), start=start, end_day=wording.day(texts, work.today), end=end)
    return texts("gap.minute", time=start) if start == end else texts("gap.hours", start=start, end=end)
