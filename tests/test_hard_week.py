"""One hard week of a branch: what its people do with cases when there is too much of everything, and what each of them reads."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from models.tables.cases import CaseRow
from tests.stage import only_jobs, rows, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
LEAK, FROZEN = "家里房子漏水没人管，请组织帮忙", "工资卡被冻结了，房贷还不上，请组织帮帮忙"
FOR_ZHANG = "张伟他妈住院没人陪护，请组织帮忙"


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[Story]:
    """The demo unit without jobs: only what is said of cases is heard."""
    async with told(only_jobs(settings)) as story:
        yield story


async def solved(story: Story) -> int:
    """Zhang Wei's case, which he has said is over."""
    number = await story.case_of(await story.say("张伟", NO_CARER))
    await story.say("李明", f"收到 {number}")
    await story.say("李明", f"办结 {number} 请了护工")
    await story.say("张伟", "是")
    await story.forget()
    return number


async def test_who_told_of_three_things_at_once_reads_of_each_that_somebody_has_it(unit: Story) -> None:
    numbers = [await unit.case_of(await unit.say("张伟", words)) for words in (NO_CARER, LEAK, FROZEN)]
    await unit.forget()
    await unit.say("周建国", "都收到")
    assert await unit.heard_by("张伟") == [f"周建国已经看到你说的事（事项 {number}），会跟你联系。" for number in numbers]


async def test_two_that_are_done_are_said_in_one_breath_with_a_blank_between_them(unit: Story) -> None:
    first, second = [await unit.case_of(await unit.say("张伟", words)) for words in (NO_CARER, LEAK)]
    await unit.say("周建国", "都收到")
    await unit.forget()
    await unit.say("周建国", f"办结 {first} {second} 已安排")
    asked = await unit.heard_by("张伟")
    assert [text.split("真的")[0] for text in asked] == [
        f"3月2日你说的事（事项 {number}），周建国说办好了：已安排。" for number in (first, second)
    ]


@pytest.mark.parametrize("result", ["2万元已到账", "3月5日已送医", "15 天后复查"])
async def test_a_result_that_begins_with_a_number_is_one(unit: Story, result: str) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("周建国", f"办结 {number} {result}")
    assert result in await unit.last_to("张伟")


