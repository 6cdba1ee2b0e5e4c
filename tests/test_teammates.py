"""Somebody speaks up for a colleague: it is the colleague's case, and they are told only where the one who spoke up says so."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.content import load_lexicon
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.teammate import in_need
from models.tables.cases import CaseRow
from tests.stage import rows
from tests.story import Story

FOR_CHEN = "小陈他爸脑梗住院，药费还差四万，他不好意思开口"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(Path(__file__).parent.parent / "content" / "lexicon")


async def case_row(story: Story, number: int) -> CaseRow:
    return next(row for row in await rows(story, CaseRow) if row.id == number)


async def test_the_case_is_about_the_colleague_and_the_colleague_is_not_told(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    assert await story.last_to("张伟") == (
        f"谢谢你替陈一说。已报给周建国、李明（事项 {number}），办完会问你。我没有告诉陈一本人；要让他知道，回“告诉他 {number}”。"
    )
    assert (await story.last_to("周建国")).startswith(f"【困难 {number}】陈一（第一党小组） 06:05（张伟报的）\n")
    assert await story.heard_by("陈一") == []
    await story.say("陈一", "我的")
    assert "事项" not in await story.last_to("陈一"), "nor by asking for what is kept of them"
    await story.say("陈一", f"事项 {number}")
    assert "没有找到" in await story.last_to("陈一")


async def test_who_spoke_up_may_have_the_colleague_told_and_is_asked_when_it_is_over(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    await story.say("张伟", f"告诉他 {number}")
    assert await story.heard_by("陈一") == [
        f"张伟很关心你，把你的难处说给了支部（事项 {number}），只有管这件事的人知道。想说什么直接跟我说就行；发“事项 {number}”看办到哪了。"
    ]
    await story.say("张伟", "告诉他")
    assert len(await story.heard_by("陈一")) == 1, "once"
    await story.say("陈一", f"事项 {number}")
    assert "书记" in await story.last_to("陈一")
    await story.say("陈一", "没事了")
    assert f"\n· {number}：困难，战友替你说的\n" in await story.last_to("陈一"), "in whose words, is not for him"
    assert "周建国" not in await story.last_to("陈一"), "roles, as whoever raised it reads"
    await story.say("周建国", f"收到 {number}")
    await story.say("周建国", f"办结 {number} 借到了")
    assert "真的解决了吗" in await story.last_to("张伟")
    await story.say("张伟", "是")
    assert (await case_row(story, number)).state == "closed"


async def test_a_colleague_who_knows_hears_that_it_was_confirmed_for_them_and_can_say_that_it_is_not_over(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    await story.say("张伟", f"告诉他 {number}")
    await story.say("李明", f"办结 {number} 借到了")
    await story.forget()
    await story.say("周建国", f"代确认 {number} 张伟说借到了")
    assert await story.heard_by("陈一") == [f"你的事（事项 {number}），周建国确认解决了：张伟说借到了。要是还没好，回“还没”，我们接着办。"]
    assert await story.last_to("周建国") == f"好，事项 {number} 办结了，也告诉了张伟、陈一。本人说还没好，就接着办。"
    await story.say("陈一", "还没")
    assert (await case_row(story, number)).state == "open"


async def test_a_colleague_who_knows_can_have_it_kept_from_the_leader_and_so_it_goes_on(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    await story.say("张伟", f"告诉他 {number}")
    await story.forget()
    await story.say("陈一", "刚才那事只跟书记说")
    assert await story.heard_by("陈一") == [
        f"好，事项 {number} 从现在起不给组长看了，由周建国管。\n李明之前已经看到了，这个收不回来，以后的不再告诉他。"
    ]
    await story.forget()
    await story.say("陈一", "我爸的药费还差三万")
    await story.say("陈一", f"直报 {number}")
    assert await story.heard_by("李明") == []
    assert f"困难 {number}】陈一（第一党小组） 06:05（张伟报的）（只跟书记说，组长不知道）" in await story.last_to("周建国")


async def test_a_colleague_who_was_not_told_keeps_nothing_that_they_do_not_know_of_from_the_leader(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    await story.say("陈一", "刚才那事只跟书记说")
    assert str(number) not in await story.last_to("陈一")
    assert not (await case_row(story, number)).confidential


async def test_a_colleague_who_was_not_told_hears_nothing_of_that(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    await story.say("李明", f"办结 {number} 借到了")
    await story.say("周建国", f"代确认 {number} 张伟说借到了")
    assert await story.heard_by("陈一") == []


async def test_a_heavy_heart_of_a_colleague_is_not_answered_as_if_it_were_the_senders(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "陈一最近总是一个人发呆，谁也不理，看着心里压力很大"))
    assert (await story.last_to("张伟")).startswith("谢谢你替陈一说。")
    assert "心里的事" in await story.last_to("周建国")
    assert (await case_row(story, number)).member_id != (await case_row(story, number)).reporter_id


async def test_nobody_lets_others_be_told_of_what_they_did_not_raise(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", FOR_CHEN))
    for who in ("王磊", "周建国", "陈一"):
        await story.say(who, f"告诉他 {number}")
        assert await story.last_to(who) == "没有找到你替别人报的事项。"
    own = await story.case_of(await story.say("王磊", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("王磊", f"告诉他 {own}")
    assert await story.last_to("王磊") == "没有找到你替别人报的事项。"


async def test_a_leader_in_need_for_whom_somebody_speaks_up_is_not_told_as_the_leader(story: Story) -> None:
    await story.say("张伟", "李明家里老人住院了，没人照顾，他自己不好意思说")
    assert await story.heard_by("李明") == []
    assert "李明" in await story.last_to("周建国")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("陈一家里老人住院了，没人照顾", "陈一"),
        ("小陈他爸脑梗住院，药费还差四万", "陈一"),
        ("高强家里困难，孩子学费交不上", "高强"),
        ("替高强说一声，他家孩子学费交不上", "高强"),
        ("帮高强反映一下：他老婆快生了家里没人", "高强"),
        ("今天跟王磊聊了聊。他家房子漏水没人修", "王磊"),
        ("我跟王磊一个宿舍，他家房子漏水没人修", "王磊"),
        ("我妈住院没人陪护", None),
        ("王磊说他帮我顶班，我妈住院没人陪护", None),
        ("李明批了假，可我妈住院没人陪护", None),
        ("李明批了假，家里老人住院还是没人陪护", None),
        ("今天和王磊修车。家里老人住院没人陪护", None),
        ("张伟家里老人住院了，没人照顾", None),
        ("我媳妇快生了，家里没人，王磊知道情况", None),
        ("孩子学费交不上，跟李明说过了", None),
    ],
)
async def test_whose_need_it_is(story: Story, lexicon: Lexicon, text: str, whose: str | None) -> None:
    directory = story.bot.office.directory
    sender = directory.named("张伟")
    assert sender is not None
    said = read(text, sender.name, datetime.fromisoformat("2026-03-02T08:00:00+08:00"), directory.roster, lexicon).hardship
    assert said is not None
    found = in_need(text, said, sender, directory)
    assert (None if found is None else found.name) == whose


async def test_an_illness_and_the_need_that_it_brings_are_one_case(story: Story) -> None:
    number = await story.case_of(await story.say("王磊", "孩子发烧39.2，我在执勤，没人送医院"))
    assert [row.kind for row in await rows(story, CaseRow)] == ["health"]
    assert (await case_row(story, number)).urgency == "urgent"
    assert (await story.last_to("王磊")).endswith("这件事按急事办，十分钟没人回，我会继续往上找人。有生命危险请先打 120 或 119。")
    assert len([text for text in await story.heard_by("周建国") if "【" in text]) == 1


async def test_but_an_illness_and_another_need_are_two(story: Story) -> None:
    await story.say("张伟", "36度4，有点咳，孩子没人带")
    assert sorted(row.kind for row in await rows(story, CaseRow)) == ["hardship", "health"]
    await story.say("王磊", "38.2发烧。另外我妈住院没人陪护，请组织帮帮忙")
    assert sorted(row.kind for row in await rows(story, CaseRow)) == ["hardship", "hardship", "health", "health"]
