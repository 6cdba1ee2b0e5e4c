"""The members of a unit who are under watch (观察中), and those who are well again: what is written about them, made into what follows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from models import cases, health, records
from models.daily_health import FEVER
from models.health import Measured, Said
from models.people import Person
from services import watching, wording
from services.own_word import is_own
from services.record import is_abnormal
from services.watching import Contact, Health, Illness, State
from services.work import Work

_IN_HOSPITAL = re.compile(
    r"(?:^|[，。！,.;；、\s])(?:我|本人|人|现在|今天|昨天|昨晚|刚刚?|已经?|正|还|医生|大夫|让|叫|要|得|需要|就|在)*住(?:进了?|着|了)?院(?!费)"
)
"""Somebody says so of themselves; 我妈住院 is somebody else, 不用住院 is not so."""
_ROUNDED = 0.1
"""What rounding may add to the difference of two temperatures, in °C."""


@dataclass(frozen=True)
class Watched:
    """A member who is under watch, on the day looked at. `away`: why they are looked after elsewhere; "" where they are not."""

    person: Person
    illness: Illness
    contact: Contact
    away: str
    said: tuple[Said, ...]

    def nth_day(self, day: date) -> int:
        """观察第 3 天."""
        return (day - self.illness.since).days + 1

    def past_fever(self, day: date) -> float | None:
        """The highest temperature of a day, where it was a fever and does not stand for the day any more."""
        measured = {one.row.temperature: one.stands for one in self.said if one.row.day == day and one.row.temperature is not None}
        hottest = max((value for value in measured if value is not None and value >= FEVER), default=None)
        return None if hottest is None or measured[hottest] else hottest

    def asked_now(self, now: datetime) -> Contact:
        """How it stands once they are asked."""
        return replace(self.contact, asked=(*self.contact.asked, now))

    def state(self, work: Work) -> State:
        """How it stands now."""
        return self.contact.state(work.now, work.unit.policies.watching)


@dataclass(frozen=True)
class Looked:
    """Who of some people is under watch on a day, and who was ill before it and is well again: the last such illness of each."""

    watched: tuple[Watched, ...]
    well: tuple[tuple[Person, Illness], ...]


def look(work: Work, people: Iterable[Person], day: date) -> Looked:
    """Look at some people as of a day."""
    known = {person.id: person for person in people}
    since = day - watching.REMEMBERED
    said = health.said_since(work.session, known, since, FEVER)
    times = {member: watching.illnesses(_days(rows), day, work.unit.policies.watching.normal_days) for member, rows in said.items()}
    ill = {member: found[-1] for member, found in times.items() if found and found[-1].over is None}
    watched = _watched(work, known, said, ill, day) if ill else ()
    well = tuple((known[member], found[-1]) for member, found in times.items() if found and found[-1].over is not None)
    return Looked(watched, well)


def _watched(
    work: Work, known: Mapping[int, Person], said: Mapping[int, Sequence[Said]], ill: Mapping[int, Illness], day: date
) -> tuple[Watched, ...]:
    """How it stands with each of those who are ill."""
    words = health.last_words(work.session, ill)
    asked = health.rounds(work.session, ill, min(illness.since for illness in ill.values()))
    away = _away(work, ill, day)
    watched = []
    for member, illness in ill.items():
        reported = max(one.row.recorded_at for one in said[member])
        contact = Contact(reported, max(reported, words.get(member, reported)), asked.get(member, ()), away=member in away)
        watched.append(Watched(known[member], illness, contact, away.get(member, ""), tuple(said[member])))
    return tuple(watched)


def _days(said: Sequence[Said]) -> dict[date, Health]:
    """How each day was. That somebody is well only they themselves can say: another's "王磊 36.5" makes no normal day."""
    days: dict[date, Health] = {}
    well: set[date] = set()
    for row, stands in said:
        if is_own(row):
            (well.add if row.healthy else well.discard)(row.day)
        if is_abnormal(row):
            days[row.day] = Health.ILL
        elif not stands:
            days.setdefault(row.day, Health.UNCERTAIN)
        elif days.get(row.day) is not Health.ILL:
            days[row.day] = Health.WELL if row.healthy and row.day in well else Health.UNCERTAIN
    return days


def _away(work: Work, members: Iterable[int], day: date) -> dict[int, str]:
    """Who is on leave or, as an unfinished case of theirs says, in hospital."""
    members = list(members)
    away = {row.member_id: wording.leave(work.unit.texts, row) for row in records.leaves_on(work.session, day, members)}
    for case in cases.unfinished_of(work.session, members):
        if not case.relation and is_in_hospital(case.text):
            away.setdefault(case.member_id, work.say("word.in_hospital"))
    return away


def is_in_hospital(words: str) -> bool:
    """Whether somebody says that they are in hospital."""
    return _IN_HOSPITAL.search(words) is not None


def in_confidence(work: Work, person: Person, illness: Illness) -> bool:
    """Whether all cases of an illness are for the secretary alone; of one that raised none, those that were open then."""
    midnight = datetime.combine(illness.since, time(), work.unit.zone)
    alive = [case for case in cases.alive_since(work.session, cases.HEALTH, [person.id], midnight) if not case.relation]
    raised = [case for case in alive if case.opened_at >= midnight] or alive
    return bool(raised) and all(case.confidential for case in raised)


@dataclass(frozen=True)
class Risen:
    """A member whose temperature of a day lies so much `above` their own median, without being a fever."""

    person: Person
    measured: Measured
    above: float


def risen(work: Work, people: Iterable[Person], day: date) -> list[Risen]:
    """Whose temperature of a day is higher than usual for them."""
    known = {person.id: person for person in people}
    found = []
    policy = work.unit.policies.watching
    for member, measured in health.temperatures(work.session, known, day - watching.OWN_DAYS, day, policy.rise - _ROUNDED).items():
        *earlier, of_day = measured
        above = watching.rise(of_day.temperature, [one.temperature for one in earlier], policy, FEVER)
        if above is not None:
            found.append(Risen(known[member], of_day, above))
    return found
