"""What the page says will happen next."""

from tests.story import Story


async def events(story: Story) -> list[str]:
    return [event["text"] for event in (await story.get("/demo/upcoming"))["events"]]


async def test_messages_that_wait_for_the_same_moment_are_one_line(story: Story) -> None:
    await story.at("23:00")
    await story.say("冯雪", "我爸住院了没人陪护")
    assert [text for text in await events(story) if "消息" in text] == ["发出等着的 2 条消息"]


async def test_what_will_be_done_for_several_alike_is_one_line(story: Story) -> None:
    for who in ("冯雪", "韩冰", "谢天"):
        await story.say(who, "38.2，头疼")
    await story.at("20:00")
    found = await events(story)
    assert len(found) == len(set(found)), found
