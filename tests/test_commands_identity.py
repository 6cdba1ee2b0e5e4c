"""我是 姓名: an account that nobody knows says who it is, and whoever can tell says whether that is true."""

import asyncio

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.wiring import open_store
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from models.tables.unit import AccountRow, MemberRow
from services.work import Work
from tests.moving_in import seed_demo
from tests.story import Story, numbers_in

QUESTION = "有个账号（wx-0077）说自己是张伟，对吗？回“是 {number}”或“不是 {number}”。"


async def claim_number(story: Story, judge: str) -> int:
    """The number in the question that a judge was asked last."""
    return numbers_in((await story.last_to(judge)).split("回“是")[1])[0]


async def test_a_stranger_says_who_they_are_and_the_leader_confirms_it(story: Story) -> None:
    await story.say("wx-0077", "帮助")
    assert await story.heard_by("wx-0077") == ["你好，我还不认识这个账号。回一句“我是 姓名”，组长确认后就能用了。"]
    await story.say("wx-0077", "我是 张伟。")
    assert await story.last_to("wx-0077") == "好的，我请李明确认一下你是张伟。"
    number = await claim_number(story, "李明")
    assert await story.last_to("李明") == QUESTION.format(number=number)
    assert {m.to for m in await story.heard()} == {"wx-0077", "李明"}
    await story.say("李明", "是")
    assert await story.last_to("李明") == "好的，这个账号以后就是张伟。"
    assert await story.last_to("wx-0077") == "确认好了，张伟，你好！之前发的我这就记上。"
    message = await story.say("wx-0077", "36.6 正常")
    assert (await story.record(message))["records"] == ["健康打卡：张伟 3月2日 36.6℃，正常（本人）"]


async def test_the_leader_says_no_and_the_account_stays_nobodys(story: Story) -> None:
    await story.say("wx-0077", "我是张伟")
    await story.say("李明", f"不是 {await claim_number(story, '李明')}")
    assert await story.last_to("李明") == "好的，不认作张伟。"
    assert await story.last_to("wx-0077") == "对方说这个账号不是张伟。如果弄错了，请当面找组长说一声。"
    message = await story.say("wx-0077", "36.6 正常")
    assert (await story.record(message))["status"] == "stranger"
    await story.say("wx-0077", "我是张伟")  # and may ask once more
    assert await story.last_to("wx-0077") == "好的，我请李明确认一下你是张伟。"


async def test_what_a_stranger_reported_is_kept_and_recorded_after_the_claim_for_the_day_on_which_it_was_said(story: Story) -> None:
    message = await story.say("wx-0077", "37.8，咳嗽")
    assert await story.last_to("wx-0077") == "你好，我还不认识这个账号。你说的我先留着，回一句“我是 姓名”，组长确认后就记上。"
    assert "健康" not in await story.last_to("于海")  # whoever is on duty hears that there is somebody, not what was said
    await story.say("wx-0077", "我是张伟")
    assert await story.heard_by("周建国") == []
    await story.at("07:00", "2026-03-03")
    await story.forget()
    await story.say("李明", "是")
    record = await story.record(message)
    assert record["records"] == ["健康打卡：张伟 3月2日 37.8℃，咳嗽、发热（本人）"]
    number = record["cases"][0]["number"]
    assert any(text.startswith(f"【健康 {number}】张伟") for text in await story.heard_by("周建国"))
    rows = await story.bot.store.read(lambda session: session.scalars(select(CheckinRow)).all())
    assert len(rows) == 1


async def test_a_stranger_who_may_be_in_need_is_named_to_the_duty_officer_without_the_words(story: Story) -> None:
    await story.say("wx-0077", "我妈住院没人陪护，请组织帮帮忙", "g1")
    text = await story.last_to("于海")
    assert text.startswith("有个还不认识的账号（wx-0077）像是遇到了难处或身体不舒服")
    assert "陪护" not in text
    assert await story.heard_in("g1") == []
    await story.forget()
    await story.say("wx-0078", "36.5 正常")  # nobody need be called for that
    assert await story.heard_by("于海") == []


async def test_a_strangers_chatter_in_a_room_leaves_no_trace(story: Story) -> None:
    for text in ("收到", "大家早上好", "未报的同学抓紧", "我是张伟"):
        await story.say("wx-0077", text, "g1")
    assert await story.heard() == []
    assert await story.bot.store.read(lambda session: session.scalars(select(MessageRow)).all()) == []


