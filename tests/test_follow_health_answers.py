"""What somebody under watch answers to a round, in a word or a number."""

import pytest

from bot.settings import Settings
from models.tables.cases import CaseRow, QuestionRow
from models.tables.records import CheckinRow
from tests.stage import only_jobs, rows, told
from tests.story import Story

BETTER = "好些了就好，慢慢养。都好了就回“没事了”；量了体温，回个数就行。"


def rounds(settings: Settings) -> Settings:
    """The rounds alone."""
    return only_jobs(settings, health_morning={}, health_noon={}, health_evening={})


async def asked(story: Story) -> int:
    """张伟 is ill, and asked on the next morning; the number of the case."""
    number = await story.case_of(await story.say("张伟", "38.2，咳嗽"))
    await story.at("07:25", "2026-03-03")
    await story.forget()
    return number


async def standing(story: Story) -> tuple[float | None, list[str], bool | None]:
    """The check-in that stands for Tuesday."""
    (row,) = [row for row in await rows(story, CheckinRow) if row.ended_at is None and f"{row.day}" == "2026-03-03"]
    return row.temperature, sorted(row.symptoms), row.healthy


async def waiting(story: Story) -> list[str]:
    """The kinds of what nobody has answered today."""
    return [row.kind for row in await rows(story, QuestionRow) if row.answered_at is None and f"{row.day}" == "2026-03-03"]


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("37.8", (37.8, ["fever"], False)),
        ("36.6", (36.6, [], True)),
        ("还咳", (None, ["cough"], False)),
        ("没事了", (None, [], True)),
        ("好了", (None, [], True)),
        ("正常", (None, [], True)),
        ("挺好的", (None, [], True)),
        ("老样子", (None, ["cough", "fever"], False)),
        ("跟昨天差不多", (None, ["cough", "fever"], False)),
        ("还没好", (None, ["cough", "fever"], False)),
        ("没好", (None, ["cough", "fever"], False)),
        ("还是难受", (None, ["cough", "fever"], False)),
        ("嗓子疼", (None, ["sore_throat"], False)),
    ],
)
async def test_one_word_is_a_check_in(settings: Settings, words: str, stands: object) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", words)
        assert await standing(story) == stands
        assert await waiting(story) == []
        assert (await story.last_to("张伟")).startswith("记下了：")
        assert len(await rows(story, CaseRow)) == 1


@pytest.mark.parametrize("words", ["好多了", "好些了", "今天好一点了", "比昨天好多了", "不烧了", "不怎么咳了", "退烧了", "好转了", "还行"])
async def test_better_is_heard_and_not_taken_for_well(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [BETTER]
        assert await standing(story) == (None, [], None)
        assert await waiting(story) == []


async def test_better_in_the_evening_leaves_what_the_morning_said(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", "36.7 正常")
        await story.at("18:35")
        await story.say("张伟", "好多了")
        assert await standing(story) == (36.7, [], True)


async def test_the_same_as_on_a_good_day_is_good(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await story.say("张伟", "38.2，咳嗽")
        await story.at("07:25", "2026-03-02")
        await story.at("18:35")
        await story.at("07:25", "2026-03-03")
        await story.say("张伟", "36.6 正常")
        await story.at("12:25")
        await story.say("张伟", "一样")
        assert await standing(story) == (36.6, [], True)


async def test_a_bare_word_of_a_case_still_speaks_of_the_case(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        number = await asked(story)
        await story.say("李明", f"办结 {number} 已送医")
        await story.at("12:25")
        await story.say("张伟", "还没")
        assert await story.last_to("张伟") == "知道了，事项 1 接着办，已再次告诉他们。"
        await story.say("李明", f"办结 {number} 已送医")
        await story.say("张伟", "是")
        assert await story.last_to("张伟") == f"好的，事项 {number} 结束了。往后有事随时说。"
        assert await waiting(story) == ["round", "round"], "how he is he has not said"


@pytest.mark.parametrize("words", ["是", "没有"])
async def test_a_yes_or_no_that_answers_nothing_is_asked_about(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", words)
        assert await story.last_to("张伟") == "现在怎么样？直接发体温，或用一个词说：没事了、还咳、好多了。"
        await story.say("张伟", "还没")
        assert await standing(story) == (None, ["cough", "fever"], False)


async def test_a_slip_of_the_pen_is_asked_about_as_ever(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", "56.7")
        assert "像是手误" in await story.last_to("张伟")
        await story.say("张伟", "是")
        assert await standing(story) == (36.7, [], True)


@pytest.mark.parametrize("words", ["住院了", "住院中", "今天住院了，在市一院"])
async def test_that_somebody_is_in_hospital_reaches_those_who_help(settings: Settings, words: str) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", words)
        (_, case) = await rows(story, CaseRow)
        assert (case.kind, case.text.split("\n")[0]) == ("hardship", words)
        assert words in await story.last_to("周建国")
        assert words in await story.last_to("李明")


async def test_who_is_not_under_watch_is_answered_as_before(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await story.say("高强", "好多了")
        assert "我在" in await story.last_to("高强")
        assert await rows(story, CheckinRow) == []


async def test_in_a_room_the_same_words_are_talk(settings: Settings) -> None:
    async with told(rounds(settings)) as story:
        await asked(story)
        await story.say("张伟", "好多了", "g1")
        assert [row for row in await rows(story, CheckinRow) if f"{row.day}" == "2026-03-03"] == []
        assert await story.heard_in("g1") == []
