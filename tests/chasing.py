"""A morning on which somebody of the second group is silent, and one buddy is asked."""

from tests.story import Story

GROUP = ("刘洋", "常平", "谢天", "王小磊", "欧阳朔")
"""Of the second group all but 马腾, whose trio are 王小磊 and 欧阳朔; 刘洋 leads it."""
ASKED = "能联系上马腾吗？回“在”“休假”或“联系不上”。"
WHEN_KNOWN = "好。有马腾的消息了，回一句就行：“马腾在”“马腾休假”或“马腾联系不上”。"


async def all_but(story: Story, *silent: str) -> None:
    """Everybody of the group is well, but for the silent."""
    for name in ("马腾", *GROUP):
        if name not in silent:
            await story.say(name, "36.5 正常")
    await story.forget()


async def asked(story: Story, at: str = "08:45") -> None:
    """马腾 is silent, and his buddy 王小磊 has been asked."""
    await all_but(story, "马腾")
    await story.at(at)
    assert await story.heard_by("王小磊") == [ASKED]
    await story.forget()


async def leader_reads(story: Story, hour: str = "09:05") -> str:
    """The line of the leader's digest that says who is missing."""
    await story.at(hour)
    return (await story.last_to("刘洋")).split("\n")[1]
