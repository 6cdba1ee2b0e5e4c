"""Who is ill says that it gets worse, or is at the doctor's, in words that are no symptom and no number: those who help hear it."""

import pytest

from bot.settings import Settings
from models.tables.cases import CaseRow
from models.tables.records import CheckinRow
from tests.stage import only_jobs, rows, told
from tests.story import Story

WORSE = "知道了，已告诉管这件事的人。难受得厉害别硬扛：先打 120，再回“直报”，马上找人。"
IN_CARE = "知道了，已告诉管这件事的人。听医生的，好好养着；要人帮忙就直接说。"
NOW = "现在怎么样？直接发体温，或用一个词说：没事了、还咳、好多了。"


def rounds(settings: Settings) -> Settings:
    """The rounds alone."""
    return only_jobs(settings, health_morning={}, health_noon={}, health_evening={})


async def ill(story: Story, words: str = "38.2，咳嗽") -> int:
    """张伟 is ill since the early morning, and asked at noon; the number of the case."""
    number = await story.case_of(await story.say("张伟", words))
    await story.say("李明", f"收到 {number}")
    await story.at("12:26")
    await story.forget()
    return number


@pytest.mark.parametrize("words", ["更严重了", "加重了", "比早上难受", "越来越难受了", "有点严重了", "病情恶化了"])
async def test_that_it_gets_worse_reaches_who_has_the_case(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        number = await ill(story)
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [WORSE]
        assert await story.heard_by("李明") == [f"事项 {number} 有新情况：38.2℃，咳嗽、发热\n原话：{words}"]
        assert [row.healthy for row in await rows(story, CheckinRow) if row.ended_at is None] == [False]


@pytest.mark.parametrize("words", ["在医院", "在打针", "吊水呢", "到医院了"])
async def test_so_does_that_somebody_is_at_the_doctors(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        number = await ill(story)
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [IN_CARE]
        assert await story.heard_by("李明") == [f"事项 {number} 有新情况：38.2℃，咳嗽、发热\n原话：{words}"]


async def test_it_is_heard_though_nobody_has_asked_just_now(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        number = await ill(story)
        await story.say("张伟", "38.2，咳嗽")  # the round is answered
        await story.forget()
        await story.say("张伟", "更难受了")
        assert await story.heard_by("张伟") == [WORSE]
        assert await story.heard_by("李明") == [f"事项 {number} 有新情况：本人说：更难受了"]


async def test_the_same_cough_that_is_worse_is_news(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await ill(story, "咳嗽")
        await story.say("张伟", "还咳")
        assert await story.heard_by("李明") == []
        await story.say("张伟", "咳得更厉害了")
        assert "原话：咳得更厉害了" in (await story.heard_by("李明"))[0]


async def test_whoever_is_asked_whether_it_is_over_and_says_that_it_gets_worse_has_said_not_yet(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        number = await ill(story)
        await story.say("张伟", "38.2，咳嗽")
        await story.say("李明", f"办结 {number} 已送医")
        await story.say("张伟", "更严重了")
        assert await story.last_to("张伟") == f"知道了，事项 {number} 接着办，已再次告诉他们。"
        (case,) = await rows(story, CaseRow)
        assert case.state == "open"
        assert "更严重了" in await story.last_to("李明")


async def test_of_a_case_for_the_secretary_alone_the_leader_hears_nothing(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await story.say("张伟", "38.2，咳嗽，只跟书记说")
        await story.at("12:26")
        await story.forget()
        await story.say("张伟", "加重了")
        await story.say("张伟", "更难受了")
        assert len(await story.heard_by("周建国")) == 2
        assert await story.heard_by("李明") == []


@pytest.mark.parametrize("words", ["没加重", "没有加重", "不打针了"])
async def test_what_is_denied_is_not_told(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await ill(story)
        await story.say("张伟", words)
        assert await story.heard_by("李明") == []


@pytest.mark.parametrize("words", ["加重了", "更严重了", "在医院"])
async def test_of_one_who_is_not_ill_they_are_just_words(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await story.say("高强", words)
        assert "我在" in await story.last_to("高强")
        assert await rows(story, CheckinRow) == []


@pytest.mark.parametrize("words", ["好", "好的", "好吧", "OK", "行", "知道了"])
async def test_a_promise_to_measure_makes_nobody_well(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await ill(story)
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [NOW]
        assert await story.heard_by("李明") == []
        assert [row.temperature for row in await rows(story, CheckinRow)] == [38.2]


@pytest.mark.parametrize("words", ["烧退了", "吃药了，好点了", "基本好了", "差不多了", "体温降下来了"])
async def test_that_it_goes_better_needs_nobody_to_read_it(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await ill(story)
        await story.say("张伟", words)
        assert (await story.last_to("张伟")).startswith("好些了就好，慢慢养。")
        await story.say("李明", "待核")
        assert await story.last_to("李明") == "现在没有待核的。"
