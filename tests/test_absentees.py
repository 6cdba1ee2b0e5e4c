"""Whose number is missing from a group report is asked, and one word completes it; nobody is alarmed by it."""

import pytest

from models.tables.cases import CaseRow
from models.tables.records import GroupReportRow, LeaveRow
from tests.stage import rows
from tests.story import Story
from tests.test_records import standing

FIVE = "二班5人全部正常"
OTHERS = sorted(["刘洋", "常平", "谢天", "王小磊", "欧阳朔"])
NOTED = "第二党小组记下了，5 人按你报的记为正常。还没消息：马腾"


@pytest.mark.parametrize(
    "words", ["马腾不在", "小马不在", "马腾不在宿舍", "马腾今天没来", "小马没在家", "马腾", "是马腾哦", "没来的是小马"]
)
async def test_one_word_on_who_is_not_there_completes_the_group_report(story: Story, words: str) -> None:
    await story.say("刘洋", FIVE)
    assert "哪位不在，回一句就好" in await story.last_to("刘洋")
    await story.say("刘洋", words)
    assert await story.last_to("刘洋") == NOTED
    assert sorted(await standing(story)) == OTHERS
    assert await rows(story, CaseRow) == []
    assert await story.heard_by("周建国") == []
    [_, report] = await rows(story, GroupReportRow)
    assert (report.expected, report.present, report.exceptions) == (6, 5, ["马腾"])


@pytest.mark.parametrize(
    ("words", "reason", "last"), [("马腾休假", "休假", None), ("马腾请假3天", "请假", "2026-03-04"), ("小马在外面培训", "培训", None)]
)
async def test_who_is_away_by_the_answer_is_on_leave_and_the_report_complete(
    story: Story, words: str, reason: str, last: str | None
) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", words)
    assert (await story.last_to("刘洋")).endswith("第二党小组记下了，5 人按你报的记为正常，全组都齐了。")
    assert sorted(await standing(story)) == OTHERS
    [leave] = await rows(story, LeaveRow)
    assert leave.reason == reason
    assert last is None or str(leave.last) == last


async def test_one_name_too_few_is_asked_about_again(story: Story) -> None:
    await story.say("刘洋", "二班4人全部正常")
    await story.say("刘洋", "马腾不在")
    assert "对不上" in await story.last_to("刘洋")
    assert await standing(story) == {}
    await story.say("刘洋", "谢天也没来")
    assert await story.last_to("刘洋") == "第二党小组记下了，4 人按你报的记为正常。还没消息：谢天、马腾"


async def test_several_are_named_at_once(story: Story) -> None:
    await story.say("刘洋", "二班4人全部正常")
    await story.say("刘洋", "马腾和谢天不在")
    assert await story.last_to("刘洋") == "第二党小组记下了，4 人按你报的记为正常。还没消息：谢天、马腾"


@pytest.mark.parametrize("words", ["马腾在的", "马腾到了", "马腾正常", "张伟不在", "马腾今天表现不错", "收到，我问问马腾", "马腾不在吗？"])
async def test_what_does_not_say_who_is_absent_leaves_the_report_as_it_is(story: Story, words: str) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", words)
    assert not set(await standing(story)) - {"马腾"}
    assert len(await rows(story, GroupReportRow)) == 1


@pytest.mark.parametrize("words", ["马腾没请假", "马腾没有休假", "马腾没出差", "马腾在位"])
async def test_whoever_is_said_not_to_be_away_is_not_put_on_leave(story: Story, words: str) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", words)
    assert await rows(story, LeaveRow) == []
    assert len(await rows(story, GroupReportRow)) == 1


async def test_each_is_away_for_the_own_reason(story: Story) -> None:
    await story.say("吴静", "三班应到6实到4，冯雪休假、韩冰学习，体温均正常")
    await story.say("刘洋", "二班4人全部正常")
    await story.say("刘洋", "马腾休假，谢天出差")
    assert [leave.reason for leave in await rows(story, LeaveRow)] == ["休假", "学习", "休假", "出差"]


async def test_without_the_question_nobody_is_recorded_and_nobody_is_alarmed(story: Story) -> None:
    for words in ("马腾不在", "小马不在宿舍", "马腾没在家"):
        await story.say("刘洋", words)
    assert await standing(story) == {}
    assert await rows(story, CaseRow) == []
    await story.say("刘洋", "马腾不在宿舍，手机关机，找不到")
    assert [case.urgency for case in await rows(story, CaseRow)] == ["urgent"]


async def test_the_question_ends_with_the_day_and_with_a_report_that_fits(story: Story) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", "二班应到6实到6，全部正常")
    await story.say("刘洋", "马腾")
    assert len(await standing(story)) == 6
    await story.at("07:00", "2026-03-03")
    await story.say("刘洋", FIVE)
    await story.at("07:00", "2026-03-04")
    await story.say("刘洋", "马腾不在")
    assert "记下了" not in await story.last_to("刘洋")


