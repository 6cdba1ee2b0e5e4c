"""Abnormal health opens a case to leader and secretary; more facts, worse and better go to the same case."""

import pytest

from tests.story import Story

CHAIN = "今日体温接龙\n1. 李明 36.5\n2. 张伟 37.9 咳嗽\n3. 王磊 36.4"


async def told(story: Story) -> set[str | None]:
    """Who heard anything in private since the last `forget`."""
    return {m.to for m in await story.heard() if m.room is None}


@pytest.mark.parametrize(("text", "said"), [("37.3", "37.3℃，发热"), ("36.5，咳嗽", "36.5℃，咳嗽"), ("37.8，咳嗽", "37.8℃，咳嗽、发热")])
async def test_37_3_and_more_or_a_symptom_opens_a_case_to_leader_and_secretary(story: Story, text: str, said: str) -> None:
    message = await story.say("张伟", text, "g1")
    number = await story.case_of(message)
    alert = f"【健康 {number}】张伟（第一党小组） 06:05\n{said}\n原话：{text}\n回“收到 {number}”我来处理，或“转交 {number} 姓名”"
    assert await story.heard_by("李明") == [alert]
    assert await story.heard_by("周建国") == [alert]
    assert await told(story) == {"李明", "周建国", "张伟"}
    assert [m for m in await story.heard() if m.room is not None] == []
    assert (await story.last_to("张伟")).split("\n") == [
        f"记下了：{said}",
        f"身体要紧，先休息。已告诉李明、周建国（事项 {number}），有人接手会跟你说。",
    ]


async def test_who_tells_of_somebody_ill_at_home_is_not_told_to_rest(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "我36.5，孩子发烧38.5"))
    assert (await story.last_to("张伟")).endswith(f"先顾好家里人。已告诉李明、周建国（事项 {number}），有人接手会跟你说。")


@pytest.mark.parametrize("text", ["37.2 正常", "36.5 正常"])
async def test_below_37_3_and_well_opens_nothing(story: Story, text: str) -> None:
    assert (await story.record(await story.say("张伟", text)))["cases"] == []
    assert await told(story) == {"张伟"}


async def test_39_degrees_are_urgent_and_climb_after_ten_minutes(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "39.2，咳嗽"))
    assert await told(story) == {"李明", "周建国", "孙丽", "张伟"}
    assert (await story.last_to("孙丽")).startswith(f"【紧急健康 {number}】张伟")
    await story.later("PT10M")
    assert f"【紧急健康 {number}】" in await story.last_to("于海")


async def test_the_leader_who_is_ill_is_looked_after_by_the_secretary(story: Story) -> None:
    number = await story.case_of(await story.say("李明", "37.8，咳嗽"))
    assert await told(story) == {"李明", "周建国"}
    assert f"已告诉周建国（事项 {number}）" in await story.last_to("李明")
    await story.say("李明", f"收到 {number}")
    assert (await story.last_to("李明")).startswith(f"事项 {number} 是你自己说的事，由别人来办。")


async def test_more_facts_go_to_the_open_case_and_to_whoever_has_it(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "38.0，咳嗽"))
    await story.say("李明", f"收到 {number}")
    await story.forget()
    message = await story.say("张伟", "38.4，咳嗽，头痛")
    assert (await story.record(message))["cases"] == []
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：38.4℃，咳嗽、发热、头痛\n原话：38.4，咳嗽，头痛"]
    assert await told(story) == {"李明", "张伟"}
    await story.forget()
    await story.say("张伟", "38.4，咳嗽，头痛")  # the same once more is no news
    assert await story.heard_by("李明") == []


async def test_an_ordinary_fever_that_becomes_urgent_begins_anew_as_urgent(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "38.0，咳嗽"))
    await story.say("李明", f"收到 {number}")
    await story.later("PT2H")
    await story.forget()
    await story.say("张伟", "39.5，咳嗽")
    assert await told(story) == {"李明", "周建国", "孙丽", "张伟"}
    assert (await story.last_to("周建国")).startswith(f"【紧急健康 {number}】张伟")
    await story.later("PT10M")
    assert (await story.last_to("于海")).startswith("已经10 分钟没人接手：")


