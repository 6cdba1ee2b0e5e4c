"""What a job is: its scopes, and what it does in one of them at one slot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.directory import Directory
from services import wording
from services.work import Work


@dataclass(frozen=True)
class Slot:
    """One scheduled run: when it should be, which day it is about, and until when what it says is worth saying."""

    at: datetime
    day: date
    expires_at: datetime

    def late(self, work: Work) -> str:
        """How late it is, as the end of a sentence; empty where it is in time."""
        return wording.late(work, self.at)


@dataclass(frozen=True)
class Job:
    """One thing that the clock does each day. `name` is its key in config.yaml under `schedule`.

    `scopes` names what it runs for, each in a transaction of its own (groups, branches); `run` does it.
    """

    name: str
    scopes: Callable[[Directory], Sequence[str]]
    run: Callable[[Work, str, Slot], None]


def each_group(directory: Directory) -> Sequence[str]:
    """One run for each group."""
    return tuple(directory.group_names)


def each_branch(directory: Directory) -> Sequence[str]:
    """One run for each branch."""
    return tuple(directory.branch_names)
