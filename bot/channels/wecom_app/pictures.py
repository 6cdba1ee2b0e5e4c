"""Pictures that are sent to many: each is uploaded once for as long as the platform keeps it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.channels.wecom_app.client import AppClient

KEPT: Final = timedelta(days=2)
"""The platform keeps a file for three days."""


class Pictures:
    """The media ids of pictures by their content."""

    def __init__(self, client: AppClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._known: dict[bytes, tuple[str, datetime]] = {}

    async def media_id(self, path: Path) -> str:
        """The id by which a picture is sent; raises WeComError where it cannot be uploaded, OSError where it cannot be read."""
        data = await asyncio.to_thread(path.read_bytes)
        known = self._known.get(data)
        if known is None or self._now() >= known[1] + KEPT:
            known = self._known[data] = (await self._client.upload("image", path.name, data), self._now())
        return known[0]
