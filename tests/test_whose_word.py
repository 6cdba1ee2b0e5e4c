"""Whose word counts for a group: who answers for it; of others only what they say of themselves."""

import pytest
from sqlalchemy import select

from models.tables.records import CheckinRow, GroupReportRow
from tests.story import Story

WHOLE = "三班应到6人，实到6人，全部正常"


async def standing(story: Story) -> dict[str, str]:
    """Who has a check-in of today, and by whom it was reported."""
    rows = await story.bot.store.read(lambda session: session.scalars(select(CheckinRow).where(CheckinRow.ended_at.is_(None))).all())
    people = story.bot.office.directory.people
    return {people[row.member_id].name: row.source for row in rows}


async def group_reports(story: Story) -> int:
    """How many group reports were ever written."""
    return len(await story.bot.store.read(lambda session: session.scalars(select(GroupReportRow)).all()))


@pytest.mark.parametrize("who", ["宋佳", "刘洋", "钱志远"])
async def test_nobody_of_another_group_or_branch_certifies_a_group_as_healthy(story: Story, who: str) -> None:
    await story.say(who, WHOLE)
    assert await story.last_to(who) == "全组的情况请组长报，这条我没有记。"
    assert await standing(story) == {}
    assert await group_reports(story) == 0
    await story.say("吴静", "未报")
    assert "已报 0/6" in await story.last_to("吴静")


@pytest.mark.parametrize("who", ["吴静", "周建国", "孙丽", "于海"])
async def test_who_answers_for_a_group_reports_for_it(story: Story, who: str) -> None:
    await story.say(who, WHOLE)
    assert (await story.last_to(who)).startswith("第三党小组记下了，6 人按你报的记为正常")
    assert await standing(story) == dict.fromkeys(("吴静", "郑凯", "冯雪", "韩冰", "艾力·买买提", "何以安"), "leader") | (
        {"吴静": "self"} if who == "吴静" else {}
    )


async def test_who_stands_in_for_the_leader_reports_for_the_group_and_only_meanwhile(story: Story) -> None:
    await story.say("吴静", "今天由郑凯代")
    await story.say("郑凯", WHOLE)
    assert (await standing(story))["冯雪"] == "leader"
    await story.at("07:00", "2026-03-03")
    await story.say("郑凯", WHOLE)
    assert "请组长报" in await story.last_to("郑凯")


async def test_of_an_ordinary_member_of_the_group_only_the_own_health_counts(story: Story) -> None:
    await story.say("郑凯", WHOLE, "g3")
    assert await story.last_to("郑凯") == "全组的情况请组长报；你自己的我记下了。"
    assert await standing(story) == {"郑凯": "self"}
    assert await group_reports(story) == 0
    await story.say("冯雪", "37.9，咳嗽")
    await story.say("冯雪", WHOLE)
    assert await story.last_to("冯雪") == "全组的情况请组长报，这条我没有记。", "what stands of the sender is not made well by it"
    await story.say("吴静", "未报")
    assert "已报 2/6" in await story.last_to("吴静")


async def test_whoever_names_somebody_ill_in_it_is_heard(story: Story) -> None:
    message = await story.say("郑凯", "三班应到6人，实到6人，冯雪发烧38.5，其他人正常")
    assert (await standing(story))["冯雪"] == "proxy"
    await story.case_of(message)
