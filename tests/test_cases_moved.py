"""Somebody with an unfinished case goes to another group or branch: it is heard of there, and what was confided stays."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot.settings import Settings
from models import promises
from models.tables.unit import MemberRow
from tests.stage import only_jobs, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
HEAVY = "压力太大了，快撑不住了，想找组织谈谈"


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[Story]:
    """The demo unit without jobs: only what is said of cases is heard."""
    async with told(only_jobs(settings)) as story:
        yield story


async def moves(story: Story, name: str, group: str) -> None:
    """The roster, which another process writes, has somebody in another group; the bot has had its time to see it."""
    await story.bot.store.write(lambda session: session.execute(update(MemberRow).where(MemberRow.name == name).values(group_id=group)))
    await story.bot.store.write(lambda session: promises.set_moment(session, promises.DIRECTORY_CHANGED, story.bot.office.clock.now()))
    await story.bot.office.reload()
    await story.forget()
    await story.later("PT6M")


async def test_what_nobody_has_is_told_in_the_new_branch_climbs_there_and_is_the_old_ones_no_more(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.later("PT3H")
    await moves(unit, "张伟", "g4")
    for who in ("钱志远", "黄敏"):
        (text,) = await unit.heard_by(who)
        assert text.startswith(f"张伟调到你这里来了，带着一件还没人接手的事：\n【困难 {number}】张伟（机关党小组）")
        assert NO_CARER in text
    for who in ("周建国", "李明"):
        assert await unit.heard_by(who) == [f"张伟调到机关党小组了，事项 {number} 由钱志远、黄敏接着管，你不用管了。"]
    assert await unit.heard_by("张伟") == [f"你调到机关党小组了，事项 {number} 已告诉钱志远、黄敏，有人接手会跟你说。"]
    await unit.forget()
    await unit.later("PT3H50M")
    assert await unit.heard() == [], "its four hours begin with those who hear of it now"
    await unit.later("PT10M")
    assert {m.to for m in await unit.heard()} == {"于海"}
    await unit.say("黄敏", f"收到 {number}")
    assert "黄敏已经看到你说的事" in await unit.last_to("张伟")


async def test_who_has_taken_it_keeps_it_and_each_side_reads_how_it_is_handed_over(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("李明", f"收到 {number}")
    await moves(unit, "张伟", "g4")
    (text,) = await unit.heard_by("钱志远")
    assert text.startswith(f"张伟调到你这里来了，有件事还没办完（事项 {number}，处理中：李明）：\n{NO_CARER}")
    assert text.endswith(f"要接过来，先跟李明说一声，再回“转交 {number} 钱志远”。")
    assert await unit.heard_by("李明") == [
        f"张伟调到机关党小组了，事项 {number} 还由你办，钱志远、黄敏也知道了。要交给那边，就回“转交 {number} 钱志远”。"
    ]
    assert await unit.heard_by("张伟") == [f"你调到机关党小组了，事项 {number} 还由李明接着办，钱志远、黄敏也知道了。"]
    assert await unit.heard_by("周建国") == []
    await unit.forget()
    await unit.say("钱志远", f"转交 {number} 钱志远")
    assert await unit.last_to("钱志远") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    assert await unit.heard_by("李明") == [f"事项 {number}：钱志远接手了。"]
    assert await unit.heard_by("张伟") == [f"钱志远已经看到你说的事（事项 {number}），会跟你联系。"]


async def test_who_goes_to_another_group_of_the_branch_has_another_leader_and_the_same_secretary(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("周建国", f"收到 {number}")
    await moves(unit, "张伟", "g2")
    assert {m.to for m in await unit.heard()} == {"刘洋", "张伟"}
    assert f"事项 {number}，处理中：周建国" in await unit.last_to("刘洋")


@pytest.mark.parametrize("taken", [False, True], ids=["open", "in hand"])
async def test_what_was_said_for_the_secretary_alone_stays_there_and_nobody_in_the_new_branch_hears_of_it(unit: Story, taken: bool) -> None:
    number = await unit.case_of(await unit.say("张伟", f"{HEAVY}，只跟书记说"))
    if taken:
        await unit.say("周建国", f"收到 {number}")
    await moves(unit, "张伟", "g4")
    (text,) = await unit.heard_by("周建国")
    assert text == (
        f"张伟调到机关党小组了。事项 {number} 是只跟书记说的，还在你这里，那边没人知道。要交过去，先问过张伟，再回“转交 {number} 钱志远”。"
    )
    assert await unit.heard_by("张伟") == [f"你调到机关党小组了。只跟书记说的事（事项 {number}）还由周建国管，那边没人知道。"]
    await unit.later("P8D")
    await unit.say("钱志远", f"收到 {number}")
    assert await unit.last_to("钱志远") == f"没有找到要你处理的事项 {number}。"
    await unit.say("钱志远", "汇总")
    assert not any(f"事项 {number}" in m.text and m.to in ("钱志远", "黄敏", "李明") for m in (await unit.heard())[:-2])
    assert f"{number}（" not in await unit.last_to("钱志远"), "nor in the digest"
    assert await unit.heard_by("黄敏") == await unit.heard_by("李明") == []
    await unit.say("张伟", f"没解决 {number}")
    await unit.say("周建国", f"收到 {number}")
    assert "由你" in await unit.last_to("周建国") or "还是你在办" in await unit.last_to("周建国")


async def test_what_was_confided_is_handed_over_by_whom_it_was_told_and_belongs_there_then(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", f"{HEAVY}，只跟书记说"))
    await unit.say("周建国", f"收到 {number}")
    await moves(unit, "张伟", "g4")
    await unit.say("周建国", f"转交 {number} 黄敏")
    assert "不能转给组长" in await unit.last_to("周建国")
    await unit.say("周建国", f"转交 {number} 钱志远")
    assert f"【困难 {number}】张伟" in await unit.last_to("钱志远")
    await unit.forget()
    await unit.later("P2D")
    assert await unit.heard_by("周建国") == [], "it climbs where it is now"
    await unit.say("钱志远", f"收到 {number}")
    assert await unit.last_to("张伟") == f"钱志远已经看到你说的事（事项 {number}），会跟你联系。"


async def test_what_is_confided_anew_is_for_the_new_secretary_who_does_not_learn_of_the_old(unit: Story) -> None:
    old = await unit.case_of(await unit.say("张伟", f"{HEAVY}，只跟书记说"))
    await moves(unit, "张伟", "g4")
    await unit.forget()
    new = await unit.case_of(await unit.say("张伟", f"只跟书记说，{HEAVY}"))
    assert new != old
    (text,) = await unit.heard_by("钱志远")
    assert f"事项 {old}" not in text
    assert await unit.heard_by("周建国") == []


async def test_who_comes_back_is_followed_again(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await moves(unit, "张伟", "g4")
    await moves(unit, "张伟", "g1")
    for who in ("周建国", "李明"):
        assert (await unit.last_to(who)).startswith(f"张伟调到你这里来了，带着一件还没人接手的事：\n【困难 {number}】")
    assert await unit.heard_by("黄敏") == [f"张伟调到第一党小组了，事项 {number} 由周建国、李明接着管，你不用管了。"]
    await unit.forget()
    await unit.later("PT1H")
    assert await unit.heard() == [], "and it is told once"


async def test_what_is_over_is_told_to_nobody_new(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("张伟", f"解决了 {number}")
    await moves(unit, "张伟", "g4")
    assert await unit.heard() == []
