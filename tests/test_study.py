"""学习: who was given which lesson."""

import pytest

from tests.story import Story

NO_QUIZ = "这几天没有等你回答的小测，发“学习”来一课。"


@pytest.mark.parametrize("who", ["周建国", "孙丽", "于海"])
async def test_whoever_belongs_to_no_group_was_not_given_what_another_asked_for_in_private(each_story: Story, who: str) -> None:
    await each_story.say("王磊", "学习")
    await each_story.say(who, "A")
    assert await each_story.last_to(who) == NO_QUIZ
