"""The AI bot over the long connection: who mentions it is heard, answered where it was said, and spoken to later."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.stage import only_jobs, rows
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    async with told_to_the_bot(only_jobs(settings)) as story:
        await story.fake.until(lambda: story.fake.connected)
        yield story


async def test_a_check_in_with_a_mention_is_written_down_and_answered_under_it(story: AibotStory) -> None:
    said = await story.mention("张伟", "@小微 36.5 正常")
    await story.fake.until(story.read_in)
    (message,) = await rows(story.bot, MessageRow)
    assert (message.channel, message.external_id, message.room, message.account) == ("wecom_aibot", said.msgid, CHAT, "ZhangWei")
    assert (message.addressed, message.sent_at) == (True, story.now())
    assert len(await rows(story.bot, CheckinRow)) == 1
    (answer,) = story.fake.seen_in(CHAT)
    assert answer.answers == said.msgid
    assert answer.text.startswith("张伟 记下了 ✓")
