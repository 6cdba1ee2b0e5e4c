"""What is said for the secretary alone (只跟书记说), in whatever words, never reaches the leader."""

import pytest

from tests.story import Story

DEBT = "我欠了网贷八万还不上了"


@pytest.mark.parametrize("words", ["只想让书记知道", "只跟周建国说", "只 跟书记说", "别让李明知道", "请对组长保密", "不要告诉别人"])
async def test_the_leader_hears_nothing_of_what_somebody_asks_to_be_kept_from_them(story: Story, words: str) -> None:
    number = await story.case_of(await story.say("张伟", f"{DEBT}，{words}"))
    assert (await story.last_to("周建国")).startswith(f"【困难 {number}】张伟（第一党小组） 06:05（只跟书记说，组长不知道）")
    await story.say("李明", "汇总")
    await story.say("李明", "待核")
    await story.say("李明", f"事项 {number}")
    assert not any("网贷" in text or "没办结" in text or f"事项 {number}：" in text for text in await story.heard_by("李明"))
    assert "李明" not in await story.last_to("张伟")


async def test_a_secret_in_a_room_is_chatter_and_whoever_asks_for_the_leader_gets_them(story: Story) -> None:
    chatter = await story.say("张伟", "生日会的事别告诉李明", "g1")
    assert (await story.record(chatter))["cases"] == []
    assert await story.heard() == []
    await story.say("张伟", "38.2，只跟李明说")
    assert "38.2℃" in await story.last_to("李明")


async def test_what_is_told_in_private_of_a_matter_that_is_not_over_joins_it_in_confidence(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", f"{DEBT}，只跟书记说"))
    again = await story.say("张伟", "那笔网贷还是还不上，催收天天打电话")
    assert (await story.record(again))["cases"] == []
    assert await story.last_to("张伟") == f"记在事项 {number} 里了，告诉了管这件事的人，组长还是不知道。"
    assert "催收" in await story.last_to("周建国")
    other = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))  # of another kind, and no less confidential
    assert (await story.last_to("周建国")).startswith(f"【困难 {other}】张伟（第一党小组） 06:05（只跟书记说，组长不知道）")
    assert await story.heard_by("李明") == []
    await story.say("张伟", f"好了 {number}")
    await story.say("张伟", f"好了 {other}")
    await story.say("张伟", f"{DEBT}，请组织帮帮忙")
    assert "网贷" in await story.last_to("李明"), "what begins anew when all is over says for itself who may know"


async def test_an_illness_goes_on_in_confidence_in_private_and_openly_in_a_room(story: Story) -> None:
    await story.say("张伟", "38.1，只跟书记说")
    await story.at("07:00")
    await story.say("张伟", "38.3，还在烧")
    assert "38.3" in await story.last_to("周建国")
    assert await story.heard_by("李明") == []
    await story.say("张伟", "38.5，咳嗽", "g1")
    assert "38.5" in await story.last_to("李明")


async def test_the_end_of_what_was_told_in_confidence_stands_on_no_list_of_the_leader(story: Story) -> None:
    await story.say("张伟", "我妈发烧39度，只跟书记说")
    await story.at("12:00")
    await story.say("张伟", "我妈退烧了，没事了")
    await story.say("李明", "待核")
    await story.say("李明", "汇总")
    assert not any("我妈" in text or "退烧" in text or "1 条" in text for text in await story.heard_by("李明"))


@pytest.mark.parametrize("words", ["有个事只跟书记说", "下面的话只跟书记说"])
async def test_whoever_says_that_something_is_for_the_secretary_alone_says_it_next(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert await story.last_to("张伟") == ("好，你说吧：先告诉周建国，没人接手才再往上找，组长看不到。这半小时你私下跟我说的都这样办。")
    number = await story.case_of(await story.say("张伟", DEBT))
    assert "只跟书记说，组长不知道" in await story.last_to("周建国")
    unread = await story.case_of(await story.say("张伟", "我把单位的章弄丢了"))
    assert (await story.last_to("周建国")).startswith(f"【困难 {unread}】")
    assert await story.heard_by("李明") == []
    for case in (number, unread):
        await story.say("张伟", f"好了 {case}")
    await story.later("PT31M")
    await story.say("张伟", DEBT)
    assert "网贷" in await story.last_to("李明")


@pytest.mark.parametrize("words", ["刚才那事只跟书记说", "别告诉组长"])
async def test_what_was_told_openly_is_for_the_secretary_alone_from_now_on(story: Story, words: str) -> None:
    number = await story.case_of(await story.say("张伟", DEBT))
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.say("张伟", words)
    assert await story.last_to("张伟") == (
        f"好，事项 {number} 从现在起不给组长看了，由周建国管。\n李明之前已经看到了，这个收不回来，以后的不再告诉他。"
    )
    assert (await story.last_to("周建国")).startswith(f"【困难 {number}】张伟（第一党小组） 06:05（只跟书记说，组长不知道）")
    await story.say("李明", "汇总")
    await story.say("李明", f"办结 {number} 谈过了")
    assert not any("没办结" in text or "网贷" in text or "我去问问" in text for text in await story.heard_by("李明"))


async def test_nothing_told_in_confidence_stands_in_what_the_leader_reads_of_the_day(story: Story) -> None:
    await story.say("张伟", "只跟书记说，金点子：建议换掉李明组长")
    await story.say("张伟", "只跟书记说，我抑郁了，请病假到3月6日")
    for command in ("汇总", "未报", "待核"):
        await story.say("李明", command)
    read = "\n".join(await story.heard_by("李明"))
    assert "请假" in read
    assert not any(word in read for word in ("换掉", "病假", "抑郁", "金点子"))
    await story.say("周建国", "汇总")
    assert "换掉李明组长" in await story.last_to("周建国")


async def test_what_cannot_be_read_in_confidence_reaches_the_secretary_at_once_and_only_them(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "我有焦虑症，最近吃药，心里难受，只跟书记说"))
    assert "组长" not in await story.last_to("张伟")
    assert "周建国" in await story.last_to("张伟")
    assert (await story.last_to("周建国")).startswith(f"【困难 {number}】张伟（第一党小组） 06:05（只跟书记说，组长不知道）")
    await story.say("李明", "待核")
    assert not any("焦虑" in text or "1 条" in text for text in await story.heard_by("李明"))


async def test_a_heavy_heart_that_cannot_be_read_stands_on_no_list_but_is_taken_care_of(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "我有焦虑症，最近吃药，心里难受"))
    alert = await story.last_to("周建国")
    assert alert.startswith(f"【困难 {number}】张伟（第一党小组） 06:05\n")
    assert "心里的事" in alert
    await story.forget()
    await story.say("李明", "待核")
    assert "焦虑" not in await story.last_to("李明")
