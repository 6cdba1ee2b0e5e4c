"""At night nobody is woken for what can wait, and nobody waits who cannot."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from models.policies import Quiet
from models.tables.cases import CaseRow
from tests.stage import only_jobs, rows, starting, told
from tests.story import Story

SHANGHAI = ZoneInfo("Asia/Shanghai")
NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
MISSING = "救命，我妈走丢了没人去找，请组织马上帮忙"
HEAVY = "压力太大了，快撑不住了，想找组织谈谈"


@pytest.mark.parametrize(
    ("begin", "end", "moment", "over"),
    [
        ("22:30", "06:00", "2026-03-02T22:29", "2026-03-02T22:29"),
        ("22:30", "06:00", "2026-03-02T22:30", "2026-03-03T06:00"),
        ("22:30", "06:00", "2026-03-03T00:00", "2026-03-03T06:00"),
        ("22:30", "06:00", "2026-03-03T05:59", "2026-03-03T06:00"),
        ("22:30", "06:00", "2026-03-03T06:00", "2026-03-03T06:00"),
        ("01:00", "05:00", "2026-03-03T00:59", "2026-03-03T00:59"),
        ("01:00", "05:00", "2026-03-03T01:00", "2026-03-03T05:00"),
    ],
)
def test_quiet_hours_end_in_the_morning(begin: str, end: str, moment: str, over: str) -> None:
    quiet = Quiet(begin=time.fromisoformat(begin), end=time.fromisoformat(end))
    said = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    expected = datetime.fromisoformat(over).replace(tzinfo=SHANGHAI)
    assert quiet.over(said, SHANGHAI) == expected
    assert quiet.over(said.astimezone(UTC), SHANGHAI) == expected, "whatever zone a moment is given in"


def at_night(settings: Settings) -> Settings:
    """Eleven in the evening, and no job that says anything."""
    return starting(only_jobs(settings), "2026-03-02T23:00")


@pytest.mark.parametrize(
    "meanwhile", [("张伟", "解决了 {n}"), ("张伟", "还没 {n}"), ("周建国", "转交 {n} 孙丽")], ids=["yes", "no", "handed on"]
)
async def test_whether_it_is_over_is_not_asked_in_the_morning_where_it_was_said_at_night(
    settings: Settings, meanwhile: tuple[str, str]
) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.say("李明", f"收到 {number}")
        await story.at("23:00")
        await story.say("李明", f"办结 {number} 请了护工")
        who, words = meanwhile
        await story.say(who, words.format(n=number))
        await story.forget()
        await story.at("07:00", "2026-03-03")
        assert [text for text in await story.heard_by("张伟") if "真的解决了吗" in text] == []


async def test_who_takes_a_hasty_yes_back_at_night_is_not_said_to_be_done_in_the_morning(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.say("李明", f"收到 {number}")
        await story.at("23:30")
        await story.say("张伟", f"解决了 {number}")
        await story.forget()
        await story.later("PT1M")
        await story.say("张伟", "点错了")
        assert await story.last_to("张伟") == (
            f"知道了，事项 {number} 接着办。夜里先不吵醒大家，06:00 再告诉他们。等不到早上就回“直报”，马上找人。"
        )
        await story.at("07:00", "2026-03-03")
        for who in ("周建国", "李明"):
            (text,) = await story.heard_by(who)
            assert text.startswith("本人说还没解决，请再看看："), "and nothing behind it that says the opposite"


async def test_who_takes_back_at_night_what_nobody_has_read_yet_is_spoken_of_to_nobody(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        await story.say("张伟", NO_CARER)
        await story.say("张伟", "撤销")
        await story.say("张伟", "是")
        await story.later("P1D")
        assert {m.to for m in await story.heard()} == {"张伟"}


async def test_who_was_told_before_the_night_reads_in_the_morning_that_it_is_over(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.at("23:30")
        await story.say("张伟", f"解决了 {number}")
        await story.forget()
        await story.at("07:00", "2026-03-03")
        for who in ("周建国", "李明", "孙丽", "于海"):
            assert await story.heard_by(who) == [f"事项 {number}（张伟）：本人说解决了，已办结。"]


async def test_whether_it_is_over_is_asked_in_the_morning_where_nothing_was_said(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.at("23:00")
        await story.say("李明", f"办结 {number} 请了护工")
        await story.forget()
        await story.at("07:00", "2026-03-03")
        assert "真的解决了吗" in await story.last_to("张伟")


async def times(story: Story, who: str) -> list[str]:
    """When somebody heard something in private."""
    return [f"{m.at:%d %H:%M}" for m in await story.heard() if m.to == who]


async def test_what_can_wait_is_told_in_the_morning_and_climbs_from_then_on(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        assert await story.last_to("张伟") == (
            f"记下了（事项 {number}）。夜里先不吵醒大家，06:00 告诉 周建国、李明。等不到早上就回“直报”，马上找人。"
        )
        await story.later("PT6H59M")
        assert {m.to for m in await story.heard()} == {"张伟"}
        await story.later("PT1M")
        assert await times(story, "周建国") == await times(story, "李明") == ["03 06:00"]
        await story.later("PT3H59M")
        assert await times(story, "于海") == [], "four hours count from when somebody heard of it"
        await story.later("PT1M")
        assert (await story.last_to("于海")).startswith("已经4 小时没人接手：")


@pytest.mark.parametrize("words", [MISSING, HEAVY, "39.6，喘不上气"], ids=["urgent", "heavy heart", "ill and in danger"])
async def test_what_cannot_wait_is_told_at_once(settings: Settings, words: str) -> None:
    async with told(at_night(settings)) as story:
        await story.say("张伟", words)
        assert await times(story, "周建国") != []
        assert await times(story, "李明") != []


async def test_who_is_a_little_ill_at_night_reads_when_the_leader_hears(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", "37.5，有点咳"))
        assert (await story.last_to("张伟")).endswith(
            f"身体要紧，先休息。夜里先不吵醒大家，06:00 告诉李明、周建国（事项 {number}）。等不到早上就回“直报”，马上找人。"
        )
        assert await times(story, "李明") == []


async def test_who_cannot_wait_after_all_says_so_and_everybody_hears_at_once_and_once(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.later("PT1H")
        await story.say("张伟", "直报")
        assert (await story.last_to("张伟")).startswith(f"好，事项 {number} 按急事办，已马上告诉 周建国、李明、孙丽。")
        assert (await story.last_to("周建国")).startswith(f"【紧急困难 {number}】")
        (case,) = await rows(story, CaseRow)
        assert (case.urgency, case.text.splitlines()[0]) == ("urgent", NO_CARER)
        await story.later("PT10M")
        assert (await story.last_to("于海")).startswith("已经10 分钟没人接手：")
        await story.say("周建国", f"收到 {number}")
        await story.forget()
        await story.at("06:30", "2026-03-03")
        assert [m for m in await story.heard() if m.text.startswith("【困难")] == [], "what waited for the morning is not said again"


async def test_who_was_given_a_case_at_night_hears_at_once_when_it_becomes_urgent(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.say("周建国", f"转交 {number} 刘洋")
        assert await times(story, "刘洋") == [], "who was given it need not wake up for it"
        await story.later("PT30M")
        await story.say("张伟", "直报")
        assert await times(story, "刘洋") == ["02 23:30"], "though no ladder of urgent cases names him"
        await story.at("06:30", "2026-03-03")
        assert len(await times(story, "刘洋")) == 1


async def test_what_is_told_in_the_morning_is_not_late(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.say("于海", f"事项 {number}")
        assert "06:00 书记周建国：夜里不吵醒，到时再说" in await story.last_to("于海")
        await story.at("06:30", "2026-03-03")
        await story.say("于海", f"事项 {number}")
        assert "06:00 书记周建国：已送达" in await story.last_to("于海")


async def test_of_several_one_says_which_and_who_raised_nothing_reads_whom_to_call(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        first = await story.case_of(await story.say("张伟", NO_CARER))
        await story.say("张伟", "家里房子漏水没人管，请组织帮忙")
        await story.say("张伟", f"直报 {first}")
        assert f"事项 {first} 按急事办" in await story.last_to("张伟")
        await story.say("王磊", f"直报 {first}")
        assert (await story.last_to("王磊")).startswith("你现在没有在办的事。")


async def test_whoever_is_on_duty_is_awake_and_a_unit_may_do_without_quiet_hours(settings: Settings) -> None:
    async with told(at_night(settings)) as story:
        await story.bot.door.out_of_order("sandbox", "unreachable")
        await story.later("PT0S")
        assert await times(story, "于海") == ["02 23:00"]
    awake = at_night(settings).model_copy(update={"policies": settings.policies.model_copy(update={"quiet": Quiet(enabled=False)})})
    async with told(awake.model_copy(update={"database": awake.database.model_copy(update={"url": f"{awake.database.url}2"})})) as story:
        await story.say("张伟", NO_CARER)
        assert await times(story, "周建国") == ["02 23:00"]


@pytest.mark.parametrize("words", [HEAVY, MISSING], ids=["heavy heart", "urgent"])
async def test_nobody_is_woken_to_be_asked_whether_it_is_over(settings: Settings, words: str) -> None:
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", words))
        await story.say("周建国", f"收到 {number}")
        await story.at("01:40", "2026-03-03")
        await story.say("周建国", f"收到 {number}")
        await story.forget()
        await story.at("03:40")
        await story.say("周建国", f"办结 {number} 聊了两个小时，人睡了")
        assert await story.last_to("周建国") == "好，夜里先不吵醒张伟，06:00 再问是不是真的解决了。"
        await story.at("06:30")
        assert await times(story, "张伟") == ["03 06:00"]
        assert "真的解决了吗" in await story.last_to("张伟")


@pytest.mark.parametrize("words", [HEAVY, MISSING], ids=["heavy heart", "urgent"])
async def test_who_was_woken_may_lie_down_again_as_soon_as_somebody_has_it_or_it_is_over(settings: Settings, words: str) -> None:
    async with told(at_night(settings)) as story:
        number = await story.case_of(await story.say("张伟", words))
        await story.forget()
        await story.say("周建国", f"收到 {number}")
        assert await times(story, "张伟") == await times(story, "李明") == ["02 23:00"]
        await story.say("张伟", f"解决了 {number}")
        assert await times(story, "李明") == ["02 23:00", "02 23:00"]
