"""The rounds (morning, noon, evening) to whoever is under watch: ask, hear that somebody is lost, and say that somebody is well again."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from models import call_outs, cases, health, inbox, nudges, promises, questions
from models.case_states import CaseMove
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.promises import TimerKind
from models.tables.cases import CaseRow, QuestionRow
from models.tables.queue import NoticeRow
from services import calm, case_moves, under_watch, watch_health, wording
from services import cases as acts
from services.notify import tell
from services.under_watch import Watched
from services.watching import Illness
from services.work import Work

LATELY = timedelta(hours=3)
"""Who reported so lately is not asked in a round."""
STILL_NEWS = timedelta(days=3)
"""How long afterwards somebody is told that they are well again, where the bot was off meanwhile."""
RISES_APART = timedelta(days=7)
"""For so long nobody is asked again to measure again."""

MORNING, NOON, EVENING = "round.morning", "round.noon", "round.evening"
"""Each asks in other words."""


def go(work: Work, people: Iterable[Person], which: str, *, late: str, expires_at: datetime) -> None:
    """Ask each of some people who is under watch, unless they have just reported or are out on a call; who is away, only in the morning."""
    people = list(people)
    out = call_outs.standing(work.session, [person.id for person in people], work.now)
    looked = under_watch.look(work, people, work.today)
    for watched in looked.watched:
        lately = work.now - watched.contact.reported < LATELY
        if not lately and watched.person.id not in out and (which == MORNING or not watched.away):
            _ask(work, watched, which, late=late, expires_at=expires_at)
    for person, illness in looked.well:
        if illness.over is not None and work.today - illness.over <= STILL_NEWS:
            _well_again(work, person, illness)
    if which != MORNING:  # a temperature of the morning is looked at later in the day
        ill = {watched.person.id for watched in looked.watched}
        _measure_again(work, [person for person in people if person.id not in ill], expires_at=expires_at)


def _ask(work: Work, watched: Watched, which: str, *, late: str, expires_at: datetime) -> None:
    """Ask somebody how they are, and promise to look after them if no answer comes."""
    person = watched.person
    key = "round.away" if watched.away else which
    tell(
        work,
        person,
        work.say(key, name=person.name, late=late),
        NoticeKind.HEALTH_ROUND,
        Priority.REMINDER,
        day=work.today,
        expires_at=expires_at,
    )
    _expect_an_answer(work, watched)
    lost_at = watched.asked_now(work.now).lost_at(work.unit.policies.watching)
    if lost_at is not None:
        promises.promise_once(work.session, TimerKind.HEALTH_LOST, person.id, lost_at)


def _expect_an_answer(work: Work, watched: Watched) -> None:
    person = watched.person
    questions.add(
        work.session,
        QuestionRow(
            member_id=person.id,
            kind=health.ROUND,
            ref=0,
            asked_at=work.now,
            expires_at=datetime.combine(work.today + timedelta(days=1), time(), work.unit.zone),
            about_id=person.id,
            day=work.today,
            confidential=under_watch.in_confidence(work, person, watched.illness),
        ),
    )


def asked_in_confidence(work: Work, person: Person) -> bool:
    """Whether somebody has just been asked about an illness of which the leader shall not know: then the answer is not for the leader."""
    return health.asked_in_confidence(work.session, person.id, work.today - timedelta(days=1))


def asked_on(work: Work, day: date, members: Collection[int]) -> set[int]:
    """Of some members those whom a round asked on a day: one question is enough."""
    return set(health.rounds(work.session, members, day))


def lost(work: Work, member_id: int, due_at: datetime) -> str:
    """The clock found that nothing may have been heard for too long. What was done, as one word."""
    person = work.directory.people.get(member_id)
    watched = next(iter(under_watch.look(work, [] if person is None else [person], work.today).watched), None)
    if watched is None:
        return "not_needed"
    lost_at = watched.contact.lost_at(work.unit.policies.watching)
    if lost_at is None or lost_at > due_at:
        return "heard"  # the round after it has promised the next one
    text = work.say("round.lost", since=wording.moment(work, watched.contact.heard), late=wording.late(work, calm.over(work, due_at)))
    _tell_who_helps(work, watched, text)
    return "lost"


def _tell_who_helps(work: Work, watched: Watched, text: str) -> None:
    """Everybody who was told of the health case hears it; where it is over already, one is raised."""
    person = watched.person
    case = _case_of(work, person)
    if case is not None:
        if case_moves.make(work, case, CaseMove.NOTE, None, text):
            case_moves.tell_others(work, case, person, work.say("case.news", number=case.id, text=text))
        return
    message = inbox.by_id(work.session, watched.said[-1].row.message_id)
    if message is not None:
        acts.raise_case(
            work,
            message,
            kind=cases.HEALTH,
            urgent=False,
            member=person,
            reporter=person,
            categories=[],
            text=text,
            confidential=under_watch.in_confidence(work, person, watched.illness),
        )


def _case_of(work: Work, person: Person) -> CaseRow | None:
    """The open case of somebody's own health, the newest; one that the leader may know of before one that the leader may not."""
    known = cases.unfinished_about(work.session, cases.HEALTH, person.id, "")
    return min(known, key=lambda case: case.confidential, default=None)


def _well_again(work: Work, person: Person, illness: Illness) -> None:
    """Three normal days: one kind sentence, once, with the question whether the case is over; and a note to whoever has it."""
    if nudges.was_told_on(work.session, person.id, NoticeKind.HEALTH_WELL, illness.over or work.today):
        return
    days = work.unit.policies.watching.normal_days
    known = cases.unfinished_about(work.session, cases.HEALTH, person.id, "")
    for case in known:
        acts.note(work, case, person, work.say("round.well_note", name=person.name, days=days))
    asked = watch_health.ask_whether_over(work, person, known)
    over = "".join("\n" + work.say("receipt.is_it_over", number=case.id) for case in asked)
    text = work.say("round.well", name=person.name, days=days) + over
    tell(work, person, text, NoticeKind.HEALTH_WELL, Priority.REMINDER, day=illness.over)


def _measure_again(work: Work, people: Iterable[Person], *, expires_at: datetime) -> None:
    """Whose temperature is higher than usual for them is asked, once, to measure again."""
    for one in under_watch.risen(work, people, work.today):
        person = one.person
        if not nudges.was_told_since(work.session, person.id, NoticeKind.HEALTH_RISE, work.today - RISES_APART):
            text = work.say("round.rise", name=person.name, temperature=f"{one.measured.temperature:.1f}")
            tell(work, person, text, NoticeKind.HEALTH_RISE, Priority.REMINDER, day=work.today, expires_at=expires_at)


def unanswered(work: Work, notice: NoticeRow) -> bool:
    """Whether nothing was reported of whom a round's notice is for since it was decided."""
    return notice.member_id is None or not health.reported_since(work.session, notice.member_id, notice.created_at, work.today)
