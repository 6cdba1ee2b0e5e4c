"""A lesson's picture on WeCom: after its text, uploaded once for all chats, and the text never twice for its sake."""

import random
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.channel import Outgoing, SendError
from bot.channels.settings import WecomRobot
from bot.channels.wecom_app.adapter import AppChannel
from bot.settings import Settings
from models import rooms
from models.directory import Room
from models.lesson import FOLDER
from models.outbox import NoticeKind, NoticeState
from services.notify import post
from services.work import Work
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Rules
from tests.fakes.wecom_server.ledger import Message
from tests.stage import only_jobs, told
from tests.story import Story
from tests.wecom.aibot_unit import CHAT, AibotStory, told_to_the_bot
from tests.wecom.app_unit import USERIDS, told_to_the_app

IMAGE = f"{FOLDER}/01-mask-and-decon.png"
OTHER_CHAT = "wrSquad-Two_CHAT"
TEXT = "【微党课】先冲后摘"


def kinds(messages: list[Message]) -> list[str]:
    """What people see, one after the other."""
    return [one.msgtype for one in messages]


@pytest.fixture
def file(settings: Settings) -> bytes:
    """The picture that came with the bot."""
    return (settings.organization.content / IMAGE).read_bytes()


# The webhook.


async def test_a_webhook_writes_the_lesson_and_shows_its_picture_when_the_platform_has_room_again(settings: Settings, file: bytes) -> None:
    story: Story | None = None

    def now() -> datetime:
        assert settings.clock.start is not None
        return settings.clock.start if story is None else story.bot.office.clock.now()

    async with FakeWeCom(now=now, rules=Rules(robot_per_minute=1)) as fake:
        (robot,) = fake.company.robots
        webhook = WecomRobot(enabled=True, api_base=fake.base_url, rooms={"g1": SecretStr(robot.key)})
        channels = settings.channels.model_copy(update={"wecom_robot": webhook})
        async with told(only_jobs(settings.model_copy(update={"channels": channels}), lesson={})) as story:
            await story.bot.store.write(lambda session: rooms.keep_only(session, "sandbox", {}))
            await story.bot.office.reload()
            await story.at("12:50")
            text, picture = fake.seen_in(robot.chat)
            assert (text.msgtype, picture.msgtype) == ("markdown", "image")
            assert fake.picture(picture) == file
            assert [(call.body["msgtype"], call.errcode) for call in fake.calls("webhook/send")] == [
                ("markdown", 0),
                ("image", 45009),
                ("image", 0),
            ]


# The AI bot.


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AibotStory]:
    """An AI bot that was spoken to in two groups."""
    async with told_to_the_bot(only_jobs(settings)) as story:
        await story.fake.until(lambda: story.fake.connected)
        for who, chat in (("张伟", CHAT), ("刘洋", OTHER_CHAT)):
            await story.mention(who, "@小微 帮助", chat)
        await story.fake.until(lambda: story.read_in() and story.read_in(OTHER_CHAT))
        await story.later(seconds=0)
        yield story


async def teach(story: AibotStory, *chats: str) -> None:
    """The bot gives a lesson with its picture in some groups, and sends what is due."""

    def decide(work: Work) -> None:
        for chat in chats:
            post(work, Room("wecom_aibot", chat, "group", "g1"), TEXT, NoticeKind.LESSON, image=IMAGE)

    await story.bot.office.write(decide)
    await story.later(seconds=0)


def lesson(story: AibotStory, chat: str = CHAT) -> list[Message]:
    """What is seen in a group from the first lesson on."""
    seen = story.fake.seen_in(chat)
    return seen[next(place for place, one in enumerate(seen) if one.text == TEXT) :]


