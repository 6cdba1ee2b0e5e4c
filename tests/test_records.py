"""What was said becomes records: one check-in a person and day, by whom, with its history; chains, group reports, reports, ideas."""

from typing import Any

from sqlalchemy import select

from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupReportRow, IdeaRow, ReportRow
from models.tables.unit import MemberRow
from tests.story import Story

CHAIN = "今日体温接龙\n1. 李明 36.5\n2. 张伟 36.6\n3. 王磊 36.4"
Checkin = tuple[str, float | None, str, bool]


async def checkins(story: Story, name: str | None = None) -> list[Checkin]:
    """Every check-in ever written, or those of one member: whose, °C, by whom it was reported, whether it stands."""
    query = select(MemberRow.name, CheckinRow).join(MemberRow, MemberRow.id == CheckinRow.member_id).order_by(CheckinRow.id)
    rows = await story.bot.store.read(lambda session: session.execute(query).all())
    return [(who, row.temperature, row.source, row.ended_at is None) for who, row in rows if name in (None, who)]


async def standing(story: Story) -> dict[str, tuple[float | None, str]]:
    """The check-ins that count: °C and by whom, by name."""
    return {name: (temperature, source) for name, temperature, source, stands in await checkins(story) if stands}


async def all_of(story: Story, table: type[Any]) -> list[Any]:
    """Every row of a table, in order."""
    return await story.bot.store.read(lambda session: list(session.scalars(select(table).order_by(table.id))))


