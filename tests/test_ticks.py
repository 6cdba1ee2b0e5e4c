"""The real ticks: they go on whatever happens to the machine's clock, and nobody but the bot itself calls them."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest

from bot import bot as the_bot
from bot.settings import ClockSettings, Settings
from models.outbox import NoticeKind
from tests.stage import Courier, notices, only_jobs, told
from tests.story import Story

AHEAD = timedelta(hours=8)
READ_BY = ("apscheduler", "models.clock", "scheduler")


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the machine's clock so far ahead of the right time, for all who read it by `datetime.now`."""
    away = [timedelta(0)]

    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + away[0]

    for name, module in list(sys.modules.items()):
        if name.startswith(READ_BY) and getattr(module, "datetime", None) is datetime:
            monkeypatch.setattr(module, "datetime", Machine)

    def to(ahead: timedelta) -> None:
        away[0] = ahead

    return to


@pytest.fixture
async def story(settings: Settings, monkeypatch: pytest.MonkeyPatch, couriers: list[Courier]) -> AsyncIterator[Story]:
    """The unit by the machine's clock, with a bot that lives by itself, only faster."""
    monkeypatch.setattr(the_bot, "TICK_SECONDS", 0.02)
    async with told(only_jobs(settings)) as story:
        await story.close()
        await story.open(the_bot.Bot(settings.model_copy(update={"clock": ClockSettings(), "schedule": only_jobs(settings).schedule})))
        yield story


async def comes(so: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not await so():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_case_climbs_although_the_clock_was_eight_hours_ahead_and_was_set_right(
    story: Story, set_clock: Callable[[timedelta], None]
) -> None:
    async def climbed() -> int:
        return len(await notices(story, NoticeKind.CLIMB))

    set_clock(AHEAD)
    await story.post("/sandbox/messages", {"sender": "张伟", "text": "我不想活了"}, 202)
    set_clock(AHEAD + timedelta(minutes=11))
    await comes(climbed)
    set_clock(timedelta(minutes=11))
    await asyncio.sleep(0.2)  # it is noticed by the ticks alone
    set_clock(timedelta(minutes=23))
    await comes(lambda: _twice(climbed))


async def _twice(climbed: Callable[[], Any]) -> bool:
    return int(await climbed()) >= 2
