"""出警 and 归队: who is out on a call is left in peace, and the digests say where they are."""

from datetime import timedelta

import pytest

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import MessageRow
from models.tables.records import CallOutRow
from tests.stage import hire, notices, only_jobs, rows, told
from tests.story import Story

GROUP = ["刘洋", "常平", "谢天", "马腾", "王小磊", "欧阳朔"]


async def nudged(story: Story) -> set[str | None]:
    """Who was reminded or asked since the last look."""
    found = {m.to for m in await story.heard() if "还没报" in m.text or "能联系上" in m.text or "收工了吗" in m.text}
    await story.forget()
    return found


async def standing(story: Story) -> set[str]:
    """Who is noted as out."""
    people = story.bot.office.directory.people
    return {people[row.member_id].name for row in await rows(story, CallOutRow) if row.ended_at is None}


async def test_a_squad_on_a_call_hears_nothing_until_it_is_back(each_story: Story) -> None:
    story = each_story
    await story.say("王小磊", "36.5 正常")
    await story.at("08:10")
    await story.say("刘洋", "出警")
    assert await story.last_to("刘洋") == (
        "好，刘洋、常平、谢天、马腾、王小磊、欧阳朔出警，注意安全。回来前不催不问；回来了说“归队”，不说就到 20:10 为止。"
    )
    await story.forget()
    await story.at("09:05")
    assert (await nudged(story)).isdisjoint(GROUP)
    await story.say("刘洋", "未报")
    assert (
        await story.last_to("刘洋")
        == "第二党小组：已报 1/1，齐了，不在的：刘洋（出警）、常平（出警）、谢天（出警）、马腾（出警）、欧阳朔（出警）"
    )
    await story.at("10:00")
    await story.say("刘洋", "归队")
    assert await story.last_to("刘洋") == "刘洋、常平、谢天、马腾、王小磊、欧阳朔归队，辛苦了。"
    await story.say("刘洋", "未报")
    assert "已报 1/6" in await story.last_to("刘洋")
    await story.at("17:50")
    assert set(GROUP) <= await nudged(story), "the day's report is asked for as ever"


async def test_some_of_a_squad_may_be_out_and_those_who_are_there_are_asked_as_ever(story: Story) -> None:
    await story.say("刘洋", "出警 王小磊、小马")
    assert await standing(story) == {"王小磊", "马腾"}
    for name in ("刘洋", "常平", "谢天"):
        await story.say(name, "36.5 正常")
    await story.forget()
    await story.at("08:46")
    heard = [(m.to, m.text) for m in await story.heard() if m.to in GROUP]
    assert {to for to, _ in heard} == {"欧阳朔", "常平"}, "one is reminded; then one of his squad is asked, his trio being out"
    await story.say("刘洋", "归队 小马")
    assert await standing(story) == {"王小磊"}
    await story.say("王小磊", "归队")
    assert await standing(story) == set(), "who was out may say so for themselves"


async def test_who_goes_out_after_the_reminder_is_not_chased_and_a_buddy_who_goes_out_is_not_asked(story: Story) -> None:
    for name in ("刘洋", "常平", "谢天", "王小磊", "欧阳朔"):
        await story.say(name, "36.5 正常")
    await story.at("08:30")
    await story.say("刘洋", "出警 王小磊 马腾")
    await story.forget()
    await story.at("08:46")
    assert (await nudged(story)).isdisjoint(GROUP)
    await story.say("刘洋", "归队")
    await story.at("09:05")
    assert (await story.last_to("刘洋")).split("\n")[1] == "已报 5/6，未报：马腾（无消息）"


async def test_a_call_out_ends_by_itself(story: Story) -> None:
    await story.say("刘洋", "出警")
    await story.at("18:04")
    assert (await nudged(story)).isdisjoint(GROUP)
    await story.say("刘洋", "未报")
    assert "马腾（出警）" in await story.last_to("刘洋")
    await story.at("18:06")
    await story.say("刘洋", "未报")
    assert "马腾（无消息）" in await story.last_to("刘洋")
    await story.say("刘洋", "收队")
    assert await story.last_to("刘洋") == "现在没有登记出警的人。"


