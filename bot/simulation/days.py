"""What simulated people do by themselves on a day: check in, write a report, chat, fall ill, be in need, go on leave."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation.agenda import Agenda
from bot.simulation.script import Script, minutes
from bot.simulation.unit import DAY, Someone, Unit
from bot.simulation.voice import Voice
from models.message import Message
from models.workdays import is_workday

TOGETHER = 5
"""Everyday things happen at minutes that can be divided by this: what comes together is committed together, as on a busy morning."""
CHATTER_TOGETHER = 30
"""When it is said matters to nobody, and the clock stops less often."""
FEVER = (37.3, 38.8)
HIGH_FEVER = (39.0, 40.1)


class Days:
    """Notes one day after the other in the agenda."""

    def __init__(self, unit: Unit, script: Script, voice: Voice, agenda: Agenda, zone: ZoneInfo, seed: int) -> None:
        self._unit, self._script, self._life = unit, script, script.habits.life
        self._voice, self._agenda, self._zone = voice, agenda, zone
        self._chance = Random(f"{seed}/groups")  # noqa: S311  (the same for the same seed)
        self._since: datetime | None = None

    def plan(self, day: date, since: datetime) -> None:
        """Note what everybody is going to do by themselves on a day, from a moment on."""
        self._since = since
        share = 1.0 if is_workday(day) else self._life.weekend
        for group, members in self._unit.groups.items():
            self._chatter(group, members, day)
            if group in self._unit.chains and self._chance.random() < share:
                self._at(day, self._chance.triangular(*minutes(self._life.chain_posted)), partial(self._chain, group, members))
            for one in members:
                self._own_day(one, group, day, share)

    def _own_day(self, one: Someone, group: str, day: date, share: float) -> None:
        chance, life = one.chance, self._life
        if group not in self._unit.chains and chance.random() < share * (1 - one.forgets):
            room = None if chance.random() < life.in_private else group
            self._at(day, one.checks_in + chance.gauss(0, TOGETHER), partial(self.check_in, one, room))
        if chance.random() < share * one.reports:
            self._at(day, chance.uniform(*minutes(life.reports_between)), partial(self.report, one))
        if chance.random() < life.falls_ill and not one.is_ill(day):
            self._at(day, chance.uniform(one.wakes, one.sleeps), partial(self._falls_ill, one), step=1)
        if chance.random() < life.in_need:
            room = None if chance.random() < life.need_in_private else group
            self._at(day, chance.uniform(0, DAY - 1), partial(self._in_need, one, room), step=1)
        if chance.random() < life.goes_on_leave and not one.is_away(day + timedelta(days=1)):
            self._at(day, chance.uniform(9 * 60, 20 * 60), partial(self._goes_on_leave, one))

    def _at(self, day: date, minute: float, act: Callable[[datetime], Message | None], step: int = TOGETHER) -> None:
        whole = -(-int(minute) // step) * step
        moment = datetime.combine(day, time(), self._zone) + timedelta(minutes=min(max(whole, 0), DAY - 1))
        if self._since is None or moment >= self._since:
            self._agenda.note(moment, partial(act, moment))

    def check_in(self, one: Someone, room: str | None, now: datetime) -> Message | None:
        """Somebody checks in, unless they have done so or are away."""
        day = now.date()
        if one.checked_in == day or one.is_away(day):
            return None
        one.checked_in = day
        slips = one.chance.random() < self._life.slips
        kind = "checkin_ill" if self._measured(one, day) else "checkin_slip" if slips else "checkin"
        return self._voice.say(one, kind, now, room)

    def report(self, one: Someone, now: datetime) -> Message | None:
        """Somebody writes a report, unless they have done so or are away."""
        day = now.date()
        if one.reported == day or one.is_away(day):
            return None
        one.reported = day
        return self._voice.say(one, "report", now)

    def _chain(self, group: str, members: Sequence[Someone], now: datetime) -> Message | None:
        """One of a group posts what everybody has written below each other; who forgets is not on it."""
        day = now.date()
        there = [one for one in members if not one.is_away(day) and one.checked_in != day and one.chance.random() >= one.forgets]
        if not there:
            return None
        lines = [self._voice.words(one, "chain_line_ill" if self._measured(one, day) else "chain_line")[1] for one in there]
        for one in there:
            one.checked_in = day
        poster = self._chance.choice(there)
        _, head = self._voice.words(poster, "chain_head")
        text = "\n".join((head, *(f"{number}. {line}" for number, line in enumerate(lines, 1))))
        return self._voice.message(poster, "chain", text, now, group)

    def _measured(self, one: Someone, day: date) -> bool:
        """Whether somebody is ill on a day; then their temperature is a new one."""
        if one.is_ill(day):
            one.fever = one.chance.uniform(*FEVER)
        return one.is_ill(day)

    def _falls_ill(self, one: Someone, now: datetime) -> Message | None:
        if one.is_away(now.date()):
            return None
        one.ill_until = now.date() + timedelta(days=one.chance.randint(*self._life.ill_days))
        one.fever = one.chance.uniform(*(HIGH_FEVER if one.chance.random() < self._life.very_ill else FEVER))
        one.checked_in = now.date()
        return self._voice.say(one, "falls_ill", now)

    def _in_need(self, one: Someone, room: str | None, now: datetime) -> Message | None:
        urgent, heavy = one.chance.random() < self._life.urgent, one.chance.random() < self._life.heavy_heart
        kind = "hardship_urgent" if urgent else "hardship_heart" if heavy else "hardship_ordinary"
        return self._voice.say(one, kind, now, room)

    def _goes_on_leave(self, one: Someone, now: datetime) -> Message | None:
        first = now.date() + timedelta(days=1)
        last = first + timedelta(days=one.chance.randint(*self._life.leave_days) - 1)
        one.away_until = last
        return self._voice.say(one, "leave", now, first=_written(first), last=_written(last))

    def _chatter(self, group: str, members: Iterable[Someone], day: date) -> None:
        people = list(members)
        for _ in range(round(self._chance.expovariate(1 / self._life.chatter)) if self._life.chatter else 0):
            one = self._chance.choice(people)
            self._at(day, one.chance.uniform(one.wakes, one.sleeps), partial(self._chats, one, group), CHATTER_TOGETHER)

    def _chats(self, one: Someone, group: str, now: datetime) -> Message:
        return self._voice.say(one, "chatter", now, group)


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日"
