"""Somebody who answers for others is away: for those days somebody else has digests, reminders, alerts and commands."""

import asyncio
from pathlib import Path

import pytest

from bot.channels.sandbox.adapter import NAME
from bot.settings import Settings
from models.message import Message
from models.outbox import NoticeKind
from models.tables.records import CheckinRow
from models.tables.unit import DelegationRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import WallClock, by_the_wall_clock, changed, notices, rows, tick, told
from tests.story import Story

NEED = "我妈住院没人陪护，请组织帮帮忙"


async def alerted(story: Story) -> set[str]:
    """Who hears of a case, now."""
    return {m.to or "" for m in await story.heard() if m.text.startswith(("【", "已经")) and "张伟" in m.text}


async def test_for_the_days_that_are_named_alerts_and_digests_go_to_who_stands_in(story: Story) -> None:
    await story.say("李明", "3月3日至4日由王磊代")
    assert await story.last_to("李明") == "好，3月3日至3月4日由王磊代第一党小组组长：汇总、提醒和告警都发给王磊。提前回来就发“不用代了”。"
    assert await story.last_to("王磊") == (
        "李明请你代第一党小组组长（3月3日至3月4日）。这段时间的汇总、提醒和告警会发给你，接手就回“收到 编号”。"
    )
    assert await story.last_to("周建国") == "第一党小组组长李明3月3日至3月4日不在，由王磊代。"
    await story.forget()
    await story.say("张伟", NEED)
    assert await alerted(story) == {"周建国", "李明"}, "it has not begun"
    await story.at("09:06", "2026-03-03")
    await story.forget()
    number = await story.case_of(await story.say("张伟", NEED.replace("妈", "爸")))
    assert await alerted(story) == {"周建国", "王磊"}
    await story.say("王磊", f"收到 {number}")
    assert "王磊" in await story.last_to("张伟")
    await story.at("20:11")
    assert any("第一党小组" in text and "汇总" in text for text in await story.heard_by("王磊"))
    assert not any("汇总" in text for text in await story.heard_by("李明"))
    await story.at("09:06", "2026-03-05")
    await story.forget()
    await story.say("张伟", NEED.replace("妈", "岳母"))
    assert await alerted(story) == {"周建国", "李明"}, "it is over by itself"


async def test_who_stands_in_has_the_commands_too_and_only_meanwhile(story: Story) -> None:
    await story.say("王磊", "未报")
    assert "组长或书记" in await story.last_to("王磊")
    await story.say("李明", "由王磊代")
    assert await story.last_to("李明") == "好，从3月2日起由王磊代第一党小组组长：汇总、提醒和告警都发给王磊。提前回来就发“不用代了”。"
    await story.say("王磊", "未报")
    assert "张伟" in await story.last_to("王磊")
    await story.say("王磊", "汇总")
    assert "第一党小组" in await story.last_to("王磊")
    await story.say("李明", "代理")
    assert await story.last_to("李明") == "从3月2日起由王磊代你。"
    await story.say("王磊", "代理")
    assert await story.last_to("王磊") == "从3月2日起你代李明。"
    await story.say("李明", "不用代了")
    assert await story.last_to("李明") == "好，王磊不用代了，以后照旧发给你。"
    assert await story.last_to("王磊") == "李明的事不用你代了，辛苦。"
    await story.say("王磊", "未报")
    assert "组长或书记" in await story.last_to("王磊")


