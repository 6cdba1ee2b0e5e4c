"""Pictures on WeCom: uploaded once, and sent for as long as the platform keeps them."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.channels.channel import SendError
from bot.channels.wecom.errors import WeComError

KEPT: Final = timedelta(days=3) - timedelta(hours=1)
"""How long an uploaded file is good, less what keeps us from the edge."""
INVALID_MEDIA: Final = 40007

T = TypeVar("T")


def read(path: Path) -> bytes:
    """The bytes of a picture; raises SendError where they cannot be had, for good."""
    try:
        return path.read_bytes()
    except OSError:
        raise SendError("picture_unreadable", retry=False) from None


def message(media_id: str) -> Mapping[str, Any]:
    """A message that shows an uploaded picture."""
    return {"msgtype": "image", "image": {"media_id": media_id}}


@dataclass(frozen=True)
class _Kept:
    media_id: str
    until: datetime


class Uploads:
    """What was uploaded. `upload` takes a file's name and bytes and gives the media id; `now` is the clock by which ids grow old."""

    def __init__(self, upload: Callable[[str, bytes], Awaitable[str]], now: Callable[[], datetime]) -> None:
        self._upload = upload
        self._now = now
        self._kept: dict[bytes, _Kept] = {}

    async def send(self, path: Path, send: Callable[[str], Awaitable[T]]) -> T:
        """Send a picture by its media id. An id that the platform no longer knows is replaced, once."""
        data = await asyncio.to_thread(read, path)
        digest = hashlib.sha256(data).digest()  # a picture that was changed is another one
        kept = self._kept.get(digest)
        if kept is not None and self._now() < kept.until:
            try:
                return await send(kept.media_id)
            except WeComError as error:
                if error.code != INVALID_MEDIA:
                    raise
        media_id = await self._upload("picture" + path.suffix.lower(), data)
        self._kept[digest] = _Kept(media_id, self._now() + KEPT)
        return await send(media_id)