async def test_who_handed_a_case_on_hears_that_it_went_further(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("周建国", f"转交 {number} 李明")
    await unit.forget()
    await unit.say("李明", f"转交 {number} 孙丽")
    assert await unit.heard_by("周建国") == [f"事项 {number}：李明转给孙丽了，等孙丽回“收到”。"]


async def test_whoever_has_a_case_hears_that_another_said_it_is_done(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("李明", f"收到 {number}")
    await unit.forget()
    await unit.say("周建国", f"办结 {number} 请了护工")
    assert await unit.heard_by("李明") == [f"事项 {number}：周建国说办好了（请了护工），正在问张伟。"]


async def test_a_leader_who_spoke_up_for_a_member_may_see_to_it(unit: Story) -> None:
    number = await unit.case_of(await unit.say("李明", FOR_ZHANG))
    await unit.say("李明", f"收到 {number}")
    assert await unit.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    assert await unit.last_to("周建国") == f"事项 {number}：李明接手了。"
    await unit.forget()
    await unit.say("李明", f"办结 {number} 排了人轮流陪")
    assert await unit.heard_by("李明") == [f"好的，事项 {number} 结束了。往后有事随时说。"], "nobody asks them what they just said"
    assert await unit.heard_by("张伟") == [], "who was not told that somebody spoke up for them"
    assert (await rows(unit, CaseRow))[0].state == "closed"


async def test_where_the_member_knows_it_is_the_member_who_is_asked(unit: Story) -> None:
    number = await unit.case_of(await unit.say("李明", FOR_ZHANG))
    await unit.say("李明", f"告诉他 {number}")
    await unit.say("李明", f"收到 {number}")
    await unit.forget()
    await unit.say("李明", f"办结 {number} 排了人轮流陪")
    assert "真的解决了吗" in await unit.last_to("张伟")
    assert await unit.heard_by("李明") == ["好，我去问问张伟是不是真的解决了。"]


async def test_who_is_no_leader_of_theirs_may_speak_up_and_no_more(unit: Story) -> None:
    number = await unit.case_of(await unit.say("王磊", FOR_ZHANG))
    await unit.say("王磊", f"收到 {number}")
    assert "由你处理" not in await unit.last_to("王磊")
    assert (await rows(unit, CaseRow))[0].state == "open"


@pytest.mark.parametrize("words", ["收到 {}", "办结 {} 自己找到人了", "转交 {} 孙丽"])
async def test_a_leader_in_need_reads_how_the_own_case_ends(unit: Story, words: str) -> None:
    number = await unit.case_of(await unit.say("李明", NO_CARER))
    await unit.say("李明", words.format(number))
    assert await unit.last_to("李明") == f"事项 {number} 是你自己说的事，由别人来办。已经解决了，就回“是 {number}”；等不了就回“直报”。"
    assert (await rows(unit, CaseRow))[0].state == "open"


async def test_of_whom_somebody_spoke_learns_nothing_by_its_number(unit: Story) -> None:
    number = await unit.case_of(await unit.say("王磊", "李明他妈住院没人陪护，请组织帮忙"))
    await unit.say("李明", f"收到 {number}")
    assert await unit.last_to("李明") == f"没有找到要你处理的事项 {number}。"


async def test_who_goes_away_reads_what_is_still_in_hand_and_hands_it_over(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("周建国", f"收到 {number}")
    await unit.say("周建国", "由刘洋代到3月8日")
    assert (await unit.last_to("周建国")).splitlines()[1:] == [
        f"你手上还有没办完的事（{number}）。要请刘洋接着办，就发“转交 {number} 刘洋”；不发就还是你的。"
    ]
    await unit.say("周建国", f"转交 {number} 刘洋")
    await unit.say("刘洋", f"收到 {number}")
    assert await unit.last_to("张伟") == f"刘洋已经看到你说的事（事项 {number}），会跟你联系。"


@pytest.mark.parametrize("words", ["没解决", "还没解决", "其实没解决", "护工的事还没解决", "上次那件事其实没有解决"])
async def test_who_says_days_later_that_it_is_not_over_is_asked_whether_it_is_that(unit: Story, words: str) -> None:
    number = await solved(unit)
    await unit.later("P1D")
    await unit.say("张伟", words)
    assert await unit.last_to("张伟") == (
        f"你说的是3月2日那件事（事项 {number}）吗？没解决就回“还没 {number}”，马上接着办；是别的事，直接说就行。"
    )
    await unit.forget()
    await unit.say("张伟", f"还没 {number}")
    assert (await unit.last_to("李明")).startswith("本人说还没解决，请再看看：")


async def test_who_never_told_of_anything_is_asked_nothing_of_the_kind(unit: Story) -> None:
    await solved(unit)
    await unit.later("P1D")
    await unit.say("王磊", "没解决")
    assert await unit.last_to("王磊") == "现在没有等你回答的问题。"


async def test_what_is_said_of_the_one_case_that_goes_on_reaches_whoever_has_it(unit: Story) -> None:
    number = await unit.case_of(await unit.say("张伟", NO_CARER))
    await unit.say("李明", f"收到 {number}")
    await unit.forget()
    await unit.say("张伟", "护工的事还没解决")
    assert await unit.last_to("张伟") == f"好，事项 {number} 我们接着管。"
    assert await unit.last_to("李明") == f"事项 {number} 有新情况：张伟说：“护工的事还没解决”"


@pytest.mark.parametrize("words", ["第一件解决了，第二件没有", "漏水的解决了，陪护的没有"])
async def test_of_several_it_is_asked_which_is_over(unit: Story, words: str) -> None:
    first, second = [await unit.case_of(await unit.say("张伟", each)) for each in (NO_CARER, LEAK)]
    await unit.say("张伟", words)
    assert await unit.last_to("张伟") == (
        "现在没有等你回答的问题。你说的事还在办的：\n"
        f"· {first}：困难，我妈住院没人陪护，请组织帮帮忙\n"
        f"· {second}：困难，家里房子漏水没人管，请组织帮忙\n"
        f"哪件已经解决了，就回“是 {first}”。"
    )
