"""What people answer about their cases in ordinary words."""

import pytest

from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
FLAT = "家里房子漏水没人管，请组织帮忙"
WATERS = "媳妇羊水破了，我在站里值班，120还没到，家里没人"
HINT = "我在。报体温"


async def raised(story: Story, words: str = NO_CARER, who: str = "张伟") -> tuple[str, int]:
    """A message and the number of its case."""
    message = await story.say(who, words)
    return message, await story.case_of(message)


async def asked(story: Story, words: str = NO_CARER) -> tuple[str, int]:
    """A case about which the bot has just asked whether it is over."""
    message, number = await raised(story, words)
    await story.say("李明", f"收到 {number}")
    await story.say("李明", f"办结 {number} 谈过")
    await story.forget()
    return message, number


async def state(story: Story, message: str) -> str:
    return str((await story.record(message))["cases"][0]["state"])


NOT_YET = ["还没呢", "没呢", "还没解决", "没有解决", "还没有解决", "还没解决呢", "没好呢", "还不行", "还没 谢谢", "事项1 还没", "1号还没"]
COMPLAINTS = ["没人来", "根本没人管", "没人联系过我", "钱还没到账", "还在等", "人还没来过"]
OVER = [
    "解决了，谢谢组织", "解决了谢谢大家", "谢谢，已经解决了", "已经解决了", "都解决了", "已解决", "是的，谢谢", "是，谢谢班长", "嗯，好了",
    "嗯，解决了",    "好了，谢谢", "好了，已经安排上了", "没事", "早没事了", "没事了，谢谢", "好的",
    "恩", "1 解决了", "事项1解决了", "解决了！谢谢组织", "是1号",
]  # fmt: skip
NEITHER = ["算是吧", "好多了谢谢", "别再问了", "基本解决了", "不用管了", "完事了", "谢谢", "嗯？"]


async def test_a_no_in_ordinary_words_opens_the_case_again(story: Story) -> None:
    message, number = await asked(story)
    for words in NOT_YET:
        await story.forget()
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [f"知道了，事项 {number} 接着办，已再次告诉他们。"], words
        assert await state(story, message) == "open"
        assert (await story.last_to("李明")).startswith("本人说还没解决，请再看看："), words
        await story.say("李明", f"办结 {number} 谈过")


async def test_a_yes_in_ordinary_words_closes_it(story: Story) -> None:
    message, number = await asked(story)
    for words in OVER:
        await story.forget()
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [f"好的，事项 {number} 结束了。往后有事随时说。"], words
        assert await state(story, message) == "closed"
        await story.say("张伟", f"还没 {number}")
        await story.say("李明", f"办结 {number} 谈过")


async def test_a_complaint_is_a_no_and_reaches_whoever_has_the_case_in_its_words(story: Story) -> None:
    message, number = await asked(story)
    for words in COMPLAINTS:
        await story.forget()
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [f"知道了，事项 {number} 接着办，已再次告诉他们。"], words
        for name in ("李明", "周建国"):
            assert (await story.last_to(name)).startswith(f"本人说还没解决：“{words}”，请再看看：\n【困难 {number}】"), words
        assert await state(story, message) == "open"
        await story.say("李明", f"办结 {number} 谈过")


async def test_what_is_neither_is_asked_once_more_in_the_words_of_the_question(story: Story) -> None:
    message, number = await asked(story)
    for words in NEITHER:
        await story.forget()
        await story.say("张伟", words)
        assert await story.heard_by("张伟") == [f"事项 {number}：解决了回“是”，还没有就回“还没”。"], words
        assert await state(story, message) == "proposed"


async def test_a_report_or_a_command_meanwhile_is_what_it_is(story: Story) -> None:
    message, _ = await asked(story)
    await story.say("张伟", "36.5 正常")
    assert await story.last_to("张伟") == "记下了：36.5℃，正常"
    await story.say("张伟", "帮助")
    assert (await story.last_to("张伟")).startswith("我是小微")
    assert await state(story, message) == "proposed"


async def test_of_several_all_or_some_are_settled_at_once_and_a_bare_yes_asks_which(story: Story) -> None:
    one, first = await asked(story)
    two, second = await asked(story, FLAT)
    which = f"有几件事在等你回答：\n· {first}：困难，{NO_CARER}\n· {second}：困难，{FLAT}\n请带上编号"
    await story.say("张伟", "嗯，好了")
    assert (await story.last_to("张伟")).startswith(which)
    await story.say("张伟", "算是吧")
    assert (await story.last_to("张伟")).startswith(which)
    for words in ("都解决了", f"是 {first} {second}", f"是 {first}、{second}", f"解决了 {first} 和 {second}"):
        await story.say("张伟", words)
        ended = [f"好的，事项 {number} 结束了。往后有事随时说。" for number in (first, second)]
        assert (await story.last_to("张伟")).splitlines() == ended, words
        assert [await state(story, one), await state(story, two)] == ["closed", "closed"]
        await story.say("张伟", f"还没 {first}、{second}")
        assert [await state(story, one), await state(story, two)] == ["open", "open"], words
        await story.say("李明", f"办结 {first} 谈过")
        await story.say("李明", f"办结 {second} 谈过")
    await story.say("张伟", f"{first} 解决了，{second} 还没")
    assert [await state(story, one), await state(story, two)] == ["closed", "open"]


