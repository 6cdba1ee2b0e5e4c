"""直报 in ordinary words: who hears of it, truly, and how often; a hasty yes, and those who may speak for a case."""

import pytest

from tests.story import Story
from tests.test_cases_in_plain_words import FLAT, WATERS, asked, raised, state

FOR_CHEN = "小陈他爸脑梗住院，药费还差四万，他不好意思开口"


@pytest.mark.parametrize("words", ["直报吧", "我要直报", "直报 谢谢", "直报1号", "等不到早上", "等不了了", "很急，马上找人", "求你们快点"])
async def test_who_cannot_wait_says_so_in_any_words(story: Story, words: str) -> None:
    await story.say("王磊", words)
    assert (await story.last_to("王磊")).startswith("你现在没有在办的事。有急事直接说就行")
    await story.at("23:00")
    _, number = await raised(story)
    await story.say("张伟", words)
    assert (await story.last_to("张伟")).startswith(f"好，事项 {number} 按急事办，已马上告诉 周建国、李明、孙丽。")
    assert (await story.last_to("周建国")).startswith(f"【紧急困难 {number}】")


async def test_who_has_an_urgent_case_and_the_next_ones_hear_that_it_is_pressed_and_no_more_than_every_ten_minutes(story: Story) -> None:
    _, number = await raised(story, WATERS)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.say("张伟", "直报")
    assert await story.last_to("张伟") == f"好，事项 {number} 又催了一遍，告诉了 李明、于海。"
    for name in ("李明", "于海"):
        (heard,) = await story.heard_by(name)
        assert heard.startswith(f"张伟又催了：\n【紧急困难 {number}】"), name
    await story.forget()
    await story.later("PT5M")
    await story.say("张伟", "直报")
    assert await story.last_to("张伟") == f"事项 {number} 刚催过（06:05），十分钟后还没人来，再发一次“直报”。有生命危险请先打 120 或 119。"
    assert await story.heard_by("李明") == []
    await story.later("PT5M")
    await story.say("张伟", f"直报 {number}")
    assert len(await story.heard_by("李明")) == 1


async def test_an_urgent_case_that_nobody_has_is_pressed_again_too(story: Story) -> None:
    _, number = await raised(story, WATERS)
    await story.forget()
    await story.later("PT3M")
    await story.say("张伟", "直报")
    assert await story.last_to("张伟") == f"好，事项 {number} 又催了一遍，告诉了 周建国、李明、孙丽、于海。"
    assert (await story.last_to("孙丽")).startswith(f"张伟又催了：\n【紧急困难 {number}】")


async def test_the_number_of_a_merged_case_leads_to_the_case(story: Story) -> None:
    _, first = await raised(story)
    _, second = await raised(story, FLAT)
    await story.say("周建国", f"合并 {second} 到 {first}")
    await story.say("张伟", f"直报 {second}")
    assert f"事项 {first} 按急事办" in await story.last_to("张伟")


async def test_who_took_an_ordinary_case_hears_that_it_became_urgent(story: Story) -> None:
    _, number = await raised(story)
    await story.say("于海", f"收到 {number}")
    await story.forget()
    await story.say("张伟", "直报")
    assert (await story.last_to("于海")).startswith(f"【紧急困难 {number}】")


@pytest.mark.parametrize("words", ["还没", "不是", "点错了", "还没好，点错了", "没人来"])
async def test_a_hasty_yes_can_be_taken_back_within_an_hour(story: Story, words: str) -> None:
    message, number = await asked(story)
    await story.say("张伟", "是")
    await story.later("PT50M")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == f"知道了，事项 {number} 接着办，已再次告诉他们。"
    assert await state(story, message) == "open"


async def test_and_not_for_ever(story: Story) -> None:
    message, _ = await asked(story)
    await story.say("张伟", "是")
    await story.later("PT61M")
    await story.say("张伟", "还没")
    assert await story.last_to("张伟") == "现在没有等你回答的问题。"
    assert await state(story, message) == "closed"


async def test_who_knows_of_their_own_case_may_answer_for_it_and_both_hear_of_it(story: Story) -> None:
    message, number = await raised(story, FOR_CHEN)
    for words in (f"是 {number}", f"还没 {number}"):
        await story.say("陈一", words)
        assert await story.last_to("陈一") == f"没有找到要你处理的事项 {number}。"
    await story.say("张伟", f"告诉他 {number}")
    await story.say("陈一", f"直报 {number}")
    assert f"事项 {number} 按急事办" in await story.last_to("陈一")
    await story.forget()
    await story.say("陈一", f"是 {number}")
    assert await state(story, message) == "closed"
    for name in ("张伟", "周建国"):
        assert await story.last_to(name) == f"事项 {number}（陈一）：本人说解决了，已办结。"
    await story.say("张伟", f"还没 {number}")
    assert await state(story, message) == "open"
    assert await story.last_to("陈一") == f"张伟说还没解决，事项 {number} 接着办。"
    await story.say("张伟", f"是 {number}")
    assert await story.last_to("陈一") == f"事项 {number}（陈一）：张伟说解决了，已办结。"
