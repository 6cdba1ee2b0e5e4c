"""A budget of messages a day: what the bot says of its own accord is told in few messages, nothing is lost, and nothing urgent waits."""

from datetime import date, datetime, time

import pytest

from bot.settings import Settings
from models.budget import OVER
from models.outbox import NoticeKind, NoticeState
from models.policies import Quiet
from models.tables.queue import NoticeRow
from services.budget import last_word
from tests.own_accord import SHANGHAI, TOGETHER, at_and_text, quiet_settings, tell_all
from tests.stage import changed, notices, only_jobs, rows, starting, told


@pytest.mark.parametrize(
    ("begin", "end", "hour"),
    [("22:30", "06:00", "20:30"), ("21:00", "07:00", "19:00"), ("00:30", "06:30", "22:30")],
)
def test_the_last_word_is_said_two_hours_before_people_sleep(begin: str, end: str, hour: str) -> None:
    quiet = Quiet(begin=time.fromisoformat(begin), end=time.fromisoformat(end))
    assert last_word(quiet, date(2026, 3, 2), SHANGHAI) == datetime.fromisoformat(f"2026-03-02T{hour}:00+08:00")


async def test_of_seven_things_a_day_five_come_at_once_and_the_rest_together_in_the_evening(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        for hour in range(9, 16):
            await story.at(f"{hour:02}:00")
            await tell_all(story, "王磊", f"第{hour}件")
        await story.at("20:29")
        assert await at_and_text(story, "王磊") == [(f"02 {hour:02}:00", f"第{hour}件") for hour in range(9, 14)]
        await story.forget()
        await story.at("20:30")
        assert await at_and_text(story, "王磊") == [("02 20:30", f"有 2 {TOGETHER}\n\n第14件\n\n第15件")]
        await story.at("23:59")
        assert len(await story.heard_by("王磊")) == 1
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT}


async def test_whoever_is_reminded_again_and_again_reads_it_a_last_time_once(settings: Settings) -> None:
    async with told(quiet_settings(settings, 3)) as story:
        for hour in range(9, 16):
            await story.at(f"{hour:02}:00")
            await story.say("李明", "催报")
        assert len(await story.heard_by("王磊")) == 2
        answers = [text for text in await story.heard_by("李明") if text.startswith("已私下提醒")]
        assert len(answers) == 7, "an answer never waits"
        await story.say("高强", "36.5 正常")
        await story.at("20:30")
        assert [text.count("还没报") for text in await story.heard_by("王磊")] == [1, 1, 1], "the same words once"
        assert TOGETHER not in await story.last_to("王磊")
        assert await story.last_to("高强") == "记下了：36.5℃，正常", "who has reported meanwhile is not reminded"


async def test_what_is_urgent_comes_on_top_and_takes_no_place(settings: Settings) -> None:
    async with told(quiet_settings(settings, 2)) as story:
        await tell_all(story, "李明", "一", "二", "三")
        assert await story.heard_by("李明") == ["一"]
        await story.forget()
        await story.say("张伟", "39.5，喘不上气")
        assert "紧急" in await story.last_to("李明")
        await story.later("PT10M")
        number = await story.case_of(await story.say("王磊", "媳妇羊水破了，我在站里值班，家里没人，请组织马上帮忙"))
        await story.say("周建国", f"收到 {number}")
        assert any("周建国" in text and f"{number}" in text for text in await story.heard_by("李明")), "news of an urgent case"
        await story.at("20:29")
        assert not any(text == "二" or TOGETHER in text for text in await story.heard_by("李明"))
        await story.at("20:30")
        assert await story.last_to("李明") == f"有 2 {TOGETHER}\n\n二\n\n三"


