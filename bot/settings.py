"""What can be set, as one typed tree: every key with its default and its meaning. Loading and error messages are in bot.config."""

import ipaddress
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, model_validator
from pydantic.fields import FieldInfo

from bot.channels.settings import Channels, address
from models.policies import Duration, Policies, Schedule
from models.values import Value


def _known_database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("is no database address that is supported; write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
    return url


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank; write a name, or remove the line to get the default")
    return text


Name = Annotated[str, AfterValidator(_not_blank)]


def _moment_as_written(value: object) -> object:
    """Refuse what pydantic would take for something else: bare numbers (seconds since 1970)."""
    if value is None or isinstance(value, datetime) or (isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}[T ]", value)):
        return value
    raise ValueError('is not a date with a time; write it as "2026-03-02T06:00:00+08:00"')


class Organization(Value):
    """Who the unit is and how its bot is called."""

    name: Name = Field(default="示例支队", min_length=1, description="The name of the unit, as its digests show it.")
    bot_name: Name = Field(default="小微", min_length=1, description="The name that people call the bot by.")
    timezone: ZoneInfo = Field(default=ZoneInfo("Asia/Shanghai"), description="The time zone of every hour in this file (IANA name).")
    language: Literal["zh-CN", "en"] = Field(default="zh-CN", description="The language the bot speaks: zh-CN or en.")
    content: Path = Field(default=Path("content"), description="The folder of lessons, sentences and word lists.")


class Database(Value):
    """Where records are kept."""

    url: Annotated[str, AfterValidator(_known_database)] = Field(
        default="sqlite:///data/sanwei.db",
        repr=False,  # may hold a password: never in a log, never in an error
        description="sqlite:///FILE for one office PC, or postgresql+psycopg://USER@HOST/NAME.",
    )


class Web(Value):
    """Where the pages and the callbacks are served."""

    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on; 0.0.0.0 is every network of this machine.")
    port: int = Field(default=8080, ge=0, le=65535, description="The port to listen on; 0 takes any free one.")

    @property
    def own_site(self) -> str:
        """Where somebody at this machine finds its pages."""
        return f"http://127.0.0.1:{self.port}"


class ClockSettings(Value):
    """What tells the time."""

    kind: Literal["system", "manual"] = Field(
        default="system", description="system follows the machine; manual moves only when told, for the demo and for tests."
    )
    start: Annotated[AwareDatetime | None, BeforeValidator(_moment_as_written)] = Field(
        default=None, description='Where a manual clock starts, as "2026-03-02T06:00:00+08:00"; null: at the present moment.'
    )

    @model_validator(mode="after")
    def _only_a_manual_clock_starts(self) -> Self:
        if self.kind == "system" and self.start is not None:
            raise ValueError("start is only for a manual clock; remove start, or set kind: manual")
        return self


class Privacy(Value):
    """How what people entrust to the bot is kept."""

    encrypt: bool = Field(default=True, description="Whether the text of hardships and thoughts is encrypted in the database.")
    key_file: Path = Field(default=Path("data/sanwei.key"), description="The file with the key; made at the first start. Back it up apart.")


class Queue(Value):
    """How patiently messages are received and notices are sent."""

    lease: Duration = Field(default=timedelta(minutes=2), description="How long a sender keeps a notice before another may take it over.")
    attempts: int = Field(
        default=150,
        ge=1,
        description="How often a notice is tried before it counts as failed; 150 tries take about a day. "
        "What tells of a case that nobody has taken yet is tried on.",
    )
    backoff_first: Duration = Field(
        default=timedelta(seconds=5), description="How long to wait after the first failed try; each wait is longer."
    )
    backoff_max: Duration = Field(default=timedelta(minutes=10), description="The longest wait between two tries.")
    inbox_retry: Duration = Field(default=timedelta(minutes=5), description="How long until a message that failed inside is handled again.")
    inbox_attempts: int = Field(default=5, ge=1, description="How often a message that failed inside is handled before a human must look.")
    max_text: int = Field(default=20_000, ge=200, description="How many characters of one message are read and kept.")

    @model_validator(mode="after")
    def _waits_grow(self) -> Self:
        if self.backoff_max < self.backoff_first:
            raise ValueError("backoff_max is shorter than backoff_first; make it at least as long")
        return self


class Watch(Value):
    """Where the bot shows that it lives and keeps its promises."""

    heartbeat_file: Path | None = Field(
        default=None, description="A file that is written anew every 5 minutes while all is well; null: none."
    )
    heartbeat_url: Annotated[str | None, address("http", "https")] = Field(
        default=None,
        repr=False,  # such addresses are often secret
        description="An address that is fetched (GET) every 5 minutes while all is well; null: none.",
    )


class Settings(Value):
    """Everything that a unit can set."""

    organization: Organization = Field(default=Organization(), description="Who the unit is and how its bot is called.")
    database: Database = Field(default=Database(), description="Where records are kept.")
    web: Web = Field(default=Web(), description="Where the pages and the callbacks are served.")
    clock: ClockSettings = Field(default=ClockSettings(), description="What tells the time.")
    schedule: Schedule = Field(default=Schedule(), description="What the clock does each day, in order.")
    policies: Policies = Field(default=Policies(), description="Who is told of what, and when it counts as urgent.")
    privacy: Privacy = Field(default=Privacy(), description="How what people entrust to the bot is kept.")
    queue: Queue = Field(default=Queue(), description="How patiently messages are received and notices are sent.")
    watch: Watch = Field(default=Watch(), description="Where the bot shows that it lives and keeps its promises.")
    channels: Channels = Field(default=Channels(), description="The ways in and out.")


def known_keys(section: type[BaseModel] = Settings, prefix: str = "") -> dict[str, FieldInfo]:
    """Every key that can be set by its dotted name, in order; the keys of a list's items are named ``list[].key``."""
    found: dict[str, FieldInfo] = {}
    for name, field in section.model_fields.items():
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        inner = next((kind for kind in kinds if issubclass(kind, BaseModel)), None)
        is_section = inner is not None and inner is field.annotation
        if not is_section:
            found[prefix + name] = field
        if inner is not None:
            found |= known_keys(inner, f"{prefix}{name}." if is_section else f"{prefix}{name}[].")
    return found


def warnings(settings: Settings) -> list[str]:
    """Name what is allowed but probably not meant, one line each: the dotted key, what it leads to, and what to do."""
    found = []
    for name, job in settings.schedule.jobs().items():
        if job.enabled and job.at.minute in {0, 30} and name != "open_day":  # open_day sends nothing
            calmer = job.at.replace(minute=job.at.minute + 10)
            found.append(
                f"schedule.{name}.at: {job.at:%H:%M} is a full or half hour, when chat platforms are crowded; {calmer:%H:%M} is calmer"
            )
    found += _hours(settings)
    if settings.clock.kind == "manual":
        found.append("clock.kind: manual stands still until it is moved, which is for the demo and for tests; a real unit uses system")
    if not settings.privacy.encrypt:
        found.append("privacy.encrypt: false leaves hardships and thoughts readable to anyone who gets at the database; set it to true")
    heard = [settings.channels.sandbox.enabled, settings.channels.wecom_aibot.enabled, settings.channels.wechaty.enabled]
    if not any((*heard, settings.channels.wecom_app.enabled and settings.channels.wecom_app.receives)):
        found.append("channels: none that hears anybody is enabled, so nobody can reach the bot; enable one")
    if settings.channels.sandbox.enabled and settings.channels.sandbox.allow_remote:
        found.append("channels.sandbox.allow_remote: true lets anyone who reaches the port speak as anybody; a real unit uses false")
    wechaty = settings.channels.wechaty
    if wechaty.enabled and not wechaty.tls and wechaty.endpoint and not _on_this_machine(wechaty.endpoint):
        found.append("channels.wechaty.tls: false sends the token and all that is said readable over the network; set it to true")
    return found


def _hours(settings: Settings) -> Iterator[str]:
    """Jobs at an hour at which they cannot do what they are for."""
    jobs, quiet = settings.schedule.jobs(), settings.policies.quiet
    chase, nudge = jobs["chase"], jobs["nudge_checkin"]
    if chase.enabled and nudge.enabled and chase.at <= nudge.at:
        yield (
            f"schedule.chase.at: {chase.at:%H:%M} is not after schedule.nudge_checkin.at ({nudge.at:%H:%M}), "
            "and only who was reminded is asked about; put it later"
        )
    for name, job in jobs.items():
        if job.enabled and name != "open_day" and quiet.holds(job.at):
            yield (
                f"schedule.{name}.at: {job.at:%H:%M} lies in the quiet hours ({quiet.begin:%H:%M} to {quiet.end:%H:%M}), "
                "when people sleep; choose another hour"
            )


def _on_this_machine(endpoint: str) -> bool:
    host = endpoint.rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
