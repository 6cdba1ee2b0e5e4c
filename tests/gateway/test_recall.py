"""What is taken back in WeChat (撤回) no longer counts, and whoever said it hears so in private."""

import pytest

from bot.settings import Settings
from models.store import Store
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows

TAKEN_BACK = "06:05 那条已撤回，记录也一起撤了。\n今天的健康现在没有记录，再报一次就行。"
G1 = chat_of("g1")


async def standing(story: GatewayStory) -> list[float | None]:
    """The temperatures that count."""
    return [row.temperature for row in await rows(story, CheckinRow) if row.ended_at is None]


async def taken_back(story: GatewayStory, who: str, message_id: str) -> None:
    """Somebody takes a message back, and what follows is done."""
    await story.taken(await story.gateway.recall(account_of(who), message_id, at=story.now()))


async def test_a_report_that_is_taken_back_no_longer_counts_in_the_room_and_in_private_and_only_once(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        in_room = await story.say("张伟", "36.5 正常", "g1")
        private = await story.say("王磊", "36.6 正常")
        chatter = await story.say("高强", "晚上打球吗", "g1")
        await story.forget()
        await taken_back(story, "张伟", in_room)
        assert await story.heard_by("张伟") == [TAKEN_BACK]
        await taken_back(story, "王磊", private)
        assert await story.heard_by("王磊") == [TAKEN_BACK]
        assert await standing(story) == []
        await taken_back(story, "张伟", in_room)
        await taken_back(story, "高强", chatter)
        assert len(await story.heard()) == 2, "twice is once, and chatter is nothing"
        assert await story.heard_in("g1") == []
        assert {row.external_id for row in await rows(story, MessageRow)} == {in_room, private}


async def test_a_hardship_that_is_taken_back_is_asked_after(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        said = await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙", "g1")
        number = await story.case_of(said)
        await story.forget()
        await taken_back(story, "张伟", said)
        (asked,) = await story.heard_by("张伟")
        assert (
            asked
            == f"06:05 那条已撤回。\n你撤回的消息里有一件事（事项 {number}）。这件事也不用管了吗？回“是 {number}”就结束，不回我们就接着管。"
        )
        assert [row.state for row in await rows(story, CaseRow)] == ["open"]
        assert await story.heard_by("周建国") == [f"事项 {number} 有新情况：张伟撤回了那条消息，还没说事情是不是结束了"]
        await story.say("张伟", f"是 {number}")
        assert [row.state for row in await rows(story, CaseRow)] == ["closed"]


async def test_said_and_taken_back_in_one_breath_leaves_nothing_that_counts(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway = story.gateway
        for name in ("张伟", "王磊", "高强"):
            said = await gateway.say(account_of(name), "36.5 正常", G1, at=story.now())
            recalled = await gateway.recall(account_of(name), said, at=story.now())
        await story.taken(recalled)
        assert len(await rows(story, CheckinRow)) == 3
        assert await standing(story) == []
        for name in ("张伟", "王磊", "高强"):
            assert (await story.heard_by(name))[-1] == TAKEN_BACK


async def test_what_is_taken_back_before_it_could_be_stored_is_never_stored(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        reception = story.channel._listener._reception
        reception._first_wait = 60.0
        with monkeypatch.context() as shut:
            shut.setattr(Store, "write", store_is_gone)
            ids = [await story.gateway.say(account_of("张伟"), text, G1, at=story.now()) for text in ("37.9，咳嗽", "36.5 正常")]
            await story.until(lambda: reception.waiting == 2)
        await story.gateway.recall(account_of("张伟"), ids[0], at=story.now())
        await story.until(lambda: reception.waiting == 1)
        await reception._try_all()
        assert [row.external_id for row in await rows(story, MessageRow)] == [ids[1]]
        assert await standing(story) == [36.5]


async def store_is_gone(*_work: object) -> None:
    """The disk is full, or the database is away."""
    raise OSError
