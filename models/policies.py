"""What a unit decides for itself and the clock obeys: who hears of a case, how it climbs, and at what hour each job runs.

Plain values with the defaults of the house; the file that a unit edits (config.yaml) is read into them by bot.config.
"""

import re
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from models.roster import Role
from models.values import Value

_DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?", re.ASCII)
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _duration_as_written(value: object) -> object:
    """Refuse what pydantic would take for something else: bare numbers (seconds) and ``P10M`` (ten months)."""
    if isinstance(value, timedelta) or (isinstance(value, str) and _DURATION.fullmatch(value)):
        return value
    raise ValueError("is not a duration; write for example PT10M (ten minutes), PT4H (four hours) or P1D (a day)")


def _longer_than_nothing(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("must be longer than nothing; write for example PT10M (ten minutes)")
    return value


def _time_of_day_as_written(value: object) -> object:
    """Refuse what pydantic would take for something else: bare numbers (seconds since midnight)."""
    if isinstance(value, time) or (isinstance(value, str) and _TIME_OF_DAY.fullmatch(value)):
        return value
    raise ValueError('is not a time of day; write hours and minutes as "08:25"')


def _each_once(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise ValueError("is empty; name at least one role")
    if len(set(roles)) < len(roles):
        raise ValueError("names the same role twice; name each once")
    return roles


Duration = Annotated[timedelta, BeforeValidator(_duration_as_written), AfterValidator(_longer_than_nothing)]
"""A span of time longer than nothing, written as ISO 8601 with days, hours, minutes and seconds."""

TimeOfDay = Annotated[time, BeforeValidator(_time_of_day_as_written)]
"""A minute of the day in the unit's time zone, written HH:MM."""

Answering = Literal[Role.LEADER, Role.DEPUTY, Role.SECRETARY, Role.DUTY_OFFICER]
"""The roles that answer for others. A case is never told to plain members."""

Told = Annotated[tuple[Answering, ...], AfterValidator(_each_once)]
"""The roles that hear of something, at least one, in order."""


class Rung(Value):
    """One step up: who is told when a case has waited `after` since it was raised and nobody has acknowledged it."""

    after: Duration = Field(description="How long after the case was raised.")
    tell: Told = Field(description="The roles that are told then.")


class Ladder(Value):
    """Who hears of a case at once, who next while it stays unacknowledged, and how often the highest step is told again."""

    tell: Told = Field(description="The roles that are told at once, each in private.")
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


def _urgent(*tell: Answering) -> Ladder:
    ten_minutes = timedelta(minutes=10)
    climb = (Rung(after=ten_minutes, tell=(Role.DUTY_OFFICER,)),)
    return Ladder(tell=tell, climb=climb, repeat=ten_minutes, acknowledged_for=timedelta(hours=2))


def _ordinary(*tell: Answering) -> Ladder:
    climb = (Rung(after=timedelta(hours=4), tell=(Role.DEPUTY, Role.DUTY_OFFICER)),)
    return Ladder(tell=tell, climb=climb, acknowledged_for=timedelta(days=3))


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

    def over(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself; within quiet hours their end."""
        local = moment.astimezone(zone)
        clock = local.time()
        over_midnight = self.begin > self.end
        within = clock >= self.begin or clock < self.end if over_midnight else self.begin <= clock < self.end
        if not (self.enabled and within):
            return moment
        day = local.date() + timedelta(days=1 if over_midnight and clock >= self.begin else 0)
        return datetime.combine(day, self.end, zone)


class Distress(Value):
    """Who is there for somebody whose heart is heavy (心理)."""

    confidants: tuple[str, ...] = Field(
        default=(),
        description="Members (心理骨干) who hear of it too, by name; not of what was said for the secretary alone.",
    )
    help_line: str | None = Field(default="12356", min_length=3, description="A help line that is named in the private answer; null: none.")


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
    quiet: Quiet = Field(default=Quiet(), description="When people sleep; what is not urgent waits until morning.")
    distress: Distress = Field(default=Distress(), description="Who is there for somebody whose heart is heavy (心理).")
    ask_again: Duration | None = Field(
        default=timedelta(days=3),
        description="How long after a case was settled its reporter is asked once more whether it really is; null: never.",
    )
    urgent_temperature: float = Field(
        default=39.0, ge=37.3, le=43.0, description="From this body temperature on, in °C, a health case is urgent."
    )


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


class Schedule(Value):
    """The jobs of a day in the order of their default times."""

    open_day: JobSchedule = Field(default=_job(6, 0, hours=12), description="Opens the day's check-in (健康打卡); sends nothing.")
    nudge_checkin: JobSchedule = Field(
        default=_job(8, 25, minutes=35),
        description="Reminds in private each member still open, and the trio of one who was open yesterday too.",
    )
    digest_group: JobSchedule = Field(default=_job(9, 5, hours=10), description="The group's digest (汇总) to each leader.")
    digest_branch: JobSchedule = Field(default=_job(9, 20, hours=10), description="The branch's digest to each secretary.")
    preflight: JobSchedule = Field(
        default=_job(9, 20, hours=10),
        description="A dry run: who would be told of a case now; to each secretary, where somebody would not be reached.",
    )
    lesson: JobSchedule = Field(default=_job(12, 40, hours=4), description="A micro-lesson (微党课) into each group room.")
    nudge_report: JobSchedule = Field(
        default=_job(17, 50, hours=2), description="Reminds in private each member whose micro-report (微报告) is open."
    )
    digest_group_evening: JobSchedule = Field(default=_job(20, 10, hours=12), description="The evening digest to each leader.")
    digest_branch_evening: JobSchedule = Field(default=_job(20, 25, hours=12), description="The evening digest to each secretary.")

    def jobs(self) -> dict[str, JobSchedule]:
        """Every job by its name, in the order of this class, those that are turned off included."""
        return {name: getattr(self, name) for name in type(self).model_fields}
