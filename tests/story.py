"""Stories: a real bot over a real database, spoken to over real HTTP, whose clock is moved and never waited for."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.bot import Bot
from bot.channels.sandbox.adapter import NAME
from bot.settings import Settings
from bot.web.app import build_app

MONDAY = "2026-03-02"
"""A working day; 7 and 8 March are a weekend. The story's clock starts there at 06:05."""


@dataclass(frozen=True)
class Heard:
    """One message of the bot: in a `room`, or `to` a member in private."""

    seq: int
    at: datetime
    room: str | None
    to: str | None
    text: str
    image: str | None = None


class Story:
    """`say` something, move the clock (`at`, `later`), and look at what people heard (`heard_by`, `heard_in`)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.day = MONDAY
        self._mark = 0

    async def open(self, bot: Bot | None = None) -> None:
        """Start the bot and its web server."""
        self.bot = bot or Bot(self.settings)
        self.server = TestServer(build_app(self.bot))
        await self.server.start_server()
        self.http = ClientSession(self.server.make_url("/"))

    async def close(self) -> None:
        """Stop both."""
        await self.http.close()
        await self.server.close()

    async def restart(self, **changes: Any) -> None:
        """Stop, and start again over the same database."""
        await self.close()
        self.settings = self.settings.model_copy(update=changes)
        await self.open()

    async def post(self, path: str, body: Any, status: int) -> dict[str, Any]:
        """The answer to a request that must end with `status`."""
        async with self.http.post(path, json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == status, answer
            return answer

    async def get(self, path: str) -> dict[str, Any]:
        """The answer to a request that must succeed."""
        async with self.http.get(path) as response:
            assert response.status == 200, await response.text()
            answer: dict[str, Any] = await response.json()
            return answer

    async def say(self, who: str, text: str, room: str | None = None, **more: Any) -> str:
        """Somebody says something (in private without `room`), and everything it leads to at once is done; the message's id."""
        answer = await self.post("/sandbox/messages", {"sender": who, "text": text, "room": room, **more}, 202)
        await self.later("PT0S")
        return str(answer["id"])

    async def recall(self, message_id: str) -> None:
        """Whoever said it takes it back in the chat, and everything it leads to at once is done."""
        await self.bot.door.recalled(NAME, message_id)
        await self.later("PT0S")

    async def later(self, span: str) -> None:
        """Time passes: an ISO 8601 duration."""
        await self.post("/sandbox/clock", {"advance": span}, 200)

    async def at(self, time: str, day: str | None = None) -> None:
        """It becomes HH:MM, of the story's day or of another one, which then is the story's day."""
        self.day = day or self.day
        await self.post("/sandbox/clock", {"to": f"{self.day}T{time}:00+08:00"}, 200)

    async def heard(self) -> list[Heard]:
        """Everything the bot said since the last `forget`, in order."""
        answer = await self.get(f"/sandbox/messages?after={self._mark}")
        return [Heard(m["seq"], datetime.fromisoformat(m["at"]), m["room"], m["to"], m["text"], m.get("image")) for m in answer["messages"]]

    async def forget(self) -> None:
        """From now on only what is said later counts."""
        answer = await self.get(f"/sandbox/messages?after={self._mark}")
        self._mark = answer["last"]

    async def heard_by(self, who: str) -> list[str]:
        """What one member heard in private."""
        return [m.text for m in await self.heard() if m.to == who]

    async def heard_in(self, room: str) -> list[str]:
        """What the bot said in a room."""
        return [m.text for m in await self.heard() if m.room == room]

    async def last_to(self, who: str) -> str:
        """The last thing a member heard in private."""
        texts = await self.heard_by(who)
        assert texts, f"{who} heard nothing"
        return texts[-1]

    async def record(self, message_id: str) -> dict[str, Any]:
        """What was written down from a message."""
        return await self.get(f"/demo/record?id={message_id}")

    async def case_of(self, message_id: str) -> int:
        """The number of the case that a message raised."""
        cases = (await self.record(message_id))["cases"]
        assert len(cases) == 1, cases
        return int(cases[0]["number"])


def numbers_in(text: str) -> list[int]:
    """The numbers in a text."""
    return [int(found) for found in re.findall(r"\d+", text)]
