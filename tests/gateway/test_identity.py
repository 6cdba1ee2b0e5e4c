"""Who is who in WeChat: by the name in the chat, by a remark, by a claim; and how a chat becomes a group's."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from models import rooms
from models.inbox import MessageStatus
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from models.tables.unit import AccountRow, MemberRow, RoomRow
from services.work import Work
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows
from tests.traces import stored, traces, unsealed

G1, G2, NEW = chat_of("g1"), chat_of("g2"), "49000000001@chatroom"
SECOND = "wxid_second"


def owner(story: GatewayStory, account: str) -> str | None:
    """Whose account it is, with the group where it has one."""
    person = story.bot.office.directory.speaker("wechaty", account)
    return None if person is None else f"{person.name} {person.group_id or person.branch_id}"


async def comes_onto_the_roster(story: GatewayStory, name: str, group: str) -> None:
    """There is one more member."""

    def add(work: Work) -> None:
        more = {"role": Role.MEMBER, "branch_id": "b1", "group_id": group, "aliases": [], "post": "", "trio": "", "active": True}
        work.session.add(MemberRow(name=name, **more))
        work.directory_changed = True

    await story.bot.office.write(add)


async def test_people_are_known_by_what_they_call_themselves_in_their_room_and_keep_the_account(settings: Settings) -> None:
    aliases = {"王磊": "一班王磊", "赵云飞": "王磊"}
    async with told_in_wechat(only_jobs(settings), known=False, aliases=aliases) as story:
        assert owner(story, account_of("王磊")) == "王磊 g1", "the bot looked around when it started"
        assert owner(story, account_of("赵云飞")) is None, "a second account of that name is nobody's"
        await story.say("王磊", "36.5 正常", "g1")
        assert await story.heard_by("王磊") == ["记下了：36.5℃，正常"]

        await story.gateway.rename(G1, account_of("王磊"), "高强")
        await story.say("王磊", "更正：36.7", "g1")
        people = story.bot.office.directory.people
        standing = [(people[row.member_id].name, row.temperature) for row in await rows(story, CheckinRow) if row.ended_at is None]
        assert standing == [("王磊", 36.7)], "a renamed alias keeps its account"

        await story.forget()
        await story.gateway.rename(G1, account_of("陈一"), "陈一🔥")
        await story.say("陈一", "36.4", "g1")
        assert owner(story, account_of("陈一")) == "陈一 g1", "who renames is looked at when they speak"
        assert await story.heard_by("陈一") == ["记下了：36.4℃，正常"]

        await comes_onto_the_roster(story, "张伟", "g2")
        await story.gateway.contact("wxid_one", "小张", friend=True)
        await story.gateway.contact("wxid_two", "大张", friend=True)
        await story.gateway.join(G1, "wxid_one", "张伟")
        await story.gateway.join(G2, "wxid_two", "二班张伟")
        await story.until(lambda: owner(story, "wxid_one") and owner(story, "wxid_two"))
        assert (owner(story, "wxid_one"), owner(story, "wxid_two")) == ("张伟 g1", "张伟 g2"), "who joins is known before a word"
        await story.taken(await story.gateway.say("wxid_two", "36.8 正常", G2, at=story.now()))
        people = story.bot.office.directory.people
        assert [people[row.member_id].group_id for row in await rows(story, CheckinRow)][-1] == "g2"
        assert [sent.conversation for sent in story.gateway.outbox()][-1] == "wxid_two"


async def test_a_second_account_is_nobodys_until_it_is_claimed_and_the_leader_says_yes(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings), known=False, aliases={"张伟": "张伟", "李明": "李明"}) as story:
        await story.gateway.contact(SECOND, "张伟的新手机", friend=True)
        await story.gateway.join(G1, SECOND, "张伟")
        await story.taken(await story.gateway.say(SECOND, "36.6 正常", G1, at=story.now()))
        assert owner(story, SECOND) is None
        assert await rows(story, CheckinRow) == []
        await story.taken(await story.gateway.say(SECOND, "@小微\u2005我是 张伟", G1, mentions=["bot"], at=story.now()))
        assert [sent.text for sent in story.gateway.outbox() if sent.conversation == SECOND][-1] == "好的，我请李明确认一下你是张伟。"
        question = await story.last_to("李明")
        assert question.startswith("有个账号（张伟）说自己是张伟，对吗？"), "by what people see, not by an id"
        await story.say("李明", "是")
        assert owner(story, SECOND) == "张伟 g1"
        assert [row.temperature for row in await rows(story, CheckinRow)] == [36.6], "what was said before is written down"
        await story.say("张伟", "更正：36.9", "g1")
        assert [row.temperature for row in await rows(story, CheckinRow)] == [36.6, 36.9], "both are his"


async def test_a_secretary_who_is_known_by_the_remark_binds_a_room_and_reads_who_is_known_there(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    async with told_in_wechat(only_jobs(unsealed(settings)), known=False, bound=False) as story:
        await story.gateway.contact("wxid_boss", "江北老周", alias="周建国 书记", friend=True)
        members = {account_of("李明"): "李明", account_of("王磊"): "王磊", account_of("高强"): "", "wxid_boss": ""}
        await story.gateway.room(NEW, "吃饭群", members)
        asked: list[str] = []
        count_calls(story, asked.append)
        with capture_logs() as lines:
            for text in ("晚上老地方火锅", "38.9 咳嗽不止", "@小微\u2005明天谁值日啊", "我家老房子漏水了"):
                await story.taken(await story.gateway.say(account_of("李明"), text, NEW, mentions=["bot"] if "@" in text else ()))
            assert asked == ["bot"], "but for its own name there, where it is mentioned, nobody is looked up"
            assert await rows(story, MessageRow) == []
            assert story.gateway.outbox() == []
        seen = repr(lines) + capsys.readouterr().out
        assert traces(("老地方", "咳嗽不止", "谁值日", "漏水"), stored(story.settings), seen) == []

        await story.taken(await story.gateway.say(account_of("李明"), "绑定 第一党小组", NEW))
        assert await bound_here(story) == [], "nobody knows yet that this is a leader"
        await story.taken(await story.gateway.say("wxid_boss", "绑定 第一党小组", NEW))
        assert await bound_here(story) == [(NEW, "g1")]
        bound, summary = [sent.text for sent in story.gateway.outbox() if sent.conversation == NEW]
        assert bound == "@江北老周\u2005好，这个群就是“第一党小组”的群了。"
        assert summary.startswith("名册上 6 人，对上号 2 人。没对上号的：张伟、高强、赵云飞、陈一，")
        assert owner(story, account_of("李明")) == "李明 g1", "whoever is in the room is recognised at once"
        await story.taken(await story.gateway.say(account_of("王磊"), "36.5 正常", NEW, at=story.now()))
        people = story.bot.office.directory.people
        assert [people[row.member_id].name for row in await rows(story, CheckinRow)] == ["王磊"]
        assert {row.status for row in await rows(story, MessageRow)} == {MessageStatus.HANDLED}
        assert len([row for row in await rows(story, AccountRow) if row.channel == "wechaty"]) == 3


async def test_a_start_over_a_room_that_is_gone_looks_at_all_others_and_who_comes_onto_the_roster_later_is_recognised(
    settings: Settings,
) -> None:
    async with told_in_wechat(only_jobs(settings), known=False, bound=False, aliases={"王磊": "王磊"}) as story:
        gateway = story.gateway
        await story.bot.office.write(bind_gone_and_g1)
        await gateway.kill()
        await gateway.login("bot", "江北站小助手")
        await gateway.start()
        await story.until(lambda: owner(story, account_of("王磊")))
        await story.settled()
        await gateway.contact("wxid_late", "晚来的", friend=True)
        await gateway.join(G1, "wxid_late", "张伟生")
        await story.taken(await gateway.say("wxid_late", "@江北站小助手\u2005在吗", G1, mentions=["bot"], at=story.now()))
        assert owner(story, "wxid_late") is None
        await comes_onto_the_roster(story, "张伟生", "g1")
        await story.later("PT15M")
        await story.taken(await gateway.say("wxid_late", "36.5 正常", G1, at=story.now()))
        assert owner(story, "wxid_late") == "张伟生 g1"
        assert [row.temperature for row in await rows(story, CheckinRow)] == [36.5]


def bind_gone_and_g1(work: Work) -> None:
    """A room of which the account knows nothing any more, and the one of the first group."""
    for address in ("gone@chatroom", G1):
        rooms.bind(work.session, "wechaty", address, "group", "g1")
    work.directory_changed = True


async def bound_here(story: GatewayStory) -> list[tuple[str, str]]:
    """The WeChat rooms that are bound, and to what."""
    return [(row.address, row.scope) for row in await rows(story, RoomRow) if row.channel == "wechaty"]


def count_calls(story: GatewayStory, note: Callable[[str], None]) -> None:
    """Note every look at a contact or at somebody's name in a room."""
    rpc = story.channel._connection.rpc()
    contact, called_in = rpc.contact, rpc.called_in

    async def seen_contact(account: str) -> object:
        note(account)
        return await contact(account)

    async def seen_name(room: str, account: str) -> str:
        note(account)
        return await called_in(room, account)

    rpc.contact = seen_contact  # type: ignore[assignment,method-assign]
    rpc.called_in = seen_name  # type: ignore[method-assign]
