"""In a group where only mentions are heard, whatever the bot asks people to say there begins with the mention."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from tests.stage import only_jobs
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot
from tests.wecom.app_unit import USERIDS

KNOWN = {name: userid for name, userid in USERIDS.items() if name != "王磊"}


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings, lesson={}), userids=KNOWN) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


async def answered(story: AibotStory, who: str, text: str, **how: object) -> str:
    """What the group reads after somebody has mentioned the bot there."""
    before = len(story.read_in())
    await story.mention(who, text, **how)
    await story.fake.until(lambda: len(story.read_in()) > before)
    return story.read_in()[-1]


async def test_everything_that_people_are_asked_to_say_in_the_group_is_heard_if_they_say_it(story: AibotStory) -> None:
    await story.private("李明", "帮助")
    await story.fake.until(lambda: story.read_by("李明"))
    stranger = await answered(story, "王磊", "@小微 36.5 正常")
    assert "回一句“@小微 我是 姓名”" in stranger
    assert "请李明确认一下你是王磊" in await answered(story, "王磊", "@小微 我是 王磊")

    assert "可以说：@小微 绑定 第一党小组" in await answered(story, "李明", "@小微 绑定 十班")
    assert "第一党小组" in await answered(story, "李明", "@小微 绑定 第一党小组")
    lost = await answered(story, "张伟", "@小微 在吗")
    assert "“@小微 36.5，正常”" in lost
    assert "“@小微 帮助”" in lost
    assert "@小微 36.5 正常" in await answered(story, "张伟", "@小微 帮助")
    assert "张伟 记下了 ✓" in await answered(story, "张伟", "@小微 36.5，正常")

    await story.at("2026-03-02T12:40")
    lesson = [text for text in story.read_in(CHAT) if text][-1]  # a picture, which has no words, may follow
    assert lesson.endswith("私信小微回 A、B 或 C 就行。")


async def test_in_private_nobody_need_be_mentioned(story: AibotStory) -> None:
    await story.private("张伟", "在吗")
    await story.fake.until(lambda: story.read_by("张伟"))
    assert "直接说“36.5，正常”" in story.read_by("张伟")[-1]
    await story.private("王磊", "36.5 正常")
    await story.fake.until(lambda: story.read_by("王磊"))
    assert "回一句“我是 姓名”" in story.read_by("王磊")[-1]
