"""Fetching a message that a gateway has told of, however often the connection breaks meanwhile."""

import asyncio
import time
from typing import Final

import structlog

from bot.channels.wechaty.connection import Connection
from bot.channels.wechaty.rpc import GatewayError, Payload
from bot.channels.wechaty.wire import NAME

log = structlog.get_logger()

TRIES: Final = 3
WAIT: Final = 0.2
"""In seconds, before the next one."""


async def fetched(connection: Connection, message_id: str) -> Payload | None:
    """A message; None where the gateway does not give it. Waits for a connection as long as it takes.

    Only what fails at a gateway that is alive counts as a try: for one that hangs or is gone nothing is given up.
    """
    failed = 0
    while True:
        rpc = await connection.opened()
        asked = time.monotonic()
        try:
            return await rpc.message(message_id)
        except GatewayError as error:
            failed += error.answered or connection.heard_since(rpc, asked)
            if failed >= TRIES:
                log.error("a message was lost: the gateway does not give it", channel=NAME, reason=error.reason)
                return None
        await asyncio.sleep(WAIT)
