"""What a unit decides for itself and the clock obeys: who hears of a case, how it climbs, and at what hour each job runs.

Plain values with the defaults of the house; the file that a unit edits (config.yaml) is read into them by bot.config.
"""

import re
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from models.listeners import Told, named
from models.roster import Role
from models.values import Value

_DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?", re.ASCII)
_MANY_DIGITS = re.compile(r"\d{9}", re.ASCII)
LONGEST = timedelta(days=3650)
"""Of all durations: a moment that far ahead can still be reckoned with, whatever is added to it."""
_TOO_LONG = f'is too long; the longest is P{LONGEST.days}D (ten years), and where null may stand it means "never"'
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _duration_as_written(value: object) -> object:
    """Refuse what pydantic would take for something else: bare numbers (seconds) and ``P10M`` (ten months)."""
    if isinstance(value, timedelta) or (isinstance(value, str) and _DURATION.fullmatch(value)):
        if isinstance(value, str) and _MANY_DIGITS.search(value):
            raise ValueError(_TOO_LONG)
        return value
    raise ValueError("is not a duration; write for example PT10M (ten minutes), PT4H (four hours) or P1D (a day)")


def _within_bounds(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("must be longer than nothing; write for example PT10M (ten minutes)")
    if value > LONGEST:
        raise ValueError(_TOO_LONG)
    return value


def _time_of_day_as_written(value: object) -> object:
    """Refuse what pydantic would take for something else: bare numbers (seconds since midnight)."""
    if isinstance(value, time) or (isinstance(value, str) and _TIME_OF_DAY.fullmatch(value)):
        return value
    raise ValueError('is not a time of day; write hours and minutes as "08:25"')


Duration = Annotated[timedelta, BeforeValidator(_duration_as_written), AfterValidator(_within_bounds)]
"""A span of time longer than nothing and not above `LONGEST`, written as ISO 8601 with days, hours, minutes and seconds."""

TimeOfDay = Annotated[time, BeforeValidator(_time_of_day_as_written)]
"""A minute of the day in the unit's time zone, written HH:MM."""


class Rung(Value):
    """One step up: who is told when a case has waited `after` since it was raised and nobody has acknowledged it."""

    after: Duration = Field(description="How long after the case was raised.")
    tell: Told = Field(description="Who is told then.")


class Ladder(Value):
    """Who hears of a case at once, who next while it stays unacknowledged, and how often the highest step is told again."""

    tell: Told = Field(description="Who is told at once, each in private.")
    climb: tuple[Rung, ...] = Field(
        default=(),
        description="The steps while nobody acknowledges: a list of {after, tell}, counted from when the case was raised.",
    )
    repeat: Duration | None = Field(
        default=None, description="After the last step, how often that step is told again until somebody acknowledges; null: not again."
    )
    repeat_for: Duration = Field(
        default=timedelta(hours=6),
        description="How long it is told again at that pace; after that once a day, until somebody acknowledges.",
    )

    acknowledged_for: Duration | None = Field(
        default=None,
        description="How long an acknowledgement (收到) holds: without a result by then the case climbs anew; null: for ever.",
    )

    @model_validator(mode="after")
    def _climbs_in_order(self) -> Self:
        waits = [rung.after for rung in self.climb]
        if any(later <= earlier for earlier, later in pairwise(waits)):
            raise ValueError("climb must wait longer at every step; put the steps in the order of their `after`")
        return self


class CasePolicy(Value):
    """The ladders of one kind of case."""

    urgent: Ladder = Field(description="When life, safety or health is at risk now, or it cannot wait until tomorrow.")
    ordinary: Ladder = Field(description="Every other case of this kind.")


def _urgent(*tell: Role) -> Ladder:
    ten_minutes = timedelta(minutes=10)
    climb = (Rung(after=ten_minutes, tell=(Role.DUTY_OFFICER,)),)
    return Ladder(tell=tell, climb=climb, repeat=ten_minutes, acknowledged_for=timedelta(hours=2))


def _ordinary(*tell: Role) -> Ladder:
    climb = (Rung(after=timedelta(hours=4), tell=(Role.DEPUTY, Role.DUTY_OFFICER)),)
    return Ladder(tell=tell, climb=climb, repeat=timedelta(days=1), acknowledged_for=timedelta(days=3))


class Quiet(Value):
    """The hours in which people sleep. What is urgent never waits for their end."""

    enabled: bool = Field(default=True, description="false: nothing waits.")
    begin: TimeOfDay = Field(default=time(22, 30), description='When it begins, as "HH:MM".')
    end: TimeOfDay = Field(default=time(6, 0), description="When it ends, mostly on the next day.")

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.begin == self.end:
            raise ValueError("begin and end are the same minute; set enabled: false where nothing shall wait")
        return self

    def holds(self, clock: time) -> bool:
        """Whether people sleep at that time of day."""
        over_midnight = self.begin > self.end
        within = clock >= self.begin or clock < self.end if over_midnight else self.begin <= clock < self.end
        return self.enabled and within

    def over(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself; within quiet hours their end."""
        local = moment.astimezone(zone)
        clock = local.time()
        if not self.holds(clock):
            return moment
        day = local.date() + timedelta(days=1 if self.begin > self.end and clock >= self.begin else 0)
        return datetime.combine(day, self.end, zone)


class Distress(Value):
    """Who is there for somebody whose heart is heavy (心理)."""

    confidants: tuple[str, ...] = Field(
        default=(),
        description="Members (心理骨干) who hear of it too, by name; not of what was said for the secretary alone.",
    )
    help_line: str | None = Field(default="12356", min_length=3, description="A help line that is named in the private answer; null: none.")


class Watching(Value):
    """How somebody who is ill is looked after until they are well again (观察)."""

    normal_days: int = Field(default=3, ge=1, le=14, description="After so many normal days in a row somebody is well again.")
    answer_within: Duration = Field(
        default=timedelta(minutes=90), description="How long a round's question may wait for its answer; after that the digest names it."
    )
    lost_after: Duration = Field(
        default=timedelta(days=1),
        description="After how long without a word those who know of the case hear of it; of one who is away after twice as long.",
    )
    rise: float = Field(
        default=0.6, ge=0.1, le=3.0, description="A temperature below 37.3 °C is mentioned from so many °C above one's own median on."
    )


class Policies(Value):
    """Who is told of what, and when it counts as urgent."""

    hardship: CasePolicy = Field(
        default=CasePolicy(
            urgent=_urgent(Role.SECRETARY, Role.LEADER, Role.DEPUTY),
            ordinary=_ordinary(Role.SECRETARY, Role.LEADER),
        ),
        description="Hardships (困难) go straight to the branch.",
    )
    health: CasePolicy = Field(
        default=CasePolicy(
            urgent=_urgent(Role.LEADER, Role.SECRETARY, Role.DEPUTY),
            ordinary=_ordinary(Role.LEADER, Role.SECRETARY),
        ),
        description="Abnormal health (健康异常): a symptom, or 37.3 °C and more.",
    )
    silence: CasePolicy = Field(
        default=CasePolicy(
            urgent=_urgent(Role.LEADER, Role.SECRETARY, Role.DEPUTY),
            ordinary=_ordinary(Role.LEADER, Role.SECRETARY),
        ),
        description="Silence (失联未报): somebody is not heard of, and those who look after them cannot reach them.",
    )
    quiet: Quiet = Field(default=Quiet(), description="When people sleep; what is not urgent waits until morning.")
    distress: Distress = Field(default=Distress(), description="Who is there for somebody whose heart is heavy (心理).")
    watching: Watching = Field(default=Watching(), description="How somebody who is ill is looked after until they are well again (观察).")
    budget: int | None = Field(
        default=6,
        ge=1,
        description="How many messages a day one person gets at most; what is over goes together as the last one; null: any number.",
    )
    call_out_lapses: Duration = Field(
        default=timedelta(hours=12),
        description="How long after 出警 its members count as back, where nobody says 归队; until then they are left in peace.",
    )
    ask_again: Duration | None = Field(
        default=timedelta(days=3),
        description="How long after a case was settled its reporter is asked once more whether it really is; "
        "who does not answer is asked again after twice as long, then the secretary decides; null: never.",
    )
    urgent_temperature: float = Field(
        default=39.0, ge=37.3, le=43.0, description="From this body temperature on, in °C, a health case is urgent."
    )

    def names(self) -> tuple[str, ...]:
        """The members whom these policies call by name, each once."""
        ladders = (ladder for policy in (self.hardship, self.health, self.silence) for ladder in (policy.urgent, policy.ordinary))
        told = (who for ladder in ladders for who in (*ladder.tell, *(who for rung in ladder.climb for who in rung.tell)))
        return tuple(dict.fromkeys((*filter(None, map(named, told)), *self.distress.confidants)))


class JobSchedule(Value):
    """When one job runs. A slot that comes up late still runs within `window` and says how late; after it the slot is dropped."""

    at: TimeOfDay = Field(description='The time of day as "HH:MM", in the time zone of the organization.')
    days: Literal["workdays", "daily"] = Field(
        default="workdays", description="On working days by the Chinese calendar (workdays), or every day (daily)."
    )
    window: Duration = Field(description="How late the job may still run, after a restart for example; later than this it is dropped.")
    enabled: bool = Field(default=True, description="false turns the job off.")


def _job(hour: int, minute: int, *, minutes: int = 0, hours: int = 0) -> JobSchedule:
    return JobSchedule(at=time(hour, minute), window=timedelta(hours=hours, minutes=minutes))


def _round(hour: int, minute: int) -> JobSchedule:
    """Nobody is ill on working days only."""
    return JobSchedule(at=time(hour, minute), days="daily", window=timedelta(hours=2))


class Schedule(Value):
    """The jobs of a day in the order of their default times."""

    open_day: JobSchedule = Field(default=_job(6, 0, hours=12), description="Opens the day's check-in (健康打卡); sends nothing.")
    health_morning: JobSchedule = Field(
        default=_round(7, 25), description="Asks in private how whoever is ill is today, until three normal days."
    )
    nudge_checkin: JobSchedule = Field(
        default=_job(8, 25, minutes=35),
        description="Reminds in private each member still open.",
    )
    chase: JobSchedule = Field(
        default=_job(8, 45, minutes=35),
        description="Asks one buddy (三人包保) about each member who was reminded and is still open.",
    )
    digest_group: JobSchedule = Field(default=_job(9, 5, hours=10), description="The group's digest (汇总) to each leader.")
    digest_branch: JobSchedule = Field(default=_job(9, 20, hours=10), description="The branch's digest to each secretary.")
    preflight: JobSchedule = Field(
        default=_job(9, 20, hours=10),
        description="A dry run: who would be told of a case now; to each secretary, where somebody would not be reached.",
    )
    health_noon: JobSchedule = Field(
        default=_round(12, 25), description="The same at noon; and whose temperature has risen is asked to measure again."
    )
    lesson: JobSchedule = Field(default=_job(12, 40, hours=4), description="A micro-lesson (微党课) into each group room.")
    burden: JobSchedule = Field(
        default=_job(16, 20, hours=5),
        description="On Fridays: where many report the same day after day, tells the leader that the daily question costs too much.",
    )
    nudge_report: JobSchedule = Field(
        default=_job(17, 50, hours=2), description="Reminds in private each member whose micro-report (微报告) is open."
    )
    health_evening: JobSchedule = Field(default=_round(18, 35), description="The same in the evening, before the digests.")
    digest_group_evening: JobSchedule = Field(default=_job(20, 10, hours=12), description="The evening digest to each leader.")
    digest_branch_evening: JobSchedule = Field(default=_job(20, 25, hours=12), description="The evening digest to each secretary.")

    def jobs(self) -> dict[str, JobSchedule]:
        """Every job by its name, in the order of this class, those that are turned off included."""
        return {name: getattr(self, name) for name in type(self).model_fields}
