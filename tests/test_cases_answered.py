"""Taking a case, handing it over, proposing that it is over, and the word of the one who raised it."""

import pytest
from sqlalchemy import delete, update

from models.tables.unit import AccountRow, MemberRow
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"


async def told(story: Story) -> set[str | None]:
    """Who heard anything in private since the last `forget`."""
    return {m.to for m in await story.heard() if m.room is None}


async def raised(story: Story, who: str = "张伟") -> int:
    """The number of a fresh hardship; what was said of it is forgotten."""
    number = await story.case_of(await story.say(who, NO_CARER))
    await story.forget()
    return number


async def state(story: Story, message: str) -> str:
    """Where the one case of a message stands."""
    return str((await story.record(message))["cases"][0]["state"])


async def test_an_acknowledged_case_stops_climbing_and_the_others_and_the_reporter_hear_who_has_it(story: Story) -> None:
    number = await raised(story)
    await story.say("李明", f"收到 {number}")
    assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    assert await story.heard_by("周建国") == [f"事项 {number}：李明接手了。"]
    assert await story.heard_by("张伟") == [f"李明已经看到你说的事（事项 {number}），会跟你联系。"]
    await story.forget()
    await story.later("PT5H")
    assert not {"孙丽", "于海"} & await told(story)


async def test_a_second_acknowledgement_is_answered_kindly_and_changes_nothing(story: Story) -> None:
    number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.say("周建国", f"收到{number}。")
    await story.say("李明", f"收到 {number}")
    assert await story.heard_by("周建国") == [f"事项 {number} 已由李明接手。"]
    assert await story.heard_by("李明") == [f"好，事项 {number} 还是你在办。办完发“办结 {number} 结果”。"]
    assert await told(story) == {"周建国", "李明"}


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("周建国", "收到 999"),  # no such case
        ("黄敏", "收到 1"),  # leader of another branch
        ("钱志远", "办结 1 已处理"),  # secretary of another branch
        ("刘洋", "转交 1 常平"),  # leader of another group
        ("王磊", "收到 1"),  # a member without a role
    ],
)
async def test_a_case_of_others_is_answered_like_one_that_does_not_exist(story: Story, actor: str, words: str) -> None:
    message = await story.say("张伟", NO_CARER)
    assert await story.case_of(message) == 1
    await story.forget()
    await story.say(actor, words)
    number = words.split()[1]
    assert [(m.to, m.text) for m in await story.heard()] == [(actor, f"没有找到要你处理的事项 {number}。")]
    assert await state(story, message) == "open"


