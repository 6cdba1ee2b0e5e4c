"""How a leave ends: by its day, by a word, by a check-in; nobody vanishes from the counts for good."""

import pytest

from tests.story import Story
from tests.test_leave import leaves, missing

TUESDAY, WEDNESDAY = "2026-03-03", "2026-03-04"


async def test_a_leave_in_a_chain_lasts_its_day_and_the_member_counts_again(story: Story) -> None:
    await story.say("李明", "今日体温接龙\n1. 李明 36.5\n2. 张伟 36.4\n3. 王磊 请假", "g1")
    assert await leaves(story) == [("2026-03-02", "2026-03-02", True)]
    await story.at("07:00", TUESDAY)
    assert "/6，未报" in await missing(story)
    await story.say("王磊", "36.5 正常")
    assert "已报 1/6" in await missing(story)
    await story.at("08:26", WEDNESDAY)
    assert "还没报" in await story.last_to("王磊")


@pytest.mark.parametrize("words", ["今天请假", "我今天出差，晚上回来", "今天家里有事请假"])
async def test_a_leave_of_today_is_of_today(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert [row[:2] for row in await leaves(story)] == [("2026-03-02", "2026-03-02")]
    assert "当天不用打卡" in await story.last_to("张伟")


@pytest.mark.parametrize(("words", "hint"), [("今天请假", True), ("后天请假一天", False), ("我今天出差，晚上回来", False)])
async def test_who_did_not_say_how_long_is_told_what_is_meant(story: Story, words: str, hint: bool) -> None:
    await story.say("张伟", words)
    assert ("不止一天就说到哪天" in await story.last_to("张伟")) is hint


@pytest.mark.parametrize("words", ["昨天请假了", "昨天病假", "昨天家里有事请假"])
async def test_a_leave_of_a_day_that_is_over_is_of_that_day(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert await leaves(story) == [("2026-03-01", "2026-03-01", True)]
    assert "不止一天就说到哪天" in await story.last_to("张伟")
    await story.at("08:26")
    assert "今天的健康还没报" in await story.last_to("张伟")


async def test_a_leave_that_began_yesterday_and_goes_on_has_no_end(story: Story) -> None:
    await story.say("张伟", "昨天起请假")
    assert await leaves(story) == [("2026-03-01", "None", True)]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("李明", "张伟请假了吗"),
        ("王磊", "张伟今天请假了没"),
        ("李明", "张伟请假没有"),
        ("张伟", "我能请假吗"),
        ("张伟", "请假怎么请"),
        ("张伟", "请假找谁批"),
    ],
)
async def test_a_question_about_leave_puts_nobody_on_leave(story: Story, who: str, words: str) -> None:
    await story.say(who, words)
    assert await leaves(story) == []
    await story.at("08:26")
    assert "今天的健康还没报" in await story.last_to("张伟")


async def test_a_leave_that_another_tells_without_an_end_lasts_that_day(story: Story) -> None:
    await story.say("李明", "张伟请假")
    assert await leaves(story) == [("2026-03-02", "2026-03-02", True)]


async def test_an_open_leave_ends_with_a_normal_check_in_from_the_second_day_on(story: Story) -> None:
    await story.say("张伟", "请假")
    await story.say("张伟", "36.6 正常")
    assert await story.last_to("张伟") == "记下了：36.6℃，正常"
    assert await leaves(story) == [("2026-03-02", "None", True)]
    await story.at("07:00", TUESDAY)
    await story.say("张伟", "36.6 正常")
    assert await story.last_to("张伟") == "记下了：36.6℃，正常\n欢迎回来，假销了。"
    assert await leaves(story) == [("2026-03-02", "None", False), ("2026-03-02", "2026-03-02", True)]
    assert "已报 1/6" in await missing(story)


@pytest.mark.parametrize("words", ["我回来了，36.5", "已归队，36.5正常", "不请了，36.5 正常"])
async def test_a_word_of_coming_back_beside_a_check_in_ends_it_on_any_day(story: Story, words: str) -> None:
    await story.say("张伟", "请假")
    await story.say("张伟", words)
    assert (await story.last_to("张伟")).endswith("欢迎回来，假销了。")
    assert "已报 1/6" in await missing(story)


async def test_a_check_in_during_a_leave_with_an_end_leaves_it(story: Story) -> None:
    await story.say("张伟", "3月2日到3月5日休假")
    await story.at("07:00", TUESDAY)
    await story.say("张伟", "36.5 正常")
    assert await leaves(story) == [("2026-03-02", "2026-03-05", True)]


@pytest.mark.parametrize("words", ["我提前回来了", "提前归队了", "回来了", "销假", "我没请假"])
async def test_who_is_back_early_says_so(story: Story, words: str) -> None:
    await story.say("张伟", "3月3日到3月5日休假")
    await story.at("07:00", TUESDAY)
    await story.say("张伟", words)
    assert "休假到此结束" in await story.last_to("张伟")
    assert "张伟（无消息）" in await missing(story)


