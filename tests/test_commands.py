"""Every command: in private, in a room with the bot's name, in a room without; and the chatter that must never trigger one."""

from sqlalchemy import delete, select

from handlers.commands.registry import COMMANDS
from models.people import Person
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.unit import AccountRow
from services.work import Work
from tests.story import Story

PRIVATE = "{name} 已私信你"


async def rows(story: Story) -> int:
    """How many messages are kept."""
    return len(await story.bot.store.read(lambda session: session.scalars(select(MessageRow.id)).all()))


async def everything(story: Story) -> list[tuple[str | None, str]]:
    """All that was heard, by whom or in which room."""
    return [(m.room or m.to, m.text) for m in await story.heard()]


NOT_FOR_YOU = "“{usage}”要组长或书记才能用。想看自己的记录就发“我的”。"
NOTHING_OF_YOURS = "你最近 7 天的记录（只有你看得到这一条）：\n还没有记录。"
SAYINGS = [
    # who, what, the beginning of the private answer, of the room's answer to a call, of the room's answer without one (None: quiet)
    ("张伟", "帮助", "我是小微，平时说话就行", "我是小微，平时说话就行", "我是小微，平时说话就行"),
    ("张伟", "我是 张伟", "认得，你是第一党小组张伟。", PRIVATE, None),
    ("张伟", "我的", NOTHING_OF_YOURS, PRIVATE, ""),
    ("张伟", "撤销", "没找到可以撤回的记录。", PRIVATE, ""),
    ("张伟", "销假", "你没有登记请假，照常报健康就行。", PRIVATE, None),
    ("张伟", "A", "这几天没有等你回答的小测", PRIVATE, None),
    ("张伟", "学习", "【微党课】", PRIVATE, ""),
    ("张伟", "是", "现在没有等你回答的问题。", PRIVATE, None),
    ("李明", "未报", "第一党小组：已报 0/6，未报：李明（无消息）、张伟", "已报 0/6，名单已私信。", "已报 0/6，名单已私信。"),
    ("李明", "汇总", "【第一党小组】3月2日汇总（到 06:05）\n已报 0/6", PRIVATE, ""),
    ("李明", "催报", "已私下提醒 6 人：李明、张伟", "已私下提醒 6 人。", "已私下提醒 6 人。"),
    ("李明", "未达", "最近 7 天没有送不到的消息。", "最近 7 天没有送不到的消息。", "最近 7 天没有送不到的消息。"),
    ("李明", "负担", "【负担】6 人，最近 7 天\n小微私下发了 ", "最近 7 天，小微平均每人", "最近 7 天，小微平均每人"),
    ("李明", "事项 12", "没有找到你能看的事项 12。", PRIVATE, None),
    ("李明", "待核", "现在没有待核的。", "现在没有待核的。", "现在没有待核的。"),
    ("李明", "待核 12 36.8 咳嗽", "没有找到要你核对的待核 12。", PRIVATE, ""),
    ("李明", "收到 12", "没有找到要你处理的事项 12。", PRIVATE, ""),
    ("李明", "收到", "好的。", PRIVATE, None),
    ("李明", "办结 12 已送医", "没有找到要你处理的事项 12。", PRIVATE, ""),
    ("李明", "办结 已送医", "你手上现在没有在办的事项。", PRIVATE, None),
    ("李明", "转交孙丽", "你手上现在没有在办的事项。", PRIVATE, None),
    ("张伟", "直报", "你现在没有在办的事。", PRIVATE, None),
    ("李明", "代确认 12 电话里说好了", "没有找到要你处理的事项 12。", PRIVATE, ""),
    ("李明", "转交 12", "转交给谁？", PRIVATE, None),
    ("李明", "合并 12 到 8", "没有找到要你处理的事项 12。", PRIVATE, None),
    ("张伟", "告诉他 12", "没有找到你替别人报的事项。", PRIVATE, None),
    ("李明", "不用代了", "现在没有人代你。", PRIVATE, None),
    ("李明", "代理", "现在没有人代你。", PRIVATE, None),
    ("李明", "转交 12 孙丽", "没有找到要你处理的事项 12。", PRIVATE, ""),
    ("李明", "明天由王磊代", "好，3月3日由王磊代第一党小组组长", PRIVATE, None),
    ("李明", "出警", "好，李明、张伟、王磊、高强、赵云飞、陈一出警，注意安全。", "好，出警 6 人，注意安全。", None),
]
"""With "" a room without a call stays quiet and the answer comes in private; with None it was not a command at all."""


def test_every_command_is_said_here() -> None:
    leader = Person(1, "李明", Role.LEADER, "b1", "g1", "", "")
    said = {command.name for _, text, *_ in SAYINGS for command in COMMANDS if command.match(text, leader, addressed=True)}
    assert said == {command.name for command in COMMANDS} - {"bind"}, "whose room it is has stories of its own in test_rooms.py"