@pytest.mark.parametrize(
    "words", ["刚才说错了，没事", "不用管了", "算了，不麻烦组织了", "灭了，没事了", "误报，别来了", "人下来了，没事了"]
)
async def test_who_needs_nobody_any_more_is_asked_and_those_who_know_hear_it_at_once(story: Story, words: str) -> None:
    await story.at("23:30")
    message, number = await raised(story, WATERS)
    await story.forget()
    await story.say("张伟", words)
    assert await story.last_to("张伟") == f"事项 {number} 不用管了吗？回“是”就结束，不回我们就接着管。"
    assert await story.heard_by("周建国") == [f"事项 {number} 有新情况：张伟说：“{words}”。正在问他是不是不用管了。"]
    assert await state(story, message) == "open", "it is not closed by it"
    await story.say("张伟", "是")
    assert await state(story, message) == "closed"


async def test_without_an_open_case_such_words_are_nothing(story: Story) -> None:
    await story.say("张伟", "不用管了")
    assert HINT in await story.last_to("张伟")


async def test_a_complaint_about_a_case_in_hand_reaches_whoever_has_it(story: Story) -> None:
    message, number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.say("张伟", "还是没人联系我")
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：张伟说：“还是没人联系我”"]
    assert await story.last_to("张伟") == f"好，事项 {number} 我们接着管。"
    assert await state(story, message) == "acknowledged"


LEAK = "宿舍漏水没法住，请组织帮帮忙"


async def two(story: Story, first: str = NO_CARER) -> tuple[int, int]:
    """Zhang Wei has two cases open, of which 孙丽 has the second."""
    numbers = [await story.case_of(await story.say("张伟", words)) for words in (first, LEAK)]
    await story.say("孙丽", f"收到 {numbers[1]}")
    await story.forget()
    return numbers[0], numbers[1]


async def test_a_complaint_of_who_has_two_cases_open_reaches_those_of_both(story: Story) -> None:
    first, second = await two(story)
    await story.say("张伟", "没人来")
    assert await story.heard_by("李明") == [f"事项 {first} 有新情况：张伟说：“没人来”"]
    assert await story.heard_by("孙丽") == [f"事项 {second} 有新情况：张伟说：“没人来”"]
    assert await story.last_to("张伟") == f"好，事项 {first} 我们接着管。\n好，事项 {second} 我们接着管。"


async def test_a_complaint_with_a_number_is_about_that_case_whatever_is_asked(story: Story) -> None:
    first, second = await two(story)
    await story.say("李明", f"办结 {first} 请了护工")
    await story.forget()
    await story.say("张伟", f"{second}号没人来")
    assert await story.heard_by("孙丽") == [f"事项 {second} 有新情况：张伟说：“{second}号没人来”"]
    assert await story.heard_by("李明") == [], "that the first one is over is not answered by it"


async def test_a_complaint_that_may_be_about_what_is_for_the_secretary_alone_is_for_nobody_else(story: Story) -> None:
    await two(story)
    number = await story.case_of(await story.say("张伟", "我跟媳妇闹离婚，孩子没人带，只跟书记说"))
    await story.forget()
    await story.say("张伟", "这事没人管")
    assert await story.heard_by("周建国") == [f"事项 {number} 有新情况：张伟说：“这事没人管”"]
    assert await story.heard_by("李明") == await story.heard_by("孙丽") == []


async def test_who_needs_nobody_any_more_and_has_two_cases_open_is_asked_which(story: Story) -> None:
    first, second = await two(story)
    await story.say("张伟", "不用管了")
    assert await story.last_to("张伟") == (
        f"你说的事还在办的有：\n· {first}：困难，{NO_CARER}\n· {second}：困难，{LEAK}\n"
        f"哪件不用管了，就回“是 {first}”这样带编号；不回我们就接着管。"
    )
    await story.forget()
    await story.say("张伟", f"{second} 不用管了")
    assert await story.heard_by("张伟") == [f"事项 {second} 不用管了吗？回“是”就结束，不回我们就接着管。"]
    assert len(await story.heard_by("孙丽")) == 1
    await story.say("张伟", "是")
    assert (await story.last_to("孙丽")) == f"事项 {second}（张伟）：本人说解决了，已办结。"


LOST = "救命，我妈走丢了没人去找，请组织马上帮忙"


async def test_a_need_that_is_the_answer_not_yet_opens_its_case_again_and_raises_no_other(story: Story) -> None:
    message, number = await asked(story, LOST)
    said = await story.say("张伟", "还没找到")
    assert (await story.record(said))["cases"] == []
    assert await state(story, message) == "open"
    for who in ("周建国", "李明"):
        assert (await story.last_to(who)).startswith(f"本人说还没解决：“还没找到”，请再看看：\n【紧急困难 {number}】")


@pytest.mark.parametrize("words", ["还没好，我不想活了", "还没，媳妇羊水破了"])
async def test_a_need_that_is_more_than_the_answer_is_a_case_of_its_own(story: Story, words: str) -> None:
    _, number = await asked(story)
    assert await story.case_of(await story.say("张伟", words)) != number