async def test_who_is_away_can_still_act_on_what_they_know_of(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", NEED))
    await story.say("李明", "由王磊代到3月8日")
    await story.say("李明", f"收到 {number}")
    assert "李明" in await story.last_to("张伟")


async def test_where_the_one_who_stands_in_is_in_need_the_leader_hears_although_away(story: Story) -> None:
    await story.say("李明", "由王磊代")
    await story.forget()
    await story.say("王磊", NEED)
    assert {m.to for m in await story.heard() if "【" in m.text} == {"周建国", "李明"}


async def test_a_leave_and_who_stands_in_can_be_said_in_one_breath_and_both_end_with_it(story: Story) -> None:
    await story.say("李明", "3月3日到10日出差，由王磊代")
    text = await story.last_to("李明")
    assert "出差" in text.splitlines()[0]
    assert "由王磊代第一党小组组长" in text.splitlines()[1]
    await story.at("10:00", "2026-03-04")
    await story.say("李明", "销假")
    assert "王磊不用代了" in await story.last_to("李明")


async def test_a_secretary_appoints_for_a_leader_who_cannot(story: Story) -> None:
    await story.say("周建国", "李明这周由王磊代")
    assert "由王磊代第一党小组组长" in await story.last_to("周建国")
    await story.forget()
    await story.say("张伟", NEED)
    assert await alerted(story) == {"周建国", "王磊"}


@pytest.mark.parametrize("words", ["周建国由李明代到12月31日", "周建国由宋佳代到12月31日", "孙丽由宋佳代到12月31日", "刘洋明天由李明代"])
async def test_who_stands_in_appoints_nobody_for_a_role_that_is_held_for_a_day(story: Story, words: str) -> None:
    await story.say("周建国", "今天由李明代")
    await story.forget()
    await story.say("李明", words)
    name = words[:3] if not words.startswith(("孙丽", "刘洋")) else words[:2]
    assert await story.last_to("李明") == f"谁来代{name}，要{name}自己说，或者由本来就管这一摊的人说。我没有改。"
    assert {m.to for m in await story.heard()} == {"李明"}
    await story.at("07:00", "2026-03-03")
    await story.forget()
    await story.say("张伟", NEED)
    assert await alerted(story) == {"周建国", "李明"}, "李明 as the leader; the secretary is himself again"
    await story.say("宋佳", "未报")
    assert "组长或书记" in await story.last_to("宋佳")


async def test_who_stands_in_can_still_have_somebody_else_do_the_own_work(story: Story) -> None:
    await story.say("周建国", "今天由李明代")
    await story.say("李明", "明天由王磊代")
    assert "由王磊代第一党小组组长" in await story.last_to("李明")


async def test_who_is_replaced_by_anothers_word_hears_by_whose_and_can_end_it(story: Story) -> None:
    await story.say("孙丽", "周建国由宋佳代到3月8日")
    assert await story.last_to("周建国") == "孙丽请宋佳代你的江北站党支部书记（3月2日至3月8日）。不对就回“不用代了”。"
    assert (await story.last_to("宋佳")).startswith("孙丽请你代周建国的江北站党支部书记（3月2日至3月8日）。这段时间")
    await story.say("周建国", "不用代了")
    assert await story.last_to("宋佳") == "周建国的事不用你代了，辛苦。"


async def test_what_is_for_the_secretary_alone_is_not_for_a_leader_who_stands_in_for_the_secretary(story: Story) -> None:
    await story.say("周建国", "由李明代")
    await story.forget()
    await story.say("张伟", f"只跟书记说，{NEED}")
    assert await alerted(story) == {"周建国"}, "the secretary hears it although away"
    await story.forget()
    await story.say("常平", f"只跟书记说，{NEED}")
    assert {m.to for m in await story.heard() if "【" in m.text} == {"周建国", "李明"}, "who leads another group may hear it"
    await story.at("20:26")
    digests = [text for text in await story.heard_by("李明") if "江北站党支部" in text]
    assert digests
    assert all("事项 1（" not in text for text in digests), "nor read of it in the branch's digest"


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        ("李明", "由李明代", "自己不能代自己"),
        ("李明", "由没这人代", "没有"),
        ("李明", "昨天由王磊代", "已经过去了"),
        ("李明", "改天由王磊代", "没看懂是哪几天"),
        ("李明", "不用代了", "现在没有人代你"),
        ("张伟", "由王磊代", "组长或书记"),
    ],
)
async def test_what_cannot_be_is_answered_with_what_to_do(story: Story, who: str, words: str, answer: str) -> None:
    await story.say(who, words)
    assert answer in await story.last_to(who)


async def test_taking_the_message_back_takes_the_appointment_back(story: Story) -> None:
    await story.say("李明", "36.5 正常")
    await story.say("李明", "由王磊代")
    await story.say("李明", "撤销")
    assert await story.last_to("王磊") == "李明的事不用你代了，辛苦。"
    await story.say("李明", "我的")
    assert "36.5" in await story.last_to("李明"), "what was said before stands"


async def test_it_holds_over_a_restart_and_begins_while_nobody_says_anything(settings: Settings) -> None:
    async with told(changed(settings)) as story:
        await story.say("李明", "明天由王磊代")
        await story.restart()
        await story.at("09:06", "2026-03-03")
        assert any("第一党小组" in text for text in await story.heard_by("王磊"))


async def test_in_a_room_nobody_hears_who_stands_in(story: Story) -> None:
    await story.say("李明", "@小微 明天由王磊代", room="g1")
    assert await story.heard_in("g1") == ["李明 已私信你"]
    await story.say("李明", "明天由王磊代", room="g1")
    assert await story.heard_in("g1") == ["李明 已私信你"], "not said to the bot it is talk"


