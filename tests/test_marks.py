"""What a platform has taken is marked while it takes its time with the rest: little is said twice, whatever happens then."""

import asyncio
from datetime import timedelta

import pytest

from bot.bot import Bot
from bot.channels.channel import Outgoing
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.queue import NoticeRow
from services.notify import tell
from services.work import Work
from tests.stage import Courier, WallClock, by_the_wall_clock, only_jobs, rows, told

NAMES = ("张伟", "高强", "王磊", "李明", "刘洋", "吴静", "黄敏", "周建国")


class SlowClock(WallClock):
    """A clock that a platform's slowness moves."""

    def goes_on(self, seconds: int) -> None:
        """Time passes."""
        self._now += timedelta(seconds=seconds)


def greet(work: Work) -> None:
    """Something is to be said to each of them."""
    for name in NAMES:
        person = work.directory.named(name)
        assert person is not None
        tell(work, person, "你好", NoticeKind.ANSWER, Priority.ANSWER)


async def open_two(settings: Settings, clock: WallClock) -> list[Bot]:
    """Two processes over one database, whose senders are looked after by hand."""
    bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
    for bot in bots:
        await bot.start()
        bot.runner.stop()
        await bot._senders[0].stop()
    return bots


async def test_of_a_platform_that_takes_25_seconds_for_each_answer_nobody_hears_anything_twice(
    each_settings: Settings, couriers: list[Courier]
) -> None:
    settings = only_jobs(each_settings)
    async with told(settings) as story:
        await story.close()
        clock = SlowClock("2026-03-02T07:00")
        mine, other = await open_two(settings, clock)

        async def slow(_outgoing: Outgoing) -> None:
            clock.goes_on(25)
            await other._senders[0].drain()

        couriers[-2].trouble = slow
        await mine.office.write(greet)
        await mine._senders[0].drain()
        assert [outgoing.address for _, outgoing in couriers[-2].sent] == list(NAMES)
        assert couriers[-1].sent == []
        assert {(row.state, row.attempts) for row in await rows(mine, NoticeRow)} == {(NoticeState.SENT, 1)}
        await mine.stop()
        await other.stop()
        await story.open()


async def test_what_was_answered_before_a_process_is_killed_is_not_said_again(settings: Settings, couriers: list[Courier]) -> None:
    settings = only_jobs(settings)
    async with told(settings) as story:
        await story.close()
        clock = SlowClock("2026-03-02T07:00")
        dying, other = await open_two(settings, clock)

        async def slow(_outgoing: Outgoing) -> None:
            clock.goes_on(2)
            if len(couriers[-2].sent) == 5:
                raise asyncio.CancelledError

        couriers[-2].trouble = slow
        await dying.office.write(greet)
        with pytest.raises(asyncio.CancelledError):
            await dying._senders[0].drain()
        clock.goes_on(180)
        await other._senders[0].drain()
        assert [outgoing.address for _, outgoing in couriers[-1].sent] == list(NAMES[5:])
        await dying.stop()
        await other.stop()
        await story.open()


async def test_a_batch_that_is_answered_at_once_is_marked_in_one_transaction(
    settings: Settings, couriers: list[Courier], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with told(only_jobs(settings)) as story:
        await story.bot._senders[0].stop()
        await story.bot.office.write(greet)
        writes: list[object] = []
        write = story.bot.office.write

        async def counted(act: object) -> object:
            writes.append(act)
            return await write(act)  # type: ignore[arg-type]

        monkeypatch.setattr(story.bot.office, "write", counted)
        await story.bot._senders[0].drain()
        assert len(couriers[-1].sent) == len(NAMES)
        assert len(writes) == 2, "one claims, one marks"


async def test_a_sender_that_is_stopped_ends_after_the_parcel_at_hand_and_gives_back_the_rest(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(settings)) as story:
        sender = story.bot._senders[0]
        stopping: list[asyncio.Task[None]] = []

        async def slow(_outgoing: Outgoing) -> None:
            if not stopping:
                stopping.append(asyncio.create_task(sender.stop()))
                await asyncio.sleep(0)

        couriers[-1].trouble = slow
        await story.bot.office.write(greet)
        sender.wake()
        async with asyncio.timeout(30):
            while not stopping:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await stopping[0]
        assert [outgoing.address for _, outgoing in couriers[-1].sent] == list(NAMES[:1])
        states = [(row.state, row.attempts) for row in await rows(story, NoticeRow)]
        assert states == [(NoticeState.SENT, 1), *[(NoticeState.WAITING, 0)] * (len(NAMES) - 1)]
        couriers[-1].works()
        await sender.drain()
        assert [outgoing.address for _, outgoing in couriers[-1].sent] == list(NAMES)
