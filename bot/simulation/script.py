"""What a simulated unit says and how it lives: content/simulation, read and checked."""

from collections.abc import Iterable
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, Field, ValidationError

from bot.content import ContentError
from models.case_states import CaseState
from models.policies import Duration, TimeOfDay
from models.roster import Role
from models.values import Value

FOLDER = "simulation"
Share = Annotated[float, Field(ge=0, le=1)]
Words = tuple[str, ...]


class Names(Value):
    """What people are called: one character, or a few of them."""

    surnames: str = Field(min_length=1)
    given: str = Field(min_length=1)
    posts: Words = Field(min_length=1)


class Life(Value):
    """What people do by themselves; content/simulation/habits.yaml says what each means."""

    chain_groups: Share
    in_private: Share
    weekend: Share
    checks_in: tuple[TimeOfDay, TimeOfDay]
    chain_posted: tuple[TimeOfDay, TimeOfDay]
    forgets: Share
    slips: Share
    reports: Share
    reports_between: tuple[TimeOfDay, TimeOfDay]
    chatter: float = Field(ge=0)
    falls_ill: Share
    ill_days: tuple[int, int]
    very_ill: Share
    in_need: Share
    urgent: Share
    heavy_heart: Share
    need_in_private: Share
    goes_on_leave: Share
    leave_days: tuple[int, int]
    sleeps: tuple[TimeOfDay, TimeOfDay]
    sleep_varies: Duration


class Outages(Value):
    """How long channels are out of order: a log-normal time."""

    median: Duration
    spread: float = Field(ge=0)
    longest: Duration


class Trouble(Value):
    """How channels fail."""

    outages: float = Field(ge=0)
    outage: Outages
    single_failures: Share


class Habit(Value):
    """What some people do when they hear something."""

    when: str
    says: dict[str, Share]
    median: Duration
    spread: float = Field(default=0.0, ge=0)
    roles: tuple[Role, ...] = ()
    urgency: str = ""
    states: tuple[CaseState, ...] = ()
    wakes: Share = 0.0

    def fits(self, when: str, role: Role, urgency: str | None, state: str | None) -> bool:
        """Whether it is this one's turn."""
        return (
            self.when == when
            and (not self.roles or role in self.roles)
            and (not self.urgency or self.urgency == urgency)
            and (not self.states or state in self.states)
        )


class Habits(Value):
    """content/simulation/habits.yaml."""

    life: Life
    channels: Trouble
    reactions: tuple[Habit, ...]


class Script(Value):
    """Everything that is read. `words`: by kind the ways to say it."""

    names: Names
    symptoms: Words
    words: dict[str, Words]
    habits: Habits


def load_script(content: Path) -> Script:
    """Read both files; raises ContentError where one cannot be used."""
    words_file, habits_file = content / FOLDER / "words.yaml", content / FOLDER / "habits.yaml"
    said = _parsed(words_file)
    names, symptoms = said.pop("names", {}), said.pop("symptoms", ())
    habits: Habits = _checked(habits_file, Habits, _parsed(habits_file))
    script: Script = _checked(words_file, Script, {"names": names, "symptoms": symptoms, "words": said, "habits": habits})
    needed = {*_BY_THEMSELVES, *(word for habit in habits.reactions for word in habit.says)}
    for kind in sorted(needed):
        if not script.words.get(kind):
            raise ContentError(words_file, kind, "is missing; habits.yaml or the simulation itself needs these words")
    return script


_BY_THEMSELVES = (
    *("chain_head", "chain_line", "chain_line_ill", "checkin", "checkin_ill", "checkin_slip", "falls_ill", "report", "leave", "chatter"),
    *("hardship_ordinary", "hardship_heart", "hardship_urgent"),
)
"""What is said without being asked."""


def _parsed(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(file, "", f"cannot be read ({type(error).__name__})") from error


def _checked(file: Path, kind: type[BaseModel], values: Any) -> Any:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        raise ContentError(file, ".".join(map(str, problem["loc"])), problem["msg"]) from error


def minutes(hours: Iterable[time]) -> tuple[float, ...]:
    """Times of day in minutes since midnight."""
    return tuple(hour.hour * 60.0 + hour.minute for hour in hours)


def in_minutes(span: timedelta) -> float:
    """A span in minutes."""
    return span / timedelta(minutes=1)
