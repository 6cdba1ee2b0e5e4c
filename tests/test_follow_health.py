"""Somebody who is ill is asked morning, noon and evening until three normal days, and nobody else is."""

from datetime import time, timedelta
from typing import Any

import pytest

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from tests.stage import hire, notices, only_jobs, starting, told
from tests.story import Story

ROUNDS: dict[str, dict[str, Any]] = {"health_morning": {}, "health_noon": {}, "health_evening": {}}
MORNING = "张伟，早上好。今天好些了吗？量个体温，回个数就行；哪里不舒服，一个词也行。"
NOON = "张伟，中午了，这会儿怎么样？回个体温，或者说“好多了”“还咳”。"
EVENING = "张伟，忙了一天，歇一歇。晚上体温多少，还有哪里不舒服？一个数、一个词都行。"

WELL = "张伟，连着 3 天都正常，看来是好了，这几天辛苦了。往后不单独问你，照常报就行。"


def only_rounds(settings: Settings, **more: dict[str, Any]) -> Settings:
    """Nothing but the rounds, and the jobs that are named."""
    return only_jobs(settings, **ROUNDS, **more)


async def asked(story: Story, who: str = "张伟") -> list[str]:
    """When somebody was asked how they are, since the last `forget`."""
    words = ("早上好。今天好些了吗", "中午了，这会儿怎么样", "忙了一天，歇一歇", "好好养着，不着急")
    return [f"{m.at:%d %H:%M}" for m in await story.heard() if m.to == who and any(word in m.text for word in words)]


async def fever(story: Story, who: str = "张伟") -> int:
    """Somebody has a fever on Monday morning; the number of the case."""
    return await story.case_of(await story.say(who, "38.2，咳嗽"))