@pytest.mark.parametrize("words", ["39.5，咳嗽", "喘不上气"])
async def test_whose_illness_becomes_urgent_hears_that_they_were_heard(story: Story, words: str) -> None:
    number = await story.case_of(await story.say("张伟", "38.0，咳嗽"))
    await story.later("PT2H")
    await story.say("张伟", words)
    assert (await story.last_to("张伟")).endswith(f"\n身体要紧，先休息。已告诉李明、周建国、孙丽（事项 {number}），有人接手会跟你说。")


async def test_well_again_is_told_to_whoever_has_it_and_the_one_who_was_ill_says_whether_it_is_over(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "38.0，咳嗽"))
    await story.say("李明", f"收到 {number}")
    await story.at("07:00", "2026-03-03")
    await story.forget()
    await story.say("张伟", "36.6 正常")
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：36.6℃，正常"]
    question = f"好些了就好。事项 {number} 可以结束了吗？回“是 {number}”就结束，不回我们就接着管。"
    assert await story.heard_by("张伟") == [f"记下了：36.6℃，正常\n{question}"]
    await story.at("07:00", "2026-03-04")
    await story.forget()
    await story.say("张伟", "36.5 正常")  # asked once, not every morning
    assert await told(story) == {"张伟"}
    assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]
    await story.say("张伟", "是")
    assert await story.last_to("李明") == f"事项 {number}（张伟）：本人说解决了，已办结。"


async def test_after_a_case_is_closed_a_new_fever_is_a_new_case(story: Story) -> None:
    first = await story.case_of(await story.say("张伟", "38.0，咳嗽"))
    await story.say("张伟", f"好了 {first}")
    second = await story.case_of(await story.say("张伟", "38.3，咳嗽"))
    assert second > first


async def test_a_familys_fever_is_a_case_of_its_own_and_the_member_owes_the_own_check_in_still(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "孩子发烧38.5"))
    alert = await story.last_to("李明")
    assert alert.startswith(f"【健康 {number}】张伟（第一党小组） 06:05\n张伟的孩子 38.5℃，发热")
    await story.forget()
    own = await story.case_of(await story.say("张伟", "37.8，咳嗽"))
    assert own != number
    await story.say("张伟", "孩子 36.6 正常")
    assert f"事项 {number} 可以结束了吗" in await story.last_to("张伟")
    assert f"事项 {number} 有新情况：张伟的孩子 36.6℃，正常" in await story.heard_by("李明")
    await story.say("李明", "汇总")
    assert "张伟 37.8℃" in await story.last_to("李明")


async def test_a_chain_posted_again_raises_nothing_twice(story: Story) -> None:
    number = await story.case_of(await story.say("李明", CHAIN, "g1"))
    assert (await story.last_to("周建国")).startswith(f"【健康 {number}】张伟")
    await story.forget()
    for poster, more in (("李明", ""), ("高强", "\n4. 高强 36.3"), ("陈一", "\n4. 高强 36.3\n5. 陈一 36.6")):
        message = await story.say(poster, CHAIN + more, "g1")
        assert (await story.record(message))["cases"] == []
    assert not {"周建国", "张伟"} & await told(story)
    assert [m for m in await story.heard() if m.room is not None] == []
    await story.later("PT4H")
    assert len([text for text in await story.heard_by("于海") if "没人接手" in text]) == 1


async def test_a_leader_who_reports_somebodys_fever_hears_the_alert_and_the_ill_one_is_told_who_comes(story: Story) -> None:
    number = await story.case_of(await story.say("李明", "王磊 38.1 咳嗽"))
    assert await told(story) == {"李明", "周建国"}
    await story.say("周建国", f"收到 {number}")
    assert await story.last_to("王磊") == f"周建国已经看到你说的事（事项 {number}），会跟你联系。"


async def test_an_injury_that_cannot_wait_is_one_urgent_case(story: Story) -> None:
    await story.say("张伟", "摔断了腿，动不了，快来人")
    assert [text.split("】")[0] for text in await story.heard_by("周建国")] == ["【紧急健康 1"]
