"""The dry run: a ladder on which somebody in need would reach nobody is known on a calm morning, and to whom can mend it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.outbox import NoticeKind
from models.tables.base import Base
from models.tables.unit import AccountRow, MemberRow
from services import preflight
from tests.stage import Ways, changed, notices, only_jobs, rows, told, with_ladder
from tests.story import Story

ABLE = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)
MUTE = Capabilities(hears=Hears.NOTHING, private=False, rooms=Push.NEVER, people=Push.ALWAYS)


def alone(settings: Settings) -> Settings:
    """Only the dry run, of the jobs."""
    return only_jobs(settings, preflight={})


async def change(story: Story, act: Callable[[Session], object]) -> None:
    """The roster or the accounts change."""
    await story.bot.store.write(act)
    await story.bot.office.reload()


def lose_account(*names: str) -> Callable[[Session], object]:
    whose = select(MemberRow.id).where(MemberRow.name.in_(names))
    return lambda session: session.execute(delete(AccountRow).where(AccountRow.member_id.in_(whose)))


def leave(*names: str) -> Callable[[Session], object]:
    return lambda session: session.execute(update(MemberRow).where(MemberRow.name.in_(names)).values(active=False))


async def found(story: Story, branch: str = "b1") -> list[str]:
    """What the dry run of a branch finds, a line each."""
    bot = story.bot
    run = preflight.dry_run(bot.settings.policies, bot.office.directory, bot.office.unit.channels, branch)
    return preflight.lines(bot.office.unit.texts, bot.office.directory, "小微", run)


async def test_where_everybody_is_reached_nothing_is_said(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await story.at("09:20")
        assert await story.heard() == []


async def test_a_duty_officer_whom_nothing_reaches_is_named_to_the_secretaries_with_what_to_do(each_story: Story) -> None:
    story = each_story
    await change(story, lose_account("于海"))
    await story.at("09:20")
    text = (await story.heard_by("周建国"))[-1]
    assert text == (
        "演练了一遍：若张伟 03:00 报紧急困难，先通知书记周建国、组长李明、副书记孙丽，10 分钟没人接手再通知值班员于海（收不到）。\n"
        "有要补的地方：\n"
        "1. 江城市消防救援支队（示例）值班员于海收不到通知：在能主动发消息的渠道上没有账号。"
        "请在名册的 wecom_userid 一栏填上账号再导入，或者请本人对小微说“我是 姓名”；在微信群里，群昵称写成姓名就行。"
    )
    assert "书记钱志远、组长黄敏" not in text
    assert {row.member_id for row in await notices(story, NoticeKind.OPERATION)} == {
        story.bot.office.directory.named(name).id  # type: ignore[union-attr]
        for name in ("周建国", "钱志远")
    }


async def test_the_same_is_told_again_after_a_week_and_at_once_when_it_has_come_back_or_is_another(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await change(story, lose_account("孙丽"))
        for day in range(2, 7):
            await story.at("09:20", f"2026-03-0{day}")
        assert [m.to for m in await story.heard()] == ["周建国"], "once, and only to the branch whose deputy it is"
        await story.at("09:21", "2026-03-09")
        assert len(await story.heard_by("周建国")) == 2
        await change(story, lose_account("李明"))
        await story.at("09:21", "2026-03-10")
        assert len(await story.heard_by("周建国")) == 3
        assert "2. 第一党小组组长李明收不到通知" in await story.last_to("周建国")

        def mend(session: Session) -> None:
            for name in ("李明", "孙丽"):
                member = session.scalars(select(MemberRow).where(MemberRow.name == name)).one()
                session.add(AccountRow(channel="sandbox", address=name, member_id=member.id, confirmed_at=story.bot.office.clock.now()))

        await change(story, mend)
        await story.at("09:21", "2026-03-11")
        await change(story, lose_account("李明", "孙丽"))
        await story.at("09:21", "2026-03-12")
        assert len(await story.heard_by("周建国")) == 4


async def test_a_step_that_nobody_holds_is_named_once_with_whom_it_concerns(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await change(story, leave("周建国"))
        await story.at("09:20")
        assert await story.last_to("孙丽") == (
            "演练了一遍：若张伟 10:00 报困难（只跟书记说，组长不知道），先通知（没有人），4 小时没人接手再通知副书记孙丽、值班员于海。\n"
            "有要补的地方：\n"
            "1. 张伟报困难（只跟书记说，组长不知道）时要找江北站党支部的书记，现在没有人担任，会马上改找下一步的人。请在名册里补上再导入。"
        )
        await change(story, leave("刘洋"))
        assert [line.partition("时要找")[2].partition("，")[0] for line in await found(story)] == [
            "江北站党支部的书记",
            "第二党小组的书记、组长",
        ]
        health: Any = story.bot.settings.policies.health
        only_leaders = health.ordinary.model_copy(update={"tell": ("leader",)})
        story.bot.settings = changed(story.bot.settings, policies={"health": health.model_copy(update={"ordinary": only_leaders})})
        assert any(line.startswith("常平报健康异常时要找第二党小组的组长") for line in await found(story))
        silence: Any = story.bot.settings.policies.silence
        first = silence.ordinary.model_copy(update={"tell": ("leader", "deputy")})
        story.bot.settings = changed(story.bot.settings, policies={"silence": silence.model_copy(update={"ordinary": first})})
        await change(story, leave("孙丽"))
        assert any(line.startswith("常平报失联（战友联系不上）时要找第二党小组的组长、副书记") for line in await found(story))


async def test_a_plain_member_whom_a_ladder_tells_is_tried_like_everybody(settings: Settings) -> None:
    async with told(with_ladder(alone(settings), "hardship", "ordinary", tell=["buddy", "member:王磊"])) as story:
        assert await found(story) == []
        await change(story, lose_account("王磊"))
        await story.at("09:20")
        text = await story.last_to("周建国")
        assert "先通知组长李明、成员王磊（收不到），4 小时没人接手" in text
        assert "第一党小组的王磊收不到通知" in text


async def test_who_cannot_be_heard_cannot_take_a_case(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, phone=MUTE)
    async with told(alone(settings)) as story:
        await ways.give_accounts(story)
        assert await found(story) == []
        await change(story, lambda session: session.execute(delete(AccountRow).where(AccountRow.channel == "sandbox")))
        (line,) = await found(story, "b2")
        assert line == (
            "机关党支部书记钱志远、机关党小组组长黄敏、江城市消防救援支队（示例）值班员于海收得到通知，"
            "但回“收到”机器人听不到，事项会一直往上报。请管理员打开自建应用的接收消息，或者智能机器人。"
        )


async def test_a_case_of_which_nobody_would_hear_comes_first(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await change(story, lose_account("周建国", "孙丽", "李明", "刘洋", "吴静", "于海", "钱志远"))
        first, *others = await found(story)
        assert first == "张伟报紧急困难，现在谁也收不到。请先让书记或值班员有一个能收到通知的账号。"
        assert len([line for line in others if "收不到通知：" in line]) == 6, "the secretary of another branch is none of this one's"
        assert len(others) == 6


async def test_a_few_members_whom_nothing_reaches_are_named_and_many_are_counted(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await change(story, lose_account("张伟", "王磊"))
        (line,) = await found(story)
        assert line.startswith("第一党小组的张伟、王磊收不到通知")
        everybody = [person.name for person in story.bot.office.directory.people.values() if person.role == "member"]
        await change(story, lose_account(*everybody))
        assert await found(story) == ["还有 15 名成员收不到私下的提醒，请管理员运行 check-config 看名单和办法。"]


async def test_a_buddy_s_word_that_cannot_wait_is_tried_too(settings: Settings) -> None:
    nobody: Any = {"ladder": "silence", "urgency": "urgent", "tell": ["member:王磊"]}
    async with told(with_ladder(alone(settings), nobody["ladder"], nobody["urgency"], tell=nobody["tell"], climb=[])) as story:
        await change(story, leave("王磊"))
        assert any("王磊" in line for line in await found(story))


async def test_a_dry_run_writes_nothing(story: Story) -> None:
    await change(story, lose_account("于海"))
    tables = [table.class_ for table in Base.registry.mappers]
    before = [len(await rows(story, table)) for table in tables]
    assert await found(story)
    assert [len(await rows(story, table)) for table in tables] == before


async def test_the_last_resort_counts(settings: Settings) -> None:
    async with told(alone(settings)) as story:
        await change(story, lose_account("周建国", "孙丽", "李明", "刘洋", "吴静", "于海"))
        assert not any("谁也收不到" in line for line in await found(story)), "the secretary of the other branch would hear"
