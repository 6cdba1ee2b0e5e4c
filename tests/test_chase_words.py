"""What a buddy says who was asked about somebody silent, beside 在, 休假 and 联系不上: of whom it speaks, and whom it alarms."""

import pytest

from models.tables.cases import CaseRow, QuestionRow
from models.tables.records import CheckinRow, LeaveRow
from tests.chasing import WHEN_KNOWN, all_but, asked
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


async def asked_about_two(story: Story) -> None:
    """马腾 and 王小磊 are silent, and 欧阳朔 has been asked about both."""
    await all_but(story, "马腾", "王小磊")
    for name in ("刘洋", "常平", "谢天"):
        await story.say(name, "今天出差")
    await story.at("08:45")
    assert len(await story.heard_by("欧阳朔")) == 2
    await story.forget()


@pytest.mark.parametrize(
    ("words", "lost", "away"),
    [
        ("马腾联系不上，王小磊在", {"马腾"}, set()),
        ("马腾在 王小磊休假", set(), {"王小磊"}),
        ("小马电话不接，王小磊也打不通", {"马腾", "王小磊"}, set()),
        ("都联系不上", {"马腾", "王小磊"}, set()),
        ("都休假", set(), {"马腾", "王小磊"}),
        ("都在", set(), set()),
        ("他俩都在", set(), set()),
        ("马腾、王小磊都在宿舍", set(), set()),
        ("马腾和王小磊都联系不上", {"马腾", "王小磊"}, set()),
    ],
)
async def test_a_buddy_who_was_asked_about_two_may_answer_for_both_at_once(
    story: Story, words: str, lost: set[str], away: set[str]
) -> None:
    await asked_about_two(story)
    await story.say("欧阳朔", words)
    names = {person.id: person.name for person in story.bot.office.directory.people.values()}
    assert {names[case.member_id] for case in await rows(story, CaseRow) if case.kind == "silence"} == lost
    assert {names[row.member_id] for row in await rows(story, LeaveRow)} - {"刘洋", "常平", "谢天"} == away
    assert all(row.answered_at is not None for row in await rows(story, QuestionRow))


@pytest.mark.parametrize("words", ["一个在，一个休假", "马腾在，王小磊不知道", "马腾在，谢天休假了"])
async def test_where_it_is_not_clear_who_is_meant_nobody_is_put_on_leave_for_it(story: Story, words: str) -> None:
    await asked_about_two(story)
    await story.say("欧阳朔", words)
    away = [row.member_id for row in await rows(story, LeaveRow)]
    own = story.bot.office.directory.named("欧阳朔")
    assert own is not None
    assert own.id not in away
    assert await rows(story, CaseRow) == []