async def test_done_asks_the_reporter_and_yes_closes_the_case(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.say("周建国", f"收到 {number}")
    await story.forget()
    await story.say("周建国", f"办结 {number} 已安排李明替班陪护")
    assert await story.last_to("周建国") == "好，我去问问张伟是不是真的解决了。"
    assert await story.heard_by("张伟") == [
        f"3月2日你说的事（事项 {number}），周建国说办好了：已安排李明替班陪护。真的解决了吗？回“是”就结束；还没好就回“还没”。"
    ]
    assert await state(story, message) == "proposed"
    await story.forget()
    await story.say("张伟", "是")
    assert await story.heard_by("张伟") == [f"好的，事项 {number} 结束了。往后有事随时说。"]
    assert await story.heard_by("周建国") == [f"事项 {number}（张伟）：本人说解决了，已办结。"]
    assert await story.heard_by("李明") == [f"事项 {number}（张伟）：本人说解决了，已办结。"]
    assert await state(story, message) == "closed"


async def test_not_yet_opens_the_case_again_and_alerts_again_and_it_climbs_anew(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.say("周建国", f"收到 {number}")
    await story.later("PT3H")
    await story.say("周建国", f"办结 {number}")
    await story.forget()
    await story.say("张伟", "还没")
    assert await state(story, message) == "open"
    assert await story.heard_by("张伟") == [f"知道了，事项 {number} 接着办，已再次告诉他们。"]
    for name in ("周建国", "李明"):
        assert (await story.last_to(name)).startswith(f"本人说还没解决，请再看看：\n【困难 {number}】张伟（第一党小组）")
    await story.later("PT3H59M")
    assert await story.heard_by("孙丽") == []
    await story.later("PT1M")
    assert (await story.last_to("孙丽")).startswith("已经4 小时没人接手：")
    assert (await story.last_to("于海")).startswith("已经4 小时没人接手：")


async def test_with_two_questions_open_the_bot_asks_which_is_meant(story: Story) -> None:
    first = await raised(story)
    second = await raised(story)
    for number in (first, second):
        await story.say("周建国", f"办结 {number} 已办好")
    await story.say("张伟", "是")
    told = f"· {first}：困难，{NO_CARER}\n· {second}：困难，{NO_CARER}"
    assert await story.last_to("张伟") == f"有几件事在等你回答：\n{told}\n请带上编号，比如“是 {first}”或“还没 {first}”。"
    await story.say("张伟", f"是 {second}")
    assert await story.last_to("张伟") == f"好的，事项 {second} 结束了。往后有事随时说。"
    await story.say("张伟", "还没")  # one question is left, and it is meant
    assert await story.last_to("张伟") == f"知道了，事项 {first} 接着办，已再次告诉他们。"


async def test_a_case_that_is_handed_over_climbs_anew_until_the_other_one_has_it(story: Story) -> None:
    number = await raised(story)
    await story.say("周建国", f"收到 {number}")
    await story.later("PT3H")
    await story.forget()
    await story.say("周建国", f"转交 {number} 高强")
    assert await story.heard_by("周建国") == [f"事项 {number} 已转给高强，等他回“收到”。"]
    assert (await story.last_to("高强")).startswith(f"周建国把这件事转给你：\n【困难 {number}】张伟（第一党小组）")
    await story.later("PT4H")
    assert f"【困难 {number}】" in await story.last_to("孙丽")
    await story.forget()
    await story.say("高强", f"收到 {number}")
    assert await story.last_to("高强") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。"
    assert await story.heard_by("张伟") == [f"高强已经看到你说的事（事项 {number}），会跟你联系。"]
    await story.say("高强", f"办结 {number} 轮流陪护排好了")
    await story.say("张伟", "是的")
    assert await story.last_to("高强") == f"事项 {number}（张伟）：本人说解决了，已办结。"


async def test_a_case_is_handed_to_somebody_on_the_roster_and_not_to_the_one_in_need(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.say("李明", f"转交 {number} 李四")
    assert await story.last_to("李明") == "名册上没有找到“李四”，请写全名。"
    await story.say("李明", f"转交 {number} 张伟")
    assert await story.last_to("李明") == "这件事就是张伟自己的，换个人吧。"
    await story.say("李明", f"转交{number}给艾力·买买提")
    assert await story.last_to("李明") == f"事项 {number} 已转给艾力·买买提，等他回“收到”。"


async def test_a_bare_acknowledgement_takes_the_one_case_that_waits_and_of_two_asks_which(story: Story) -> None:
    await story.say("李明", "收到")
    assert await story.last_to("李明") == "好的。"
    first = await raised(story)
    await story.say("李明", "收到")
    assert await story.last_to("李明") == f"好，事项 {first}（张伟）由你处理。办完发“办结 {first} 结果”。"
    second, third = await raised(story, "王磊"), await raised(story, "高强")
    await story.say("李明", "好的，收到")
    assert await story.last_to("李明") == (
        f"有几件事在等人接手：\n· {second}：王磊，困难，{NO_CARER}\n· {third}：高强，困难，{NO_CARER}\n"
        f"请带上编号，比如“收到 {second}”；都由你来，就回“全部收到”。"
    )


async def test_the_reporter_may_say_at_any_time_that_it_is_over(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.forget()
    await story.say("张伟", "没事了")  # by no number: a polite 嗯 must not close a case
    assert await story.last_to("张伟") == (
        f"现在没有等你回答的问题。你说的事还在办的：\n· {number}：困难，{NO_CARER}\n哪件已经解决了，就回“是 {number}”。"
    )
    assert await state(story, message) == "open"
    await story.say("张伟", f"解决了 {number}")
    assert await story.last_to("张伟") == f"好的，事项 {number} 结束了。往后有事随时说。"
    assert await story.heard_by("周建国") == [f"事项 {number}（张伟）：本人说解决了，已办结。"]
    await story.forget()
    await story.later("PT5H")
    assert not {"孙丽", "于海"} & await told(story)
    await story.say("张伟", f"还没 {number}")  # and they may say later that it was not
    assert await state(story, message) == "open"


async def test_who_took_a_case_before_being_told_of_it_hears_of_its_end(story: Story) -> None:
    number = await raised(story)
    await story.say("于海", f"收到 {number}")
    await story.say("张伟", f"是 {number}")
    assert await story.last_to("于海") == f"事项 {number}（张伟）：本人说解决了，已办结。"


async def test_when_its_reporter_has_left_the_unit_a_second_person_confirms_and_the_name_stays(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    leave = update(MemberRow).where(MemberRow.name == "张伟").values(active=False)
    await story.bot.store.write(lambda session: session.execute(leave))
    await story.bot.office.reload()
    await story.say("李明", f"收到 {number}")
    assert await story.last_to("李明") == f"好，事项 {number}（张伟）由你处理。办完发“办结 {number} 结果”。", "who was told may act"
    await story.say("于海", f"办结 {number} 已调离，由新单位接手")
    gone = f"事项 {number} 的报告人不在名册上了，要另一个人发“代确认 {number} 原因”才结束，已告诉知道这件事的人。"
    assert await story.last_to("于海") == gone
    assert (await story.last_to("周建国")).startswith(f"事项 {number}：于海说办好了（已调离，由新单位接手）")
    assert await state(story, message) == "proposed"
    await story.say("周建国", f"代确认 {number} 已调离")
    assert await state(story, message) == "closed"


async def test_the_life_of_a_case_is_the_same_on_every_database(each_story: Story) -> None:
    story = each_story
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.say("周建国", f"收到 {number}")
    await story.say("周建国", f"办结 {number} 已安排")
    await story.say("张伟", "还没")
    await story.later("PT4H")
    assert f"【困难 {number}】" in await story.last_to("于海")
    await story.say("孙丽", f"转交 {number} 李明")
    await story.say("李明", f"收到 {number}")
    await story.say("李明", f"办结 {number} 陪护找到了")
    await story.say("张伟", "是")
    assert await state(story, message) == "closed"
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", "撤销")
    await story.say("张伟", "我的")
    assert await story.last_to("张伟") == "你最近 7 天的记录（只有你看得到这一条）：\n还没有记录。"


async def test_a_yes_to_nothing_is_answered_kindly(story: Story) -> None:
    await story.say("张伟", "是")
    assert await story.heard_by("张伟") == ["现在没有等你回答的问题。"]


async def test_a_message_taken_back_leaves_its_case_until_its_reporter_says_that_it_is_over(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.forget()
    await story.say("张伟", "撤销")
    question = f"你撤回的消息里有一件事（事项 {number}）。这件事也不用管了吗？回“是 {number}”就结束，不回我们就接着管。"
    assert await story.heard_by("张伟") == [f"06:05 那条已撤回。\n{question}"]
    assert await story.heard_by("周建国") == [f"事项 {number} 有新情况：张伟撤回了那条消息，还没说事情是不是结束了"]
    await story.later("PT4H")
    assert f"【困难 {number}】" in await story.last_to("孙丽")  # without an answer it goes on
    await story.say("张伟", "还没")
    assert await story.last_to("张伟") == f"好，事项 {number} 我们接着管。"
    assert await state(story, message) == "open"
    await story.say("张伟", f"是 {number}")
    assert await state(story, message) == "closed"


async def test_the_case_of_a_wrong_report_about_somebody_else_is_theirs_to_close(story: Story) -> None:
    number = await story.case_of(await story.say("李明", "王磊 38.1 咳嗽"))
    await story.say("李明", "撤销")
    assert (
        await story.last_to("王磊")
        == f"李明把替你报的那条撤回了，里面有一件事（事项 {number}）。这件事不用管了吗？回“是 {number}”就结束，不回我们就接着管。"
    )
    await story.say("王磊", "是")
    assert await story.last_to("李明") == f"事项 {number}（王磊）：本人说解决了，已办结。"


@pytest.mark.parametrize(
    "words", ["办结 {} 已安排轮流陪护，并准假三天", "办结{}已安排轮流陪护，并准假三天", "办结＃{}：已安排轮流陪护，并准假三天。"]
)
async def test_the_result_reaches_the_reporter_in_the_words_it_was_written_in(story: Story, words: str) -> None:
    number = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("周建国", words.format(number))
    assert "已安排轮流陪护，并准假三天。真的解决了吗？" in await story.last_to("张伟")


async def test_a_case_is_not_handed_to_somebody_whom_no_message_reaches(story: Story) -> None:
    message = await story.say("张伟", NO_CARER)
    number = await story.case_of(message)
    await story.say("李明", f"收到 {number}")
    await story.bot.store.write(lambda session: session.execute(delete(AccountRow).where(AccountRow.member_id == person(story, "孙丽"))))
    await story.bot.office.reload()
    await story.forget()
    await story.say("李明", f"转交 {number} 孙丽")
    assert await story.heard_by("李明") == [f"孙丽现在收不到我的消息，事项 {number} 没有转。请孙丽先私聊我一句，或者换一个人。"]
    assert await state(story, message) == "acknowledged", "李明 has it as before"


async def test_whoever_had_a_case_hears_that_somebody_else_handed_it_on(story: Story) -> None:
    number = await raised(story)
    await story.say("李明", f"收到 {number}")
    await story.forget()
    await story.say("周建国", f"转交 {number} 孙丽")
    assert await story.heard_by("李明") == [f"事项 {number}：周建国转给孙丽了，等孙丽回“收到”。"]
    await story.say("孙丽", f"收到 {number}")
    await story.forget()
    await story.say("孙丽", f"转交 {number} 周建国")
    assert len(await story.heard_by("孙丽")) == 1, "who hands it on themselves hears it once"


def person(story: Story, name: str) -> int:
    """The number of a member."""
    found = story.bot.office.directory.named(name)
    assert found is not None
    return found.id
