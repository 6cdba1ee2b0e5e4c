"""What a buddy says who was asked about somebody silent, beside 在, 休假 and 联系不上: of whom it speaks, and whom it alarms."""

import pytest

from models.tables.cases import CaseRow, QuestionRow
from models.tables.records import CheckinRow
from tests.chasing import WHEN_KNOWN, asked
from tests.stage import rows
from tests.story import Story


async def about(story: Story, name: str) -> list[tuple[str, str, str]]:
    """The cases about a member: kind, urgency, and how it stands."""
    person = story.bot.office.directory.named(name)
    assert person is not None
    return [(case.kind, case.urgency, case.state) for case in await rows(story, CaseRow) if case.member_id == person.id]


@pytest.mark.parametrize("words", ["晕倒了", "叫不醒", "人叫不醒", "烧到39.5"])
async def test_an_emergency_without_a_name_is_of_the_one_who_was_asked_about(story: Story, words: str) -> None:
    await asked(story)
    await story.say("王小磊", words)
    assert await about(story, "马腾") == [("health", "urgent", "open")]
    assert await about(story, "王小磊") == []
    alert = await story.last_to("周建国")
    assert "】马腾（第二党小组）" in alert
    assert words in alert
    assert "马腾" in await story.last_to("王小磊")
    assert all(row.answered_at is not None for row in await rows(story, QuestionRow))


@pytest.mark.parametrize("words", ["生病了", "发烧了", "拉肚子了"])
async def test_that_somebody_is_ill_does_not_make_ill_who_says_so(story: Story, words: str) -> None:
    await asked(story)
    message = await story.say("王小磊", words)
    assert await about(story, "马腾") == [("health", "ordinary", "open")]
    own = story.bot.office.directory.named("王小磊")
    assert own is not None
    assert [row.healthy for row in await rows(story, CheckinRow) if row.member_id == own.id] == [True]
    pieces = [(value["start"], value["end"]) for value in (await story.record(message))["values"] if value["start"] is not None]
    assert all(0 <= start < end <= len(words) for start, end in pieces)


@pytest.mark.parametrize("words", ["我发烧了", "38.2", "我晕倒了"])
async def test_what_is_ones_own_stays_so(story: Story, words: str) -> None:
    await asked(story)
    await story.say("王小磊", words)
    assert await about(story, "马腾") == []
    assert len(await about(story, "王小磊")) == 1


async def test_an_hour_later_the_words_are_the_buddys_own(story: Story) -> None:
    await asked(story)
    await story.later("PT61M")
    await story.say("王小磊", "发烧了")
    assert await about(story, "马腾") == []
    assert len(await about(story, "王小磊")) == 1


@pytest.mark.parametrize("words", ["不在", "人不在", "没在队里", "没看到", "没见到他", "不知道", "我去看看", "好的", "嗯"])
async def test_words_that_are_no_answer_alarm_nobody_and_say_which_are(story: Story, words: str) -> None:
    await asked(story)
    await story.say("王小磊", words)
    assert await story.heard_by("王小磊") == [WHEN_KNOWN]
    assert await rows(story, CaseRow) == []
    assert [row.answered_at for row in await rows(story, QuestionRow)] == [None]


@pytest.mark.parametrize("words", ["在宿舍", "在睡觉", "刚看到他", "早上见过他"])
async def test_that_he_was_seen_is_an_answer(story: Story, words: str) -> None:
    await asked(story)
    await story.say("王小磊", words)
    assert (await story.last_to("王小磊")).startswith("记下了，马腾在。")


async def test_that_he_does_not_answer_his_buddy_is_one_too(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "没回我")
    assert await about(story, "马腾") == [("silence", "ordinary", "open")]


async def test_who_was_not_asked_is_answered_as_ever(story: Story) -> None:
    await asked(story)
    await story.say("欧阳朔", "我去看看")
    assert "我在" in await story.last_to("欧阳朔")
    await story.say("欧阳朔", "发烧了")
    assert len(await about(story, "欧阳朔")) == 1
