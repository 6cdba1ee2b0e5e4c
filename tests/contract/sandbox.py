"""The sandbox in the contract. Its platform is the bot's own database, which knows no codes."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial

from bot.channels.channel import Outgoing
from bot.channels.sandbox.adapter import NAME
from bot.channels.wecom.errors import Policy
from bot.settings import Settings
from models.message import Message
from models.tables.queue import NoticeRow
from tests.contract.driver import WORDS, Driver, Sample
from tests.stage import rows, told
from tests.story import Story


class SandboxDriver:
    """The sandbox, spoken to over HTTP."""

    channel = NAME
    refusals: Mapping[int, Policy] = {}
    renewed: frozenset[int] = frozenset()
    troubles = 0

    def __init__(self, story: Story) -> None:
        self.bot = story.bot
        self._story = story

    def samples(self) -> Iterable[Sample]:
        """In private, in a room, and in a room to the bot."""
        for number, (who, room, text, addressed) in enumerate(
            [
                ("张伟", None, f"36.5 正常，{WORDS}", True),
                ("王磊", "g1", f"36.6 正常，{WORDS}", False),
                ("高强", "g1", f"@小微 36.7 正常，{WORDS}", True),
            ]
        ):
            sent_at = self.bot.office.clock.now()
            heard = Message(channel=NAME, id=f"s-{number}", room=room, account=who, sent_at=sent_at, text=text, addressed=addressed)
            yield Sample(partial(self._story.say, who, text, room, id=heard.id, sent_at=sent_at.isoformat()), heard)

    async def prompt(self) -> None:
        """Somebody says something."""
        await next(iter(self.samples())).say()

    async def settled(self) -> None:
        """The answer over HTTP comes after the storing."""

    async def outgoing(self) -> Outgoing:
        """To a member; the sandbox knows each notice."""
        await self.prompt()
        return Outgoing((await rows(self.bot, NoticeRow))[-1].id, None, "张伟", WORDS)

    async def refuse(self, code: int, times: int | None = None) -> None:
        """It refuses nothing."""

    async def break_down(self, number: int) -> None:
        """It does not break down apart from the bot."""

    async def recover(self) -> None:
        """It always works."""

    def secrets(self) -> Iterable[str]:
        """It has none."""
        return ()


@asynccontextmanager
async def sandbox(settings: Settings) -> AsyncIterator[Driver]:
    """The demo unit."""
    async with told(settings) as story:
        yield SandboxDriver(story)
