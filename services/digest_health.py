"""How the health of some groups stands, for a digest: who is not well, that nobody is (of those who were heard), who is under watch."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from models import cases, checkins, inbox
from models.daily_health import FEVER, Stands, added, alone
from models.people import Person
from services import confidence, under_watch, wording
from services.coverage import Coverage, MemberDay
from services.record import is_abnormal
from services.under_watch import Risen, Watched
from services.watching import Illness, State
from services.work import Work

Whose = tuple[int, str]
"""A member, and whom of their family; "" for themselves."""


@dataclass(frozen=True)
class HealthOf:
    """What a reader may know of the health of some groups on a day. `well`: who has been well again since the day before."""

    day: date
    groups: tuple[Coverage, ...]
    watched: tuple[Watched, ...]
    well: tuple[Person, ...]
    risen: tuple[Risen, ...]
    told: Mapping[Whose, Stands | None]
    """Of whose health something was told in confidence that is not for this reader, what was told openly; None: nothing."""


def gather(work: Work, groups: Sequence[Coverage], people: Sequence[Person], day: date, reader: Person) -> HealthOf:
    """Collect what a reader may know of groups, and of all of their `people` who are under watch."""
    looked = under_watch.look(work, people, day)
    risen = under_watch.risen(work, people, day)
    closed = {person.id for person in people if not reader.hears_confidences_of(person)}
    openly = _told_openly(work, closed, day)
    risen = [one for one in risen if one.person.id not in closed or not _is_confided(work, one.measured.message_id)]
    ill = {watched.person.id for watched in looked.watched}

    def told(person: Person, illness: Illness) -> bool:
        return person.id not in closed or not under_watch.in_confidence(work, person, illness)

    return HealthOf(
        day=day,
        groups=tuple(groups),
        watched=tuple(
            _as_told_openly(work, watched) if watched.person.id in closed else watched
            for watched in looked.watched
            if told(watched.person, watched.illness)
        ),
        well=tuple(p for p, illness in looked.well if illness.over == day - timedelta(days=1) and told(p, illness)),
        risen=tuple(one for one in risen if one.person.id not in ill and openly.get((one.person.id, ""), one) is not None),
        told=openly,
    )


def _told_openly(work: Work, members: Collection[int], day: date) -> dict[Whose, Stands | None]:
    """Of those of whom something was told in confidence, how they are by what was told openly; None where nothing was."""
    midnight = datetime.combine(day, time(), work.unit.zone)
    known = cases.alive_since(work.session, cases.HEALTH, members, midnight)
    confided = {(case.member_id, case.relation) for case in known if case.confidential}
    told: dict[Whose, Stands | None] = dict.fromkeys(confided)
    mixed = confided & {(case.member_id, case.relation) for case in known if not case.confidential}
    if mixed:
        for row, message in checkins.said_by_message(work.session, {member for member, _ in mixed}, day):
            whose = (row.member_id, row.relation)
            if whose in mixed and not confidence.asked_for(message):
                before, word = told[whose], checkins.itself(row)
                told[whose] = alone(word) if before is None else added(before, word)
    return told


def _as_told_openly(work: Work, watched: Watched) -> Watched:
    return replace(watched, said=tuple(one for one in watched.said if not _is_confided(work, one.row.message_id)))


def _is_confided(work: Work, message_id: int) -> bool:
    message = inbox.by_id(work.session, message_id)
    return message is not None and confidence.asked_for(message)


def lines(work: Work, of: HealthOf) -> list[str]:
    """Who is not well, or that nobody is; then those who are under watch, each in one line, and whose temperature has risen."""
    abnormal = [line for group in of.groups for member in group.members for line in _abnormal(work, of, member)]
    found = [work.say("digest.abnormal", list=work.say("word.semicolon").join(abnormal))] if abnormal else []
    return [*found, *_all_clear(work, of), *_watched(work, of), *_risen(work, of)]


def _abnormal(work: Work, of: HealthOf, member: MemberDay) -> list[str]:
    return [
        work.say(
            "digest.person", name=wording.whose(work.unit.texts, member.person, relation), health=wording.health(work.unit.texts, stands)
        )
        for relation, stands in _seen(of, member)
        if is_abnormal(stands)
    ]


def _seen(of: HealthOf, member: MemberDay) -> list[tuple[str, Stands]]:
    """How a member and their family are (each with the relation), as far as the reader may know."""
    own = (member.checkin,) if member.checkin is not None else ()
    seen = [(row.relation, of.told.get((row.member_id, row.relation), checkins.stands(row))) for row in (*own, *member.family)]
    return [(relation, stands) for relation, stands in seen if stands is not None]


def _all_clear(work: Work, of: HealthOf) -> list[str]:
    """That nobody is ill is said of those who were heard, and by their number where somebody is missing. Of nobody nothing is said."""
    heard, expected = sum(group.heard for group in of.groups), sum(group.expected for group in of.groups)
    found = [stands for group in of.groups for member in group.members for _, stands in _seen(of, member)]
    # a fever of the morning is one
    found += [checkins.stands(one.row) for watched in of.watched for one in watched.said if one.row.day == of.day]
    if not heard or any(map(_is_fever, found)):
        return []
    ill = any(map(is_abnormal, found))
    if heard == expected:
        return [] if ill else [work.say("digest.all_normal")]
    return [work.say("digest.no_fever_of_heard" if ill else "digest.clear_of_heard", heard=heard, expected=expected)]


def _is_fever(stands: Stands) -> bool:
    return "fever" in stands.symptoms or (stands.temperature is not None and stands.temperature >= FEVER)


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
