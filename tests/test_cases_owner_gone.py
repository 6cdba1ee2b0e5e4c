"""Whoever has a case leaves the unit, or may not know of it any more: it is nobody's, and those who can take it hear so at once."""

from sqlalchemy import update

from bot.settings import Settings
from models.tables.unit import MemberRow
from services.audit import Fault
from tests.stage import only_jobs, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"


async def leaves(story: Story, name: str) -> None:
    """Somebody is not on the roster any more."""
    await story.bot.store.write(lambda session: session.execute(update(MemberRow).where(MemberRow.name == name).values(active=False)))
    await story.bot.office.reload()
    await story.forget()


async def taken(story: Story, words: str = NO_CARER, by: str = "李明") -> int:
    """Zhang Wei is in need, and somebody has said 收到; the number of the case."""
    number = await story.case_of(await story.say("张伟", words))
    await story.say(by, f"收到 {number}")
    await story.forget()
    return number


async def test_what_a_leader_had_who_has_left_is_told_anew_within_minutes_and_climbs(each_settings: Settings) -> None:
    async with told(only_jobs(each_settings)) as story:
        number = await taken(story)
        await leaves(story, "李明")
        await story.later("PT5M")
        assert await story.heard_by("周建国") == [
            (
                f"李明接手以后不在这儿管了，请另一个人接手：\n【困难 {number}】张伟（第一党小组） 06:05\n{NO_CARER}\n（身体、家庭）\n"
                f"回“收到 {number}”我来处理，或“转交 {number} 姓名”"
            )
        ]
        assert await story.heard_by("于海") == [f"自检：接手事项 {number} 的人不在这儿管了，已经重新告诉能管的人，等人回“收到”。"]
        await story.later("PT4H")
        assert (await story.last_to("孙丽")).startswith("已经4 小时没人接手：")
        assert story.bot.watch.found == {Fault.NO_OWNER: 1}, "it is found once"
        await story.say("周建国", "收到")
        assert await story.last_to("张伟") == f"周建国已经看到你说的事（事项 {number}），会跟你联系。"


async def test_who_takes_it_before_the_bot_has_noticed_is_not_sent_away(story: Story) -> None:
    number = await taken(story)
    await leaves(story, "李明")
    await story.say("周建国", f"收到 {number}")
    assert await story.heard_by("周建国") == [f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"]
    assert await story.heard_by("张伟") == [f"周建国已经看到你说的事（事项 {number}），会跟你联系。"]
    await story.later("PT10M")
    assert story.bot.watch.found == {}


async def test_who_stood_in_for_the_secretary_gives_back_what_was_told_in_confidence(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        await story.say("周建国", "由刘洋代到3月3日")
        number = await taken(story, f"{NO_CARER}，只跟书记说", by="刘洋")
        await story.at("07:00", "2026-03-04")
        assert f"【困难 {number}】张伟" in await story.last_to("周建国")
        assert (await story.last_to("周建国")).startswith("刘洋接手以后不在这儿管了")
        assert await story.heard_by("李明") == []


async def test_who_is_still_there_keeps_it(story: Story) -> None:
    number = await taken(story)
    await leaves(story, "王磊")
    await story.later("PT30M")
    await story.say("周建国", f"收到 {number}")
    assert await story.heard_by("周建国") == [f"事项 {number} 已由李明接手。"]
    assert Fault.NO_OWNER not in story.bot.watch.found
