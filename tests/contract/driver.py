"""A driver: one channel with a platform that can be told what to do. A new channel is one more of them in `DRIVERS` of the contract."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.bot import Bot
from bot.channels.channel import Outgoing
from bot.channels.wecom.errors import Policy
from bot.settings import Settings
from models.message import Message

WORDS = "这句话别传出去"
"""Stands in everything that is said, by people and by the bot."""


@dataclass(frozen=True)
class Sample:
    """Something that somebody says: `say` delivers it, always the same; `heard` is what it must be taken for, but for its handle."""

    say: Callable[[], Awaitable[object]]
    heard: Message


class Driver(Protocol):
    """One channel in a running bot. What it hears, and how its platform refuses what it sends."""

    bot: Bot
    channel: str
    refusals: Mapping[int, Policy]
    """What must follow from each code that the platform may answer a sending with; none where it has no codes."""
    renewed: frozenset[int]
    """After these the channel mends itself: what it sends arrives nevertheless."""
    troubles: int
    """How many other ways of failing its platform has: no connection, no JSON, no answer…"""

    def samples(self) -> Iterable[Sample]:
        """What people say there, each sample by somebody else; none where nothing is heard."""
        ...

    async def prompt(self) -> None:
        """Something happens upon which the bot wants to say something there."""
        ...

    async def settled(self) -> None:
        """Whatever was said has been taken by now."""
        ...

    async def outgoing(self) -> Outgoing:
        """What the platform would take."""
        ...

    async def refuse(self, code: int, times: int | None = None) -> None:
        """Answer sendings with a code: so often, or until `recover`."""
        ...

    async def break_down(self, number: int) -> None:
        """Fail in the way of that number, until `recover`."""
        ...

    async def recover(self) -> None:
        """The platform works again, and the channel knows it."""
        ...

    def secrets(self) -> Iterable[str]:
        """What no log line and no error may say."""
        ...


Open = Callable[[Settings], AbstractAsyncContextManager[Driver]]