WRITTEN_OTHERWISE = [
    ("  未报 。", "第一党小组：已报"),
    ("未报！", "第一党小组：已报"),
    ("汇总～", "【第一党小组】"),
    ("收到１２", "没有找到要你处理的事项 12。"),
    ("收到 #12。", "没有找到要你处理的事项 12。"),
    ("收到事项12", "没有找到要你处理的事项 12。"),
    ("办结 ＃12，已送医", "没有找到要你处理的事项 12。"),
    ("办结 12：已送医\n家属到了", "没有找到要你处理的事项 12。"),
    ("转交 12 给 孙丽", "没有找到要你处理的事项 12。"),
    ("ｈｅｌｐ", "我是小微"),
    ("选Ａ。", "这几天没有等你回答的小测"),
    ("小微，未报", "第一党小组：已报"),
    ("＠小微　帮助！", "我是小微"),
    ("好的，收到。", "好的。"),
]
CHATTER = [
    "收到", "好的，收到", "收到，谢谢", "收到！辛苦了", "收到请回复", "收到10份口罩",
    "未报的同学抓紧", "还有谁未报", "汇总一下发我", "汇总表谁有", "催报了吗", "帮忙催一下",
    "我是真的服了", "我是张伟", "我是 张伟", "帮助一下张伟", "需要帮助吗", "我的天", "我的手机呢", "撤销处分了", "撤销通知",
    "未达标的重做", "未达到要求", "事项 12", "事项 3 件",
    "是", "是的", "嗯", "好了", "没有", "不是", "还没", "对对对", "A", "选B", "AB",
    "学习强国打卡了吗", "学习了", "认真学习", "回来了", "归队了", "销假怎么弄",
    "代确认 3 份名单",
    "办结 3 件群众诉求", "办结3起火警", "转交 12 个口罩给二班", "转交12345", "转交给张伟了", "办结手续",
    "办结", "收到3号楼的通知", "1 收到", "我来处理", "全部收到", "转交孙丽",
    "转交 3 份材料给孙丽", "收到 12 份文件",
]  # fmt: skip


async def test_in_private_a_command_is_answered_in_private(story: Story) -> None:
    for who, text, private, _, _ in SAYINGS:
        await story.forget()
        await story.say(who, text)
        answers = [said for to, said in await everything(story) if to == who and not said.startswith("李明，今天的健康")]
        assert [said[: len(private)] for said in answers] == [private], text
        assert not any(m.room for m in await story.heard()), text


async def test_called_by_name_in_a_room_the_room_hears_what_a_room_may_hear(story: Story) -> None:
    for who, text, private, public, _ in SAYINGS:
        await story.forget()
        await story.say(who, f"@小微 {text}", "g1")
        expected = public.format(name=who)
        assert [said[: len(expected)] for said in await story.heard_in("g1")] == [expected], text
        if public != private:
            assert any(said.startswith(private) for said in await story.heard_by(who)), text


async def test_in_a_room_without_a_call_only_what_is_unmistakable_counts(story: Story) -> None:
    for who, text, private, _, public in SAYINGS:
        await story.forget()
        before = await rows(story)
        await story.say(who, text, "g1")
        if public is None:
            assert (await everything(story), await rows(story)) == ([], before), text
            continue
        assert [said[: len(public)] for said in await story.heard_in("g1")] == ([public] if public else []), text
        if public != private:
            assert any(said.startswith(private) for said in await story.heard_by(who)), text


async def test_full_width_and_closing_marks_make_no_difference(story: Story) -> None:
    for text, meant in WRITTEN_OTHERWISE:
        await story.say("李明", text)
        assert (await story.last_to("李明")).startswith(meant), text


async def test_chatter_that_looks_like_a_command_triggers_nothing_and_leaves_no_row(story: Story) -> None:
    for text in CHATTER:
        for who in ("张伟", "李明"):
            await story.say(who, text, "g1")
            assert (await everything(story), await rows(story)) == ([], 0), text


async def test_a_leaders_command_is_just_words_from_a_member_unless_said_to_the_bot(story: Story) -> None:
    for text in ("未报", "汇总", "催报"):
        await story.forget()
        before = await rows(story)
        await story.say("张伟", text, "g1")
        assert (await everything(story), await rows(story)) == ([], before), text
        await story.say("张伟", f"@小微 {text}", "g1")
        assert await everything(story) == [("张伟", NOT_FOR_YOU.format(usage=text)), ("g1", "张伟 已私信你")]
        await story.forget()
        await story.say("张伟", text)
        assert await everything(story) == [("张伟", NOT_FOR_YOU.format(usage=text))]


async def test_help_names_every_command_of_the_one_who_asks(story: Story) -> None:
    await story.say("张伟", "帮助")
    member = await story.last_to("张伟")
    assert all(word in member for word in ("我的", "学习", "我是 姓名", "撤销", "销假", "只跟书记说"))
    assert "催报" not in member
    await story.say("李明", "帮助")
    leader = await story.last_to("李明")
    assert leader.startswith(member)
    assert all(word in leader for word in ("未报", "汇总", "催报", "收到 编号", "转交 编号 姓名", "办结 编号 结果"))


