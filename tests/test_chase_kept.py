"""The morning's chain holds whatever happens in the middle of it: a restart, a failure, two processes, two answers at once."""

import asyncio
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.settings import Settings
from models.message import Message
from models.outbox import NoticeKind, NoticeState
from models.tables.cases import CaseRow, QuestionRow
from models.tables.queue import NoticeRow, SandboxMessageRow, SlotRow
from models.tables.records import WhereaboutsRow
from services import chase
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, notices, only_jobs, rows, tick
from tests.story import Story

GROUP = ("刘洋", "常平", "谢天", "王小磊", "欧阳朔")
SAID = [("06:30", name, "36.5 正常") for name in GROUP] + [
    ("08:50", "王小磊", "联系不上"),
    ("09:10", "马腾", "36.5 正常"),
    ("09:15", "王小磊", "是 1"),
]
_IDS = count(1)
STEPS = ("08:25", "08:45", "08:50", "09:05", "09:10", "09:15", "09:20", "12:50")


def morning(settings: Settings) -> Settings:
    """The jobs of the chain alone."""
    return only_jobs(settings, nudge_checkin={}, chase={}, digest_group={}, digest_branch={})


async def tell_it(story: Story, restart_after: str = "") -> list[tuple[str | None, str, str]]:
    """The whole morning, and what those of the group and their secretary heard, when; perhaps with a restart after one of its steps."""
    await story.at("06:30")
    for moment in ("06:30", *STEPS):
        await story.at(moment)
        for at, who, words in SAID:
            if at == moment:
                await story.say(who, words)
        if moment == restart_after:
            await story.restart()
    return [(m.to, f"{m.at:%H:%M}", m.text) for m in await story.heard() if m.to in (*GROUP, "马腾", "周建国", "于海")]


@pytest.fixture
async def as_ever(tmp_path: Path) -> list[tuple[str | None, str, str]]:
    """The morning without a restart."""
    settings = morning(story_settings(f"sqlite:///{tmp_path}/ever.db", tmp_path))
    seed_demo(settings)
    story = Story(settings)
    await story.open()
    heard = await tell_it(story)
    await story.close()
    return heard


async def test_a_restart_after_any_step_changes_nothing(as_ever: list[tuple[str | None, str, str]], tmp_path: Path) -> None:
    assert [(to, at) for to, at, text in as_ever if "能联系上" in text] == [("王小磊", "08:45")]
    assert [(to, at) for to, at, text in as_ever if "【失联" in text] == [("刘洋", "08:50"), ("周建国", "08:50")]
    assert max(Counter((to, text) for to, _, text in as_ever if not text.startswith("记下了")).values()) == 1
    for step in STEPS:
        again = morning(story_settings(f"sqlite:///{tmp_path}/{step[:2]}{step[3:]}.db", tmp_path))
        seed_demo(again)
        story = Story(again)
        await story.open()
        try:
            assert await tell_it(story, restart_after=step) == as_ever, step
        finally:
            await story.close()


async def bots_at(settings: Settings, moment: str, number: int) -> tuple[WallClock, list[Bot]]:
    """Some processes over one database that work when they are told to."""
    seed_demo(settings)
    clock = WallClock(moment)
    bots = [by_the_wall_clock(settings, clock) for _ in range(number)]
    for bot in bots:
        await bot.start()
        bot.runner.stop()
        await bot._senders[0].stop()
    return clock, bots


async def says(bot: Bot, who: str, words: str) -> None:
    """Somebody says something in private to one process."""
    now = bot.office.clock.now()
    await bot.door.receive(Message(channel="sandbox", id=f"{next(_IDS)}", room=None, account=who, sent_at=now, text=words, addressed=True))


async def everybody_but_one(bot: Bot) -> None:
    for name in GROUP:
        await says(bot, name, "36.5 正常")


async def heard(bot: Bot, who: str) -> list[str]:
    """What a member heard."""
    return [row.text for row in await rows(bot, SandboxMessageRow) if row.address == who]


async def test_what_was_decided_and_not_sent_when_the_power_failed_is_sent_once(settings: Settings) -> None:
    clock, (first,) = await bots_at(morning(settings), "2026-03-02T06:30", 1)
    await everybody_but_one(first)
    clock.to("2026-03-02T08:25")
    await tick(first)
    clock.to("2026-03-02T08:45")
    await first.runner.run_due()  # decided, and then nothing more: no sender ran
    first.store.close()
    second = by_the_wall_clock(first.settings, clock)
    second.office.clock = clock
    await second.start()
    second.runner.stop()
    try:
        await tick(second)
        assert [text for text in await heard(second, "王小磊") if "能联系上" in text] == ["能联系上马腾吗？回“在”“休假”或“联系不上”。"]
        assert [row.state for row in await notices(second, NoticeKind.NUDGE_BUDDY)] == [NoticeState.SENT]
        assert len(await rows(second, QuestionRow)) == 1
    finally:
        await second.stop()


