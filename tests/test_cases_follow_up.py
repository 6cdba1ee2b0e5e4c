"""A case of which nothing is heard: an acknowledgement lapses, its reporter is asked once more, and a second person may confirm."""

import pytest
from sqlalchemy import delete, update

from bot.settings import Settings
from models.outbox import NoticeKind
from models.promises import TimerKind
from models.tables.cases import CaseMoveRow
from models.tables.queue import TimerRow
from models.tables.unit import MemberRow
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
        assert len(await story.heard_by("张伟")) == 1, "then he is left in peace for twice as long"

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


async def left_to_decide(story: Story, words: str, by: str) -> int:
    """Zhang Wei has not answered for weeks whether it is over, as `by` says it is; the number of his case."""
    number = await raised(story, words)
    await story.say(by, f"办结 {number} 请了护工")
    await story.later("P21D")
    return number


async def test_who_never_answers_is_asked_three_times_ever_further_apart_and_then_the_secretary_decides(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.later("P60D")
        asked = [m.at.day for m in await story.heard() if m.to == "张伟"]
        assert asked == [2, 5, 11], "at once, after three days, after six more; not in April, not ever"
        last = await story.last_to("张伟")
        assert "最后问一次：真的解决了吗？" in last
        assert last.endswith(f"往后不再问；什么时候还没好，发“还没 {number}”，我们接着办。")
        assert len([text for text in await story.heard_by("李明") if "还没回话" in text]) == 2, (
            "what the secretary decides is not told to all"
        )
        *_, before, decide = await story.heard_by("周建国")
        assert decide == (
            f"事项 {number}：问了张伟 3 次都没回话，不再问了，请当面看一下，由你来定。"
            f"确实好了，发“代确认 {number} 原因”；还没好，发“转交 {number} 姓名”接着办。"
        )
        assert before == decide, "told until it is done"

        await story.forget()
        await story.say("周建国", f"代确认 {number} 到他家看过了，护工在")
        assert (await story.last_to("张伟")).startswith(f"你说的事（事项 {number}），周建国代你确认解决了：到他家看过了，护工在。")
        last_move = [row for row in await rows(story, CaseMoveRow) if row.case_id == number][-1]
        assert (last_move.move, last_move.note) == ("override", "到他家看过了，护工在")
        await story.later("P90D")
        assert len(await story.heard_by("张伟")) == 2, "told, and asked once more as everybody is"


async def test_who_is_not_asked_any_more_can_still_say_that_it_is_not_over(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await left_to_decide(story, NO_CARER, by="李明")
        await story.later("P30D")
        await story.say("张伟", f"还没 {number}")
        assert (await story.last_to("周建国")).startswith("本人说还没解决，请再看看：")
        await story.say("李明", f"办结 {number} 这次真请到了")
        await story.forget()
        await story.later("P3D")
        assert "再问一句：真的解决了吗" in await story.last_to("张伟"), "a new answer is asked for from the beginning"


async def test_what_only_the_secretary_knows_can_be_settled_by_the_secretary_once_nobody_answers(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story, f"{NO_CARER}，只跟书记说")
        await story.say("周建国", f"办结 {number} 请了护工")
        await story.later("P9D")
        assert (await story.last_to("周建国")).endswith("问过张伟了，还没回话，请当面问一下。"), "there is nobody else who could confirm it"
        await story.say("周建国", f"代确认 {number} 见过面了")
        assert await story.last_to("周建国") == f"事项 {number} 是你提的办结，要另一个人来代确认。"
        await story.later("P12D")
        assert await names_told(story) == {"张伟", "周建国"}, "nobody new hears what was told in confidence"
        await story.say("周建国", f"代确认 {number} 见过面了")
        assert await story.last_to("周建国") == f"好，事项 {number} 办结了，也告诉了张伟。本人说还没好，就接着办。"


async def test_a_leader_who_said_that_it_is_over_never_decides_it_alone(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await left_to_decide(story, NO_CARER, by="李明")
        await story.say("李明", f"代确认 {number} 见过面了")
        assert await story.last_to("李明") == f"事项 {number} 是你提的办结，要另一个人来代确认。"


async def test_of_a_reporter_who_has_left_it_is_not_said_that_they_were_asked(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.bot.store.write(lambda session: session.execute(update(MemberRow).where(MemberRow.name == "张伟").values(active=False)))
        await story.bot.office.reload()
        await story.forget()
        await story.later("P3D")
        assert await story.last_to("于海") == (
            f"事项 {number}：报告人不在名册上了，没人可问。确实好了，由没提办结的人发“代确认 {number} 原因”。"
        )
        await story.later("P18D")
        assert (await story.last_to("于海")).startswith(f"事项 {number}：报告人不在名册上了，没人可问，由你来定。")


async def test_a_long_wait_for_an_answer_is_no_fault_and_is_made_up_for_where_it_is_lost(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.later("P9DT1H")
        await story.bot.store.write(
            lambda session: session.execute(delete(TimerRow).where(TimerRow.kind == TimerKind.CASE_ASK_AGAIN, TimerRow.done_at.is_(None)))
        )
        await story.forget()
        await story.later("P11DT22H")
        assert [m.text for m in await story.heard() if "自检" not in m.text] == []
        await story.later("PT1H")
        assert "由你来定" in await story.last_to("周建国")
        assert len([m for m in await story.heard() if "自检" in m.text]) == 1, "the one that was lost"


async def test_nobody_is_asked_again_where_the_unit_does_not_want_it(settings: Settings) -> None:
    policies = settings.policies.model_copy(update={"ask_again": None})
    async with told(only_jobs(settings).model_copy(update={"policies": policies})) as story:
        number = await raised(story)
        await story.say("李明", f"办结 {number} 请了护工")
        await story.say("张伟", "是")
        await story.forget()
        await story.later("P30D")
        assert await story.heard() == []
