"""A case of which nothing is heard: an acknowledgement lapses, its reporter is asked once more, and a second person may confirm."""

import pytest

from bot.settings import Settings
from models.outbox import NoticeKind
from models.tables.cases import CaseMoveRow
from tests.stage import notices, only_jobs, rows, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
MISSING = "救命，我妈走丢了没人去找，请组织马上帮忙"


async def raised(story: Story, words: str = NO_CARER) -> int:
    """Zhang Wei has said something; the number of the case."""
    number = await story.case_of(await story.say("张伟", words))
    await story.forget()
    return number


async def names_told(story: Story) -> set[str | None]:
    """Who heard anything in private since the last `forget`."""
    return {m.to for m in await story.heard() if m.room is None}


async def test_two_hours_after_it_was_taken_an_urgent_case_without_a_result_is_everybody_s_again(story: Story) -> None:
    number = await raised(story, MISSING)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.later("PT1H59M59S")
    assert await story.heard() == [], "it was taken, and the time is not over"
    await story.later("PT1S")
    assert await names_told(story) == {"李明", "周建国", "孙丽"}
    text = await story.last_to("周建国")
    assert text.startswith(f"李明接手2 小时了，还没有结果，再提醒大家：\n【紧急困难 {number}】张伟（第一党小组） 06:05")
    await story.later("PT10M")
    assert (await story.last_to("于海")).startswith("已经10 分钟没人接手：")


async def test_an_ordinary_one_holds_for_three_days(story: Story) -> None:
    number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await story.later("P2DT23H59M59S")
    await story.forget()
    await story.later("PT1S")
    assert (await story.last_to("李明")).startswith("李明接手3 天了，还没有结果")


async def test_whoever_says_in_time_that_they_are_still_on_it_keeps_it(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story, MISSING)
        await story.say("李明", f"收到 {number}")
        await story.later("PT1H50M")
        await story.say("李明", f"收到 {number}")
        await story.forget()
        await story.later("PT1H59M")
        assert await story.heard() == []
        await story.later("PT1M")
        assert "李明接手2 小时了" in await story.last_to("周建国")


@pytest.mark.parametrize("words", ["办结 {n} 找到了", "转交 {n} 孙丽"])
async def test_what_was_done_in_time_leaves_nothing_to_lapse(story: Story, words: str) -> None:
    number = await raised(story, MISSING)
    await story.say("李明", f"收到 {number}")
    await story.later("PT1H59M")
    await story.say("李明", words.format(n=number))
    await story.say("孙丽", f"收到 {number}")
    await story.forget()
    await story.later("PT1M1S")
    assert [m for m in await story.heard() if "还没有结果" in m.text] == []


async def test_the_bot_was_away_when_it_lapsed_and_says_so_late(story: Story) -> None:
    number = await raised(story, MISSING)
    await story.say("李明", f"收到 {number}")
    await story.restart()
    await story.forget()
    await story.later("PT2H")
    moves = [row.move for row in await rows(story, CaseMoveRow) if row.case_id == number]
    assert moves == ["acknowledge", "lapse"]
    assert len([n for n in await notices(story, NoticeKind.ALERT) if "还没有结果" in n.text]) == 3


async def test_three_days_after_it_was_settled_its_reporter_is_asked_once_more(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.say("张伟", "是")
        await story.forget()
        await story.later("P2DT23H59M")
        assert await story.heard() == []
        await story.later("PT1M")
        assert await story.heard_by("张伟") == [f"3月2日你说的事（事项 {number}），再问一句：真的解决了吗？回“是”，或者“还没”。"]
        await story.say("张伟", "是")
        assert await story.last_to("张伟") == f"好的，事项 {number} 结束了。往后有事随时说。"
        await story.forget()
        await story.later("P30D")
        assert await story.heard() == [], "once is enough"


async def test_who_says_then_that_it_is_not_is_heard_again(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.say("张伟", "是")
        await story.later("P3D")
        await story.forget()
        await story.say("张伟", "还没")
        assert await names_told(story) == {"张伟", "李明", "周建国"}
        assert (await story.last_to("周建国")).startswith("本人说还没解决，请再看看：")


async def test_a_reporter_who_does_not_answer_is_asked_again_and_a_second_person_may_confirm(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.forget()
        await story.later("P3D")
        assert (await story.last_to("张伟")).endswith("再问一句：真的解决了吗？回“是”，或者“还没”。")
        assert await story.last_to("周建国") == (
            f"事项 {number}：问过张伟了，还没回话，请当面问一下。确实好了，由没提办结的人发“代确认 {number} 原因”。"
        )
        await story.later("P3D")
        assert len(await story.heard_by("张伟")) == 2, "and asked on"

        await story.say("李明", f"代确认 {number} 见过面了")
        assert await story.last_to("李明") == f"事项 {number} 是你提的办结，要另一个人来代确认。"
        await story.say("周建国", f"代确认 {number}")
        assert (await story.last_to("周建国")).startswith("为什么可以代为确认？")
        await story.say("王磊", f"代确认 {number} 我看好了")
        assert await story.last_to("王磊") == f"没有找到要你处理的事项 {number}。"
        await story.forget()
        await story.say("周建国", f"代确认 {number} 电话里说护工到了")
        assert await story.last_to("周建国") == f"好，事项 {number} 办结了，也告诉了张伟。本人说还没好，就接着办。"
        assert await story.last_to("李明") == f"事项 {number}：周建国代为确认解决了（电话里说护工到了），已办结。"
        assert (await story.last_to("张伟")).startswith(f"你说的事（事项 {number}），周建国代你确认解决了：电话里说护工到了。")
        last = [row for row in await rows(story, CaseMoveRow) if row.case_id == number][-1]
        assert (last.move, last.note) == ("override", "电话里说护工到了")
        await story.say("张伟", "还没")
        assert (await story.last_to("李明")).startswith("本人说还没解决，请再看看：")


async def test_nobody_is_asked_again_where_the_unit_does_not_want_it(settings: Settings) -> None:
    policies = settings.policies.model_copy(update={"ask_again": None})
    async with told(only_jobs(settings).model_copy(update={"policies": policies})) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.say("张伟", "是")
        await story.forget()
        await story.later("P30D")
        assert await story.heard() == []
