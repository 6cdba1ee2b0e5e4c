"""Somebody's heart is heavy: a human is named at once, with care, in private, and nobody else learns of it."""

import pytest

from bot.settings import Settings
from models.tables.cases import CaseRow
from tests.stage import rows, told
from tests.story import Story

HEAVY = "压力太大了，快撑不住了，想找组织谈谈"
DESPAIR = "我真的不想活了，撑不下去了"


async def test_whose_heart_is_heavy_reads_who_will_come_and_whom_to_call(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", HEAVY))
    (case,) = await rows(story, CaseRow)
    assert "psychological" in case.categories
    assert await story.last_to("张伟") == (
        f"谢谢你愿意说出来。周建国、李明会私下来找你，听你慢慢说（事项 {number}），群里不会提一个字。"
        "这会儿要是特别难受，也可以打 12356，有人听你说。"
    )
    assert "先听，不评不劝；不要在群里提" in await story.last_to("周建国")


async def test_in_a_room_nothing_at_all_is_said_though_the_bot_was_called(story: Story) -> None:
    await story.say("张伟", f"@小微 {HEAVY}", "g1")
    assert await story.heard_in("g1") == []
    assert (await story.last_to("张伟")).startswith("谢谢你愿意说出来。")
    await story.say("王磊", "@小微 我妈住院没人陪护，请组织帮帮忙", "g1")
    assert await story.heard_in("g1") == ["王磊 记下了 ✓"], "as of any other hardship"


async def test_who_does_not_want_to_live_is_not_left_alone_for_a_moment(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", DESPAIR))
    text = await story.last_to("张伟")
    assert text.startswith("谢谢你愿意说出来，你不是一个人。已经马上告诉周建国、李明、孙丽")
    assert all(part in text for part in (f"事项 {number}", "先别一个人待着", "12356", "120"))
    await story.later("PT10M")
    assert (await story.last_to("于海")).startswith("已经10 分钟没人接手：")


@pytest.fixture
def with_confidant(settings: Settings) -> Settings:
    distress = settings.policies.distress.model_copy(update={"confidants": ("刘洋", "没有这个人"), "help_line": None})
    return settings.model_copy(update={"policies": settings.policies.model_copy(update={"distress": distress})})


async def test_whom_the_unit_named_for_it_hears_too_and_may_take_it(with_confidant: Settings) -> None:
    async with told(with_confidant) as story:
        number = await story.case_of(await story.say("张伟", HEAVY))
        assert (await story.last_to("张伟")).endswith("群里不会提一个字。"), "no help line where the unit names none"
        assert "刘洋" in await story.last_to("张伟")
        await story.say("刘洋", f"收到 {number}")
        assert (await story.last_to("张伟")).startswith("刘洋已经看到你说的事")
        await story.forget()
        await story.say("王磊", "我妈住院没人陪护，请组织帮帮忙")
        assert await story.heard_by("刘洋") == [], "only of what weighs on the heart"


async def test_but_not_of_what_was_said_for_the_secretary_alone(with_confidant: Settings) -> None:
    async with told(with_confidant) as story:
        await story.say("张伟", f"只跟书记说，{HEAVY}")
        assert await story.heard_by("刘洋") == []
        assert await story.heard_by("李明") == []
        assert "心里的事" in await story.last_to("周建国")


async def test_a_digest_says_that_there_is_a_case_and_not_that_it_is_of_the_heart(story: Story) -> None:
    await story.say("张伟", HEAVY)
    await story.forget()
    await story.at("20:30")
    digests = [m.text for m in await story.heard() if m.text.startswith("【") and "汇总" in m.text]
    assert digests
    assert not [text for text in digests if "心理" in text or "压力" in text]


async def test_what_a_heavy_heart_does_to_the_body_is_no_second_case_and_no_second_receipt(story: Story) -> None:
    await story.say("张伟", "睡不着，活着没意思，真不想活了")
    (case,) = await rows(story, CaseRow)
    assert case.kind == "hardship"
    (text,) = await story.heard_by("张伟")
    assert text.startswith("谢谢你愿意说出来，你不是一个人。")
    await story.forget()
    await story.say("王磊", "发烧39.2，活着没意思，真不想活了")
    assert {case.kind for case in await rows(story, CaseRow)} == {"hardship", "health"}, "a fever needs somebody as well"