async def test_a_chase_that_fails_in_its_middle_is_undone_and_done_again_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, (bot,) = await bots_at(morning(settings), "2026-03-02T06:30", 1)
    for name in ("刘洋", "常平", "谢天", "王小磊"):
        await says(bot, name, "36.5 正常")
    clock.to("2026-03-02T08:25")
    await tick(bot)
    told = chase.tell
    calls = []

    def failing(*given: object, **more: object) -> bool:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError
        return told(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(chase, "tell", failing)
    try:
        clock.to("2026-03-02T08:45")
        await tick(bot)
        assert [row for row in await rows(bot, QuestionRow) if row.kind == "silent"] == [], "one of two was decided, and is undone"
        clock.to("2026-03-02T08:47")
        await tick(bot)
        asked = [text for text in await heard(bot, "王小磊") if "能联系上" in text]
        assert [text.partition("吗")[0] for text in asked] == ["能联系上马腾", "能联系上欧阳朔"]
        assert [(row.outcome, row.attempts) for row in await rows(bot, SlotRow) if (row.job, row.scope) == ("chase", "g2")] == [("done", 1)]
    finally:
        await bot.stop()


async def test_after_a_night_of_the_bot_the_member_is_reminded_and_the_buddy_asked_ten_minutes_later(settings: Settings) -> None:
    clock, (bot,) = await bots_at(morning(settings), "2026-03-02T06:30", 1)
    await everybody_but_one(bot)
    try:
        clock.to("2026-03-02T08:50")
        await tick(bot)
        assert "今天的健康还没报" in (await heard(bot, "马腾"))[-1]
        assert not any("能联系上" in text for text in await heard(bot, "王小磊"))
        clock.to("2026-03-02T08:59")
        await tick(bot)
        assert not any("能联系上" in text for text in await heard(bot, "王小磊"))
        clock.to("2026-03-02T09:00")
        await tick(bot)
        assert "能联系上马腾" in (await heard(bot, "王小磊"))[-1]
    finally:
        await bot.stop()


async def test_two_processes_ask_one_buddy_once_and_tell_everybody_once(each_database: str, tmp_path: Path) -> None:
    clock, bots = await bots_at(morning(story_settings(each_database, tmp_path)), "2026-03-02T06:30", 2)
    try:
        await everybody_but_one(bots[0])
        for moment in ("08:25", "08:45", "09:05", "09:20"):
            clock.to(f"2026-03-02T{moment}")
            await asyncio.gather(*(tick(bot) for bot in bots))
            await asyncio.gather(*(tick(bot) for bot in bots))
        asked = await notices(bots[0], NoticeKind.NUDGE_BUDDY)
        assert [row.state for row in asked] == [NoticeState.SENT]
        said = Counter(
            (row.kind, row.member_id, row.created_at) for row in await rows(bots[0], NoticeRow) if row.kind != NoticeKind.RECEIPT
        )
        assert max(said.values()) == 1
        assert [row.kind for row in await rows(bots[0], QuestionRow)] == ["silent"]
    finally:
        for bot in bots:
            await bot.stop()


async def test_two_buddies_who_say_so_at_the_same_moment_in_two_processes_raise_one_case(each_database: str, tmp_path: Path) -> None:
    """The one of yesterday answers only now, together with the one of today."""
    clock, bots = await bots_at(morning(story_settings(each_database, tmp_path)), "2026-03-02T06:30", 2)
    try:
        for day in ("2026-03-02", "2026-03-03"):
            clock.to(f"{day}T06:30")
            await tick(bots[0])
            await everybody_but_one(bots[0])
            for moment in ("08:25", "08:45"):
                clock.to(f"{day}T{moment}")
                await tick(bots[0])
        await asyncio.gather(says(bots[0], "王小磊", "联系不上"), says(bots[1], "欧阳朔", "联系不上"))
        assert len(await rows(bots[0], CaseRow)) == 1
        await asyncio.gather(says(bots[0], "王小磊", "在"), says(bots[1], "王小磊", "在"), says(bots[1], "马腾", "36.5 正常"))
        await asyncio.gather(*(tick(bot) for bot in bots))
        (case,) = await rows(bots[0], CaseRow)
        assert case.state == "proposed"
        news = [row for row in await notices(bots[0], NoticeKind.CASE) if "有消息了" in row.text or "来消息了" in row.text]
        assert max(Counter(row.member_id for row in news).values()) == 1, "that he was heard of is said once"
        standing = [row for row in await rows(bots[0], WhereaboutsRow) if row.ended_at is None and str(row.day) == "2026-03-03"]
        assert len(standing) <= 1
    finally:
        for bot in bots:
            await bot.stop()


async def test_an_answer_that_is_delivered_twice_counts_once(settings: Settings) -> None:
    clock, (bot,) = await bots_at(morning(settings), "2026-03-02T06:30", 1)
    try:
        await everybody_but_one(bot)
        for moment in ("08:25", "08:45"):
            clock.to(f"2026-03-02T{moment}")
            await tick(bot)
        message = Message(channel="sandbox", id="twice", room=None, account="王小磊", sent_at=clock.now(), text="联系不上", addressed=True)
        await asyncio.gather(bot.door.receive(message), bot.door.receive(message))
        assert len(await rows(bot, CaseRow)) == len(await rows(bot, WhereaboutsRow)) == 1
        assert len(await notices(bot, NoticeKind.ALERT)) == 2
    finally:
        await bot.stop()
