"""Another program that answers whatever the bot says: one of the two stops, and a person who needs the bot is answered all the same."""

import pytest

from bot.settings import Settings
from services.loops import MOST
from tests.ordinary import ordinary
from tests.story import Story


async def test_a_stranger_that_answers_every_answer_in_the_room_is_left_alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with ordinary(settings, monkeypatch) as chat:
        for number in range(20):
            await chat.say("wxid_robot", f"@小微 你好呀，我是群里的小助手 {number}", addressed=True)
        assert len(chat.in_room()) == MOST
        await chat.say("wxid_other", "@小微 在吗", addressed=True)
        assert len(chat.in_room()) == MOST + 1, "somebody else is answered"
        await chat.story.later("PT11M")
        await chat.say("wxid_robot", "@小微 在吗", addressed=True)
        assert len(chat.in_room()) == MOST + 2


async def test_a_member_s_automatic_answer_in_private_does_not_keep_the_bot_talking(story: Story) -> None:
    for _ in range(20):
        await story.say("张伟", "您好，我现在有事不在，稍后联系您")
    answers = await story.heard_by("张伟")
    assert len(answers) == MOST
    await story.say("张伟", "36.5 正常")
    assert await story.last_to("张伟") == "记下了：36.5℃，正常", "what is understood is answered"
    await story.say("张伟", "您好，我现在有事不在，稍后联系您")
    assert len(await story.heard_by("张伟")) == MOST + 1
    await story.later("PT11M")
    await story.say("张伟", "您好，我现在有事不在，稍后联系您")
    assert len(await story.heard_by("张伟")) == MOST + 2


async def test_whoever_writes_differing_words_is_answered_on(story: Story) -> None:
    said = ("在吗", "有人吗", "怎么办", "帮我想想", "我该找谁", "你听得懂吗", "唉", "我真的没办法了")
    for words in said:
        await story.say("张伟", words)
    assert len(await story.heard_by("张伟")) >= len(said)


async def test_whoever_waits_for_help_is_never_left_without_an_answer(story: Story) -> None:
    await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")
    await story.forget()
    for _ in range(MOST + 3):
        await story.say("张伟", "我真的没办法了")
    assert len(await story.heard_by("张伟")) == MOST + 3