async def test_whom_a_corrected_report_names_as_absent_is_not_counted_as_well_any_more(each_story: Story) -> None:
    story = each_story
    await story.say("刘洋", "二班6人全部正常", room="g2")
    await story.say("刘洋", "更正：二班应到6人实到5人，马腾不在，其余正常")
    assert await story.last_to("刘洋") == NOTED
    assert sorted(await standing(story)) == OTHERS
    await story.at("08:26")
    assert "今天的健康还没报" in await story.last_to("马腾")
    await story.say("刘洋", "撤销")
    assert len(await standing(story)) == 6, "what the first report said stands again"


async def test_the_wrong_report_taken_back_in_the_chat_leaves_what_the_corrected_one_said(story: Story) -> None:
    wrong = await story.say("刘洋", "二班6人全部正常", room="g2")
    await story.say("刘洋", "更正：二班应到6人实到5人，马腾不在，其余正常", room="g2")
    await story.recall(wrong)
    assert sorted(await standing(story)) == OTHERS


async def test_a_corrected_report_that_does_not_fit_keeps_who_is_not_named_and_asks(story: Story) -> None:
    await story.say("刘洋", "二班6人全部正常")
    await story.say("刘洋", "更正：二班应到6人实到4人，马腾不在")
    assert "差 1 人没说是谁" in await story.last_to("刘洋")
    assert sorted(await standing(story)) == OTHERS
    await story.say("刘洋", "谢天")
    assert await story.last_to("刘洋") == "第二党小组记下了，4 人按你报的记为正常。还没消息：谢天、马腾"


@pytest.mark.parametrize("words", ["谢天也不在", "谢天没来", "天儿不在宿舍"])
async def test_one_more_who_is_not_there_is_taken_out_of_the_report_without_being_asked(story: Story, words: str) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", "马腾不在")
    await story.say("刘洋", words)
    assert await story.last_to("刘洋") == "第二党小组记下了，4 人按你报的记为正常。还没消息：谢天、马腾"
    report = (await rows(story, GroupReportRow))[-1]
    assert (report.expected, report.present, report.exceptions) == (6, 4, ["马腾", "谢天"])
    assert await rows(story, CaseRow) == []


async def test_what_somebody_said_of_themselves_is_not_taken_out_by_the_leaders_word(story: Story) -> None:
    await story.say("谢天", "36.5")
    await story.say("刘洋", "二班6人全部正常")
    await story.say("刘洋", "谢天不在")
    await story.say("刘洋", "更正：二班应到6人实到5人，谢天不在，其余正常")
    assert (await standing(story))["谢天"] == (36.5, "self")
    await story.say("谢天", "撤销")
    await story.say("谢天", "36.6")
    await story.say("刘洋", "撤销")
    assert (await standing(story))["谢天"] == (36.6, "self")


async def test_yes_and_no_do_not_answer_it(story: Story) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", "是")
    assert await story.last_to("刘洋") == "现在没有等你回答的问题。"


async def test_the_answer_taken_back_leaves_the_report_that_was_asked_about(story: Story) -> None:
    await story.say("刘洋", FIVE)
    await story.say("刘洋", "马腾不在")
    await story.say("刘洋", "撤销")
    assert await standing(story) == {}
    assert [row.ended_at is None for row in await rows(story, GroupReportRow)] == [True, False]


async def test_a_leader_names_the_exception_and_the_others_are_recorded(story: Story) -> None:
    await story.say("刘洋", "除了马腾请假，其他人都正常")
    assert sorted(await standing(story)) == OTHERS
    assert [leave.reason for leave in await rows(story, LeaveRow)] == ["请假"]
    await story.say("吴静", "其他人都正常，就冯雪没来")
    assert await story.last_to("吴静") == "第三党小组记下了，5 人按你报的记为正常。还没消息：冯雪"
    await story.say("李明", "一班正常")
    assert await story.last_to("李明") == "第一党小组记下了，6 人按你报的记为正常，全组都齐了。"


async def test_two_numbers_that_are_all_ask_for_the_name_that_is_missing(story: Story) -> None:
    await story.say("刘洋", "5人正常，1人请假")
    assert await rows(story, LeaveRow) == []
    assert "差 1 人没说是谁" in await story.last_to("刘洋")
    await story.say("刘洋", "马腾")
    assert await story.last_to("刘洋") == NOTED


async def test_numbers_that_fit_but_for_a_name_do_not_say_that_they_differ(story: Story) -> None:
    await story.say("吴静", "三组应到6人，实到5人，一人请假，其余正常")
    said = await story.last_to("吴静")
    assert said.startswith("第三党小组差 1 人没说是谁，先不替大家记：回一句名字就行。还没消息的是：")
    await story.say("吴静", "冯雪请假")
    assert (await story.last_to("吴静")).endswith("第三党小组记下了，5 人按你报的记为正常，全组都齐了。")


async def test_who_is_on_an_errand_by_the_leaders_word_is_away(story: Story) -> None:
    await story.say("吴静", "三班应到六人，实到五人，冯雪公差")
    assert (await story.last_to("吴静")).endswith("第三党小组记下了，5 人按你报的记为正常，全组都齐了。")
    await story.forget()
    await story.at("09:30")
    assert not any("冯雪" in m.text and m.to != "冯雪" and "联系" in m.text for m in await story.heard())
