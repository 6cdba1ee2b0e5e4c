"""How the health of some groups stands, for a digest: who is not well, that nobody is (of those who were heard), who is under watch."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models import cases, inbox
from models.daily_health import FEVER
from models.people import Person
from models.tables.records import CheckinRow
from services import confidence, under_watch, wording
from services.coverage import Coverage, MemberDay
from services.record import is_abnormal
from services.under_watch import Risen, Watched
from services.watching import Illness, State
from services.work import Work


@dataclass(frozen=True)
class HealthOf:
    """What a reader may know of the health of some groups on a day. `well`: who has been well again since the day before."""

    day: date
    groups: tuple[Coverage, ...]
    watched: tuple[Watched, ...]
    well: tuple[Person, ...]
    risen: tuple[Risen, ...]
    private: frozenset[tuple[int, str]]
    """Whose health (member, relation) was told in confidence and is not for this reader."""


def gather(work: Work, groups: Sequence[Coverage], people: Sequence[Person], day: date, reader: Person) -> HealthOf:
    """Collect what a reader may know of groups, and of all of their `people` who are under watch."""
    looked = under_watch.look(work, people, day)
    risen = under_watch.risen(work, people, day)
    closed = {person.id for person in people if not reader.hears_confidences_of(person)}
    private = _told_in_confidence(work, closed, day)
    risen = [one for one in risen if one.person.id not in closed or not _said_in_confidence(work, one)]
    ill = {watched.person.id for watched in looked.watched}

    def told(person: Person, illness: Illness) -> bool:
        return person.id not in closed or not under_watch.in_confidence(work, person, illness)

    return HealthOf(
        day=day,
        groups=tuple(groups),
        watched=tuple(watched for watched in looked.watched if told(watched.person, watched.illness)),
        well=tuple(p for p, illness in looked.well if illness.over == day - timedelta(days=1) and told(p, illness)),
        risen=tuple(one for one in risen if one.person.id not in ill and (one.person.id, "") not in private),
        private=private,
    )


def _told_in_confidence(work: Work, members: Collection[int], day: date) -> frozenset[tuple[int, str]]:
    midnight = datetime.combine(day, time(), work.unit.zone)
    known = cases.alive_since(work.session, cases.HEALTH, members, midnight)
    return frozenset((c.member_id, c.relation) for c in known if c.confidential) - {
        (c.member_id, c.relation) for c in known if not c.confidential
    }


def _said_in_confidence(work: Work, risen: Risen) -> bool:
    message = inbox.by_id(work.session, risen.measured.message_id)
    return message is not None and confidence.asked_for(message)


def lines(work: Work, of: HealthOf) -> list[str]:
    """Who is not well, or that nobody is; then those who are under watch, each in one line, and whose temperature has risen."""
    abnormal = [line for group in of.groups for member in group.members for line in _abnormal(work, of, member)]
    found = [work.say("digest.abnormal", list=work.say("word.semicolon").join(abnormal))] if abnormal else []
    return [*found, *_all_clear(work, of), *_watched(work, of), *_risen(work, of)]


def _abnormal(work: Work, of: HealthOf, member: MemberDay) -> list[str]:
    return [
        work.say(
            "digest.person", name=wording.whose(work.unit.texts, member.person, row.relation), health=wording.health(work.unit.texts, row)
        )
        for row in _seen(of, member)
        if is_abnormal(row)
    ]


def _seen(of: HealthOf, member: MemberDay) -> list[CheckinRow]:
    own = (member.checkin,) if member.checkin is not None else ()
    return [row for row in (*own, *member.family) if (row.member_id, row.relation) not in of.private]


def _all_clear(work: Work, of: HealthOf) -> list[str]:
    """That nobody is ill is said of those who were heard, and by their number where somebody is missing. Of nobody nothing is said."""
    heard, expected = sum(group.heard for group in of.groups), sum(group.expected for group in of.groups)
    rows = [row for group in of.groups for member in group.members for row in _seen(of, member)]
    rows += [one.row for watched in of.watched for one in watched.said if one.row.day == of.day]  # a fever of the morning is one
    if not heard or any(map(_is_fever, rows)):
        return []
    ill = any(map(is_abnormal, rows))
    if heard == expected:
        return [] if ill else [work.say("digest.all_normal")]
    return [work.say("digest.no_fever_of_heard" if ill else "digest.clear_of_heard", heard=heard, expected=expected)]


def _is_fever(row: CheckinRow) -> bool:
    return "fever" in row.symptoms or (row.temperature is not None and row.temperature >= FEVER)


def _watched(work: Work, of: HealthOf) -> list[str]:
    found = []
    for state in State:
        entries = [_one(work, of, watched, state) for watched in of.watched if watched.state(work) is state]
        if entries:
            found.append(work.say(f"digest.{state.value}", list=wording.listed(work.unit.texts, entries)))
    if of.well:
        names = wording.listed(work.unit.texts, (person.name for person in of.well))
        found.append(work.say("digest.well", list=names, days=work.unit.policies.watching.normal_days))
    return found


def _one(work: Work, of: HealthOf, watched: Watched, state: State) -> str:
    """张伟（观察第 3 天，18:35 问的还没回）."""
    texts = work.unit.texts
    more = []
    if watched.away:
        more.append(watched.away)
    fever = watched.past_fever(of.day)
    if fever is not None:
        more.append(work.say("digest.hottest", temperature=f"{fever:.1f}"))
    if state is State.OVERDUE and watched.contact.waits_since is not None:
        more.append(work.say("digest.waits_since", time=wording.moment(work, watched.contact.waits_since)))
    if state is State.LOST:
        more.append(work.say("digest.heard_last", time=wording.moment(work, watched.contact.heard)))
    facts = texts("word.comma").join([work.say("digest.nth_day", day=watched.nth_day(of.day)), *more])
    return texts("word.with_reason", name=watched.person.name, reason=facts)


def _risen(work: Work, of: HealthOf) -> list[str]:
    entries = [
        work.say("digest.rise", name=one.person.name, temperature=f"{one.measured.temperature:.1f}", above=f"{one.above:.1f}")
        for one in of.risen
    ]
    return [work.say("digest.risen", list=wording.listed(work.unit.texts, entries))] if entries else []
