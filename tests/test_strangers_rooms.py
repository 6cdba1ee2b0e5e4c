"""An ordinary account sits in chats that are none of the unit's: there nothing counts but the words that bind a chat, of one who may."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from models.tables.base import Base
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.stage import Ways, rows, told
from tests.story import Story
from tests.traces import on_disk, stored, unsealed

ORDINARY = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.AFTER_TALK, strangers=True)
ROOM = "20000000001@chatroom"
BOUND = "好，这个群就是“第一党小组”的群了。"


@dataclass
class Chat:
    """A chat of the ordinary account, which is bound to nothing."""

    story: Story
    ways: Ways
    count: int = field(default=0)

    def message(self, who: str, text: str, room: str | None = ROOM, *, addressed: bool = False) -> Message:
        """What somebody says there."""
        self.count += 1
        now = self.story.bot.office.clock.now()
        return Message(channel="wechaty", id=f"m{self.count}", room=room, account=who, sent_at=now, text=text, addressed=addressed)

    async def say(self, who: str, text: str, *, addressed: bool = False) -> Message:
        """Somebody says something, and everything it leads to at once is done."""
        message = self.message(who, text, addressed=addressed)
        await self.story.bot.door.receive(message)
        await self.story.later("PT0S")
        return message

    def answers(self) -> list[str]:
        """What the bot said there."""
        return [outgoing.text for _, outgoing in self.ways.couriers["wechaty"].sent if outgoing.room == ROOM]

    def listens(self, who: str, text: str, room: str | None = ROOM, *, addressed: bool = False) -> bool:
        """Whether the channel should look up who somebody is."""
        return self.story.bot.door.listens(self.message(who, text, room, addressed=addressed))


@pytest.fixture
async def chat(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Chat]:
    """The demo unit with an ordinary account; what it stores is not sealed, because a search through sealed bytes could not fail."""
    ways = Ways(monkeypatch, wechaty=ORDINARY)
    async with told(unsealed(settings)) as story:
        await ways.give_accounts(story)
        yield Chat(story, ways)


async def counts(story: Story) -> dict[str, int]:
    """How many rows each table has."""
    return {str(mapper.local_table): len(await rows(story, mapper.class_)) for mapper in Base.registry.mappers}


NOTHING = [
    ("张伟", "36.5 正常", False),
    ("张伟", "@小微 36.5 正常", True),
    ("张伟", "@小微 38.9 咳嗽，头疼得厉害", True),
    ("李明", "@小微 今天谁没报", True),
    ("李明", "@小微 未报", True),
    ("李明", "@小微 绑定", True),
    ("李明", "绑定", False),
    ("李明", "绑定手机号", False),
    ("李明", "我去绑定 一班的群", False),
    ("张伟", "绑定 第一党小组", False),
    ("张伟", "@小微 绑定 第一党小组", True),
    ("wxid_nobody", "绑定 第一党小组", False),
    ("wxid_nobody", "@小微 绑定 第一党小组", True),
    ("wxid_nobody", "@小微 我是 张伟", True),
    ("wxid_nobody", "孩子发烧40度没人管，急", True),
]


async def test_nothing_else_leaves_a_trace_or_gets_an_answer_in_a_chat_that_is_bound_to_nothing(chat: Chat) -> None:
    before, files = await counts(chat.story), on_disk(chat.story.settings)
    for who, text, addressed in NOTHING:
        await chat.story.bot.door.receive(chat.message(who, text, addressed=addressed))
    assert on_disk(chat.story.settings) == files, "not a byte was written"
    assert await counts(chat.story) == before
    await chat.story.later("PT1M")
    assert chat.ways.couriers["wechaty"].sent == []
    await chat.say("李明", "绑定 第一党小组")
    everything = stored(chat.story.settings)
    assert "绑定 第一党小组".encode() in everything, "what is stored could be found"
    assert "头疼得厉害".encode() not in everything
    assert b"wxid_nobody" not in everything


async def test_it_listens_to_the_words_of_binding_whoever_says_them_and_to_nothing_else(chat: Chat) -> None:
    heard = [(who, text) for who, text, addressed in NOTHING if chat.listens(who, text, addressed=addressed)]
    assert heard == [(who, text) for who, text, _ in NOTHING if text.endswith("绑定 第一党小组")]
    assert len(heard) == 4
    assert chat.listens("wxid_nobody", "36.5 正常", room=None, addressed=True), "in private everything may matter"


@pytest.mark.parametrize("who", ["李明", "周建国", "孙丽", "于海"])
@pytest.mark.parametrize(("text", "addressed"), [("绑定 第一党小组", False), ("@小微 绑定 一班", True), ("@小微 绑定一班", True)])
async def test_whoever_may_bind_it_does_so_called_by_name_or_not_and_from_then_on_it_is_heard(
    chat: Chat, who: str, text: str, *, addressed: bool
) -> None:
    await chat.say("张伟", "36.4 正常")
    await chat.say(who, text, addressed=addressed)
    assert chat.answers() == [BOUND]
    assert chat.listens("wxid_nobody", "晚上一起打球")
    await chat.say("张伟", "36.5 正常")
    assert [row.temperature for row in await rows(chat.story, CheckinRow)] == [36.5]


@pytest.mark.parametrize(("text", "addressed"), [("绑定 第九党小组", False), ("@小微 绑定 三班", True)])
async def test_a_name_that_the_leader_may_not_bind_is_answered_with_those_possible(chat: Chat, text: str, *, addressed: bool) -> None:
    await chat.say("李明", text, addressed=addressed)
    (answer,) = chat.answers()
    assert answer.startswith("没找到你能登记的")
    assert "@小微 绑定 第一党小组" in answer
    assert ("wechaty", ROOM) not in chat.story.bot.office.directory.rooms


async def test_in_a_bound_room_the_bot_must_be_called_to_bind_it_anew(chat: Chat) -> None:
    await chat.say("周建国", "绑定 第一党小组")
    await chat.say("周建国", "绑定 第二党小组")
    assert chat.answers() == [BOUND]
    assert len(await rows(chat.story, MessageRow)) == 1
    await chat.say("周建国", "@小微 绑定 第二党小组", addressed=True)
    assert chat.answers()[1:] == ["好，这个群就是“第二党小组”的群了。"]


async def test_on_other_channels_a_chat_that_is_bound_to_nothing_answers_who_calls_it(settings: Settings) -> None:
    async with told(settings) as story:
        now = story.bot.office.clock.now()
        called = Message(channel="sandbox", id="1", room="new", account="张伟", sent_at=now, text="@小微 36.5 正常", addressed=True)
        assert story.bot.door.listens(called)
        assert not story.bot.door.listens(called.model_copy(update={"text": "绑定 第一党小组", "addressed": False}))
