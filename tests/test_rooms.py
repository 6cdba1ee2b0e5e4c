"""Whose room a chat is: a leader says so in it, and until then only what is said to the bot counts there."""

from models.message import Message
from models.tables.records import CheckinRow
from tests.stage import rows
from tests.story import Story


async def say(story: Story, who: str, text: str, room: str, *, addressed: bool = True) -> None:
    """Somebody says something in a chat that the page does not offer."""
    now = story.bot.office.clock.now()
    number = f"{who} {text} {room}"
    message = Message(channel="sandbox", id=number, room=room, account=who, sent_at=now, text=text, addressed=addressed)
    await story.bot.door.receive(message)
    await story.later("PT0S")


async def test_a_leader_binds_a_new_chat_to_the_own_group(story: Story) -> None:
    await say(story, "李明", "@小微 绑定", "new")
    assert await story.heard_in("new") == ["好，这个群就是“第一党小组”的群了。"]
    await say(story, "张伟", "36.5 正常", "new", addressed=False)
    assert len(await rows(story, CheckinRow)) == 1, "from now on what is said there is read"


async def test_a_secretary_binds_it_by_the_name_of_a_squad_or_of_the_branch(story: Story) -> None:
    await say(story, "周建国", "@小微 绑定 一班", "squad")
    await say(story, "周建国", "@小微 绑定", "branch")
    assert await story.heard_in("squad") == ["好，这个群就是“第一党小组”的群了。"]
    room = story.bot.office.directory.rooms["sandbox", "branch"]
    assert (room.kind, room.scope) == ("branch", "b1")


async def test_who_leads_another_group_may_not_and_reads_what_is_possible(story: Story) -> None:
    await say(story, "李明", "@小微 绑定 三班", "new")
    (answer,) = await story.heard_in("new")
    assert answer.startswith("没找到你能登记的“三班”。可以说：@小微 绑定 第一党小组")
    assert ("sandbox", "new") not in story.bot.office.directory.rooms


async def test_a_check_in_said_to_the_bot_counts_in_a_chat_that_is_bound_to_nothing_and_chatter_is_not_looked_at(story: Story) -> None:
    await say(story, "张伟", "36.5 正常", "new", addressed=False)
    assert await rows(story, CheckinRow) == []
    await say(story, "张伟", "@小微 36.5 正常", "new")
    assert len(await rows(story, CheckinRow)) == 1
    assert await story.heard_in("new") == ["张伟 记下了 ✓\n（这个群还没登记，请组长来 @我 登记一下）"]
    await say(story, "李明", "@小微 36.4", "new")
    assert (await story.heard_in("new"))[-1] == "李明 记下了 ✓\n（这个群还没登记。回一句：@小微 绑定 第一党小组）"


async def test_in_private_it_says_where_to_say_it(story: Story) -> None:
    await story.say("李明", "绑定 一班")
    assert await story.last_to("李明") == "请在要登记的群里说：@小微 绑定 班组名"


async def test_a_group_that_moved_to_another_chat_gets_its_lesson_there_and_nowhere_else(story: Story) -> None:
    await say(story, "李明", "@小微 绑定", "moved")
    await story.forget()
    await story.at("12:40")
    lessons = [m for m in await story.heard() if m.room in ("g1", "moved")]
    assert [m.room for m in lessons] == ["moved"]
    await say(story, "李明", "@小微 绑定", "g1")  # and back
    await story.forget()
    await story.at("12:40", "2026-03-03")
    assert [m.room for m in await story.heard() if m.room in ("g1", "moved")] == ["g1"]