@pytest.mark.parametrize(
    ("who", "words", "out"),
    [
        ("周建国", "出警 二班", set(GROUP)),
        ("周建国", "出警 马腾 张伟", {"马腾", "张伟"}),
        ("于海", "出警 机关组", {"黄敏", "徐正常", "罗一鸣", "沈冬", "宋佳", "杜若飞"}),
        ("于海", "出警 张伟，马腾", {"张伟", "马腾"}),
        ("钱志远", "出警", {"黄敏", "徐正常", "罗一鸣", "沈冬", "宋佳", "杜若飞"}),
        ("刘洋", "@小微 出警", set(GROUP)),
        ("刘洋", "出警了", set(GROUP)),
        ("刘洋", "我们出警了", set(GROUP)),
        ("周建国", "二班出警了", set(GROUP)),
    ],
)
async def test_whoever_answers_for_others_may_say_it(story: Story, who: str, words: str, out: set[str]) -> None:
    await story.say(who, words, "g2" if words.startswith("@") else None)
    assert await standing(story) == out
    await story.say(who, "归队")
    assert await standing(story) == set()


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        ("周建国", "出警", "哪个组、哪些人出警？带上组名或姓名，比如“出警 第一党小组”。"),
        ("于海", "出警", "哪个组、哪些人出警？带上组名或姓名，比如“出警 第一党小组”。"),
        ("刘洋", "出警 张伟", "你管的组里没有找到“张伟”。"),
        ("刘洋", "出警 一班", "你管的组里没有找到“一班”。"),
        ("刘洋", "出警 马腾 李四", "你管的组里没有找到“李四”。"),
        ("马腾", "出警", "“出警”要组长或书记才能用。"),
        ("马腾", "归队", "你没有登记请假，照常报健康就行。"),
        ("刘洋", "归队 马腾", "马腾没有登记出警，也没有登记请假。"),
    ],
)
async def test_what_cannot_be_is_said(story: Story, who: str, words: str, answer: str) -> None:
    await story.say(who, words)
    assert (await story.last_to(who)).startswith(answer)
    assert await standing(story) == set()


@pytest.mark.parametrize("words", ["出警", "出警了", "二班出警了", "刚出警回来，累死了", "出警 马腾", "归队", "收队了，吃饭"])
async def test_talk_in_a_room_is_no_command_and_leaves_no_trace(story: Story, words: str) -> None:
    await story.say("刘洋", words, "g2")
    assert await rows(story, MessageRow) == []
    assert await standing(story) == set()
    assert await story.heard() == []


async def test_who_tells_the_bot_of_a_call_has_not_called_anybody_out(story: Story) -> None:
    for words in ("刚出警回来，累死了", "今天出警", "值班出警了", "出警两次"):
        await story.say("刘洋", words)
    assert await standing(story) == set()


async def test_a_room_hears_how_many(story: Story) -> None:
    await story.say("刘洋", "@小微 出警 马腾 常平", "g2")
    assert await story.heard_in("g2") == ["好，出警 2 人，注意安全。"]
    await story.say("刘洋", "@小微 归队", "g2")
    assert (await story.heard_in("g2"))[-1] == "归队 2 人，辛苦了。"


async def test_who_is_on_leave_is_not_out_with_the_squad(story: Story) -> None:
    await story.say("谢天", "2日到8日出差")
    await story.say("刘洋", "出警")
    assert await standing(story) == set(GROUP) - {"谢天"}


async def test_a_call_out_is_taken_back_like_any_message(story: Story) -> None:
    await story.say("刘洋", "36.5 正常")
    await story.say("刘洋", "出警")
    await story.say("刘洋", "撤销")
    assert await standing(story) == set()
    await story.say("刘洋", "未报")
    assert "已报 1/6" in await story.last_to("刘洋"), "the check-in before it stands"


async def test_a_reminder_that_waits_is_dropped_when_the_squad_goes_out(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(settings, nudge_checkin={}, chase={})) as story:
        for name in ("刘洋", "常平", "谢天", "王小磊", "欧阳朔"):
            await story.say(name, "36.5 正常")
        couriers[0].fails(SendError("down", retry=True, after=timedelta(minutes=5)))
        await story.at("08:46")
        await story.say("刘洋", "出警")
        couriers[0].works()
        await story.at("08:59")
        (asked,) = await notices(story, NoticeKind.NUDGE_BUDDY)
        assert asked.state == NoticeState.DROPPED
        of_group = {person.id for person in story.bot.office.directory.people.values() if person.group_id == "g2"}
        assert {row.state for row in await notices(story, NoticeKind.NUDGE_CHECKIN) if row.member_id in of_group} == {NoticeState.DROPPED}


async def test_who_checked_in_before_the_call_still_counts_and_is_not_asked_how_they_are_meanwhile(story: Story) -> None:
    await story.say("谢天", "38.3 头疼")
    await story.say("常平", "36.4 正常")
    await story.at("09:10")
    await story.say("刘洋", "出警")
    await story.forget()
    await story.at("19:00")
    assert not any("体温" in text for text in await story.heard_by("谢天")), "no round while out on a call"
    await story.say("刘洋", "汇总")
    assert "已报 2/2" in await story.last_to("刘洋")
    await story.say("刘洋", "归队")
    await story.at("07:26", "2026-03-03")
    assert any("体温" in text for text in await story.heard_by("谢天"))
