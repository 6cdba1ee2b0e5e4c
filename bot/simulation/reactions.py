"""What simulated people do when the bot tells them something: as content/simulation/habits.yaml has it, by the kind of what they hear.

It reads no sentence: a notice has its kind and its case, a question its kind and its number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.simulation.agenda import Agenda
from bot.simulation.days import TOGETHER, Days
from bot.simulation.script import Habit, Script, in_minutes
from bot.simulation.unit import Someone
from bot.simulation.voice import Voice
from models.case_states import CaseState
from models.lived import Asked, Heard
from models.message import Message

QUESTION, SAID = "question.", "said."
NEWS = "case"
"""The kind of a notice that tells how a case stands."""
OVER, NOT_YET = "yes", "not_yet"
"""What somebody says who is asked whether it is over; nobody says so who is still ill."""
_DONE_BY_OTHERS = frozenset({CaseState.ACKNOWLEDGED, CaseState.PROPOSED, CaseState.CLOSED})


class Cue(NamedTuple):
    """What somebody has heard, or said: its kind as in habits.yaml, and of which case or question."""

    when: str
    number: int | None = None
    urgency: str | None = None
    state: str | None = None


class Reactions:
    """Notes in the agenda what people will say to what they hear."""

    def __init__(self, people: Mapping[int, Someone], script: Script, days: Days, voice: Voice, agenda: Agenda) -> None:
        self._people, self._habits = people, script.habits.reactions
        self._days, self._voice, self._agenda = days, voice, agenda
        self._everyday: dict[str, Callable[[Someone, datetime], Message | None]] = {
            "checkin": lambda one, now: days.check_in(one, None, now),
            "report": days.report,
        }

    def hear(self, heard: Iterable[Heard], asked: Iterable[Asked], now: datetime) -> None:
        """People hear something now."""
        questions: dict[tuple[int, datetime], list[Asked]] = defaultdict(list)
        for question in asked:
            questions[question.member_id, question.asked_at].append(question)
        for notice in heard:
            one = self._people[notice.member_id]
            if notice.kind == NEWS and notice.state in _DONE_BY_OTHERS and notice.owner_id != notice.member_id:
                one.intends.pop((notice.case_id or 0, False), None)
            open_questions = questions.pop((notice.member_id, notice.created_at), [])
            if not open_questions:
                self._react(one, Cue(notice.kind, notice.case_id, notice.urgency, notice.state), now)
            for question in open_questions:
                self._react(one, Cue(QUESTION + question.kind, question.ref, notice.urgency, notice.state), now)

    def _react(self, one: Someone, cue: Cue, now: datetime) -> None:
        habit = next((habit for habit in self._habits if habit.fits(cue.when, one.role, cue.urgency, cue.state)), None)
        if habit is None:
            return
        kind = _chosen(habit, one)
        matter = (cue.number or 0, cue.when.startswith(QUESTION))
        if kind is None or (cue.number and matter in one.intends):
            return
        intention = object()
        if cue.number:
            one.intends[matter] = intention
        moment = self._moment(habit, one, cue, now)
        self._agenda.note(moment, partial(self._act, one, kind, cue, intention, moment))

    def _moment(self, habit: Habit, one: Someone, cue: Cue, now: datetime) -> datetime:
        """When they say it. Who sleeps hears of it in the morning, but for what wakes them."""
        woken = one.chance.random() < habit.wakes
        span = max(in_minutes(habit.median) * one.chance.lognormvariate(0, habit.spread), 1)
        moment = (now if woken else one.awake(now)) + timedelta(minutes=span)
        moment = moment if woken else one.awake(moment)
        step = 1 if cue.number else TOGETHER
        minute = -(-(moment.hour * 60 + moment.minute + 1) // step) * step
        return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minute)

    def _act(self, one: Someone, kind: str, cue: Cue, intention: object, now: datetime) -> Message | None:
        if kind in self._everyday:
            return self._everyday[kind](one, now)
        matter = (cue.number or 0, cue.when.startswith(QUESTION))
        if cue.number and one.intends.get(matter) is not intention:
            return None
        one.intends.pop(matter, None)
        if kind == OVER and one.is_ill(now.date()):
            kind = NOT_YET
        self._react(one, cue._replace(when=SAID + kind, state=None), now)
        return self._voice.say(one, kind, now, case=cue.number or "", heir=one.heir)


def _chosen(habit: Habit, one: Someone) -> str | None:
    """What of a habit's words it is this time; None: nothing."""
    left = one.chance.random()
    for kind, likely in habit.says.items():
        left -= likely
        if left < 0:
            return kind
    return None