async def test_the_ai_bot_uploads_a_picture_once_and_shows_it_in_every_group(story: AibotStory, file: bytes) -> None:
    await teach(story, CHAT, OTHER_CHAT)
    await teach(story, CHAT)
    assert kinds(lesson(story)) == ["markdown", "image", "markdown", "image"]
    assert kinds(lesson(story, OTHER_CHAT)) == ["markdown", "image"]
    assert {story.fake.picture(one) for chat in (CHAT, OTHER_CHAT) for one in lesson(story, chat) if one.msgtype == "image"} == {file}
    assert len(story.fake.calls("aibot_upload_media_init")) == 1


async def test_after_three_days_it_is_uploaded_again(story: AibotStory) -> None:
    await teach(story, CHAT)
    await story.later(days=3)
    await teach(story, CHAT)
    assert kinds(lesson(story)) == ["markdown", "image", "markdown", "image"]
    assert [call.errcode for call in story.fake.calls("aibot_send_msg")] == [0] * 4, "no id was used that was too old"


async def test_a_picture_that_the_platform_lost_is_uploaded_again_and_the_text_is_said_once(story: AibotStory) -> None:
    await teach(story, CHAT)
    story.fake.expire_media()
    await teach(story, CHAT)
    assert kinds(lesson(story)) == ["markdown", "image", "markdown", "image"]
    assert len(story.fake.calls("aibot_upload_media_finish")) == 2


async def test_an_upload_that_breaks_off_is_begun_anew_and_the_text_is_said_once(story: AibotStory) -> None:
    story.fake.fail("aibot_upload_media_chunk", close=1006)
    await teach(story, CHAT)
    assert kinds(lesson(story)) == ["markdown"]
    await story.fake.until(lambda: story.fake.connected)
    await story.later(minutes=1)
    assert kinds(lesson(story)) == ["markdown", "image"]
    assert {row.state for row in await story.notices()} == {NoticeState.SENT}


async def test_the_answer_after_a_lesson_stands_under_what_it_answers(story: AibotStory) -> None:
    await story.private("张伟", "学习", msgid="asked-1")
    await story.fake.until(lambda: len(story.read_by("张伟")) == 2)
    await story.later(seconds=0)
    await story.private("张伟", "帮助", msgid="asked-2")
    await story.fake.until(lambda: len(story.read_by("张伟")) == 3)
    text, picture, answer = story.fake.seen_by(USERIDS["张伟"])
    assert (text.answers, picture.msgtype, answer.answers) == ("asked-1", "image", "asked-2")


async def test_a_photograph_goes_in_several_pieces_and_arrives_whole(story: AibotStory, file: bytes, tmp_path: Path) -> None:
    photograph = tmp_path / "photograph.png"
    photograph.write_bytes(file + random.Random(1).randbytes(1_300_000))
    await story.bot.channels["wecom_aibot"].send(Outgoing(1, CHAT, None, "", image=photograph, part=1))
    assert story.fake.picture(story.fake.seen_in(CHAT)[-1]) == photograph.read_bytes()
    assert len(story.fake.calls("aibot_upload_media_chunk")) == 3


async def test_a_picture_that_cannot_be_read_is_given_up_at_once(story: AibotStory, tmp_path: Path) -> None:
    with pytest.raises(SendError, match="picture_unreadable") as caught:
        await story.bot.channels["wecom_aibot"].send(Outgoing(1, CHAT, None, "", image=tmp_path / "gone.png", part=1))
    assert not caught.value.retry


# The app.


async def test_the_app_shows_a_picture_in_a_group_that_it_made(settings: Settings, file: bytes) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        channel = story.bot.channels["wecom_app"]
        assert isinstance(channel, AppChannel)
        chat = await channel._client.make_room("一班", "liming", ["liming", "ZhangWei"])
        await story.bot.office.write(lambda work: post(work, Room("wecom_app", chat, "group", "g1"), TEXT, NoticeKind.LESSON, image=IMAGE))
        await story.later(seconds=0)
        text, picture = story.fake.seen_in(chat)
        assert (text.text, picture.msgtype) == (TEXT, "image")
        assert story.fake.picture(picture) == file
