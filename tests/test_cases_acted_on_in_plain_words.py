"""What leaders say of the cases that wait for them, in ordinary words and with 号."""

from models.tables.records import LeaveRow
from tests.stage import rows
from tests.story import Story
from tests.test_cases_in_plain_words import FLAT, NO_CARER, WATERS, raised, state


async def test_a_number_with_its_word_is_the_number_of_a_case_and_no_day_of_a_leave(story: Story) -> None:
    _, number = await raised(story)
    await story.say("李明", f"收到{number}号")
    assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    await story.say("李明", f"收到{number}号文件")
    assert await rows(story, LeaveRow) == []
    await story.say("张伟", f"直报{number}号")
    assert f"事项 {number} 按急事办" in await story.last_to("张伟")
    await story.say("张伟", f"事项{number}号")
    assert (await story.last_to("张伟")).startswith(f"事项 {number}（")
    await story.say("周建国", f"转交{number}号给孙丽")
    assert await story.last_to("周建国") == f"事项 {number} 已转给孙丽，等他回“收到”。"
    await story.say("孙丽", f"转交 {number} 给李明处理")
    assert await story.last_to("孙丽") == f"事项 {number} 已转给李明，等他回“收到”。"
    await story.say("李明", f"办结{number}号 已送医")
    assert "李明说办好了：已送医。" in await story.last_to("张伟")
    await story.say("张伟", f"是{number}号")
    assert await story.last_to("张伟") == f"好的，事项 {number} 结束了。往后有事随时说。"


async def test_an_acknowledgement_in_ordinary_words_takes_the_case(story: Story) -> None:
    for words in ("收到，马上联系", "收到 {}，我来", "我来处理", "{} 收到", "全部收到", "好的，收到，这就去看"):
        _, number = await raised(story)
        await story.say("李明", words.format(number))
        assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。", words
        await story.say("张伟", f"是 {number}")
    _, number = await raised(story)
    await story.say("李明", f"收到{number}，我来", "g1")
    assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    assert await story.heard_in("g1") == []


async def test_what_is_no_acknowledgement_takes_nothing(story: Story) -> None:
    message, _ = await raised(story)
    for words in ("收到，我去不了", "收到了吗", "我来晚了"):
        await story.say("李明", words)
        assert await state(story, message) == "open", words


async def test_several_are_taken_and_settled_at_once(story: Story) -> None:
    one, first = await raised(story)
    two, second = await raised(story, FLAT, "王磊")
    await story.say("李明", "收到")
    told = f"· {first}：张伟，困难，{NO_CARER}\n· {second}：王磊，困难，{FLAT}"
    assert await story.last_to("李明") == f"有几件事在等人接手：\n{told}\n请带上编号，比如“收到 {first}”；都由你来，就回“全部收到”。"
    await story.say("李明", "全部收到")
    assert [await state(story, one), await state(story, two)] == ["acknowledged", "acknowledged"]
    await story.say("李明", "办结 已送医")
    assert await story.last_to("李明") == f"你手上有几件事：\n{told}\n请带上编号，比如“办结 {first} 结果”。"
    await story.say("李明", f"办结 {first} 和 {second}")
    assert [await state(story, one), await state(story, two)] == ["proposed", "proposed"]
    assert "没有写结果" in await story.last_to("张伟")
    await story.say("张伟", "还没")
    await story.say("王磊", "还没")
    await story.say("周建国", f"收到 {first}、{second}")
    assert [await state(story, one), await state(story, two)] == ["acknowledged", "acknowledged"]


async def test_without_a_number_the_one_case_in_hand_is_meant(story: Story) -> None:
    await story.say("李明", "办结 已送医")
    assert await story.last_to("李明") == "你手上现在没有在办的事项。"
    _, number = await raised(story)
    await story.say("李明", "转交孙丽")
    assert await story.last_to("李明") == f"事项 {number} 已转给孙丽，等他回“收到”。"
    await story.say("孙丽", "收到")
    await story.say("孙丽", "办结 已送医")
    assert "孙丽说办好了：已送医。" in await story.last_to("张伟")


async def test_at_night_nobody_takes_what_they_have_not_seen(story: Story) -> None:
    first, number = await raised(story, WATERS)
    await story.at("23:00")
    second, _ = await raised(story, NO_CARER, "王磊")
    await story.say("李明", "收到")
    assert [await state(story, first), await state(story, second)] == ["acknowledged", "open"]
    assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    await story.say("李明", "收到")
    assert await state(story, second) == "open"
    await story.say("张伟", f"是 {number}")
    await story.at("06:30", "2026-03-03")
    await story.say("李明", "收到")
    assert await state(story, second) == "acknowledged"


async def test_an_alert_told_again_on_another_day_names_the_day(story: Story) -> None:
    _, number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.at("12:00", "2026-03-06")
    (again,) = [text for text in await story.heard_by("周建国") if text.startswith("李明接手")]
    assert f"【困难 {number}】张伟（第一党小组） 3月2日 06:05" in again
