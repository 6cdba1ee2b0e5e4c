"""The office: opens a unit of work over the store, at the clock's time, with the newest directory."""

from collections.abc import Callable, Set
from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from typing import TypeVar

from sqlalchemy.orm import Session

from models import promises, state
from models.chats import Chat
from models.clock import Clock
from models.directory import Directory, load_directory, standing_in
from models.store import Store
from services.work import Unit, Work

T = TypeVar("T")


class Office:
    """Everybody who writes or reads does it here: `await office.write(act)` where `act` is a plain function over a `Work`."""

    def __init__(self, store: Store, clock: Clock, unit: Unit, organization: str) -> None:
        self.store = store
        self.clock = clock
        self.unit = unit
        self._organization = organization
        self._directory: Directory | None = None
        self._day: date | None = None
        self._changed_at: datetime | None = None
        self._lock = Lock()  # what transactions do, they do in a thread of their own

    @property
    def directory(self) -> Directory:
        """The newest snapshot of who is who; `reload` must have run once."""
        if self._directory is None:
            raise RuntimeError("the office is not open yet: await reload() first")
        return self._directory

    async def reload(self) -> None:
        """Read the directory anew, because members, accounts or rooms changed.

        It is read in turn with the transactions that change it: what was read beside a change would be older than that.
        """
        await self.store.write(self._read_anew)

    def _read_anew(self, session: Session) -> None:
        state.get(session, promises.DIRECTORY_CHANGED, lock=True)  # whoever changes it holds this until the end
        new, self._day = self._load(session), self._today()
        with self._lock:
            self._directory = new

    async def reload_if_changed(self) -> None:
        """Read the directory anew where another process (the command line, a second bot) changed it."""
        changed_at = await self.store.read(lambda session: promises.get_moment(session, promises.DIRECTORY_CHANGED))
        if changed_at != self._changed_at:
            await self.reload()
            self._changed_at = changed_at

    async def write(self, act: Callable[[Work], T]) -> T:
        """The result of `act`, after everything it did was committed."""
        changed = False
        heard: Set[Chat] = frozenset()

        def in_transaction(session: Session) -> T:
            nonlocal changed, heard
            if self._is_outdated(session):
                self._read_anew(session)
            work = self._work(session, self.directory)
            result = act(work)
            heard = work.heard
            if work.directory_changed:
                # what is done right behind this, such as a message heard again, must not meet a stranger
                changed = True
                promises.set_moment(session, promises.DIRECTORY_CHANGED, work.now)  # for the other processes
                self._read_anew(session)
            return result

        try:
            result = await self.store.write(in_transaction)
        finally:
            if changed:
                await self.reload()
        if heard and not changed:
            # a whole unit may speak for the first time on one morning, and nothing else of the snapshot has changed
            with self._lock:
                self._directory = replace(self.directory, chats=self.directory.chats | heard)
        return result

    async def read(self, ask: Callable[[Work], T]) -> T:
        """The result of `ask`, which changes nothing."""

        def over_a_view(session: Session) -> T:
            return ask(self._work(session, self._load(session) if self._is_outdated(session) else self.directory))

        return await self.store.read(over_a_view)

    def _load(self, session: Session) -> Directory:
        return load_directory(session, self._organization, self._today())

    def _is_outdated(self, session: Session) -> bool:
        """Whether others stand in today than when the directory was read."""
        today = self._today()
        if self._day == today:
            return False
        if standing_in(session, today, self.directory.people) != self.directory.stand_ins:
            return True
        self._day = today
        return False

    def _today(self) -> date:
        return self.clock.now().astimezone(self.unit.zone).date()

    def _work(self, session: Session, directory: Directory) -> Work:
        return Work(session, self.clock.now(), self.unit, directory)