async def test_news_of_an_ordinary_case_waits_and_is_said_in_the_order_of_decision(settings: Settings) -> None:
    async with told(quiet_settings(settings, 2)) as story:
        await tell_all(story, "李明", "一")
        await story.forget()
        message = await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")
        number = await story.case_of(message)
        assert "事项" in await story.last_to("李明") or str(number) in await story.last_to("李明"), "the alert itself is told at once"
        await story.forget()
        await story.say("周建国", f"收到 {number}")
        assert await story.heard_by("李明") == []
        await tell_all(story, "李明", "二")
        await story.at("20:30")
        (text,) = await story.heard_by("李明")
        assert text.startswith(f"有 2 {TOGETHER}\n\n")
        assert text.index("周建国") < text.index("二")


async def test_receipts_and_answers_always_come_and_only_receipts_take_places(settings: Settings) -> None:
    async with told(quiet_settings(settings, 4)) as story:
        for _ in range(5):
            await story.say("王磊", "我的")
        await tell_all(story, "王磊", "一")
        assert (await story.heard_by("王磊"))[-1] == "一", "what was asked for takes no place"
        for value in ("36.5", "36.6", "36.7", "36.8"):
            await story.say("王磊", f"{value} 正常")
        assert (await story.last_to("王磊")).startswith("改好了") or "36.8" in await story.last_to("王磊")
        await story.forget()
        await tell_all(story, "王磊", "二")
        assert await story.heard_by("王磊") == [], "four receipts and a word: the day is full"
        await story.at("20:30")
        assert await story.heard_by("王磊") == ["二"], "the last word is said however much the reader has written"


async def test_a_question_never_waits_because_a_bare_yes_answers_it(settings: Settings) -> None:
    async with told(quiet_settings(settings, 1)) as story:
        await tell_all(story, "李明", "一")
        await story.post("/sandbox/messages", {"sender": "新来的", "text": "我是 王磊", "room": None}, 202)
        await story.later("PT0S")
        (text,) = await story.heard_by("李明")
        assert "新来的" in text
        assert "王磊" in text
        await story.at("20:30")
        assert await story.last_to("李明") == "一"


async def test_after_the_last_word_all_else_waits_for_the_morning_and_goes_as_one_then(settings: Settings) -> None:
    async with told(quiet_settings(settings, 3)) as story:
        await tell_all(story, "王磊", "一", "二", "三")
        await story.at("20:30")
        assert await at_and_text(story, "王磊") == [("02 06:05", "一"), ("02 06:05", "二"), ("02 20:30", "三")]
        await story.forget()
        await story.at("21:00")
        await tell_all(story, "王磊", "四", "五")
        await story.say("王磊", "我的")
        assert len(await story.heard_by("王磊")) == 1, "an answer comes"
        await story.forget()
        await story.at("06:00", "2026-03-03")
        assert await at_and_text(story, "王磊") == [("03 06:00", f"有 2 {TOGETHER}\n\n四\n\n五")]
        await tell_all(story, "王磊", "六", "七")
        await story.at("20:30")
        assert [text for _, text in await at_and_text(story, "王磊")][1:] == ["六", "七"], "what waited took one place of three"


async def test_the_day_ends_at_the_units_midnight_and_what_is_decided_at_night_belongs_to_the_next(settings: Settings) -> None:
    settings = changed(starting(quiet_settings(settings, 2), "2026-03-02T23:58"), policies={"quiet": Quiet(enabled=False)})
    async with told(settings) as story:
        await tell_all(story, "王磊", "一", "二")
        assert await story.heard_by("王磊") == [f"有 2 {TOGETHER}\n\n一\n\n二"], "nothing was said at the hour of the last word"
        await tell_all(story, "王磊", "三")
        assert len(await story.heard_by("王磊")) == 1
        await story.at("00:01", "2026-03-03")
        await tell_all(story, "王磊", "四")
        assert (await story.heard_by("王磊"))[1:] == ["四"]
        await story.at("06:00")
        assert (await story.heard_by("王磊"))[1:] == ["四"], "the first place of the new day is taken"
        await story.at("20:30")
        assert (await story.heard_by("王磊"))[1:] == ["四", "三"]


