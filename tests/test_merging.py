"""Two cases of one person that are the same thing become one, and nothing that was said is lost."""

import pytest

from models.tables.cases import CaseRow
from tests.stage import rows
from tests.story import Story

NEED, MORE = "我妈住院没人陪护，请组织帮帮忙", "我妈还在住院，护工也请不到，没人陪护"


async def case_row(story: Story, number: int) -> CaseRow:
    return next(row for row in await rows(story, CaseRow) if row.id == number)


@pytest.fixture
async def two(story: Story) -> tuple[int, int]:
    """Two cases of Zhang Wei that are one thing."""
    first = await story.case_of(await story.say("张伟", NEED))
    await story.later("PT1H")
    return first, await story.case_of(await story.say("张伟", MORE))


async def test_the_alert_of_the_second_says_that_it_may_be_the_same(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    assert (await story.last_to("周建国")).endswith(f"（此人还有事项 {first} 没办完。是同一件事就回“合并 {second} 到 {first}”）")


async def test_facts_are_added_both_numbers_mean_the_one_and_everybody_hears_once(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    await story.forget()
    await story.say("周建国", f"合并 {second} 到 {first}")
    assert await story.heard_by("周建国") == [f"好，事项 {second} 并到事项 {first} 一起办。原话都留着，以后说哪个编号都行。"]
    assert len(await story.heard_by("李明")) == 1
    assert await story.heard_by("张伟") == [f"你说的事（事项 {second}）和事项 {first} 是同一件，并在一起办，办完照样问你。"]
    text = (await case_row(story, first)).text
    assert NEED in text
    assert MORE in text
    await story.say("李明", f"收到 {second}")
    assert await story.last_to("李明") == f"好，事项 {first}（张伟）由你处理。办完发“办结 {first} 结果”。"
    await story.say("李明", f"办结 {second} 请到护工了")
    await story.say("张伟", f"是 {first}")
    assert {row.state for row in await rows(story, CaseRow)} == {"closed"}
    await story.forget()
    await story.later("P4D")
    asked = [text for text in await story.heard_by("张伟") if "真的解决了吗" in text]
    assert len(asked) == 1, "of one case, not of two"


async def test_the_merged_one_does_not_climb_any_more_and_the_other_does(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    await story.say("周建国", f"{second} 并入 {first}")
    await story.forget()
    await story.later("PT10H")
    climbs = [text for text in await story.heard_by("于海") if text.startswith("已经")]
    assert len(climbs) == 1
    assert f"困难 {first}】" in climbs[0]


async def test_the_urgent_one_stays_whichever_is_said_first(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    await story.say("张伟", f"直报 {second}")
    await story.say("周建国", f"合并 {second} 到 {first}")
    assert (await story.last_to("周建国")).startswith(f"好，事项 {first} 并到事项 {second} 一起办。")
    row = await case_row(story, second)
    assert (row.urgency, row.state) == ("urgent", "open")
    assert NEED in row.text


async def test_who_knew_only_of_the_merged_one_hears_of_the_other_as_an_alert(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    await story.say("周建国", f"转交 {second} 刘洋")
    await story.forget()
    await story.say("周建国", f"合并 {second} 到 {first}")
    (text,) = await story.heard_by("刘洋")
    assert text.startswith(f"事项 {second} 并到了这里，一起办：\n【困难 {first}】张伟")


async def test_what_somebody_has_in_hand_is_not_looked_for_anew_when_it_becomes_part_of_an_open_one(
    story: Story, two: tuple[int, int]
) -> None:
    first, second = two
    await story.say("李明", f"收到 {first}")
    await story.forget()
    await story.say("周建国", f"合并 {first} 到 {second}")
    assert await story.last_to("周建国") == f"好，事项 {first} 并到事项 {second}，都由李明在办。原话都留着，以后说哪个编号都行。"
    assert [text.split("\n")[0] for text in await story.heard_by("李明")] == [f"事项 {first} 并到了事项 {second}：{NEED}"]
    row = await case_row(story, second)
    assert row.state == "acknowledged"
    await story.forget()
    await story.later("PT10H")
    assert [m.to for m in await story.heard() if "没人接手" in m.text] == [], "it does not climb: somebody has it"
    await story.later("P3D")
    assert [m.to for m in await story.heard() if m.text.startswith("李明接手3 天了，还没有结果")] != [], "and not for ever"


@pytest.mark.parametrize("reverse", [False, True], ids=["into the open one", "into the one in hand"])
async def test_who_heard_of_the_open_one_reads_who_has_it_and_is_not_alarmed(story: Story, two: tuple[int, int], reverse: bool) -> None:
    first, second = two
    await story.say("李明", f"收到 {first}")
    await story.say("周建国", f"转交 {second} 孙丽")
    await story.forget()
    numbers = (second, first) if reverse else (first, second)
    await story.say("周建国", "合并 {} 到 {}".format(*numbers))
    assert await story.heard_by("孙丽") == ["事项 {} 和事项 {} 是同一件，并在一起，李明在办。".format(*numbers)]
    assert len(await story.heard_by("李明")) == 1
    assert {row.state for row in await rows(story, CaseRow)} == {"closed", "acknowledged"}


async def test_what_is_more_urgent_than_what_somebody_has_waits_for_a_new_word(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    await story.say("李明", f"收到 {first}")
    await story.say("张伟", f"直报 {second}")
    await story.say("周建国", f"合并 {first} 到 {second}")
    row = await case_row(story, second)
    assert (row.urgency, row.state) == ("urgent", "open")


async def test_where_the_one_in_need_raised_either_they_say_when_it_is_over(story: Story) -> None:
    for_chen = await story.case_of(await story.say("张伟", "小陈他爸脑梗住院，药费还差四万"))
    own = await story.case_of(await story.say("陈一", "我爸脑梗住院，药费还差四万，实在没办法了"))
    await story.say("周建国", f"合并 {own} 到 {for_chen}")
    await story.say("周建国", f"收到 {for_chen}")
    await story.forget()
    await story.say("周建国", f"办结 {for_chen} 借到了")
    assert "真的解决了吗" in await story.last_to("陈一")
    assert await story.heard_by("张伟") == []
    await story.say("陈一", "是")
    assert await story.last_to("张伟") == f"事项 {own}（陈一）：本人说解决了，已办结。", "who spoke up hears how it ended"


async def test_merging_betrays_to_nobody_who_spoke_up_for_them(story: Story) -> None:
    spoken = await story.say("张伟", "小陈他爸脑梗住院，药费还差四万")
    for_chen = await story.case_of(spoken)
    own = await story.case_of(await story.say("陈一", "我爸脑梗住院，药费还差四万，实在没办法了"))
    await story.forget()
    await story.say("周建国", f"合并 {own} 到 {for_chen}")
    assert await story.last_to("周建国") == f"好，事项 {for_chen} 并到事项 {own} 一起办。原话都留着，以后说哪个编号都行。"
    await story.say("张伟", "撤销")
    assert await story.heard_by("陈一") == []
    await story.say("周建国", f"办结 {for_chen} 借到了")
    (asked,) = await story.heard_by("陈一")
    assert f"（事项 {own}）" in asked
    assert "张伟" not in asked


async def test_the_urgent_words_of_who_spoke_up_make_the_own_case_urgent(story: Story) -> None:
    for_chen = await story.case_of(await story.say("张伟", "小陈他爸脑梗住院，药费还差四万"))
    own = await story.case_of(await story.say("陈一", "我爸脑梗住院，药费还差四万，实在没办法了"))
    await story.say("张伟", f"直报 {for_chen}")
    await story.say("周建国", f"合并 {for_chen} 到 {own}")
    row = await case_row(story, own)
    assert (row.urgency, row.state) == ("urgent", "open")


async def test_what_cannot_become_one_is_refused_and_stays_as_it_is(story: Story, two: tuple[int, int]) -> None:
    first, second = two
    other = await story.case_of(await story.say("王磊", NEED))
    secret = await story.case_of(await story.say("张伟", f"只跟书记说，{NEED}"))
    for words, answer in (
        (f"合并 {first} 到 {other}", "不是同一个人的，不能并"),
        (f"合并 {first} 到 {secret}", "只跟书记说的，不能并"),
        (f"合并 {first} 到 {first}", "两个编号是同一件事"),
        (f"合并 {first} 到 99", "没有找到要你处理的事项 99"),
    ):
        await story.say("周建国", words)
        assert answer in await story.last_to("周建国")
    await story.say("黄敏", f"合并 {second} 到 {first}")
    assert "没有找到要你处理的事项" in await story.last_to("黄敏"), "nor by whom it does not concern"
    assert {row.state for row in await rows(story, CaseRow)} == {"open"}
    await story.say("周建国", f"收到 {first}")
    await story.say("周建国", f"办结 {first} 好了")
    await story.say("周建国", f"合并 {second} 到 {first}")
    assert "待本人确认" in await story.last_to("周建国"), "the reporter is just being asked about it"


async def test_in_a_room_it_is_talk_unless_it_is_said_to_the_bot(story: Story, two: tuple[int, int]) -> None:
    await story.say("周建国", f"合并 {two[1]} 到 {two[0]}", room="g1")
    assert {row.state for row in await rows(story, CaseRow)} == {"open"}
