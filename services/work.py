"""What every service is handed: one transaction, the present moment, and the unit's settings and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.capabilities import Capabilities
from models.chats import Chat
from models.directory import Directory
from models.lesson import Lesson
from models.policies import Policies
from services.texts import Texts


@dataclass(frozen=True)
class Unit:
    """What does not change while the bot runs.

    `content` is the folder of what the unit wrote itself, its pictures too; `channels` are the enabled ones with what they can do, the
    one to prefer first.
    """

    policies: Policies
    zone: ZoneInfo
    bot_name: str
    texts: Texts
    content: Path
    lessons: tuple[Lesson, ...]
    channels: Mapping[str, Capabilities]
    inbox_retry: timedelta
    inbox_attempts: int


@dataclass
class Work:
    """One unit of work: everything that happens in it is committed together or not at all.

    A service that changes members, accounts or rooms sets `directory_changed`, so that the snapshot is read anew after the commit.
    `heard`: conversations in which the bot was spoken to for the first time in this very transaction; the snapshot has them not yet.
    """

    session: Session
    now: datetime
    unit: Unit
    directory: Directory
    directory_changed: bool = field(default=False)
    heard: set[Chat] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The day it is now in the unit's time zone."""
        return self.now.astimezone(self.unit.zone).date()

    def say(self, key: str, /, **facts: object) -> str:
        """The bot's sentence for `key`."""
        return self.unit.texts(key, **facts)

    def clock_time(self, moment: datetime) -> str:
        """HH:MM in the unit's time zone."""
        return f"{moment.astimezone(self.unit.zone):%H:%M}"
