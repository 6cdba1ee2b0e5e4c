"""Whose word puts somebody on leave: the own, the leader's; a colleague's for a day or two, and both hear by whom; nobody else's."""

import pytest
from sqlalchemy import select

from models.tables.records import LeaveRow
from tests.story import Story


async def leaves(story: Story) -> list[tuple[str, str, str]]:
    """Every leave that stands: whose, its first and its last day."""
    query = select(LeaveRow).where(LeaveRow.ended_at.is_(None)).order_by(LeaveRow.id)
    rows = await story.bot.store.read(lambda session: session.scalars(query).all())
    people = story.bot.office.directory.people
    return [(people[row.member_id].name, str(row.first), str(row.last)) for row in rows]


@pytest.mark.parametrize("who", ["宋佳", "张伟", "李明"])
async def test_nobody_of_another_group_puts_somebody_on_leave(story: Story, who: str) -> None:
    await story.say(who, "马腾请假到12月31日")
    assert await story.last_to(who) == "马腾的假请本人或组长说一声，我先不记。"
    assert await leaves(story) == []
    assert {m.to for m in await story.heard()} == {who}


@pytest.mark.parametrize("who", ["刘洋", "周建国", "孙丽", "于海"])
async def test_who_answers_for_somebody_says_it_for_as_long_as_it_is(story: Story, who: str) -> None:
    await story.say(who, "马腾请假到12月31日")
    assert await leaves(story) == [("马腾", "2026-03-02", "2026-12-31")]


async def test_a_colleagues_word_is_for_today_and_tomorrow_and_both_hear_who_said_it(story: Story) -> None:
    await story.say("常平", "马腾请假到12月31日")
    assert await leaves(story) == [("马腾", "2026-03-02", "2026-03-03")]
    assert await story.last_to("常平") == "记下了：马腾3月2日至3月3日请假，也告诉了本人和组长。再久请本人或组长说一声。"
    assert await story.last_to("马腾") == "常平说你3月2日至3月3日请假，先这样记着。不对就回“销假”。"
    assert await story.last_to("刘洋") == "常平说马腾3月2日至3月3日请假，先这样记着，也告诉了本人。"
    await story.say("马腾", "销假")
    assert await leaves(story) == []


async def test_a_colleagues_word_on_tomorrow_ends_with_one_word_as_well(story: Story) -> None:
    await story.say("常平", "马腾明天请假")
    assert await leaves(story) == [("马腾", "2026-03-03", "2026-03-03")]
    await story.say("马腾", "销假")
    assert await leaves(story) == []


async def test_a_colleague_without_a_word_on_how_long_speaks_of_today(story: Story) -> None:
    await story.say("常平", "马腾今天请假")
    assert await leaves(story) == [("马腾", "2026-03-02", "2026-03-02")]
    await story.forget()
    await story.say("常平", "谢天3月9日到10日休假")
    assert await story.last_to("常平") == "谢天的假请本人或组长说一声，我先不记。"
    assert {m.to for m in await story.heard()} == {"常平"}


async def test_a_colleagues_word_takes_the_place_of_no_leave_that_stands(story: Story) -> None:
    await story.say("马腾", "休假到3月20日")
    await story.forget()
    await story.say("常平", "马腾今天请假")
    assert await story.last_to("常平") == "马腾的假已经记着了，谢谢。"
    assert await leaves(story) == [("马腾", "2026-03-02", "2026-03-20")]
    assert await story.heard_by("马腾") == []


async def test_of_a_leader_the_secretary_hears_it(story: Story) -> None:
    await story.say("常平", "刘洋今天请假")
    assert any("常平说刘洋3月2日请假" in text for text in await story.heard_by("周建国"))


async def test_in_a_chain_a_colleagues_line_counts_for_the_day_and_nobody_is_told(story: Story) -> None:
    chain = "今日体温接龙\n1. 常平 36.5\n2. 马腾 请假\n3. 谢天 36.4"
    await story.say("常平", chain, "g2")
    assert await leaves(story) == [("马腾", "2026-03-02", "2026-03-02")]
    assert await story.heard_by("马腾") == []
    assert await story.heard_by("刘洋") == []
    await story.say("宋佳", chain.replace("马腾", "王磊"), "org")
    assert [name for name, *_ in await leaves(story)] == ["马腾"]
    await story.say("马腾", "销假")
    await story.say("谢天", chain, "g2")
    assert await leaves(story) == [], "a chain that is posted again brings nothing back"
