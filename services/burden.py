"""负担: how many messages and minutes the bot asks of people in a week. By group, never by person.

The minutes are an estimate, and say so: nobody's time is measured. Each number below is assumed, and stands for what is written beside it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models import burden as rows
from models.outbox import NoticeKind
from models.people import Person
from services import wording
from services.work import Work

DAYS = 7
"""How many days 负担 looks back, today included."""
FEWEST = 3
"""Fewer people than these are not shown alone: a number about two is a number about each."""
GROUPS = 6
"""How many groups are named at most, those that are asked most."""
HALF_AN_HOUR = 30
"""From so many minutes a week on it is said what could be dropped: more than two hours a month beside the work."""

READ = 20
"""Seconds to take out the phone, read a line or two, and go on with what one was at."""
READ_LONG: dict[str, int] = {NoticeKind.DIGEST: 60}
"""Seconds for what is meant to be studied: a digest is some ten lines, with a decision in it."""
LESSON = 120
"""Seconds for a lesson in the group's room: a page of a phone, for everybody who is in the group."""
WRITE = {"checkin": 30, "report": 90}
"""Seconds to write: a temperature and a word, where the thermometer is at hand; three short sentences on a day."""

_PARTS: dict[str, str] = {
    **dict.fromkeys((NoticeKind.NUDGE_CHECKIN, NoticeKind.NUDGE_BUDDY, NoticeKind.NUDGE_WORDS, NoticeKind.NUDGE_REPORT), "reminder"),
    **dict.fromkeys((NoticeKind.HEALTH_ROUND, NoticeKind.HEALTH_RISE, NoticeKind.HEALTH_WELL), "reminder"),
    **dict.fromkeys((NoticeKind.ALERT, NoticeKind.CLIMB, NoticeKind.CASE, NoticeKind.QUESTION), "case"),
    **dict.fromkeys((NoticeKind.RECEIPT, NoticeKind.ANSWER), "answer"),
    NoticeKind.DIGEST: "digest",
    NoticeKind.LESSON: "lesson",
}
"""What a leader calls the kinds of notices; all others are about the bot itself."""


@dataclass(frozen=True)
class Load:
    """What was asked of some people in a week. `seconds` and `messages` by what they were for."""

    people: int
    messages: Counter[str]
    seconds: Counter[str]
    most: int
    """The most messages that anybody got on one day."""
    gathered: int
    """On how many days of one person what was too much went together as the last message."""
    checkins: int
    reports: int

    @property
    def a_day(self) -> str:
        """Messages to one person on one day, on the average."""
        return f"{self.messages.total() / (self.people * DAYS):.1f}"

    @property
    def minutes(self) -> int:
        """Minutes of one person in the week, on the average."""
        return round(self.seconds.total() / self.people / 60)


@dataclass(frozen=True)
class Circle:
    """People who are looked at together: a group, or all who are in none that is large enough (`group_id` None)."""

    group_ids: tuple[str, ...]
    people: tuple[Person, ...]


def circles(work: Work, reader: Person) -> list[Circle]:
    """Those for whom a reader answers, by groups; the few of a small group and who is in none together, or not at all where few still."""
    theirs = [person for person in work.directory.people.values() if reader.answers_for(person)]
    by_group = {group: tuple(p for p in theirs if p.group_id == group) for group in work.directory.group_names}
    large = [Circle((group,), people) for group, people in by_group.items() if len(people) >= FEWEST]
    named = {circle.group_ids[0] for circle in large}
    others = tuple(person for person in theirs if person.group_id not in named)
    if len(others) < FEWEST:
        return large
    return [*large, Circle(tuple(group for group, people in by_group.items() if people and group not in named), others)]


