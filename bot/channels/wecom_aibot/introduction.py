"""Who an account of the AI bot is, is asked before its first message is handed over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.channels.channel import Door
from bot.channels.wecom_aibot.incoming import NAME
from models.message import Message

log = structlog.get_logger()

APP: Final = "wecom_app"
ASKED_SECONDS: Final = 2.0
"""So long at most whoever waits for an answer within five seconds waits to be known as a member."""

Identify = Callable[[str], Awaitable[str | None]]
"""The plain userid of an encrypted one; None where there is none. Raises where it could not be found out now."""


class Introduction:
    """Finds out whether an unknown account is somebody's encrypted id; each is asked about once.

    `asked_seconds`: so long a message waits for that at most; None: as long as it takes.
    """

    def __init__(self, door: Door, identify: Identify | None, *, asked_seconds: float | None = None) -> None:
        self._door = door
        self._identify = identify
        self._asked_seconds = asked_seconds
        self._asking = asyncio.Lock()
        self._userids: dict[str, str | None] = {}

    async def __call__(self, message: Message) -> None:
        """Let the sender of a message be known, where that can be."""
        await self.of(message.account)

    async def of(self, account: str) -> None:
        """Let an account be known, where that can be."""
        if self._identify is not None and not self._door.knows(NAME, account):
            await self._introduce(account, self._identify)

    async def _introduce(self, account: str, identify: Identify) -> None:
        try:
            async with asyncio.timeout(self._asked_seconds), self._asking:
                if account not in self._userids:
                    self._userids[account] = await identify(account)
        except Exception as failure:  # noqa: BLE001  (the message counts as a stranger's, and the next one asks again)
            log.warning("an account could not be identified", channel=NAME, reason=type(failure).__name__)
        userid = self._userids.get(account)
        if userid is not None and self._door.knows(APP, userid):
            await self._door.same_person(NAME, account, APP, userid)
