"""A case that nobody acknowledges climbs: urgent after ten minutes and again, ordinary after four hours."""

from datetime import datetime, timedelta
from itertools import pairwise

from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
MISSING = "救命，我妈走丢了没人去找，请组织马上帮忙"


async def told(story: Story) -> set[str | None]:
    """Who heard anything in private since the last `forget`."""
    return {m.to for m in await story.heard() if m.room is None}


async def alarms(story: Story, who: str = "于海") -> list[datetime]:
    """When somebody heard of a waiting case."""
    return [m.at for m in await story.heard() if m.to == who and m.text.startswith("已经")]


async def test_ten_minutes_after_an_urgent_hardship_the_duty_officer_hears_and_again_every_ten_minutes(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", MISSING))
    await story.later("PT9M59S")
    assert await story.heard_by("于海") == []
    await story.later("PT1S")
    text = await story.last_to("于海")
    assert text.startswith(f"已经10 分钟没人接手：\n【紧急困难 {number}】张伟（第一党小组） 06:05\n{MISSING}")
    await story.later("PT10M")
    assert (await story.last_to("于海")).startswith("已经20 分钟没人接手：")
    await story.later("PT10M")
    assert [f"{at:%H:%M}" for at in await alarms(story)] == ["06:15", "06:25", "06:35"]


async def test_an_urgent_case_that_nobody_takes_all_night_is_told_again_every_ten_minutes_for_six_hours_then_daily(story: Story) -> None:
    await story.say("张伟", MISSING)
    await story.later("PT6H")
    assert len(await alarms(story)) == 36
    await story.later("PT23H")
    assert len(await alarms(story)) == 36
    await story.later("PT49H")
    last = (await alarms(story))[35:]
    assert [later - earlier for earlier, later in pairwise(last)] == [timedelta(days=1)] * 3


async def test_acknowledged_just_before_the_step_nobody_more_hears(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", MISSING))
    await story.later("PT9M59S")
    await story.say("孙丽", f"收到 {number}")
    await story.later("PT1H")
    assert await story.heard_by("于海") == []


async def test_acknowledged_just_after_the_step_it_ends_and_the_duty_officer_hears_who_has_it(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", MISSING))
    await story.later("PT10M1S")
    assert len(await alarms(story)) == 1
    await story.forget()
    await story.say("孙丽", f"收到 {number}")
    await story.later("PT1H")
    assert await story.heard_by("于海") == [f"事项 {number}：孙丽接手了。"]


async def test_the_duty_officer_takes_a_case_that_climbed(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", MISSING))
    await story.later("PT10M")
    await story.say("于海", f"收到 {number}")
    assert await story.last_to("张伟") == f"于海已经看到你说的事（事项 {number}），会跟你联系。"
    assert await story.last_to("周建国") == f"事项 {number}：于海接手了。"


async def test_an_ordinary_hardship_reaches_deputy_and_duty_officer_after_four_hours_and_again_once_a_day(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", NO_CARER))
    await story.forget()
    await story.later("PT3H59M59S")
    assert not {"孙丽", "于海"} & await told(story)
    await story.later("PT1S")
    for name in ("孙丽", "于海"):
        assert (await story.last_to(name)).startswith(f"已经4 小时没人接手：\n【困难 {number}】张伟")
    await story.later("P2D")
    times = await alarms(story)
    assert len(times) == 3
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(days=1)] * 2
    assert len(await alarms(story, "孙丽")) == 3
    await story.say("孙丽", f"收到 {number}")
    await story.later("P2D")
    assert len(await alarms(story)) == 3, "until somebody has it"


async def test_two_waiting_cases_climb_each_at_its_own_time(story: Story) -> None:
    first = await story.case_of(await story.say("张伟", MISSING))
    await story.later("PT4M")
    second = await story.case_of(await story.say("沈冬", MISSING))
    await story.later("PT9M")
    await story.say("周建国", f"收到 {first}")
    await story.later("PT20M")
    heard = [
        (f"{m.at:%H:%M}", m.text.split("】")[0].split("【")[1]) for m in await story.heard() if m.to == "于海" and "没人接手" in m.text
    ]
    assert heard == [("06:15", f"紧急困难 {first}"), ("06:19", f"紧急困难 {second}"), ("06:29", f"紧急困难 {second}")]


async def test_a_climb_is_never_seen_in_a_room(story: Story) -> None:
    await story.say("张伟", MISSING, "g1")
    await story.later("PT2H")
    assert [m.text for m in await story.heard() if m.room is not None] == []