def of(work: Work, circle: Collection[Circle]) -> Load:
    """What was asked of some circles in the last days."""
    people = {person.id: person for one in circle for person in one.people}
    first = work.today - timedelta(days=DAYS - 1)
    messages, seconds, most, gathered = Counter[str](), Counter[str](), 0, 0
    for number in range(DAYS):
        since, until = (datetime.combine(first + timedelta(days=number + n), time(), work.unit.zone) for n in (0, 1))
        of_day, ended = Counter[int](), set[int]()
        for row in rows.sent(work.session, people, since, until):
            part = _PARTS.get(row.kind, "operation")
            messages[part] += row.messages
            seconds[part] += row.notices * READ_LONG.get(row.kind, READ)
            of_day[row.member_id] += row.messages
            ended |= {row.member_id} if row.gathered else set()
        most, gathered = max([most, *of_day.values()]), gathered + len(ended)
    lessons = rows.lessons(work.session, datetime.combine(first, time(), work.unit.zone))
    seconds["lesson"] += LESSON * sum(lessons.get(person.group_id or "", 0) for person in people.values())
    checkins = sum(rows.checkins(work.session, people, first).values())
    reports = sum(rows.reports(work.session, people, first).values())
    seconds["checkin"] += checkins * WRITE["checkin"]
    seconds["report"] += reports * WRITE["report"]
    return Load(len(people), messages, seconds, most, gathered, checkins, reports)


def shown(work: Work, reader: Person) -> tuple[str, str]:
    """负担: what its reader sees in private, and what a room may hear."""
    found = circles(work, reader)
    if not found:
        few = work.say("burden.few", fewest=FEWEST)
        return few, few
    load = of(work, found)
    facts = {"people": load.people, "days": DAYS, "a_day": load.a_day, "minutes": load.minutes}
    lines = [
        work.say("burden.title", **facts),
        *_messages(work, found, load),
        work.say("burden.minutes", parts=_parts(work, load), **facts),
    ]
    if len(found) > 1:
        lines += _groups(work, found)
    lines += _advice(work, load)
    return "\n".join(lines), work.say("burden.public", **facts)


def _messages(work: Work, found: Sequence[Circle], load: Load) -> Iterator[str]:
    yield work.say("burden.messages", count=load.messages.total(), a_day=load.a_day, most=load.most)
    first = datetime.combine(work.today - timedelta(days=DAYS - 1), time(), work.unit.zone)
    unsaid = rows.unsaid(work.session, [person.id for circle in found for person in circle.people], first)
    if load.gathered or unsaid:
        yield work.say("burden.gathered", budget=work.unit.policies.budget or "", days=load.gathered, unsaid=unsaid)
    yield work.say("burden.written", checkins=load.checkins, reports=load.reports)


def _parts(work: Work, load: Load) -> str:
    """What costs most time, the most first."""
    costly = [(part, round(spent / load.people / 60)) for part, spent in load.seconds.most_common(3)]
    return wording.listed(
        work.unit.texts,
        (work.say("burden.part", what=work.unit.texts.word("burden_part", part), minutes=minutes) for part, minutes in costly if minutes),
    ) or work.say("burden.nothing")


def _groups(work: Work, found: Sequence[Circle]) -> Iterator[str]:
    loads = sorted(((of(work, [circle]), circle) for circle in found), key=lambda pair: -pair[0].seconds.total() / pair[0].people)
    for load, circle in loads[:GROUPS]:
        alone = len(circle.group_ids) == 1 and all(person.group_id == circle.group_ids[0] for person in circle.people)
        name = work.directory.group_titles[circle.group_ids[0]] if alone else work.say("burden.others")
        yield work.say("burden.group", name=name, people=load.people, a_day=load.a_day, minutes=load.minutes)
    if len(loads) > GROUPS:
        yield work.say("burden.more", count=len(loads) - GROUPS)


def _advice(work: Work, load: Load) -> Iterator[str]:
    """What could be dropped, where much is asked: of what costs most time, or where days were too full, of what came most often."""
    if load.minutes >= HALF_AN_HOUR:
        yield work.say(f"burden_less.{load.seconds.most_common(1)[0][0]}")
    elif load.gathered:
        yield work.say(f"burden_less.{load.messages.most_common(1)[0][0]}")
