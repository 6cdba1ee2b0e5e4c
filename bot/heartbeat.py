"""The sign of life for whoever watches the bot from outside: a file that is touched, an address that is fetched."""

import asyncio
import contextlib
from datetime import datetime
from pathlib import Path

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

log = structlog.get_logger()

FETCH_SECONDS = 10.0


class Heartbeat:
    """Writes `file` and fetches `url`, each where there is one. What fails is logged, and tried at the next beat."""

    def __init__(self, file: Path | None, url: str | None) -> None:
        self._file = file
        self._url = url
        self._fetching: asyncio.Task[None] | None = None

    def beat(self, now: datetime) -> None:
        """All is well at this moment. The fetching goes on by itself."""
        if self._file is not None:
            _write(self._file, now)
        if self._url is not None and (self._fetching is None or self._fetching.done()):
            self._fetching = asyncio.create_task(_fetch(self._url), name="heartbeat")

    async def stop(self) -> None:
        """Fetch no more."""
        if self._fetching is not None:
            self._fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._fetching


def _write(file: Path, now: datetime) -> None:
    """Whoever reads it at any moment finds the whole time of one beat."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.new")
        new.write_text(f"{now.isoformat()}\n", encoding="ascii")
        new.replace(file)
    except OSError as failure:
        log.error("heartbeat file", error=type(failure).__name__, reason=failure.strerror)


async def _fetch(url: str) -> None:
    try:
        timeout = ClientTimeout(total=FETCH_SECONDS)
        async with ClientSession(timeout=timeout, cookie_jar=DummyCookieJar()) as session, session.get(url) as response:
            if not response.ok:
                log.error("heartbeat address", status=response.status)
    except (ClientError, TimeoutError, ValueError) as failure:
        log.error("heartbeat address", error=type(failure).__name__)