async def test_a_fever_is_asked_about_three_times_a_day_until_three_normal_days(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        number = await fever(story)
        await story.say("李明", f"收到 {number}")
        await story.at("07:25")
        assert await asked(story) == [], "he has just said how he is"
        await story.at("12:24")
        assert await asked(story) == []
        await story.at("12:25")
        assert await story.last_to("张伟") == NOON
        await story.say("张伟", "38.0，还咳")
        await story.at("18:34")
        assert len(await asked(story)) == 1
        await story.at("18:35")
        assert await story.last_to("张伟") == EVENING
        await story.say("张伟", "37.6")
        await story.at("07:25", "2026-03-03")
        assert await story.last_to("张伟") == MORNING
        await story.say("张伟", "36.8")
        await story.forget()
        for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
            for time in ("07:25", "12:25", "18:35"):
                if (day, time) != ("2026-03-03", "07:25"):
                    await story.at(time, day)
                    assert (await asked(story))[-1] == f"{day[-2:]} {time}"
                    await story.say("张伟", "36.7")
        await story.forget()
        await story.at("07:24", "2026-03-06")
        assert await story.heard() == []
        await story.at("07:25")
        over = f"好些了就好。事项 {number} 可以结束了吗？回“是 {number}”就结束，不回我们就接着管。"
        assert await story.heard_by("张伟") == [f"{WELL}\n{over}"]
        assert await story.heard_by("李明") == [f"事项 {number} 有新情况：张伟连着 3 天正常"]
        await story.say("张伟", "是")
        assert await story.last_to("李明") == f"事项 {number}（张伟）：本人说解决了，已办结。"
        await story.forget()
        await story.at("20:00", "2026-03-10")
        assert {m.to for m in await story.heard()} <= {"张伟", "周建国", "李明"}
        assert await asked(story) == []
        assert not any("连着 3 天" in m.text for m in await story.heard()), "once"


async def normal_days(story: Story, *days: str) -> None:
    """Each morning all is well."""
    for day in days:
        await story.at("07:25", f"2026-03-{day}")
        await story.say("张伟", "36.6 正常")


async def test_a_day_with_one_abnormal_value_does_not_count_whatever_is_measured_later(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await fever(story)
        await normal_days(story, "03", "04")
        await story.say("张伟", "38.1")
        await story.say("张伟", "36.5 正常")
        await normal_days(story, "05", "06")
        await story.forget()
        await story.at("18:35", "2026-03-06")
        assert await asked(story) == ["06 12:25", "06 18:35"], "the fourth is no normal day"
        await normal_days(story, "07")
        await story.forget()
        await story.at("07:25", "2026-03-08")
        assert (await story.last_to("张伟")).startswith(WELL)


@pytest.mark.parametrize("how", ["更正：36.8", "撤销"])
async def test_what_was_corrected_or_taken_back_was_never_measured(settings: Settings, how: str) -> None:
    async with told(only_rounds(settings)) as story:
        await story.say("张伟", "36.7 正常")
        await story.say("张伟", "38.8")
        await story.say("张伟", how)
        await story.forget()
        await story.at("20:00")
        assert await asked(story) == []


async def test_a_wrong_guess_was_never_measured(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await story.say("张伟", "388")
        await story.say("张伟", "不是")
        await story.say("张伟", "36.8")
        await story.forget()
        await story.at("20:00")
        assert await asked(story) == []


async def test_a_relapse_in_the_evening_of_the_third_normal_day_begins_the_counting_anew(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await fever(story)
        await normal_days(story, "03", "04", "05")
        await story.at("18:35")
        await story.say("张伟", "37.9")
        await story.forget()
        await normal_days(story, "06", "07")
        await story.at("07:24", "2026-03-08")
        assert not any(text.startswith(WELL) for text in await story.heard_by("张伟"))
        await normal_days(story, "08")
        await story.at("07:25", "2026-03-09")
        assert (await story.last_to("张伟")).startswith(WELL)


async def test_a_day_without_a_word_breaks_the_row(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await fever(story)
        await normal_days(story, "03", "04", "06", "07")
        await story.at("07:25", "2026-03-08")
        assert not any(text.startswith(WELL) for text in await story.heard_by("张伟"))


async def test_a_leaders_all_normal_is_no_word_of_one_who_is_ill(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await fever(story)
        for day in ("03", "04", "05"):
            await story.at("07:00", f"2026-03-{day}")
            await story.say("李明", "一组应到6人，实到6人，全部正常")
            await story.forget()
            await story.at("07:25")
            assert await asked(story) == [f"{day} 07:25"]
        await story.at("08:00", "2026-03-06")
        assert not any(text.startswith(WELL) for text in await story.heard_by("张伟"))


@pytest.mark.parametrize(
    ("reported", "rounds"),
    [("09:25", ["02 12:25", "02 18:35"]), ("09:26", ["02 18:35"]), ("12:20", ["02 18:35"]), ("15:36", ["02 12:25"])],
)
async def test_who_has_just_reported_is_not_asked(settings: Settings, reported: str, rounds: list[str]) -> None:
    async with told(only_rounds(settings)) as story:
        await fever(story)
        await story.at(reported)
        await story.say("张伟", "37.9")
        await story.at("19:00")
        assert await asked(story) == rounds


async def test_a_question_that_waits_is_dropped_when_its_answer_comes_first_or_it_comes_too_late(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers = hire(monkeypatch)
    async with told(only_rounds(settings)) as story:
        await fever(story)
        couriers[0].fails(SendError("down", retry=True, after=timedelta(minutes=20)))
        await story.at("12:25")
        await story.say("张伟", "37.7")
        couriers[0].works()
        await story.at("13:00")
        couriers[0].fails(SendError("down", retry=True, after=timedelta(hours=3)))
        await story.at("18:35")
        couriers[0].works()
        await story.at("22:00")
        found = [(row.state, row.reason) for row in await notices(story, NoticeKind.HEALTH_ROUND)]
        assert found == [(NoticeState.DROPPED, "reported"), (NoticeState.DROPPED, "expired")]
        assert not any("这会儿怎么样" in text or "忙了一天" in text for _, text in couriers[0].received("张伟"))


async def test_one_whom_the_round_has_asked_is_not_reminded_as_well_but_by_who_leads_the_group(settings: Settings) -> None:
    async with told(only_rounds(settings, nudge_checkin={})) as story:
        await fever(story)
        await story.forget()
        await story.at("08:30", "2026-03-03")
        assert await asked(story) == ["02 12:25", "02 18:35", "03 07:25"]
        reminded = {m.to for m in await story.heard() if "今天的健康还没报" in m.text and f"{m.at:%d}" == "03"}
        assert len(reminded) == 23
        assert "张伟" not in reminded
        await story.say("李明", "催报")
        assert "今天的健康还没报" in await story.last_to("张伟"), "a person who asks has a reason"


async def test_the_family_of_a_member_is_not_asked_about(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await story.say("张伟", "36.5 正常，孩子发烧38.5")
        await story.forget()
        await story.at("08:00", "2026-03-03")
        assert await asked(story) == []


async def test_who_is_ill_on_a_weekend_is_asked_there_too_and_nobody_in_the_quiet_hours(settings: Settings) -> None:
    early = only_jobs(settings, **ROUNDS | {"health_morning": {"at": time(5, 40)}})
    async with told(starting(early, "2026-03-06T20:00")) as story:
        await story.say("张伟", "38.2，咳嗽")
        await story.at("19:00", "2026-03-08")
        assert await asked(story) == ["07 06:00", "07 12:25", "07 18:35", "08 06:00", "08 12:25", "08 18:35"]


async def test_staff_who_belong_to_no_group_are_asked_too(settings: Settings) -> None:
    async with told(only_rounds(settings)) as story:
        await story.say("周建国", "38.2，咳嗽")
        await story.at("12:25")
        assert await asked(story, "周建国") == ["02 12:25"]


async def test_a_unit_may_turn_the_rounds_off_and_then_nobody_is_lost(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        await fever(story)
        await story.forget()
        await story.at("12:00", "2026-03-05")
        assert [m for m in await story.heard() if "没有消息" in m.text] == []
