"""A claim is confirmed by who may judge it, and nothing but that claim; whose name it is hears of it, and claims are braked."""

import pytest
from sqlalchemy import select

from models.tables.unit import AccountRow
from tests.story import Story, numbers_in

STRANGER = "wx-0077"
VOID = "谢谢，这一条不用再回了：那个账号后来改了说法，或者该由别人来认。"


async def number_for(story: Story, judge: str) -> int:
    """The number in the question about a claim that a judge was asked last."""
    asked = [text for text in await story.heard_by(judge) if "说自己是" in text]
    return numbers_in(asked[-1].split("回“是")[1])[0]


async def owner_of(story: Story, address: str) -> int | None:
    """Whose an account is, once it is confirmed."""
    confirmed = select(AccountRow.member_id).where(AccountRow.address == address, AccountRow.confirmed_at.is_not(None))
    return await story.bot.store.read(lambda session: session.scalar(confirmed))


@pytest.mark.parametrize("words", ["是", "是 {number}"])
async def test_a_yes_to_an_earlier_claim_makes_nobody_somebody_else(story: Story, words: str) -> None:
    await story.say(STRANGER, "我是 张伟")
    earlier = await number_for(story, "李明")
    await story.say(STRANGER, "我是 周建国")
    later = await number_for(story, "于海")
    assert earlier != later, "two claims are two numbers"
    await story.say("李明", words.format(number=earlier))
    assert await owner_of(story, STRANGER) is None
    assert await story.last_to("李明") == VOID
    await story.say("李明", f"是 {later}")  # which was asked of somebody else
    assert await owner_of(story, STRANGER) is None
    await story.say("于海", "不是")
    assert await story.last_to(STRANGER) == "对方说这个账号不是周建国。如果弄错了，请当面找组长说一声。"


async def test_of_two_claims_that_one_judge_was_asked_about_only_the_present_one_can_be_confirmed(story: Story) -> None:
    await story.say(STRANGER, "我是 张伟")
    earlier = await number_for(story, "李明")
    await story.say(STRANGER, "我是 王磊")
    later = await number_for(story, "李明")
    await story.say("李明", "是")
    assert f"\n· {earlier}：是不是张伟\n· {later}：是不是王磊\n" in await story.last_to("李明"), "which of the two is asked, not guessed"
    await story.say("李明", f"是 {earlier}")
    assert await story.last_to("李明") == VOID
    await story.say("李明", f"是 {later}")
    assert await story.last_to("李明") == "好的，这个账号以后就是王磊。"
    await story.say("李明", f"是 {later}")
    assert await story.last_to("李明") == "这件事已经确认过了。"


async def test_who_stands_in_for_somebody_does_not_judge_who_that_is(story: Story) -> None:
    await story.say("周建国", "由李明代")
    await story.say(STRANGER, "我是 周建国")
    assert not any("说自己是" in text for text in await story.heard_by("李明"))
    assert any("说自己是周建国" in text for text in await story.heard_by("于海"))


async def test_who_was_asked_and_answers_for_them_no_more_cannot_confirm_it(story: Story) -> None:
    await story.say("李明", "今天由王磊代")
    await story.say(STRANGER, "我是 张伟")
    assert any("说自己是张伟" in text for text in await story.heard_by("王磊"))
    await story.say("李明", "不用代了")
    await story.say("王磊", "是")
    assert await story.last_to("王磊") == VOID
    assert await owner_of(story, STRANGER) is None
    await story.say(STRANGER, "我是 张伟")
    assert any("说自己是张伟" in text for text in await story.heard_by("李明")), "who leads now is asked"


async def test_the_same_claim_said_again_asks_nobody_again_that_day(story: Story) -> None:
    for _ in range(12):
        await story.say(STRANGER, "我是 张伟")
    assert sum("说自己是" in text for text in await story.heard_by("李明")) == 1
    assert await story.last_to(STRANGER) == "已经请李明确认了，等他回话就行，不用再发。"
    await story.at("06:10", "2026-03-03")
    await story.say(STRANGER, "我是 张伟")
    assert sum("说自己是" in text for text in await story.heard_by("李明")) == 2, "who forgot it may be reminded"


async def test_an_account_may_claim_only_so_many_names_a_day_and_the_last_one_that_was_asked_about_stands(story: Story) -> None:
    for name in ("张伟", "王磊", "常平", "郑凯"):
        await story.say(STRANGER, f"我是 {name}")
    assert await story.last_to(STRANGER) == "今天替你问过几次了，先等他们回话。弄错了名字，请当面找组长说一声。"
    assert not any("说自己是郑凯" in text for text in await story.heard_by("吴静"))
    await story.say("刘洋", "是")
    assert (await story.last_to(STRANGER)).startswith("确认好了，常平")


async def test_refused_claims_count_as_well(story: Story) -> None:
    for _ in range(4):
        await story.say(STRANGER, "我是 张伟")
        await story.say("李明", "不是")
    assert sum("说自己是" in text for text in await story.heard_by("李明")) == 3
    await story.at("08:00", "2026-03-03")
    await story.say(STRANGER, "我是 张伟")
    assert (await story.last_to(STRANGER)).startswith("好的，我请李明")


async def test_who_has_an_account_hears_of_a_new_one_and_can_say_that_it_is_not_theirs(story: Story) -> None:
    await story.say(STRANGER, "我是 张伟")
    await story.say("李明", "是")
    heard = (await story.last_to("张伟")).split("回“不是")
    assert heard[0] == "有个新账号（wx-0077）以后也算你的。不是你，就"
    number = numbers_in(heard[1])[0]
    assert "有个新账号" not in "".join(await story.heard_by(STRANGER))
    assert any(text == "张伟多了一个账号（wx-0077），李明认的。觉得不对，请当面问一句张伟。" for text in await story.heard_by("周建国"))
    await story.say(STRANGER, f"是 {number}")
    assert "你原来的账号" in await story.last_to("张伟"), "the account cannot vouch for itself"
    await story.say("张伟", f"不是 {number}")
    assert await story.last_to("张伟") == "好的，那个账号不算你的了，也告诉了李明、周建国。"
    assert await owner_of(story, STRANGER) is None
    for who in ("李明", "周建国"):
        assert await story.last_to(who) == "张伟说账号（wx-0077）不是自己的，已经取消。它用张伟的名义说过的，请核对一下。"
    await story.say(STRANGER, "未报")
    assert "我还不认识这个账号" in await story.last_to(STRANGER)


async def test_the_question_about_an_own_account_stands_in_no_other_answers_way(story: Story) -> None:
    await story.say(STRANGER, "我是 张伟")
    await story.say("李明", "是")
    await story.say("张伟", "365")
    await story.say("张伟", "是")
    assert "36.5" in await story.last_to("张伟")
    await story.say("张伟", "不是")
    assert await owner_of(story, STRANGER) is not None, "only its number means it"


async def test_a_leaders_new_account_is_no_surprise_to_the_duty_officer(story: Story) -> None:
    await story.say(STRANGER, "我是 李明")
    await story.say("周建国", "是")
    assert any("李明多了一个账号" in text for text in await story.heard_by("于海"))
