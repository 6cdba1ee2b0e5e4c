"""A leave that goes on longer counts from the one that is known, and one that is taken back puts the person back among the expected."""

import pytest

from tests.story import Story
from tests.test_leave import leaves, missing

TUESDAY = "2026-03-03"


async def away(story: Story, words: str = "3月2日到3月5日休假") -> None:
    """张伟 has said so on Monday, and it is Tuesday morning."""
    await story.say("张伟", words)
    await story.at("07:00", TUESDAY)


async def standing(story: Story) -> list[tuple[str, str]]:
    """The leaves that stand."""
    return [(first, last) for first, last, stands in await leaves(story) if stands]


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("延长到13号", 13),
        ("请假延长到13号", 13),
        ("假期延长到3月13日", 13),
        ("我的假延到13号", 13),
        ("续假到13号", 13),
        ("续到13号", 13),
        ("要13号才能回来", 13),
        ("改到13号回来", 13),
        ("休假延到周日", 8),
        ("再续两天", 7),
        ("续假两天", 7),
        ("延长两天", 7),
        ("还要再休两天", 7),
        ("我的假再延两天", 7),
        ("再请两天假", 7),
        ("再请两天", 7),
        ("多请一天假", 6),
        ("晚两天回来", 7),
        ("顺延一周", 12),
        ("36.5 正常，再续两天假", 7),
    ],
)
async def test_a_leave_that_goes_on_has_a_new_end_and_the_days_and_the_reason_it_had(story: Story, words: str, last: int) -> None:
    await away(story)
    await story.say("张伟", words)
    assert f"记下了：3月2日至3月{last}日休假，这几天不用打卡。" in await story.last_to("张伟")
    assert await standing(story) == [("2026-03-02", f"2026-03-{last:02}")]


async def test_the_leader_sees_the_new_end_in_the_morning_and_the_day_after_it_the_member_is_expected(each_story: Story) -> None:
    story = each_story
    await away(story, "3月2日到3月3日出差")
    await story.say("张伟", "再续两天")
    for day, expected, entry in (("2026-03-05", 5, "张伟（出差至3月5日）"), ("2026-03-06", 6, "张伟（无消息）")):
        await story.at("09:06", day)
        digest = await story.last_to("李明")
        assert f"已报 0/{expected}" in digest, day
        assert entry.removesuffix("（无消息）") in digest, day
        assert entry in await missing(story), day
    heard = [text for text in await story.heard_by("张伟") if "还没报" in text]
    assert len(heard) == 1, "on the sixth, and on no day of the leave"


@pytest.mark.parametrize("words", ["马腾的假延长到13号", "马腾请假延长到13号", "小马要延到13号", "马腾延长到13号"])
async def test_a_leader_prolongs_the_leave_of_the_own_people(story: Story, words: str) -> None:
    await story.say("马腾", "3月2日到3月5日休假")
    await story.say("刘洋", words)
    assert "马腾3月2日至3月13日休假" in await story.last_to("刘洋")
    assert await standing(story) == [("2026-03-02", "2026-03-13")]


async def test_nobody_prolongs_the_leave_of_others_people(story: Story) -> None:
    await story.say("马腾", "3月2日到3月5日休假")
    for who in ("李明", "谢天"):
        await story.say(who, "马腾再续两天")
    assert await standing(story) == [("2026-03-02", "2026-03-05")]


async def test_on_the_morning_after_it_ended_it_can_still_go_on(story: Story) -> None:
    await away(story, "3月2日休假")
    await story.say("张伟", "再续两天")
    assert await standing(story) == [("2026-03-02", "2026-03-04")]


async def test_a_leave_that_has_not_begun_is_prolonged_by_its_end_and_more_days_are_another(story: Story) -> None:
    await story.say("张伟", "3月9日到3月12日休假")
    await story.say("张伟", "延长到15号")
    assert await standing(story) == [("2026-03-09", "2026-03-15")]
    await story.say("张伟", "再请一天假")
    assert await standing(story) == [("2026-03-09", "2026-03-15"), ("2026-03-02", "2026-03-02")]


