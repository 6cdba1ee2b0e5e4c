"""A leader puts right what was reported for the group; several groups in one breath; how many are away and how many are not."""

import pytest

from models.tables.records import GroupReportRow
from tests.stage import rows
from tests.story import Story
from tests.test_leave import leaves, missing
from tests.test_records import standing

TWO_AWAY = "1班2人请假：张伟、王磊，其余4人正常"
FOUR, FIVE = sorted(["李明", "高强", "赵云飞", "陈一"]), sorted(["李明", "王磊", "高强", "赵云飞", "陈一"])


async def test_so_many_away_and_so_many_well_are_the_whole_group(story: Story) -> None:
    await story.say("李明", TWO_AWAY)
    assert await story.last_to("李明") == (
        "记下了：张伟3月2日请假，当天不用打卡。不止一天就说到哪天。\n记下了：王磊3月2日请假，当天不用打卡。不止一天就说到哪天。\n"
        "第一党小组记下了，4 人按你报的记为正常，全组都齐了。"
    )
    assert sorted(await standing(story)) == FOUR
    [report] = await rows(story, GroupReportRow)
    assert (report.expected, report.present, report.exceptions) == (6, 4, ["张伟", "王磊"])


@pytest.mark.parametrize("words", ["更正：只有张伟请假，王磊在位正常", "更正：应到6实到5，张伟请假", "刚才报错了，请假的是张伟，不是王磊"])
async def test_whom_a_corrected_report_has_as_there_is_on_leave_no_more_and_counts(each_story: Story, words: str) -> None:
    story = each_story
    await story.say("李明", TWO_AWAY)
    await story.say("李明", words)
    said = await story.last_to("李明")
    assert "王磊没请假，假已撤掉。" in said
    assert "全组都齐了" in said
    assert sorted(await standing(story)) == FIVE
    assert "已报 5/5，齐了，不在的：张伟（请假至3月2日）" in await missing(story)
    await story.at("08:26")
    assert await story.heard_by("王磊") == [], "who is reported as well is not reminded"


@pytest.mark.parametrize("words", ["王磊在位", "王磊到了，正常", "磊子在的", "更正，王磊在岗"])
async def test_one_word_that_somebody_is_there_after_all_puts_the_report_right(story: Story, words: str) -> None:
    await story.say("李明", TWO_AWAY)
    await story.say("李明", words)
    assert "王磊没请假，假已撤掉。" in await story.last_to("李明")
    assert sorted(await standing(story)) == FIVE
    report = (await rows(story, GroupReportRow))[-1]
    assert (report.expected, report.present, report.exceptions) == (6, 5, ["张伟"])


@pytest.mark.parametrize("words", ["王磊在位吗？", "王磊今天表现不错", "王磊几点到", "高强在位", "王磊请假到3月5日"])
async def test_what_does_not_say_so_leaves_the_leave_alone(story: Story, words: str) -> None:
    await story.say("李明", TWO_AWAY)
    await story.say("李明", words)
    assert "假已撤掉" not in await story.last_to("李明")
    assert len([1 for *_, stands in await leaves(story) if stands]) == 2


async def test_a_leave_that_somebody_took_himself_is_not_ended_by_a_corrected_report(story: Story) -> None:
    await story.say("王磊", "今天起休假到3月6日")
    await story.say("李明", "一班6人，高强请假，其余正常")
    await story.say("李明", "更正：只有张伟请假，高强在位")
    assert ("2026-03-02", "2026-03-06", True) in await leaves(story)


@pytest.mark.parametrize("words", ["一班、二班全部正常", "一班和二班都正常", "一、二班全部正常"])
async def test_a_secretary_reports_for_several_groups_in_one_breath(story: Story, words: str) -> None:
    await story.say("周建国", words)
    said = await story.last_to("周建国")
    assert "第一党小组记下了，6 人按你报的记为正常，全组都齐了。" in said
    assert "第二党小组记下了，6 人按你报的记为正常，全组都齐了。" in said
    assert len(await standing(story)) == 12


async def test_a_leader_reports_for_the_own_group_alone_and_is_told_so(story: Story) -> None:
    await story.say("李明", "一班、二班全部正常")
    assert await story.last_to("李明") == (
        "第一党小组记下了，6 人按你报的记为正常，全组都齐了。\n第二党小组的情况请他们的组长报，这部分我没有记。"
    )
    assert len(await standing(story)) == 6


async def test_who_is_away_in_one_of_several_groups_is_away_there(story: Story) -> None:
    await story.say("周建国", "一班、二班除马腾请假外全部正常")
    assert len(await standing(story)) == 11
    first, second = await rows(story, GroupReportRow)
    assert (first.exceptions, second.exceptions) == ([], ["马腾"])


async def test_whoever_is_counted_as_ill_and_not_named_makes_nobody_ill_and_nobody_well(story: Story) -> None:
    await story.say("李明", "一班应到6实到6，咳嗽1人，其余正常")
    assert await standing(story) == {}
    assert await story.heard_by("周建国") == []