async def test_a_name_that_is_not_on_the_roster_is_answered_kindly(story: Story) -> None:
    await story.say("wx-0077", "我是 李四")
    assert await story.last_to("wx-0077") == "名册上没有找到“李四”，请写名册上的全名，或者让组长看一下名册。"
    assert {m.to for m in await story.heard()} == {"wx-0077"}


async def test_a_leaders_claim_goes_to_the_secretary_and_nobody_confirms_themselves(story: Story) -> None:
    await story.say("wx-0099", "我是 李明")
    assert {m.to for m in await story.heard()} == {"wx-0099", "周建国"}
    number = await claim_number(story, "周建国")
    await story.forget()
    await story.say("李明", f"是 {number}")  # whom nobody asked
    assert "不认作" not in await story.last_to("李明")
    assert await story.heard_by("wx-0099") == []
    await story.say("周建国", "对的")
    assert await story.last_to("wx-0099") == "确认好了，李明，你好！之前发的我这就记上。"


async def test_two_claims_wait_and_the_leader_is_asked_which(story: Story) -> None:
    await story.say("wx-1", "我是张伟")
    first = await claim_number(story, "李明")
    await story.say("wx-2", "我是王磊")
    second = await claim_number(story, "李明")
    await story.say("李明", "是")
    assert await story.last_to("李明") == (
        f"有几件事在等你回答：\n· {first}：是不是张伟\n· {second}：是不是王磊\n请带上编号，比如“是 {first}”或“还没 {first}”。"
    )
    await story.say("李明", f"不是 {first}")
    assert await story.last_to("李明") == "好的，不认作张伟。"
    await story.say("李明", "是")
    assert await story.last_to("wx-2") == "确认好了，王磊，你好！之前发的我这就记上。"


async def test_of_two_members_of_one_name_nobody_is_guessed(settings: Settings) -> None:
    seed_demo(settings)
    store = open_store(settings)
    namesake = MemberRow(name="张伟", role="member", branch_id="b1", group_id="g2", aliases=[], post="", trio="", active=True)
    store.write_now(lambda session: session.add(namesake))
    store.close()
    story = Story(settings)
    await story.open()
    try:
        await story.say("wx-0077", "我是张伟")
        heard = await story.heard()
        assert {m.to for m in heard} == {"wx-0077"}
        assert heard[0].text == "名册上叫张伟的不止一位，请把组名写在前面，比如“我是 二班 张三”。"
        claimed = select(AccountRow).where(AccountRow.address == "wx-0077")
        assert await story.bot.store.read(lambda session: session.scalar(claimed)) is None
        await story.say("wx-0077", "我是 二班 张伟")
        assert await story.last_to("wx-0077") == "好的，我请刘洋确认一下你是张伟。"
        await story.say("wx-0088", "我是一班张伟")
        assert await story.last_to("wx-0088") == "好的，我请李明确认一下你是张伟。"
        await story.say("刘洋", "是")
        await story.say("wx-0077", "我是张伟")
        assert await story.last_to("wx-0077") == "认得，你是第二党小组张伟。"
    finally:
        await story.close()


async def test_who_begins_like_a_claim_and_reports_a_symptom_is_heard(story: Story) -> None:
    await story.case_of(await story.say("张伟", "我是昨晚开始咳嗽的"))
    message = await story.say("wx-0077", "我是昨晚开始咳嗽的")
    assert (await story.record(message))["status"] == "stranger"
    assert "我先留着" in await story.last_to("wx-0077")


async def test_whatever_is_done_right_behind_a_change_of_the_directory_knows_it(story: Story) -> None:
    def rename(work: Work) -> None:
        work.session.scalars(select(MemberRow).where(MemberRow.name == "张伟")).one().name = "张伟大"
        work.directory_changed = True

    def names(work: Work) -> set[str]:
        return {person.name for person in work.directory.people.values()}

    office = story.bot.office
    _, seen = await asyncio.gather(office.write(rename), office.write(names))
    assert "张伟大" in seen


async def test_a_change_of_the_directory_that_fails_is_known_to_nobody(story: Story) -> None:
    def rename(work: Work) -> None:
        work.session.scalars(select(MemberRow).where(MemberRow.name == "张伟")).one().name = "张伟大"
        work.directory_changed = True
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        await story.bot.office.write(rename)
    assert "张伟大" not in {person.name for person in story.bot.office.directory.people.values()}
