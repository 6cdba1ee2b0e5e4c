"""What is said to the bot in private, of which a room would make nothing."""

from models.tables.records import CheckinRow
from tests.stage import rows
from tests.story import Story


async def test_a_cough_told_to_the_bot_is_written_down_and_one_told_to_the_room_is_talk(story: Story) -> None:
    await story.say("张伟", "有点咳", room="g1")
    assert await rows(story, CheckinRow) == []
    assert await story.heard_by("张伟") == []
    said = await story.say("张伟", "有点咳")
    assert [(row.symptoms, row.healthy) for row in await rows(story, CheckinRow)] == [(["cough"], False)]
    assert "咳嗽" in await story.last_to("张伟")
    assert await story.case_of(said)


async def test_a_question_about_a_cough_is_no_check_in(story: Story) -> None:
    await story.say("张伟", "有点咳，能出操吗？")
    assert await rows(story, CheckinRow) == []
