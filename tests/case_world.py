"""The bot's services over a real database that keeps nothing, with the clock, the senders and the channels in the hands of a test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from bot.channels import registry
from bot.unit import build_unit
from bot.wiring import open_store
from models import cases as case_rows
from models import outbox, promises
from models.case_states import CaseState
from models.directory import Directory, load_directory
from models.outbox import TELLING, NoticeState
from models.people import Person
from models.promises import TimerKind
from models.roster import Role
from models.store import _StoreSession
from models.tables.cases import CaseRow
from models.tables.unit import AccountRow
from services import follow_up, undelivered
from services.wanted import unwanted
from services.work import Work
from tests.conftest import story_settings
from tests.moving_in import seed_demo

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CHANNELS = ("sandbox", "second")


class Unit:
    """The demo unit in a database that keeps nothing: what an example does is rolled back at its end."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="model-")
        settings = story_settings(f"sqlite:///{self._folder.name}/sanwei.db", Path(self._folder.name))
        seed_demo(settings)
        self.store = open_store(settings)
        able = registry.capabilities(settings.channels)["sandbox"]
        self.unit = build_unit(settings, dict.fromkeys(CHANNELS, able))
        self._organization = settings.organization.name
        self._directories: dict[date, Directory] = {}
        self.store.write_now(self._second_accounts)

    def _second_accounts(self, session: Session) -> None:
        """Whoever answers for others can be reached on a second channel too; plain members cannot."""
        for person in load_directory(session, self._organization).people.values():
            if person.role is not Role.MEMBER:
                session.add(AccountRow(channel="second", address=f"second-{person.id}", member_id=person.id, confirmed_at=START))

    def at_first(self, day: date) -> Directory:
        """Who is who on a day, before anybody changes it."""
        if day not in self._directories:
            self._directories[day] = self.store.read_now(lambda session: self.now_in(session, day))
        return self._directories[day]

    def now_in(self, session: Session, day: date) -> Directory:
        """Who is who on a day, after what was done in that session's example."""
        return load_directory(session, self._organization, day)

    @contextmanager
    def example(self) -> Iterator[Connection]:
        """A connection whose work is undone at the end."""
        with self.store.engine.connect() as connection:
            transaction = connection.begin()
            try:
                yield connection
            finally:
                transaction.rollback()


class Crash(Exception):  # noqa: N818
    """The process dies before the commit."""


def _die(crashes: bool) -> None:
    if crashes:
        raise Crash


class World:
    """One life of the unit: the bot works when it is told to. `broken`: the channels that fail now, and how."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._example = unit.example()
        self._connection = self._example.__enter__()
        self._directories: dict[date, Directory] = {}
        self._changed = False
        self.now = START
        self.broken: dict[str, str] = {}
        self.sent_after_close: list[int] = []

    def close(self) -> None:
        """Nothing of it is kept."""
        self._example.__exit__(None, None, None)

    def do(self, act: Callable[[Work], Any], *, crashes: bool = False) -> Any:
        """The result of an act in a transaction of its own; nothing of it where the process dies before the commit."""
        with _StoreSession(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            try:
                with session.begin():
                    work = Work(session, self.now, self._unit.unit, self._snapshot(session))
                    result = act(work)
                    _die(crashes)
            except Crash:
                return None
        if work.directory_changed:
            self._changed = True
            self._directories.clear()
        return result

    def _snapshot(self, session: Session) -> Directory:
        day = self.now.astimezone(self._unit.unit.zone).date()
        if not self._changed:
            return self._unit.at_first(day)
        if day not in self._directories:
            self._directories[day] = self._unit.now_in(session, day)
        return self._directories[day]

    def run_until(self, moment: datetime, *, down: bool = False) -> None:
        """What falls due happens at its time, in order; where the bot was `down` meanwhile, all of it at the end."""
        if down:
            self.now = moment
        while True:
            due = self.do(lambda work: [(at, number) for number, at in promises.due_timers(work.session, moment, 50)])
            if not due:
                break
            at, number = min(due)
            self.now = max(self.now, at)
            self.do(lambda work, number=number: self._fire(work, number))
            self.send()
        self.now = moment
        self.send()

    def _fire(self, work: Work, number: int) -> None:
        timer = promises.take_timer(work.session, number)
        if timer is None:
            return
        timer.done_at = work.now
        match TimerKind(timer.kind):
            case TimerKind.CASE_CLIMB:
                timer.outcome = follow_up.climb(work, timer.ref, timer.step, timer.due_at)
            case TimerKind.CASE_LAPSE:
                timer.outcome = follow_up.lapse(work, timer.ref, timer.step, timer.due_at)
            case TimerKind.CASE_ASK_AGAIN:
                timer.outcome = follow_up.ask_again(work, timer.ref, timer.step)
            case other:
                raise AssertionError(other)

    def send(self) -> None:
        """Every channel sends what is due on it, or fails as it does now."""
        while self.do(self._send_on_each):
            pass

    def _send_on_each(self, work: Work) -> bool:
        moved = [self._send_on(work, channel) for channel in CHANNELS]
        return any(moved)

    def _send_on(self, work: Work, channel: str) -> bool:
        """Send one channel's notices; whether one was moved to the other."""
        moved = False
        rows = outbox.claim(work.session, channel, work.now, work.now + timedelta(minutes=5), 50)
        for row in rows:
            reason = unwanted(work, row)
            trouble = self.broken.get(channel)
            if reason is not None:
                undelivered.dropped(work, row, reason)
            elif trouble is None:
                case = None if row.case_id is None else case_rows.by_number(work.session, row.case_id)
                if case is not None and case.state == CaseState.CLOSED and row.kind in TELLING:
                    self.sent_after_close.append(row.id)
                outbox.finish(work.session, [row.id], NoticeState.SENT, work.now, handed_at=work.now)
            elif undelivered.elsewhere(work, row.id, trouble):
                moved = True
            elif trouble == "timeout":
                outbox.put_back(work.session, row.id, work.now + timedelta(minutes=5), trouble, tried=True)
            else:
                undelivered.given_up(work, row.id, trouble)
        return moved


def named(work: Work, name: str) -> Person:
    """The member of that name."""
    found = work.directory.named(name)
    assert found is not None
    return found


def row(work: Work, number: int) -> CaseRow:
    """The case of that number."""
    case = case_rows.by_number(work.session, number)
    assert case is not None
    return case
