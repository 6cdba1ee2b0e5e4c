"""A group's morning in its WeChat chat: what people say there, and what they and their leaders read."""

from bot.settings import Settings
from models.inbox import MessageStatus
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat
from tests.reading.wechat import solitaire
from tests.stage import only_jobs, rows

G1 = chat_of("g1")
STRANGER = "wxid_new"
AT = "2026-03-02T06:04:00+08:00"


async def standing(story: GatewayStory) -> dict[str, tuple[float | None, str]]:
    """The check-ins that count, and how each came."""
    people = story.bot.office.directory.people
    return {people[row.member_id].name: (row.temperature, row.source) for row in await rows(story, CheckinRow) if row.ended_at is None}


async def reporters(story: GatewayStory) -> dict[str, str]:
    """By whom each was reported."""
    people = story.bot.office.directory.people
    return {people[row.member_id].name: people[row.reported_by].name for row in await rows(story, CheckinRow)}


async def test_a_group_checks_in_as_it_always_did_and_the_room_stays_quiet(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings), aliases={"王磊": "一班王磊"}) as story:
        await story.say("张伟", "体温36.5，正常", "g1")
        assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]
        assert await story.heard_in("g1") == [], "who did not call the bot is answered in private"

        await story.say("王磊", "@小微\u200536.6 正常，昨晚值班没睡好", "g1", mentions=["bot"])
        assert await story.heard_in("g1") == ["王磊 记下了 ✓"]
        in_room = next(sent for sent in story.gateway.outbox() if sent.conversation == G1)
        assert (in_room.text, in_room.mentions) == ("@一班王磊\u2005记下了 ✓", (account_of("王磊"),))
        assert "没睡好" not in in_room.text

        await story.forget()
        await story.say("高强", "替磊子报：36.7", "g1")
        assert (await standing(story))["王磊"] == (36.6, "self"), "he slept badly by his own word"
        assert await story.heard_in("g1") == []
        await story.say("李明", "大家抓紧报一下体温", "g1")
        await story.say("陈一", "收到", "g1")
        assert [row.room for row in await rows(story, MessageRow)] == [G1, G1, G1], "chatter is not kept"


async def test_a_native_chain_is_read_line_by_line_with_its_authors_and_a_pasted_one_by_its_names(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        lines = [
            (account_of("李明"), AT, "老李 36.5"),
            (account_of("赵云飞"), AT, "🦀 36.6"),
            (account_of("张伟"), AT, "38.4 咳嗽"),
            (STRANGER, AT, "路人 36.6"),
            (account_of("高强"), AT, "替小陈：36.4"),
        ]
        said = await story.say("高强", solitaire("#接龙\n今日体温", lines), "g1", chain=True)
        assert await standing(story) == {
            "李明": (36.5, "chain"),
            "赵云飞": (36.6, "chain"),
            "张伟": (38.4, "chain"),
            "陈一": (36.4, "chain"),
        }
        assert await reporters(story) == {"李明": "李明", "赵云飞": "赵云飞", "张伟": "张伟", "陈一": "高强"}
        number = await story.case_of(said)
        assert f"【健康 {number}】张伟" in await story.last_to("周建国")
        assert await story.heard_in("g1") == []
        assert "张伟 38.4℃，咳嗽" in await story.last_to("高强")

        await story.forget()
        await story.say("王磊", "今日体温接龙\n1. 李明 36.5\n2. 赵云飞 36.6\n3. 张伟 38.4 咳嗽\n4. 路人 36.6\n5. 王磊 36.3", "g1")
        assert (await standing(story))["王磊"] == (36.3, "chain")
        assert await story.heard_by("王磊") == ["记下了：36.3℃，正常"], "the rest of the list is known"
        assert len(await rows(story, CheckinRow)) == 5
        assert len(await rows(story, CaseRow)) == 1


async def test_a_stranger_in_the_room_is_left_in_peace_until_they_call_and_a_leader_says_who_it_is(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        await story.gateway.contact(STRANGER, "老家来的", friend=False)
        await story.gateway.join(G1, STRANGER)
        await story.taken(await story.gateway.say(STRANGER, "36.5 正常", G1, at=story.now()))
        assert story.gateway.outbox() == []
        await story.taken(await story.gateway.say(STRANGER, "@小微\u2005我没打卡吗", G1, mentions=["bot"], at=story.now()))
        assert await story.heard_in("g1") == ["你好，我还不认识这个账号。回一句“@小微 我是 姓名”，组长确认后就能用了。"]
        assert [row.status for row in await rows(story, MessageRow)] == [MessageStatus.STRANGER, MessageStatus.HANDLED]
        assert [sent.conversation for sent in story.gateway.outbox()] == [G1], "who is no friend is not written to"
        assert await rows(story, CheckinRow) == []
        await story.gateway.rename(G1, STRANGER, "大力水手")
        await story.taken(await story.gateway.say(STRANGER, "@小微\u2005我是 高强", G1, mentions=["bot"], at=story.now()))
        assert (await story.last_to("李明")).startswith("有个账号（大力水手）说自己是高强，对吗？"), "by what people see, not by an id"


async def test_a_hardship_in_a_private_word_reaches_the_branch_at_once_and_is_followed(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        said = await story.say("陈一", "我妈住院没人陪护，请组织帮帮忙")
        number = await story.case_of(said)
        for reader in ("周建国", "李明"):
            (alert,) = await story.heard_by(reader)
            assert alert.startswith(f"【困难 {number}】陈一（第一党小组）")
            assert "我妈住院没人陪护" in alert
        assert await story.heard_by("陈一") == [f"这件事已直接报给 周建国、李明（事项 {number}）。有人接手会告诉你，办完也会先问你。"]
        await story.forget()
        await story.say("周建国", f"收到 {number}")
        assert "周建国" in await story.last_to("陈一")
        await story.say("周建国", f"办结 {number} 已联系陪护")
        assert "已联系陪护" in await story.last_to("陈一")
        assert [row.state for row in await rows(story, CaseRow)] == ["proposed"]
        await story.say("陈一", f"是 {number}")
        assert [row.state for row in await rows(story, CaseRow)] == ["closed"]
        assert {sent.conversation for sent in story.gateway.outbox()} == {account_of(name) for name in ("陈一", "周建国", "李明")}
