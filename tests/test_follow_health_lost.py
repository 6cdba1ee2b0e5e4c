"""Who is under watch and does not answer: overdue in the digest, lost after a day, told once; and those who must not be pestered."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from models.message import Message
from models.outbox import NoticeKind
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow, SlotRow, TimerRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, notices, only_jobs, rows, starting, tick, told
from tests.story import Story

ROUNDS: dict[str, dict[str, Any]] = {"health_morning": {}, "health_noon": {}, "health_evening": {}}
DIGESTS: dict[str, dict[str, Any]] = {"digest_group": {}, "digest_group_evening": {}, "digest_branch_evening": {}}
LOST = "本人从 {since} 起没有消息，问了也没回。请打个电话，或者去看一眼。"


def following(settings: Settings) -> Settings:
    """The rounds and the digests, and nothing else."""
    return only_jobs(settings, **ROUNDS, **DIGESTS)


async def ill(story: Story, words: str = "38.2，咳嗽") -> int:
    """张伟 is ill on Monday at 06:05; the number of the case."""
    return await story.case_of(await story.say("张伟", words))


async def line(story: Story, who: str, title: str) -> str:
    """The line of the newest digest of a reader that begins so; "" where there is none."""
    newest = next(text for text in reversed(await story.heard_by(who)) if "汇总" in text.split("\n")[0])
    return next((one for one in newest.split("\n") if one.startswith(title)), "")


async def lost(story: Story, who: str) -> list[str]:
    """When somebody heard that 张伟 is lost."""
    return [f"{m.at:%d %H:%M}" for m in await story.heard() if m.to == who and "没有消息，问了也没回" in m.text]


async def test_silence_is_overdue_then_lost_and_those_who_know_of_the_case_hear_it_once(settings: Settings) -> None:
    async with told(following(settings)) as story:
        number = await ill(story)
        await story.say("周建国", f"收到 {number}")
        await story.at("09:05")
        assert await line(story, "李明", "观察中") == "观察中：张伟（观察第 1 天）"
        await story.at("20:10")
        assert await line(story, "李明", "超时未回") == "超时未回：张伟（观察第 1 天，12:25 问的还没回）"
        assert await line(story, "李明", "观察中") == ""
        await story.at("20:25")
        assert await line(story, "周建国", "超时未回") == "超时未回：张伟（观察第 1 天，12:25 问的还没回）"
        await story.at("06:04", "2026-03-03")
        assert await lost(story, "李明") == await lost(story, "周建国") == []
        await story.at("06:05")
        assert await lost(story, "李明") == await lost(story, "周建国") == ["03 06:05"]
        text = LOST.format(since="3月2日 06:05")
        assert await story.last_to("李明") == f"事项 {number} 有新情况：{text}", "though another one has the case"
        await story.at("09:05")
        assert await line(story, "李明", "失去联系") == "失去联系：张伟（观察第 2 天，3月2日 06:05 起没消息）"
        await story.at("20:25", "2026-03-05")
        assert await lost(story, "李明") == ["03 06:05"], "once"
        assert len(await rows(story, CaseRow)) == 1
        await story.say("张伟", "37.5")
        await story.say("李明", "汇总")
        assert await line(story, "李明", "观察中") == "观察中：张伟（观察第 4 天）"


async def test_who_was_lost_and_came_back_can_be_lost_again(settings: Settings) -> None:
    async with told(following(settings)) as story:
        await ill(story)
        await story.at("10:00", "2026-03-03")
        await story.say("张伟", "37.5")
        await story.at("09:59", "2026-03-04")
        assert await lost(story, "李明") == ["03 06:05"]
        await story.at("10:00")
        assert await lost(story, "李明") == ["03 06:05", "04 10:00"]


async def test_who_answers_every_morning_a_little_later_is_not_lost(settings: Settings) -> None:
    async with told(following(settings)) as story:
        await ill(story)
        for day, time in (("03", "07:30"), ("04", "08:10"), ("05", "08:54")):
            await story.at("06:00" if day == "03" else time, f"2026-03-{day}")
            if day == "03":
                await story.say("张伟", "37.5")
                await story.at(time)
            await story.say("张伟", "37.5")
        assert await lost(story, "李明") == []
        await story.at("08:54", "2026-03-06")
        assert await lost(story, "李明") == []
        await story.at("08:55")
        assert await lost(story, "李明") == ["06 08:55"]


async def test_any_word_is_a_sign_of_life_but_no_answer(settings: Settings) -> None:
    async with told(following(settings)) as story:
        await ill(story)
        await story.at("18:00")
        await story.say("张伟", "工作：在宿舍休息\n打算：好好养病\n想法：谢谢大家")
        await story.at("20:10")
        assert await line(story, "李明", "超时未回") != ""
        await story.at("17:59", "2026-03-03")
        assert await lost(story, "李明") == []
        await story.at("18:00")
        assert await lost(story, "李明") == ["03 18:00"]


async def test_somebody_elses_word_of_them_is_one_too(settings: Settings) -> None:
    async with told(following(settings)) as story:
        await ill(story)
        await story.at("19:00")
        await story.say("李明", "张伟 37.4 还咳")
        await story.at("18:59", "2026-03-03")
        assert await lost(story, "李明") == []


async def test_an_answer_gets_its_time_where_the_bot_was_off(settings: Settings) -> None:
    clock = WallClock("2026-03-02T06:05")
    settings = following(settings)
    seed_demo(settings)
    story = Story(settings)
    await story.open(by_the_wall_clock(settings, clock))
    await submit(story, "张伟", "38.2，咳嗽")
    await story.close()
    found = []
    for time in ("07:25", "08:54", "08:55"):
        clock.to(f"2026-03-04T{time}")
        await story.open(by_the_wall_clock(settings, clock))
        await tick(story.bot)
        found.append({row.member_id for row in await rows(story, NoticeRow) if "没有消息，问了也没回" in row.text})
        await story.close()
    assert found[:2] == [set(), set()]
    assert len(found[2]) == 4, "everybody who was told of the case, which had climbed"


async def submit(story: Story, who: str, text: str) -> None:
    now = story.bot.office.clock.now()
    await story.bot.desk.submit(
        Message(channel="sandbox", id=f"{who} {now}", room=None, account=who, sent_at=now, text=text, addressed=True)
    )


async def test_a_case_that_is_over_already_begins_anew_when_its_member_is_lost(settings: Settings) -> None:
    async with told(following(settings)) as story:
        first = await ill(story)
        await story.say("张伟", f"好了 {first}")
        await story.forget()
        await story.at("06:05", "2026-03-03")
        (one, other) = await rows(story, CaseRow)
        assert (one.state, other.state, other.kind, other.urgency) == ("closed", "open", "health", "ordinary")
        assert await lost(story, "李明") == await lost(story, "周建国") == ["03 06:05"]
        assert LOST.format(since="3月2日 06:05") in await story.last_to("李明")


async def test_what_answers_a_round_is_as_confidential_as_the_illness(settings: Settings) -> None:
    async with told(following(settings)) as story:
        await ill(story, "38.2，咳嗽，只跟书记说")
        await story.at("12:25")
        await story.forget()
        for words in ("38.0，头疼", "38.4，还咳", "还没好", "还是难受"):
            await story.say("张伟", words)
        await story.say("李明", "汇总")
        assert len(await story.heard_by("李明")) == 1
        assert not any("38" in text or "观察" in text or "1（" in text for text in await story.heard_by("李明"))
        assert "38.4℃" in "".join(await story.heard_by("周建国"))
        assert len(await rows(story, CaseRow)) == 1


async def test_a_leader_learns_nothing_of_what_was_told_in_confidence(settings: Settings) -> None:
    async with told(following(settings)) as story:
        number = await ill(story, "38.2，咳嗽，只跟书记说")
        await story.say("张伟", f"好了 {number}")
        await story.say("张伟", "36.5 正常")
        await story.forget()
        await story.at("20:25", "2026-03-03")
        assert await lost(story, "李明") == []
        assert await lost(story, "周建国") == ["03 06:05"]
        for title in ("观察中", "超时未回", "失去联系"):
            assert await line(story, "李明", title) == ""
        assert await line(story, "周建国", "失去联系") != ""
        assert not any("张伟（观察" in text for text in await story.heard_by("李明"))


@pytest.mark.parametrize(
    ("words", "why"),
    [("4日到9日休假", "休假至3月9日"), ("住院了", "住院"), ("住院中", "住院"), ("今天住院了，在市一院", "住院")],
)
async def test_who_is_away_or_in_hospital_is_asked_once_a_day(settings: Settings, words: str, why: str) -> None:
    async with told(following(settings)) as story:
        await ill(story)
        await story.at("18:35", "2026-03-03")
        await story.say("张伟", words)
        await story.say("张伟", "37.5")
        await story.forget()
        await story.at("20:25", "2026-03-04")
        asked = [f"{m.at:%d %H:%M}" for m in await story.heard() if m.to == "张伟" and "好好养着" in m.text]
        assert asked == ["04 07:25"]
        assert not any("这会儿怎么样" in text or "忙了一天" in text for text in await story.heard_by("张伟"))
        assert await line(story, "周建国", "观察中") == f"观察中：张伟（观察第 3 天，{why}）", "no answer of theirs is overdue"
        await story.at("18:34", "2026-03-05")
        assert await lost(story, "周建国") == []
        await story.at("18:35")
        assert await lost(story, "周建国") == ["05 18:35"], "two days, for one who is away"


async def test_a_restart_between_all_steps_changes_nothing(settings: Settings) -> None:
    async def live(*, again: bool) -> list[tuple[str, str | None, str]]:
        here = settings.model_copy(
            update={"database": settings.database.model_copy(update={"url": f"{settings.database.url}{int(again)}"})}
        )
        async with told(following(here)) as story:
            await ill(story)
            for day, time, words in (
                ("02", "12:24", ""),
                ("02", "12:25", "38.0"),
                ("02", "18:35", ""),
                ("03", "12:24", ""),
                ("03", "12:25", ""),
                ("03", "13:55", "36.6 正常"),
                ("04", "07:25", "36.6 正常"),
                ("05", "07:25", "36.6 正常"),
                ("06", "07:24", ""),
                ("06", "07:25", ""),
                ("07", "09:00", ""),
            ):
                if again:
                    await story.restart()
                await story.at(time, f"2026-03-{day}")
                if again:
                    await story.restart()
                if words:
                    await story.say("张伟", words)
            return [(f"{m.at:%d %H:%M}", m.to, m.text) for m in await story.heard()]

    once, again = await live(again=False), await live(again=True)
    assert once == again
    assert [at for at, _, text in once if "连着 3 天都正常" in text] == ["06 07:25"]
    assert [at for at, to, text in once if to == "李明" and "没有消息，问了也没回" in text] == ["03 12:25", "05 07:25"]


async def test_two_processes_ask_and_tell_once(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    settings = following(settings)
    seed_demo(settings)
    clock = WallClock("2026-03-02T06:05")
    bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
    await asyncio.gather(*(bot.start() for bot in bots))
    for bot in bots:
        bot.runner.stop()
        await bot._senders[0].stop()
    try:
        for who in ("张伟", "马腾"):
            now = clock.now()
            await bots[0].desk.submit(
                Message(channel="sandbox", id=who, room=None, account=who, sent_at=now, text="38.2，咳嗽", addressed=True)
            )
        for moment in ("02T12:25", "02T18:35", "03T06:05", "03T06:10", "03T07:25"):
            clock.to(f"2026-03-{moment}")
            await asyncio.gather(*(tick(bot) for bot in bots))
            await asyncio.gather(*(tick(bot) for bot in bots))
        asked = Counter((row.member_id, row.created_at) for row in await notices(bots[0], NoticeKind.HEALTH_ROUND))
        assert set(asked.values()) == {1}
        assert len(asked) == 2 * 3
        found = Counter((row.member_id, row.case_id) for row in await rows(bots[0], NoticeRow) if "没有消息，问了也没回" in row.text)
        assert set(found.values()) == {1}
        assert {case for _, case in found} == {1, 2}
        assert [row.outcome for row in await rows(bots[0], TimerRow) if row.kind == "health_lost"] == ["lost", "lost"]
        slots = Counter((row.job, row.scope, row.slot_at) for row in await rows(bots[0], SlotRow))
        assert set(slots.values()) == {1}
    finally:
        for bot in bots:
            await bot.stop()


async def test_nobody_is_woken_to_hear_that_somebody_is_lost(settings: Settings) -> None:
    async with told(starting(following(settings), "2026-03-02T23:00")) as story:
        await ill(story)
        await story.at("05:59", "2026-03-04")
        assert await lost(story, "李明") == []
        await story.at("06:00")
        assert await lost(story, "李明") == ["04 06:00"]
        assert LOST.format(since="3月2日 23:00") in await story.last_to("李明"), "it is not called late"
