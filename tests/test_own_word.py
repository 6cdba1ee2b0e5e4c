"""What others say of somebody never wipes out what they said of themselves."""

from models.tables.cases import CaseRow
from tests.stage import rows
from tests.story import Story
from tests.test_records import standing


async def test_a_teammates_general_word_leaves_a_fever_as_it_was_told(story: Story) -> None:
    await story.say("陈一", "37.8 咳嗽")
    await story.forget()
    await story.say("赵云飞", "我和小陈都正常")
    assert await story.last_to("赵云飞") == "记下了：正常\n陈一自己报过了，以本人报的为准。"
    assert (await standing(story))["陈一"] == (37.8, "self")
    assert "陈一" in await standing(story)
    assert await story.heard_by("陈一") == []


async def test_a_line_of_a_chain_leaves_a_fever_as_it_was_told(story: Story) -> None:
    await story.say("常平", "37.9")
    await story.say("谢天", "今日体温接龙\n1. 谢天 36.5\n2. 常平 正常\n3. 马腾 36.4", "g2")
    assert (await standing(story))["常平"] == (37.9, "self")
    await story.say("马腾", "今日体温接龙\n1. 谢天 36.5\n2. 常平 36.4\n3. 马腾 36.4", "g2")
    assert (await standing(story))["常平"] == (37.9, "self")
    await story.say("常平", "今日体温接龙\n1. 谢天 36.5\n2. 常平 36.6\n3. 马腾 36.4", "g2")
    assert (await standing(story))["常平"] == (36.6, "chain")


async def test_a_mere_normal_does_not_take_the_place_of_a_measured_one(story: Story) -> None:
    await story.say("陈一", "36.6")
    await story.say("李明", "陈一正常")
    assert (await standing(story))["陈一"] == (36.6, "self")
    await story.say("赵云飞", "陈一 36.4")
    assert (await standing(story))["陈一"] == (36.4, "proxy")


async def test_a_copy_of_ones_own_word_stays_ones_own_and_can_be_taken_back(each_story: Story) -> None:
    story = each_story
    copied = "今日体温接龙\n1. 张伟 36.5\n2. 赵云飞 36.6\n3. 陈一 36.8"
    await story.say("张伟", "36.5", "g1")
    await story.say("赵云飞", copied, "g1")
    assert (await standing(story))["张伟"] == (36.5, "self")
    assert (await standing(story))["陈一"] == (36.8, "chain")
    await story.say("李明", "张伟36.5")
    assert await story.last_to("李明") == "张伟自己报过了，以本人报的为准。"
    await story.say("张伟", "更正 36.8")
    await story.say("陈一", copied, "g1")
    assert (await standing(story))["张伟"] == (36.8, "self"), "an older copy does not undo the correction"
    await story.say("张伟", "撤销")
    await story.say("张伟", "撤销")
    assert "已撤回" in await story.last_to("张伟")
    assert "张伟" not in await standing(story)
    await story.say("陈一", copied, "g1")
    assert (await standing(story))["张伟"] == (36.5, "chain"), "what was taken back says nothing any more"


async def test_only_who_answers_for_somebody_changes_a_fever_and_they_hear_of_it(story: Story) -> None:
    await story.say("陈一", "37.8 咳嗽")
    await story.forget()
    await story.say("赵云飞", "陈一 36.5")
    assert (await standing(story))["陈一"] == (37.8, "self")
    assert await story.heard_by("陈一") == []
    await story.say("李明", "陈一 36.5")
    assert (await standing(story))["陈一"] == (36.5, "leader")
    assert await story.last_to("陈一") == "李明把你报的改成了：36.5℃，咳嗽。不对就直接回你的体温，以你说的为准。"


async def test_bad_news_of_another_is_heard_and_says_who_told_it(story: Story) -> None:
    await story.say("陈一", "37.8 咳嗽")
    await story.forget()
    await story.say("赵云飞", "陈一 38.6，还在咳")
    assert (await standing(story))["陈一"] == (38.6, "proxy")
    assert "（赵云飞说的）" in await story.last_to("李明")
    [case] = await rows(story, CaseRow)
    assert case.reporter_id == case.member_id


async def test_the_normal_days_that_others_tell_do_not_end_the_watch(story: Story) -> None:
    await story.say("王磊", "38.1 咳嗽")
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        await story.at("08:00", day)
        await story.say("高强", "王磊 36.5 正常")
    await story.forget()
    await story.at("07:30", "2026-03-06")
    assert any("王磊" in text for text in await story.heard_by("王磊"))
    assert not any("连着" in text for text in await story.heard_by("王磊"))
    for day in ("2026-03-06", "2026-03-07", "2026-03-08"):
        await story.at("08:00", day)
        await story.say("王磊", "36.5 正常")
    await story.forget()
    await story.at("07:30", "2026-03-09")
    assert any("三天" in text or "3 天" in text for text in await story.heard_by("王磊"))