@pytest.mark.parametrize("words", ["马腾回来了", "马腾销假", "小马提前归队了", "归队 马腾"])
async def test_a_leader_says_it_of_the_own_people(story: Story, words: str) -> None:
    await story.say("马腾", "3月2日到3月5日休假")
    await story.say("刘洋", words)
    assert await story.last_to("刘洋") == "马腾的休假到此结束，从今天起照常报健康。"


@pytest.mark.parametrize("words", ["马腾没请假", "马腾没请假，我记错了", "小马没有休假", "马腾没有请假 看错了"])
async def test_a_leader_says_that_somebody_is_not_on_leave_after_all(story: Story, words: str) -> None:
    await story.say("刘洋", "马腾请假三天")
    await story.say("刘洋", words)
    assert await story.last_to("刘洋") == "马腾的请假到此结束，从今天起照常报健康。"
    assert [stands for *_, stands in await leaves(story)] == [False]
    await story.say("刘洋", "张伟没请假")
    assert "我在" in await story.last_to("刘洋"), "who is not theirs is not spoken of"


async def test_nobody_ends_the_leave_of_others_people(story: Story) -> None:
    await story.say("马腾", "3月2日到3月5日休假")
    for who in ("李明", "谢天"):
        await story.say(who, "马腾回来了")
        assert "到此结束" not in await story.last_to(who)
    assert await leaves(story) == [("2026-03-02", "2026-03-05", True)]


@pytest.mark.parametrize("words", ["销假", "取消请假", "不请假了"])
async def test_a_leave_that_has_not_begun_is_cancelled(story: Story, words: str) -> None:
    await story.say("张伟", "后天请假一天")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == "3月4日起请假至3月4日，取消了，照常报健康就行。"
    assert [stands for *_, stands in await leaves(story)] == [False]
    await story.say("张伟", "销假")
    assert await story.last_to("张伟") == "你没有登记请假，照常报健康就行。"


@pytest.mark.parametrize(("said", "words"), [("后天出差", "出差取消了"), ("后天调休", "取消调休"), ("后天出差", "取消出差了")])
async def test_whatever_it_was_called_it_is_cancelled_by_that_word(story: Story, said: str, words: str) -> None:
    await story.say("张伟", said)
    assert [stands for *_, stands in await leaves(story)] == [True]
    await story.say("张伟", words)
    assert "取消了，照常报健康就行。" in await story.last_to("张伟")
    assert [stands for *_, stands in await leaves(story)] == [False]


@pytest.mark.parametrize("words", ["前头说的请假作废哈", "那个假我不休了，取消"])
async def test_who_takes_back_a_leave_takes_back_nothing_else(story: Story, words: str) -> None:
    await story.say("张伟", "后天请假一天")
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == "3月4日起请假至3月4日，取消了，照常报健康就行。"
    assert [stands for *_, stands in await leaves(story)] == [False]
    assert "已报 1/6" in await missing(story)


async def test_a_report_that_is_taken_back_leaves_a_leave_alone_that_it_mentions(story: Story) -> None:
    await story.say("张伟", "后天请假一天")
    await story.say("张伟", "今天检查了消火栓，修了三扇门窗")
    await story.say("张伟", "刚才那条日报作废，里面写错出差地点了")
    assert "已撤回" in await story.last_to("张伟")
    assert [stands for *_, stands in await leaves(story)] == [True]


async def test_a_leader_takes_back_the_leave_of_somebody_else(story: Story) -> None:
    await story.say("李明", "王磊明天请假一天")
    await story.say("李明", "刚才替王磊报的请假作废")
    assert "已撤回" in await story.last_to("李明")
    assert [stands for *_, stands in await leaves(story)] == [False]


async def test_who_is_named_in_taking_a_leave_back_is_meant_and_not_the_sender(story: Story) -> None:
    for who, words in (("刘洋", "3月4日休假"), ("马腾", "3月4日休假"), ("谢天", "3月4日休假")):
        await story.say(who, words)
    await story.say("谢天", "马腾取消请假了")
    assert [stands for *_, stands in await leaves(story)] == [True, True, True], "nobody speaks for a colleague, and it was not their own"
    await story.say("刘洋", "马腾取消请假了")
    assert (await story.last_to("刘洋")).startswith("马腾")
    assert [stands for *_, stands in await leaves(story)] == [True, False, True]
    await story.say("谢天", "跟洋哥说过了，我的请假取消了")
    assert [stands for *_, stands in await leaves(story)] == [True, False, False]


async def test_what_only_sounds_like_it_ends_nothing(story: Story) -> None:
    await story.say("张伟", "3月2日到3月5日休假")
    for words in ("晚饭前回来", "爱人回来了"):
        await story.say("张伟", words)
    assert await leaves(story) == [("2026-03-02", "2026-03-05", True)]
