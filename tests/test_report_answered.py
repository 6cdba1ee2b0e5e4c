"""The evening's reminder asks for one sentence, and one sentence of work is a report, though it would say nothing by itself."""

import pytest

from models.tables.records import ReportRow
from models.tables.reviews import ReviewRow
from tests.stage import rows
from tests.story import Story

ANSWERS = ["训练两趟", "今天训练", "值班，没出警", "备勤", "写了一份材料", "整理库房", "带新人练水带", "备勤一天", "巡查了两个单位"]


async def reports(story: Story) -> list[str | None]:
    """The work of each report that stands."""
    return [row.work for row in await rows(story, ReportRow) if row.ended_at is None]


@pytest.mark.parametrize("words", ANSWERS)
async def test_one_sentence_answers_the_evenings_reminder(story: Story, words: str) -> None:
    await story.at("17:51")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == "日报收到（工作），辛苦了。"
    assert await reports(story) == [words]
    await story.at("20:10")
    assert "没写：李明、王磊、高强、赵云飞、陈一\n" in await story.last_to("李明") + "\n"
    await story.say("张伟", "撤销")
    assert await reports(story) == []


@pytest.mark.parametrize(
    "words",
    [
        "好的",
        "还没收工",
        "等会写",
        "一会再写",
        "明天写",
        "写了",
        "都写完了",
        "没啥可写的",
        "哈哈",
        "怎么写",
        "谢谢",
        "在吃饭",
        "没空",
        "早上好",
    ],
)
async def test_what_tells_of_no_work_is_no_report(story: Story, words: str) -> None:
    await story.at("17:51")
    await story.say("张伟", words)
    assert await reports(story) == []


async def test_a_need_in_answer_to_the_reminder_is_a_need(story: Story) -> None:
    await story.at("17:51")
    await story.say("张伟", "训练两趟，我妈住院没人陪护")
    assert "事项 1" in await story.last_to("张伟")


async def test_who_says_that_work_is_over_is_asked_what_it_was_and_no_leader_has_to_look(story: Story) -> None:
    await story.at("17:51")
    await story.say("张伟", "收工了")
    assert await story.last_to("张伟") == "辛苦了。今天做了什么，回一句就行，比如“训练两趟”。"
    assert await rows(story, ReviewRow) == []
    await story.say("张伟", "训练两趟")
    assert await reports(story) == ["训练两趟"]


async def test_before_the_reminder_after_a_report_and_in_a_room_it_is_what_it_always_was(story: Story) -> None:
    await story.say("张伟", "训练两趟")
    await story.at("17:51")
    await story.say("王磊", "训练两趟", "g1")
    assert await reports(story) == []
    await story.say("张伟", "今天工作：出警两次")
    await story.say("张伟", "整理库房")
    assert await reports(story) == ["出警两次"]
    await story.at("00:30", "2026-03-03")
    await story.say("高强", "训练两趟")
    assert await reports(story) == ["出警两次"]


async def test_a_sentence_of_work_before_a_proposal_answers_the_reminder_too(story: Story) -> None:
    await story.at("17:51")
    await story.say("张伟", "今天值班，没出警。建议食堂早饭提前10分钟")
    assert await story.last_to("张伟") == "日报收到（工作），辛苦了。\n金点子记下了，会写进今天的汇总。"
    assert await reports(story) == ["今天值班，没出警"]
    await story.at("20:10")
    digest = await story.last_to("李明")
    assert "· 张伟：建议食堂早饭提前10分钟" in digest, "and not the mark before it"
    assert "没写：李明、王磊、高强、赵云飞、陈一\n" in digest


async def test_a_proposal_alone_is_no_report(story: Story) -> None:
    await story.at("17:51")
    await story.say("张伟", "建议食堂早饭提前10分钟")
    assert await reports(story) == []
    await story.say("张伟", "收工了。建议食堂晚饭推后10分钟")
    assert await reports(story) == []
    await story.at("20:10")
    assert "· 张伟：建议食堂晚饭推后10分钟" in await story.last_to("李明")
