"""Only friends of the account can be written to in private: who is none is reached another way, or once they are."""

import pytest

from bot.channels import registry
from bot.settings import Settings
from models.chats import Chat
from models.tables.records import CheckinRow
from services.loops import MOST
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows
from tests.test_ways import say_to

G1 = chat_of("g1")
LI = account_of("李明")


async def in_sandbox(story: GatewayStory, who: str) -> list[str]:
    """What somebody read on the other channel."""
    return [m["text"] for m in (await story.get("/sandbox/messages?after=0"))["messages"] if m["to"] == who]


async def befriended(story: GatewayStory, account: str) -> None:
    """Wait until the bot knows that it may write to an account."""
    await story.until(lambda: Chat("wechaty", account, private=True) in story.bot.office.directory.chats)


async def test_who_is_no_friend_is_not_written_to_until_they_ask_to_become_one(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings), known=False) as story:
        gateway = story.gateway
        await gateway.contact("wxid_a", "磊", friend=False)
        await gateway.join(G1, "wxid_a", "一班王磊")
        await story.taken(await gateway.say("wxid_a", "36.5 正常", G1, at=story.now()))
        assert [row.temperature for row in await rows(story, CheckinRow)] == [36.5]
        assert gateway.outbox() == [], "it is written down, and nothing is tried that the platform would refuse"
        await story.taken(await gateway.say("wxid_a", "@小微\u2005更正：36.6", G1, mentions=["bot"], at=story.now()))
        (answer,) = await story.heard_in("g1")
        assert answer.startswith("王磊 ")
        assert "36.6" not in answer

        await gateway.contact("wxid_thief", "卖保险的", friend=False)
        await gateway.request_friendship("wxid_thief", "我是张伟")
        asked = await gateway.request_friendship("wxid_a", "我是王磊")
        await befriended(story, "wxid_a")
        assert gateway.accepted() == [asked], "whoever does not belong to the unit is left to the owner of the account"
        gateway.forget()
        await story.taken(await gateway.say("wxid_a", "更正：36.7", G1, at=story.now()))
        assert [(sent.conversation, sent.text) for sent in gateway.outbox()] == [("wxid_a", "改好了：36.7℃，正常（原来的留作历史）")]


async def test_a_leader_who_removed_the_bot_reads_of_a_case_elsewhere_at_once_and_in_wechat_again_once_a_friend(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "CHANNELS", tuple(reversed(registry.CHANNELS)))  # WeChat before the sandbox
    async with told_in_wechat(only_jobs(settings), sandbox=True) as story:
        gateway = story.gateway
        await gateway.contact(LI, "李明", friend=False)
        said = await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")
        number = await story.case_of(said)
        assert f"【困难 {number}】" in await story.last_to("周建国")
        assert await story.heard_by("李明") == []
        assert [text for text in await in_sandbox(story, "李明") if f"【困难 {number}】" in text] != []
        await gateway.request_friendship(LI, "刚才手滑删了")
        await befriended(story, LI)
        await say_to(story, "李明", "一条通知")
        assert await story.heard_by("李明") == ["一条通知"]


async def test_a_friend_whose_phone_answers_by_itself_does_not_keep_the_bot_talking(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        for _ in range(20):
            before = len(story.gateway.outbox())
            await story.say("张伟", "您好，我正在开车，稍后回复您")
            if len(story.gateway.outbox()) == before:
                break
        assert before == MOST, "the bot is the one that stops"
