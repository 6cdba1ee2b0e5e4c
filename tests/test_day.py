"""The day of a unit, told by what people say and hear."""

from tests.story import Story


async def test_a_check_in_is_written_down_and_answered_in_private(story: Story) -> None:
    message = await story.say("张伟", "体温36.5，正常", "g1")
    record = await story.record(message)
    assert record["records"] == ["健康打卡：张伟 3月2日 36.5℃，正常（本人）"]
    assert [(v["label"], record["text"][v["start"] : v["end"]]) for v in record["values"] if v["label"] == "体温"] == [("体温", "36.5")]
    assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]
    assert await story.heard_in("g1") == []