async def test_missing_gives_the_reasons_and_each_leader_sees_those_they_answer_for(story: Story) -> None:
    await story.say("谢天", "出差到3月8日")
    await story.say("刘洋", "36.5 正常")
    await story.say("刘洋", "未报")
    group = "第二党小组：已报 1/5，未报：常平（无消息）、谢天（出差至3月8日）、马腾（无消息）、王小磊（无消息）、欧阳朔（无消息）"
    assert await story.last_to("刘洋") == group
    await story.say("周建国", "未报")
    assert [line.split("：")[0] for line in (await story.last_to("周建国")).splitlines()] == ["第一党小组", "第二党小组", "第三党小组"]
    assert group in await story.last_to("周建国")
    await story.say("于海", "未报")
    assert "组长或书记" in await story.last_to("于海"), "whoever is on duty sees the cases that climb, not the groups"


async def test_reminding_reaches_only_those_who_are_open_and_a_room_hears_how_many(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("陈一", "今天到3月4日休假")
    await story.forget()
    await story.say("李明", "催报", "g1")
    assert await story.heard_in("g1") == ["已私下提醒 4 人。"]
    reminded = {m.to for m in await story.heard() if "今天的健康还没报" in m.text}
    assert reminded == {"李明", "王磊", "高强", "赵云飞"}
    assert "已私下提醒 4 人：李明、王磊、高强、赵云飞" in await story.heard_by("李明")
    for name in ("李明", "王磊", "高强", "赵云飞"):
        await story.say(name, "36.5 正常")
    await story.say("李明", "催报")
    assert await story.last_to("李明") == "都报齐了，不用催。"


async def test_whoever_was_just_reminded_is_not_reminded_again_within_ten_minutes(story: Story) -> None:
    await story.say("李明", "催报")
    await story.forget()
    await story.later("PT9M")
    await story.say("张伟", "36.5")
    await story.say("李明", "催报", "g1")
    assert await story.heard_in("g1") == ["刚提醒过 5 人，十分钟内不再催。"]
    assert await story.last_to("李明") == "刚提醒过，十分钟内不再催：李明、王磊、高强、赵云飞、陈一"
    assert await story.heard_by("王磊") == []
    await story.later("PT1M")
    await story.say("李明", "催报")
    assert "今天的健康还没报" in await story.last_to("王磊")


async def test_at_night_a_leader_hears_when_they_are_reminded_or_that_they_are_not(story: Story) -> None:
    await story.say("张伟", "36.5")
    await story.at("23:00")
    await story.forget()
    await story.say("李明", "催报")
    assert await story.last_to("李明") == (
        "夜里不吵醒人，今天不再提醒了。还没报的 5 人：李明、王磊、高强、赵云飞、陈一。有急事请直接打电话。"
    )
    await story.at("00:30", "2026-03-03")
    await story.say("李明", "催报", "g1")
    assert (await story.last_to("李明")).startswith("夜里不吵醒人，06:00 再私下提醒 6 人：李明、张伟")
    assert await story.heard_in("g1") == ["夜里不吵醒人，06:00 再私下提醒 6 人。"]
    await story.at("01:30")
    await story.say("李明", "催报")
    assert (await story.last_to("李明")).startswith("夜里不吵醒人，06:00 再私下提醒 6 人：李明、张伟")
    assert await story.heard_by("王磊") == []
    await story.at("06:00")
    assert await story.heard_by("王磊") == ["王磊，今天的健康还没报，方便时回一句“36.5 正常”就行。"]


async def test_a_leader_hears_whom_a_reminder_does_not_reach(story: Story) -> None:
    def without_account(work: Work) -> None:
        member = next(p for p in work.directory.people.values() if p.name == "王磊")
        work.session.execute(delete(AccountRow).where(AccountRow.member_id == member.id))
        work.directory_changed = True

    await story.bot.office.write(without_account)
    await story.say("李明", "催报")
    said = next(text for text in await story.heard_by("李明") if "提醒" in text)
    assert said == "已私下提醒 5 人：李明、张伟、高强、赵云飞、陈一\n收不到我的消息，请直接问一声：王磊"


async def test_a_room_hears_counts_and_never_whose_health(story: Story) -> None:
    await story.say("张伟", "37.8，咳嗽", "g1")
    await story.say("王磊", "我妈住院没人陪护，请组织帮帮忙", "g1")
    for text in ("未报", "汇总", "催报", "我的", "帮助"):
        await story.say("李明", f"@小微 {text}", "g1")
    said = "\n".join(await story.heard_in("g1"))
    assert "已报 1/6" in said
    assert not any(word in said for word in ("37.8", "咳嗽", "陪护", "困难", "张伟", "王磊"))
    assert "张伟 37.8℃，咳嗽、发热" in "\n".join(await story.heard_by("李明"))
