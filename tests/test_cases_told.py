"""A hardship goes straight to the branch, in private; who hears of it, and who does not."""

from bot.settings import Settings
from bot.wiring import open_store
from models.tables.unit import AccountRow
from tests.moving_in import seed_demo
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
MISSING = "救命，我妈走丢了没人去找，请组织马上帮忙"
IN_CONFIDENCE = "我妈住院没人陪护，请组织帮帮忙，只跟书记说"


async def told(story: Story) -> set[str | None]:
    """Who heard anything in private since the last `forget`."""
    return {m.to for m in await story.heard() if m.room is None}


async def public(story: Story) -> list[str]:
    """What was said in any room."""
    return [m.text for m in await story.heard() if m.room is not None]


async def test_a_hardship_goes_at_once_to_secretary_and_leader_in_private_and_to_nobody_else(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", NO_CARER))
    alert = f"【困难 {number}】张伟（第一党小组） 06:05\n{NO_CARER}\n（身体、家庭）\n回“收到 {number}”我来处理，或“转交 {number} 姓名”"
    assert await story.heard_by("周建国") == [alert]
    assert await story.heard_by("李明") == [alert]
    assert await story.heard_by("张伟") == [f"这件事已直接报给 周建国、李明（事项 {number}）。有人接手会告诉你，办完也会先问你。"]
    assert await told(story) == {"周建国", "李明", "张伟"}
    assert await public(story) == []


async def test_no_room_hears_of_a_hardship_that_was_told_in_a_room(story: Story) -> None:
    await story.say("张伟", NO_CARER, "g1")
    assert await public(story) == []
    await story.forget()
    number = await story.case_of(await story.say("王磊", "@小微 " + NO_CARER, "g1"))
    assert await public(story) == ["王磊 记下了 ✓"]
    assert f"（事项 {number}）" in await story.last_to("王磊")
    assert await story.heard_by("周建国") != []


async def test_an_urgent_hardship_goes_to_the_deputy_as_well(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", MISSING))
    assert await told(story) == {"周建国", "李明", "孙丽", "张伟"}
    assert (await story.last_to("孙丽")).startswith(f"【紧急困难 {number}】张伟（第一党小组）")
    receipt = await story.last_to("张伟")
    assert receipt.startswith(f"已马上告诉 周建国、李明、孙丽（事项 {number}）。")
    assert "120" in receipt


async def test_the_branch_of_the_headquarters_has_no_deputy_and_hears_all_the_same(story: Story) -> None:
    await story.say("沈冬", MISSING)
    assert await told(story) == {"钱志远", "黄敏", "沈冬"}
    await story.forget()
    await story.later("PT10M")
    assert await told(story) == {"于海"}


async def test_a_hardship_of_the_leader_goes_to_the_secretary(story: Story) -> None:
    await story.say("李明", NO_CARER)
    assert await told(story) == {"周建国", "李明"}
    assert len(await story.heard_by("李明")) == 1  # the receipt, no alert about oneself


async def test_a_hardship_of_the_secretary_goes_at_once_to_deputy_and_duty_officer(story: Story) -> None:
    number = await story.case_of(await story.say("周建国", NO_CARER))
    assert await told(story) == {"孙丽", "于海", "周建国"}
    assert await story.heard_by("周建国") == [f"这件事已直接报给 孙丽、于海（事项 {number}）。有人接手会告诉你，办完也会先问你。"]
    await story.say("孙丽", f"收到 {number}")
    assert await story.last_to("周建国") == f"孙丽已经看到你说的事（事项 {number}），会跟你联系。"


async def test_a_hardship_of_the_secretary_without_a_deputy_goes_at_once_to_the_duty_officer(story: Story) -> None:
    await story.say("钱志远", NO_CARER)
    assert await told(story) == {"于海", "钱志远"}


async def test_a_hardship_of_the_only_duty_officer_goes_to_the_secretaries_and_climbs_back_to_them(story: Story) -> None:
    number = await story.case_of(await story.say("于海", MISSING))
    assert await told(story) == {"周建国", "钱志远", "于海"}
    assert f"已马上告诉 周建国、钱志远（事项 {number}）" in await story.last_to("于海")
    await story.forget()
    await story.later("PT10M")
    assert await told(story) == {"周建国", "钱志远"}
    await story.say("钱志远", f"收到 {number}")
    assert await story.last_to("钱志远") == f"好，事项 {number}（于海）由你处理。办完发“办结 {number} 结果”。"


async def test_where_secretary_and_leader_cannot_be_reached_the_next_step_hears_at_once(settings: Settings) -> None:
    seed_demo(settings)
    store = open_store(settings)
    store.write_now(lambda session: session.query(AccountRow).where(AccountRow.address.in_(("周建国", "李明"))).delete())
    store.close()
    story = Story(settings)
    await story.open()
    try:
        number = await story.case_of(await story.say("张伟", NO_CARER))
        assert await told(story) == {"孙丽", "于海", "张伟"}
        assert f"已直接报给 孙丽、于海（事项 {number}）" in await story.last_to("张伟")  # who was really reached
    finally:
        await story.close()


async def test_only_for_the_secretary_skips_the_leader_in_alerts_climbs_digests_and_commands(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", IN_CONFIDENCE))
    assert await told(story) == {"周建国", "张伟"}
    assert "只跟书记说，组长不知道" in await story.last_to("周建国")
    assert "李明" not in await story.last_to("张伟")
    await story.at("12:00")  # over four hours: it climbed, and the morning's digests were sent
    for command in ("汇总", "未报", f"收到 {number}", f"办结 {number} 没事了", f"转交 {number} 孙丽", "收到"):
        await story.say("李明", command)
    await story.at("21:00")
    heard = await story.heard_by("李明")
    assert len(heard) >= 8
    assert not any("陪护" in text or "没办结" in text or "由你处理" in text for text in heard)
    assert f"没有找到要你处理的事项 {number}。" in heard
    assert any(f"没办结 1 件：{number}（困难，待响应" in text for text in await story.heard_by("周建国"))
    assert [text[:9] for text in await story.heard_by("孙丽")] == ["已经4 小时没人接"]


async def test_what_is_for_the_secretary_only_is_not_handed_to_a_leader(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", IN_CONFIDENCE))
    await story.forget()
    await story.say("周建国", f"转交 {number} 李明")
    assert await story.last_to("周建国") == f"事项 {number} 本人说了只跟书记说，不能转给组长，换个人吧。"
    await story.say("周建国", f"转交 {number} 孙丽")
    await story.say("张伟", f"没事了 {number}")
    assert await story.heard_by("李明") == []


async def test_an_illness_told_in_confidence_skips_the_leader_with_its_words(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "38.2，咳嗽，只跟书记说"))
    assert await told(story) == {"周建国", "张伟"}
    assert f"已告诉周建国（事项 {number}）" in await story.last_to("张伟")
    await story.say("张伟", "38.4，咳嗽，只跟书记说")
    await story.at("09:30")
    await story.say("李明", "汇总")
    leader = "\n".join(await story.heard_by("李明"))
    assert "已报 1/6" in leader
    assert "38" not in leader
    assert "咳嗽" not in leader
    assert "38.4℃" in await story.last_to("周建国")


async def test_what_is_said_in_a_room_afterwards_reaches_the_leader_though_something_is_confidential(story: Story) -> None:
    first = await story.case_of(await story.say("张伟", "38.2，咳嗽，只跟书记说"))
    second = await story.case_of(await story.say("张伟", "38.6，咳嗽，头痛", "g1"))
    assert first != second
    heard = await story.heard_by("李明")
    assert [text.split("\n")[0] for text in heard] == [f"【健康 {second}】张伟（第一党小组） 06:05"]
    await story.say("李明", "汇总")
    assert "张伟 38.6℃" in await story.last_to("李明")
    assert f"{first}（" not in await story.last_to("李明")


async def test_the_secretary_of_one_group_sees_the_hardship_of_somebody_without_a_group(story: Story) -> None:
    number = await story.case_of(await story.say("钱志远", NO_CARER))
    await story.at("09:30")
    assert f"没办结 1 件：{number}（困难" in await story.last_to("钱志远")
    assert "没办结" not in await story.last_to("黄敏")
