"""Pictures, voice messages, files and forwarded words: nothing is read in them, and nobody believes to have reported by one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.channels.channel import SendError
from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.message import Attachment, Message
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from models.tables.unit import AccountRow
from tests.stage import Ways, notices, only_jobs, rows, starting, told
from tests.story import MONDAY, Story
from tests.traces import on_disk, unsealed

ABLE = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)
ROOM = "g1@chatroom"
PICTURE = "张伟，你在群里发的图片我看不懂。要是体温，打几个字就行，比如“36.5 正常”。"
VOICE = "张伟，你在群里发的语音我听不懂。要是体温，打几个字就行，比如“36.5 正常”。"


@dataclass
class Platform:
    """A channel that hears everything, and has a bound room of the first group."""

    story: Story
    ways: Ways
    count: int = field(default=0)

    def message(self, who: str, *what: Attachment, text: str = "", room: str | None = ROOM, addressed: bool = False) -> Message:
        """What somebody sends."""
        self.count += 1
        now = self.story.bot.office.clock.now()
        called = addressed or room is None
        return Message(
            channel="wechaty", id=f"m{self.count}", room=room, account=who, sent_at=now, text=text, addressed=called, attachments=what
        )

    async def sends(self, who: str, *what: Attachment, text: str = "", room: str | None = ROOM, addressed: bool = False) -> None:
        """Somebody sends something, and everything it leads to at once is done."""
        await self.story.bot.door.receive(self.message(who, *what, text=text, room=room, addressed=addressed))
        await self.story.later("PT0S")

    def heard_by(self, who: str) -> list[str]:
        """What somebody heard in private."""
        return [text for _, text in self.ways.couriers["wechaty"].received(who)]

    def heard_in_room(self) -> list[str]:
        """What the bot said in the room."""
        return [outgoing.text for _, outgoing in self.ways.couriers["wechaty"].sent if outgoing.room == ROOM]


@asynccontextmanager
async def heard_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch, able: Capabilities = ABLE) -> AsyncIterator[Platform]:
    """The demo unit on such a channel, before the day is opened; what it stores is not sealed."""
    ways = Ways(monkeypatch, wechaty=able)
    async with told(only_jobs(unsealed(starting(settings, f"{MONDAY}T05:30")), open_day={})) as story:
        await ways.give_accounts(story)
        platform = Platform(story, ways)
        await platform.sends("李明", text="@小微 绑定", addressed=True)
        ways.couriers["wechaty"].sent.clear()
        yield platform


@pytest.fixture
async def platform(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with heard_whole(settings, monkeypatch) as platform:
        yield platform


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ((Attachment.VOICE,), "语音我还听不懂，打几个字就行"),
        ((Attachment.PICTURE, Attachment.PICTURE), "图片我还看不懂，打几个字就行"),
        ((Attachment.FILE,), "文件我还看不懂，打几个字就行"),
        ((Attachment.FORWARD,), "转发的是别人的话，我不当成你说的。你自己的情况，打几个字就行"),
        ((Attachment.PICTURE, Attachment.VOICE), "图片、语音和文件我看不懂，打几个字就行"),
        ((Attachment.OTHER,), "图片、语音和文件我看不懂，打几个字就行"),
    ],
)
async def test_who_sends_the_bot_something_without_words_hears_kindly_what_it_cannot_read(
    platform: Platform, what: tuple[Attachment, ...], sentence: str
) -> None:
    await platform.sends("张伟", *what, room=None)
    assert platform.heard_by("张伟") == [f"张伟 {sentence}，比如“36.5，正常”。"]
    (_, message) = await rows(platform.story, MessageRow)
    assert message.attachments == " ".join(what)


@pytest.mark.parametrize(("what", "sentence"), [(Attachment.PICTURE, PICTURE), (Attachment.VOICE, VOICE)])
async def test_whoever_sends_one_into_the_room_before_reporting_is_asked_in_private_for_words_once_a_day(
    platform: Platform, what: Attachment, sentence: str
) -> None:
    await platform.story.at("07:10")
    await platform.sends("张伟", what)
    await platform.sends("张伟", Attachment.PICTURE)
    await platform.sends("张伟", Attachment.VOICE)
    assert platform.heard_by("张伟") == [sentence]
    await platform.story.at("07:10", "2026-03-03")
    await platform.sends("张伟", what)
    assert platform.heard_by("张伟") == [sentence] * 2
    assert platform.heard_in_room() == [], "the room stays quiet"
    assert len(await rows(platform.story, MessageRow)) == 1, "nothing is stored but what bound the room"


async def test_ten_pictures_at_once_are_one_hint(platform: Platform) -> None:
    await platform.story.at("07:10")
    album = [platform.message("张伟", Attachment.PICTURE) for _ in range(10)]
    await asyncio.gather(*(platform.story.bot.door.receive(message) for message in album))
    await platform.story.later("PT0S")
    assert platform.heard_by("张伟") == [PICTURE]


async def quiet(platform: Platform, message: Message) -> None:
    """A message leads to nothing, and not a byte is written."""
    before = on_disk(platform.story.settings)
    await platform.story.bot.door.receive(message)
    assert on_disk(platform.story.settings) == before
    await platform.story.later("PT0S")
    assert [row for row in await rows(platform.story, NoticeRow) if row.kind == NoticeKind.NUDGE_WORDS] == []


async def test_whoever_has_reported_is_away_or_is_not_expected_is_left_in_peace(platform: Platform) -> None:
    await quiet(platform, platform.message("张伟", Attachment.PICTURE))  # before the day is opened
    await platform.story.at("07:10")
    await platform.sends("张伟", text="36.5 正常")
    await platform.sends("高强", text="3月2日到3月6日出差", addressed=True)
    for who in ("张伟", "高强", "周建国", "wxid_nobody"):
        await quiet(platform, platform.message(who, Attachment.PICTURE))
    await quiet(platform, platform.message("王磊", Attachment.FILE))
    await quiet(platform, platform.message("王磊", Attachment.FORWARD))
    await quiet(platform, platform.message("王磊", Attachment.PICTURE, text="昨天的训练"))
    await quiet(platform, platform.message("王磊", Attachment.PICTURE, room="another@chatroom"))
    yesterday = platform.message("王磊", Attachment.PICTURE)
    await quiet(platform, yesterday.model_copy(update={"sent_at": yesterday.sent_at - timedelta(days=1)}))
    await platform.sends("王磊", Attachment.PICTURE)
    assert platform.heard_by("王磊") == ["王磊" + PICTURE.removeprefix("张伟")], "all that was missing"


async def test_nobody_who_cannot_be_reached_in_private_gets_a_hint(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard_whole(settings, monkeypatch, ABLE.model_copy(update={"people": Push.NEVER})) as platform:
        story = platform.story
        await story.bot.office.write(lambda work: work.session.execute(delete(AccountRow).where(AccountRow.channel == "sandbox")))
        await story.bot.office.reload()
        await story.at("07:10")
        await quiet(platform, platform.message("张伟", Attachment.PICTURE))


async def test_words_that_come_right_before_a_picture_are_enough(platform: Platform) -> None:
    await platform.story.at("07:10")
    said = platform.message("张伟", text="36.5 正常"), platform.message("张伟", Attachment.PICTURE)
    await asyncio.gather(*(asyncio.create_task(platform.story.bot.door.receive(message)) for message in said))
    await platform.story.later("PT0S")
    assert PICTURE not in platform.heard_by("张伟")


async def test_a_hint_that_waits_is_dropped_once_the_words_have_come(platform: Platform) -> None:
    await platform.story.at("07:10")
    courier = platform.ways.couriers["wechaty"]
    courier.fails(SendError("busy", retry=True, after=timedelta(minutes=5)))
    await platform.sends("张伟", Attachment.VOICE)
    await platform.story.bot.door.receive(platform.message("张伟", text="36.5 正常"))
    courier.works()
    await platform.story.later("PT10M")
    assert VOICE not in platform.heard_by("张伟")
    assert VOICE not in await platform.story.heard_by("张伟")
    assert [(row.state, row.reason) for row in await notices(platform.story, NoticeKind.NUDGE_WORDS)] == [(NoticeState.DROPPED, "reported")]


async def test_words_with_a_picture_are_read_as_any_others(platform: Platform) -> None:
    await platform.story.at("07:10")
    await platform.sends("张伟", Attachment.PICTURE, text="36.5 正常")
    assert [row.temperature for row in await rows(platform.story, CheckinRow)] == [36.5]
    assert platform.heard_by("张伟") == ["记下了：36.5℃，正常"]