async def test_a_reminder_is_said_before_it_is_of_no_use_and_takes_all_that_waits_along(settings: Settings) -> None:
    settings = changed(only_jobs(settings, nudge_report={}), policies={"budget": 2})
    async with told(settings) as story:
        await story.at("10:00")
        await tell_all(story, "王磊", "一", "二")
        await story.forget()
        await story.at("19:44")
        assert await story.heard_by("王磊") == []
        await story.at("19:45")
        (text,) = await story.heard_by("王磊")
        assert text.startswith(f"有 2 {TOGETHER}\n\n")
        assert "收工了吗" in text
        assert "二" in text
        await story.at("20:30")
        assert len(await story.heard_by("王磊")) == 1


async def test_a_leaders_last_word_waits_for_the_digest_and_a_reminder_that_comes_to_nothing_says_so(settings: Settings) -> None:
    settings = changed(only_jobs(settings, nudge_report={}, digest_group_evening={}), policies={"budget": 2})
    async with told(settings) as story:
        await story.at("10:00")
        await tell_all(story, "李明", "一", "二")
        await story.forget()
        await story.at("20:29")
        assert await story.heard_by("李明") == []
        await story.at("20:30")
        (text,) = await story.heard_by("李明")
        assert "二" in text
        assert "3月2日晚汇总" in text
        assert "收工了吗" not in text
        reasons = {row.reason for row in await notices(story, NoticeKind.NUDGE_REPORT) if row.state == NoticeState.DROPPED}
        assert reasons == {OVER}


async def test_a_reminder_of_a_day_that_is_over_is_not_said(settings: Settings) -> None:
    async with told(quiet_settings(settings, 2)) as story:
        await tell_all(story, "王磊", "一", "二")
        await story.at("20:35")
        await story.say("李明", "催报")
        await story.forget()
        await story.at("06:00", "2026-03-03")
        assert await story.heard_by("王磊") == []
        assert OVER in {row.reason for row in await notices(story, NoticeKind.NUDGE_CHECKIN)}


async def test_a_budget_of_one_is_one_message_a_day(settings: Settings) -> None:
    async with told(quiet_settings(settings, 1)) as story:
        await tell_all(story, "王磊", "一", "二")
        await story.at("20:30")
        await tell_all(story, "王磊", "三")
        await story.at("20:29", "2026-03-03")
        assert [text for _, text in await at_and_text(story, "王磊")] == [f"有 2 {TOGETHER}\n\n一\n\n二"]
        await story.at("20:30")
        assert await story.last_to("王磊") == "三"


async def test_without_a_budget_nothing_waits(settings: Settings) -> None:
    async with told(quiet_settings(settings, None)) as story:
        await tell_all(story, "王磊", *(f"第{number}件" for number in range(20)))
        assert len(await story.heard_by("王磊")) == 20


async def test_what_waits_at_night_for_the_morning_goes_by_the_budget_then(settings: Settings) -> None:
    async with told(starting(quiet_settings(settings, 3), "2026-03-02T23:00")) as story:
        await tell_all(story, "王磊", "一", "二", "三", "四")
        await story.at("06:00", "2026-03-03")
        assert await story.heard_by("王磊") == ["一", "二"]
        await story.at("20:30")
        assert await story.last_to("王磊") == f"有 2 {TOGETHER}\n\n三\n\n四"


async def test_what_waits_is_not_shown_as_undelivered_and_no_audit_finds_it_late(settings: Settings) -> None:
    async with told(quiet_settings(settings, 2)) as story:
        await tell_all(story, "王磊", "一", "二")
        await story.at("12:00")
        await story.say("李明", "未达")
        assert await story.last_to("李明") == "最近 7 天没有送不到的消息。"
        assert not await story.heard_by("于海"), "the duty officer hears of no late notice"
