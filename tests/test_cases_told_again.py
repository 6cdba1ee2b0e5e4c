"""What is told again while its reporter is asked whether it is over is not over: it is open again, and climbs."""

from bot.settings import Settings
from models.tables.cases import CaseRow
from tests.stage import only_jobs, rows, told
from tests.story import Story

IN_CONFIDENCE = "我妈住院没人陪护，请组织帮帮忙，只跟书记说"


async def state(story: Story, number: int) -> str:
    """Where a case stands."""
    return next(row.state for row in await rows(story, CaseRow) if row.id == number)


async def test_who_tells_again_in_confidence_what_was_said_to_be_over_is_heard_anew(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", IN_CONFIDENCE))
        await story.say("周建国", f"办结 {number} 请了护工")
        await story.later("P1D")
        await story.forget()
        await story.say("张伟", "我妈又没人陪护了，还得请组织帮帮忙")
        assert await story.last_to("周建国") == (
            f"提过办结，又有新情况：我妈又没人陪护了，还得请组织帮帮忙\n（身体、家庭）\n请再看看：\n"
            f"【困难 {number}】张伟（第一党小组） 3月2日 06:05（只跟书记说，组长不知道）\n{IN_CONFIDENCE}\n（身体、家庭）\n"
            f"回“收到 {number}”我来处理，或“转交 {number} 姓名”"
        )
        assert await story.heard_by("李明") == []
        await story.later("PT4H")
        assert (await story.last_to("孙丽")).startswith("已经4 小时没人接手："), "it climbs"


async def test_who_is_ill_again_while_asked_whether_it_is_over_is_looked_after_again(each_settings: Settings) -> None:
    async with told(only_jobs(each_settings)) as story:
        number = await story.case_of(await story.say("张伟", "38.2 发烧了"))
        await story.say("李明", f"办结 {number} 吃了药退烧了")
        await story.later("P1D")
        await story.forget()
        await story.say("张伟", "又烧起来了 38.6")
        for who in ("李明", "周建国"):
            assert (await story.last_to(who)).startswith("提过办结，又有新情况：38.6℃，发热\n原话：又烧起来了 38.6\n请再看看：\n")
        assert await state(story, number) == "open"
        await story.later("PT4H")
        assert (await story.last_to("于海")).startswith("已经4 小时没人接手：")


async def test_who_is_well_while_asked_is_not_ill_again(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", "38.2 发烧了"))
        await story.say("李明", f"办结 {number} 吃了药退烧了")
        await story.later("P1D")
        await story.say("张伟", "36.5 正常")
        assert await state(story, number) == "proposed"


async def test_more_of_what_somebody_has_in_hand_is_a_line_for_them(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", "38.2 发烧了"))
        await story.say("李明", f"收到 {number}")
        await story.later("P1D")
        await story.forget()
        await story.say("张伟", "还烧 38.6")
        assert (await story.last_to("李明")).startswith(f"事项 {number} 有新情况：38.6℃，发热")
        assert await story.heard_by("周建国") == []