async def test_an_open_leave_gets_an_end(story: Story) -> None:
    await away(story, "今天起休假")
    await story.say("张伟", "延长到13号")
    assert await standing(story) == [("2026-03-02", "2026-03-13")]


async def test_what_is_prolonged_is_as_it_was_when_it_is_taken_back(story: Story) -> None:
    await away(story)
    await story.say("张伟", "延长到13号")
    await story.say("张伟", "撤销")
    assert await standing(story) == [("2026-03-02", "2026-03-05")]


@pytest.mark.parametrize(
    "words",
    [
        "训练延长到13号",
        "会议延长到13号",
        "合同续到13号",
        "再续一杯",
        "再练两天",
        "备勤延长到13号",
        "检查延期到13号",
        "晚两天交材料",
        "能延长到13号吗？",
        "要不要延长到13号",
        "延长线坏了",
        "续航两天",
        "再等两天",
        "食堂推迟两天开门",
        "材料13号才能交",
        "13号才能领装备",
        "我再睡两天",
        "话费续了两天",
        "爱人要延长到13号",
        "保质期延长两天",
    ],
)
async def test_what_else_goes_on_longer_changes_no_leave(story: Story, words: str) -> None:
    await away(story)
    await story.say("张伟", words)
    assert await standing(story) == [("2026-03-02", "2026-03-05")]


@pytest.mark.parametrize("words", ["延长到13号", "再续两天", "晚两天回来"])
async def test_without_a_leave_there_is_nothing_to_prolong(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert await leaves(story) == []


@pytest.mark.parametrize(
    "words",
    [
        "明天不休了",
        "我明天不休了",
        "明天不请了",
        "明天不请假了",
        "明天不用请假了",
        "3月4号不休了",
        "4号的假不休了",
        "明天的假取消了",
        "明天照常上班",
        "明天不去了",
        "周三不休假了",
        "36.5 正常，明天不休了",
    ],
)
async def test_who_takes_a_day_back_is_expected_on_it(story: Story, words: str) -> None:
    await away(story, "3月4日休假")
    await story.say("张伟", words)
    assert "3月4日起休假至3月4日，取消了，照常报健康就行。" in await story.last_to("张伟")
    assert await standing(story) == []
    await story.at("08:26", "2026-03-04")
    assert "今天的健康还没报" in await story.last_to("张伟")
    assert "已报 0/6" in await missing(story)


async def test_who_comes_back_before_the_end_is_away_until_then_and_expected_after(story: Story) -> None:
    await away(story)
    await story.say("张伟", "明天不休了")
    assert await story.last_to("张伟") == "好的，休假到3月3日为止，之后照常报健康就行。"
    assert "张伟（休假至3月3日）" in await missing(story)
    await story.at("07:00", "2026-03-04")
    assert "张伟（无消息）" in await missing(story)


async def test_a_leader_takes_back_a_day_of_the_own_people_and_of_nobody_else(story: Story) -> None:
    await story.say("马腾", "3月4日休假")
    await story.say("李明", "马腾4号不休了")
    assert len(await standing(story)) == 1
    await story.say("刘洋", "马腾4号不休了")
    assert (await story.last_to("刘洋")).startswith("马腾")
    assert await standing(story) == []


@pytest.mark.parametrize(
    "words",
    [
        "后天不休了",
        "今天不休了",
        "5号不去了",
        "今天照常上班",
        "明天不休息",
        "明天不去了吧？",
        "老婆明天不去了",
        "明天会议取消了",
        "明天训练取消",
        "明天不去食堂了",
        "明天正常训练",
        "下周不休了",
    ],
)
async def test_what_is_said_of_another_day_or_thing_takes_nothing_back(story: Story, words: str) -> None:
    await away(story, "3月4日休假")
    await story.say("张伟", words)
    assert await standing(story) == [("2026-03-04", "2026-03-04")]