async def test_a_later_message_replaces_an_earlier_one_and_the_history_stays(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", "36.9 正常")
    await story.say("张伟", "更正：36.8")
    assert await story.last_to("张伟") == "改好了：36.8℃，正常（原来的留作历史）"
    assert await checkins(story) == [
        ("张伟", 36.5, "self", False),
        ("张伟", 36.9, "self", False),
        ("张伟", 36.8, "self", True),
    ]
    rows = await all_of(story, CheckinRow)
    assert [row.replaces_id for row in rows] == [None, rows[0].id, rows[1].id]
    assert all(row.ended_at is not None for row in rows[:2])


async def test_a_check_in_says_by_whom_it_was_reported(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", "王磊 36.7 正常")
    await story.say("李明", "高强 36.6 正常")
    await story.say("赵云飞", "今日体温接龙\n1. 赵云飞 36.4\n2. 陈一 36.3", "g1")
    assert await standing(story) == {
        "张伟": (36.5, "self"),
        "王磊": (36.7, "proxy"),
        "高强": (36.6, "leader"),
        "赵云飞": (36.4, "chain"),
        "陈一": (36.3, "chain"),
    }
    names = {row.id: row.name for row in await all_of(story, MemberRow)}
    reporters = {names[row.member_id]: names[row.reported_by] for row in await all_of(story, CheckinRow)}
    assert reporters == {"张伟": "张伟", "王磊": "张伟", "高强": "李明", "赵云飞": "赵云飞", "陈一": "赵云飞"}


async def test_yesterday_is_another_day_than_today(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    message = await story.say("张伟", "昨天 36.4 正常")
    assert (await story.record(message))["records"] == ["健康打卡：张伟 3月1日 36.4℃，正常（本人）"]
    assert [stands for *_, stands in await checkins(story)] == [True, True]
    assert await story.last_to("张伟") == "记下了：3月1日 36.4℃，正常"


async def test_one_minute_past_midnight_is_the_new_day_in_the_units_zone(story: Story) -> None:
    for sent_at, day in (("2026-03-02T15:59:00+00:00", "3月2日"), ("2026-03-02T16:01:00Z", "3月3日")):
        message = await story.say("张伟", "36.5 正常", sent_at=sent_at)
        assert (await story.record(message))["records"] == [f"健康打卡：张伟 {day} 36.5℃，正常（本人）"]


async def test_the_same_message_id_again_changes_nothing(story: Story) -> None:
    await story.say("张伟", "36.5 正常", id="m-1")
    await story.say("张伟", "38.5，咳嗽", id="m-1")
    assert await checkins(story) == [("张伟", 36.5, "self", True)]
    assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]


async def test_a_repost_of_a_chain_changes_only_the_lines_that_changed(story: Story) -> None:
    await story.say("李明", CHAIN, "g1")
    assert await story.last_to("李明") == "接龙记下了 3 人，都正常。"
    await story.say("高强", CHAIN.replace("36.4", "36.9") + "\n4. 高强 36.3", "g1")
    assert [row[:3] for row in await checkins(story)] == [
        ("李明", 36.5, "chain"),
        ("张伟", 36.6, "chain"),
        ("王磊", 36.4, "chain"),
        ("王磊", 36.9, "chain"),
        ("高强", 36.3, "chain"),
    ]
    assert [stands for *_, stands in await checkins(story, "王磊")] == [False, True]
    await story.forget()
    await story.say("陈一", CHAIN.replace("36.4", "36.9") + "\n4. 高强 36.3", "g1")
    assert await story.heard_by("陈一") == ["这份接龙和上次一样，没有新的内容。"]
    assert len(await checkins(story)) == 5


async def test_a_repost_does_not_overwrite_what_somebody_said_later_of_themselves(story: Story) -> None:
    await story.say("李明", CHAIN, "g1")
    await story.say("张伟", "37.8，咳嗽")
    await story.say("高强", CHAIN + "\n4. 高强 36.3", "g1")
    assert (await standing(story))["张伟"] == (37.8, "self")
    await story.say("陈一", CHAIN.replace("36.6", "36.8") + "\n4. 高强 36.3", "g1")  # changed, but he is ill by his own word
    assert (await standing(story))["张伟"] == (37.8, "self")
    await story.say("李明", CHAIN.replace("36.6", "36.8") + "\n4. 高强 36.3", "g1")  # who answers for him may know better
    assert (await standing(story))["张伟"] == (36.8, "chain")


async def test_the_same_chain_on_the_next_day_is_a_new_days_return(story: Story) -> None:
    await story.say("李明", CHAIN, "g1")
    await story.at("07:00", "2026-03-03")
    await story.say("李明", CHAIN, "g1")
    assert [stands for *_, stands in await checkins(story)] == [True] * 6


async def test_a_group_report_covers_its_open_members_as_reported_by_the_leader(story: Story) -> None:
    await story.say("张伟", "37.8，咳嗽")
    await story.forget()
    message = await story.say("李明", "一班应到6实到6，全部正常", "g1")
    assert await story.last_to("李明") == "第一党小组记下了，5 人按你报的记为正常，全组都齐了。"
    assert "全组报告：第一党小组" in (await story.record(message))["records"]
    found = await standing(story)
    assert found.pop("张伟") == (37.8, "self")  # a general "all normal" never replaces what a person said
    assert found.pop("李明") == (None, "self")
    assert found == dict.fromkeys(("王磊", "高强", "赵云飞", "陈一"), (None, "leader"))
    await story.say("王磊", "38.2，咳嗽")  # and one's own word replaces it
    assert (await standing(story))["王磊"] == (38.2, "self")


async def test_a_count_that_does_not_fit_is_answered_with_the_names_that_are_open_and_covers_nobody(story: Story) -> None:
    await story.say("常平", "36.5 正常")
    before = await checkins(story)
    for text in ("二班应到7实到7，全部正常", "二班应到6实到5，其余正常"):
        await story.forget()
        await story.say("刘洋", text, "g2")
        answer = await story.last_to("刘洋")
        assert "先不替大家记" in answer
        assert "还没消息的是：刘洋、谢天、马腾、王小磊、欧阳朔。" in answer
        assert ("名册 6 人" if "7" in text else "差 1 人没说是谁") in answer
        assert await checkins(story) == before
    assert await story.heard_in("g2") == []


async def test_the_exceptions_of_a_group_report_stay_open_and_the_others_are_covered(story: Story) -> None:
    await story.say("刘洋", "二班应到6实到5，马腾未到，其余正常")
    assert sorted(await standing(story)) == sorted(["刘洋", "常平", "谢天", "王小磊", "欧阳朔"])
    assert await story.last_to("刘洋") == "第二党小组记下了，5 人按你报的记为正常。还没消息：马腾"
    await story.say("刘洋", "二班应到6实到5，马腾休假，其余正常")  # and why
    await story.say("刘洋", "未报")
    assert await story.last_to("刘洋") == "第二党小组：已报 5/5，齐了，不在的：马腾（休假至3月2日）"


async def test_a_later_group_report_takes_the_place_of_the_earlier_one(story: Story) -> None:
    await story.say("刘洋", "二班应到7实到7，全部正常")
    await story.say("刘洋", "二班应到6实到6，全部正常")
    assert [(row.expected, row.ended_at is None) for row in await all_of(story, GroupReportRow)] == [(7, False), (6, True)]
    assert len(await standing(story)) == 6
    await story.say("刘洋", "撤销")
    assert await standing(story) == {}
    assert [(row.expected, row.ended_at is None) for row in await all_of(story, GroupReportRow)] == [(7, True), (6, False)]


async def test_a_secretary_who_reports_for_no_group_is_asked_which(story: Story) -> None:
    await story.say("周建国", "应到6实到6，全部正常")
    assert await story.last_to("周建国") == "没看出是哪个组，请写上组名再发一次，比如“二班应到6实到6，全部正常”。"
    assert await checkins(story) == []


async def test_a_daily_report_is_kept_by_its_sections(story: Story) -> None:
    await story.say("张伟", "今日工作：器材保养。明日计划：体能训练。想法：希望多练实战。")
    assert await story.last_to("张伟") == "日报收到（工作、打算、想法），辛苦了。"
    [row] = await all_of(story, ReportRow)
    assert (row.work, row.plan, row.thought) == ("器材保养", "体能训练", "希望多练实战")
    await story.at("20:11")
    assert "日报 1/6，没写：李明、王磊、高强、赵云飞、陈一" in await story.last_to("李明")


async def test_an_idea_is_written_into_the_digest_of_the_day(story: Story) -> None:
    await story.say("张伟", "金点子：在食堂门口装个洗手池")
    assert await story.last_to("张伟") == "金点子记下了，会写进今天的汇总。"
    [row] = await all_of(story, IdeaRow)
    assert "在食堂门口装个洗手池" in row.text
    await story.at("09:06")
    digest = await story.last_to("李明")
    assert "金点子 1 条：\n· 张伟：" in digest
    assert "在食堂门口装个洗手池" in digest


async def test_a_message_taken_back_in_words_takes_its_records_back(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", "金点子：在食堂门口装个洗手池")
    await story.say("张伟", "刚才那条作废")
    assert await story.last_to("张伟") == "06:05 那条已撤回，记录也一起撤了。"
    assert await standing(story) == {"张伟": (36.5, "self")}
    assert [row.ended_at is None for row in await all_of(story, IdeaRow)] == [False]


async def test_nobody_outside_the_roster_gets_a_row(story: Story) -> None:
    await story.say("李明", "今日体温接龙\n1. 李明 36.5\n2. 路人甲 36.6\n3. 王磊 36.4", "g1")
    assert await standing(story) == {"李明": (36.5, "chain"), "王磊": (36.4, "chain")}
    assert len(await all_of(story, MemberRow)) == 28


async def test_in_a_room_the_bot_is_quiet_unless_called_and_its_receipts_are_private(story: Story) -> None:
    for who, text in (("张伟", "36.5 正常"), ("李明", CHAIN), ("王磊", "金点子：在食堂门口装个洗手池"), ("陈一", "3月9日到3月11日休假")):
        await story.forget()
        await story.say(who, text, "g1")
        heard = await story.heard()
        assert [(m.room, m.to) for m in heard] == [(None, who)], text
    await story.forget()
    await story.say("高强", "@小微 36.5 正常", "g1")
    assert [(m.room or m.to, m.text) for m in await story.heard()] == [("高强", "记下了：36.5℃，正常"), ("g1", "高强 记下了 ✓")]
    await story.forget()
    await story.say("高强", "@小微 早安，大家辛苦了", "g1")
    assert [(m.room or m.to) for m in await story.heard()] == ["g1"]


async def test_chatter_leaves_no_row_in_a_room(story: Story) -> None:
    for text in ("早安，大家辛苦了", "哈哈哈", "中午吃啥", "[图片]"):
        await story.say("张伟", text, "g1")
    assert await all_of(story, MessageRow) == []
    assert await story.heard() == []


async def test_to_explain_a_message_keeps_nothing_of_it_and_says_nothing(story: Story) -> None:
    said = {"sender": "高强", "text": "笑得我肚子疼，36.5分", "room": "g1"}
    (joke, score) = (await story.post("/demo/explain", said, 200))["left_out"]
    assert (joke["piece"], joke["why"]) == ("肚子疼", "形容程度")
    assert score["piece"] == "36.5"
    assert await all_of(story, MessageRow) == []
    assert await story.heard() == []
    assert "room" in (await story.post("/demo/explain", said | {"room": "nowhere"}, 400))["error"]


async def test_a_value_says_why_it_was_read_so(story: Story) -> None:
    values = (await story.record(await story.say("张伟", "昨天365")))["values"]
    assert {(v["label"], v["value"], v["why"], v["sure"]) for v in values} == {
        ("体温", "36.5℃", "少了小数点，按体温猜的", "拿不准"),
        ("健康", "正常", "体温正常，没说症状", "拿不准"),
        ("哪天", "3月1日", "说到的日子", "很确定"),
    }
