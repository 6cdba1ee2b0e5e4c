"""Who thanks the bot is answered as people answer it, and nobody else is."""

import pytest

from tests.story import Story

WELCOME = "张伟 不客气，有事随时说。"


@pytest.mark.parametrize("words", ["谢谢", "谢谢小微", "好的，谢谢", "辛苦了！", "多谢关心🙏", "谢谢谢谢"])
async def test_thanks_are_answered_and_not_with_how_to_report(story: Story, words: str) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == WELCOME


async def test_thanks_in_the_room_are_answered_only_where_the_bot_is_called(story: Story) -> None:
    await story.say("张伟", "谢谢", "g1")
    assert await story.heard_in("g1") == []
    await story.say("张伟", "@小微 谢谢", "g1")
    assert await story.heard_in("g1") == [WELCOME]


@pytest.mark.parametrize("words", ["在吗", "谢谢 12", "谢谢，怎么请假"])
async def test_what_asks_for_something_is_told_how(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert "我在。" in await story.last_to("张伟")


async def test_thanks_while_a_question_waits_leave_it_waiting(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("周建国", f"办结 {number} 已安排")
    await story.say("张伟", "谢谢")
    assert await story.last_to("张伟") == f"事项 {number}：解决了回“是”，还没有就回“还没”。"
