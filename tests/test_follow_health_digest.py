"""What a digest says of health: of how many nobody has a fever, who is under watch, whose temperature has risen."""

import pytest

from bot.settings import Settings
from tests.stage import changed, only_jobs, told
from tests.story import Story

FIRST = ("李明", "张伟", "王磊", "高强", "赵云飞", "陈一")
"""The first group; its leader is 李明."""


def mornings(settings: Settings) -> Settings:
    """The rounds and the digests."""
    return only_jobs(
        settings, health_noon={}, health_evening={}, digest_group={}, digest_branch={}, digest_group_evening={}, digest_branch_evening={}
    )


async def all_but(story: Story, *missing: str, **ill: str) -> None:
    """The first group reports, but for who is missing; 36.4 where nothing else is said."""
    for name in FIRST:
        if name not in missing:
            await story.say(name, ill.get(name, "36.4 正常"))
    await story.forget()


async def digest(story: Story, who: str = "李明") -> list[str]:
    """The lines of the newest digest of a reader, without its title."""
    return next(text for text in reversed(await story.heard_by(who)) if "汇总" in text.split("\n")[0]).split("\n")[1:]


async def test_where_somebody_is_missing_the_all_clear_is_of_those_who_were_heard(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await all_but(story, "陈一")
        await story.at("09:05")
        assert await digest(story) == [
            "已报 5/6，未报：陈一（无消息）",
            "应报 6 人，已报 5 人，5 人里没有发热的，也没有不舒服的",
        ]
        await story.at("09:20")
        assert "应报 18 人，已报 5 人，5 人里没有发热的，也没有不舒服的" in await digest(story, "周建国")


async def test_where_all_were_heard_they_are_well(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await all_but(story)
        await story.at("09:05")
        assert await digest(story) == ["已报 6/6，齐了", "已报的都正常"]


async def test_a_cough_is_no_fever(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await all_but(story, "陈一", 高强="36.5，咳嗽")
        await story.at("09:05")
        assert (await digest(story))[1:4] == [
            "异常：高强 36.5℃，咳嗽",
            "应报 6 人，已报 5 人，5 人里没有发热的",
            "观察中：高强（观察第 1 天）",
        ]


@pytest.mark.parametrize("later", ["", "36.6 正常"])
async def test_where_one_has_or_had_a_fever_today_nobody_says_that_there_is_none(settings: Settings, later: str) -> None:
    async with told(mornings(settings)) as story:
        await all_but(story, "陈一", 高强="38.2")
        if later:
            await story.say("高强", later)
        await story.at("20:10")
        lines = await digest(story)
        assert not any("没有发热" in line or "都正常" in line for line in lines)
        watched = "（观察第 1 天，今天最高 38.2℃，12:25 问的还没回）" if later else "（观察第 1 天，12:25 问的还没回）"
        assert f"超时未回：高强{watched}" in lines


async def test_who_is_well_again_is_named_on_the_day_after(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await story.say("高强", "38.2")
        for day in ("03", "04", "05"):
            await story.at("08:00", f"2026-03-{day}")
            await story.say("高强", "36.5 正常")
            await story.at("20:10")
            assert f"观察中：高强（观察第 {int(day) - 1} 天）" not in await digest(story), "the noon's question waits"
            assert any(line.startswith(f"超时未回：高强（观察第 {int(day) - 1} 天") for line in await digest(story))
        await story.at("09:05", "2026-03-06")
        assert "已恢复：高强（连着 3 天正常）" in await digest(story)
        await story.at("20:10", "2026-03-09")
        assert not any("高强（" in line and not line.startswith(("已报", "日报", "没办结")) for line in await digest(story))


async def a_fortnight(story: Story, usual: str = "36.4") -> None:
    """Nine working days of the same temperature."""
    for day in ("02", "03", "04", "05", "06", "09", "10", "11", "12"):
        await story.at("08:00", f"2026-03-{day}")
        await story.say("张伟", f"{usual} 正常")
    await story.at("08:00", "2026-03-13")
    await story.forget()


@pytest.mark.parametrize(("now", "said"), [("36.9", None), ("37.0", "0.6"), ("37.1", "0.7"), ("37.2", "0.8"), ("37.3", None)])
async def test_a_temperature_above_the_own_usual_is_mentioned_below_a_fever(settings: Settings, now: str, said: str | None) -> None:
    async with told(mornings(settings)) as story:
        await a_fortnight(story)
        case = (await story.record(await story.say("张伟", now)))["cases"]
        assert bool(case) is (now == "37.3")
        await story.at("09:05")
        noted = [line for line in await digest(story) if line.startswith("留意")]
        assert noted == ([] if said is None else [f"留意：张伟 {now}，比平时高 {said}"])
        await story.at("12:24")
        await story.forget()
        await story.at("12:25")
        again = [] if said is None else [f"张伟，你今天 {now}℃，比平时高一点，多半没事。方便时再量一次，回个数就行。"]
        assert [text for text in await story.heard_by("张伟") if "比平时高" in text] == again
        await story.forget()
        await story.at("20:10")
        assert [m for m in await story.heard() if "方便时再量一次" in m.text] == [], "once"


async def test_who_has_measured_again_is_not_asked_to_and_a_rise_is_asked_about_once_a_week(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await a_fortnight(story)
        await story.say("张伟", "37.1")
        await story.say("张伟", "36.5")
        await story.at("12:25")
        assert not any("比平时高" in text for text in await story.heard_by("张伟"))
        await story.say("张伟", "37.1")
        await story.at("18:35")
        for day in ("16", "17"):
            await story.at("08:00", f"2026-03-{day}")
            await story.say("张伟", "37.1")
            await story.at("18:35")
        assert [f"{m.at:%d %H:%M}" for m in await story.heard() if m.to == "张伟" and "方便时再量一次" in m.text] == ["13 18:35"]
        await story.at("20:10")
        assert "留意：张伟 37.1，比平时高 0.7" in await digest(story), "the leader reads it every day"


async def test_a_rise_that_was_told_in_confidence_is_not_for_the_leader(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await a_fortnight(story)
        await story.say("张伟", "37.1，只跟书记说")
        await story.at("09:20")
        assert not any(line.startswith("留意") for line in await digest(story))
        assert "留意：张伟 37.1，比平时高 0.7" in await digest(story, "周建国")


async def test_what_was_open_of_an_earlier_illness_opens_nothing_of_a_later_one(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        first = await story.case_of(await story.say("高强", "38.2"))
        for day in ("03", "04", "05"):
            await story.at("08:00", f"2026-03-{day}")
            await story.say("高强", "36.5 正常")
        await story.say("张伟", "37.9")  # who has been ill all the time shall not show what another one tells in confidence
        await story.at("08:00", "2026-03-06")
        await story.say("高强", f"是 {first}")
        await story.at("08:00", "2026-03-09")
        await story.say("高强", "38.4，只跟书记说")
        await story.at("20:10")
        assert not any("高强" in line for line in await digest(story) if line.startswith(("异常", "观察中", "超时未回", "失去联系")))
        await story.at("20:25")
        assert any(line.startswith("超时未回") and "高强" in line for line in await digest(story, "周建国"))


async def test_with_too_few_days_there_is_no_usual(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        for day in ("02", "03", "04", "05"):
            await story.at("08:00", f"2026-03-{day}")
            await story.say("张伟", "36.4 正常")
        await story.at("08:00", "2026-03-06")
        await story.say("张伟", "37.2")
        await story.at("09:05")
        assert not any(line.startswith("留意") for line in await digest(story))


async def test_the_digest_in_english(settings: Settings) -> None:
    async with told(changed(mornings(settings), organization={"language": "en"})) as story:
        await all_but(story, "陈一", 高强="36.5，咳嗽")
        await story.at("09:05")
        lines = await digest_in_english(story)
        assert "5 of 6 heard, no fever among the 5" in lines
        assert "Under watch: 高强 (day 1 under watch)" in lines


async def digest_in_english(story: Story) -> list[str]:
    return next(text for text in await story.heard_by("李明") if "health" in text.split("\n")[0]).split("\n")


async def test_no_room_hears_of_it(settings: Settings) -> None:
    async with told(mornings(settings)) as story:
        await story.say("高强", "38.2，咳嗽", "g1")
        await story.at("20:30", "2026-03-04")
        assert [m for m in await story.heard() if m.room is not None] == []