async def test_a_second_process_over_the_same_database_knows_it_with_its_next_tick(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    clock = WallClock("2026-03-02T06:30")
    bots = [by_the_wall_clock(settings, clock) for _ in range(2)]
    await asyncio.gather(*(bot.start() for bot in bots))
    try:
        for number, (bot, who, words) in enumerate(((bots[0], "李明", "由王磊代"), (bots[1], "张伟", NEED))):
            said = Message(channel=NAME, id=f"m{number}", room=None, account=who, sent_at=clock.now(), text=words, addressed=True)
            await bot.door.receive(said)
            await tick(bots[1])
        told_of_it = {row.member_id for row in await notices(bots[1], NoticeKind.ALERT)}
        people = bots[1].office.directory.people
        assert {people[member or 0].name for member in told_of_it} == {"周建国", "王磊"}
    finally:
        for bot in bots:
            await bot.stop()


async def test_two_who_stand_in_on_different_days_do_not_undo_each_other(story: Story) -> None:
    await story.say("李明", "我8号到10号出差，由张伟代")
    await story.say("李明", "明天我请假，由王磊代")
    await story.say("李明", "代理")
    said = await story.last_to("李明")
    assert "张伟" in said
    assert "王磊" in said
    await story.say("张伟", "代理")
    assert "李明" in await story.last_to("张伟")


async def test_one_that_shares_a_day_takes_the_place_of_the_earlier(story: Story) -> None:
    await story.say("李明", "我8号到10号出差，由张伟代")
    await story.say("李明", "9号由王磊代")
    await story.say("李明", "代理")
    assert "张伟" not in await story.last_to("李明")


async def test_who_stands_in_is_named_in_other_words_too(story: Story) -> None:
    await story.say("李明", "我休假三天，王磊代我")
    assert "3月2日至3月4日" in await story.last_to("李明")
    await story.say("李明", "代理")
    assert "王磊" in await story.last_to("李明")
    await story.say("吴静", "由郑凯代到周五")
    assert "3月6日" in await story.last_to("吴静")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("36.4，我去总队学习，4号到6号由张伟代", "3月4日至3月6日"),
        ("4号到6号出差，期间由张伟代一下", "3月4日至3月6日"),
        ("请假三天，组里的事由张伟代", "3月2日至3月4日"),
        ("我4号到6号休假，这几天组长由张伟代", "3月4日至3月6日"),
        ("36.4，明天休假，小张代我", "3月3日"),
        ("36.4，4号到6号由张伟代", "3月4日至3月6日"),
    ],
)
async def test_who_stands_in_is_heard_beside_whatever_else_is_said(story: Story, words: str, days: str) -> None:
    await story.say("李明", words)
    receipt = await story.last_to("李明")
    assert receipt.startswith("记下了：")
    assert f"好，{days}由张伟代第一党小组组长" in receipt
    assert f"李明请你代第一党小组组长（{days}）" in await story.last_to("张伟")
    assert ("36.4" in words) == (len(await rows(story, CheckinRow)) == 1)
    await story.say("李明", "撤销")
    await story.say("李明", "代理")
    assert "现在没有人代你" in await story.last_to("李明")


async def test_a_secretary_says_it_beside_the_leave_of_a_leader(story: Story) -> None:
    await story.say("周建国", "吴静出差三天，组长由郑凯代")
    assert "3月2日至3月4日由郑凯代第三党小组组长" in await story.last_to("周建国")
    assert "周建国请郑凯代你的第三党小组组长" in await story.last_to("吴静")


@pytest.mark.parametrize(
    "words", ["明天请假，别让张伟替我", "今天训练，下午的课由张伟代讲，明天休息", "今天出警两趟，晚上由张伟代班，想法：大家辛苦"]
)
async def test_what_only_tells_of_somebody_elses_help_appoints_nobody(story: Story, words: str) -> None:
    await story.say("李明", words)
    assert await rows(story, DelegationRow) == []


@pytest.mark.parametrize("words", ["请假三天，由王磊代班", "请假三天，由王磊代"])
async def test_the_leave_of_a_member_counts_whoever_does_the_duty_meanwhile(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert await story.last_to("张伟") == "记下了：3月2日至3月4日请假，这几天不用打卡。"
    assert await rows(story, DelegationRow) == []
    await story.say("张伟", "由王磊代")
    assert "要组长或书记才能用" in await story.last_to("张伟")
