"""Who is who on the platform: it does not tell ZhangWei from zhangwei, and so neither do we. And who comes onto the roster later."""

import pytest

from bot.settings import Settings
from models.outbox import NoticeState
from models.roster_accounts import WECOM_AIBOT, WECOM_APP
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow, NoticeRow
from models.tables.unit import AccountRow
from tests.stage import only_jobs, rows
from tests.wecom.app_unit import USERIDS, move_in, told_to_the_app


async def test_a_userid_that_the_roster_writes_with_other_capitals_is_the_same_person(settings: Settings) -> None:
    settings = only_jobs(settings)
    written = USERIDS | {"张伟": "zhangwei", "李明": "LiMing"}
    async with told_to_the_app(settings, userids=written) as story:
        await story.say("张伟", "37.9，咳嗽")
        assert story.read_by("张伟")[0].startswith("记下了：37.9℃")
        assert any("张伟" in text for text in story.read_by("李明")), "whoever is written to is found too"

        accounts = {(row.channel, row.address) for row in await rows(story.bot, AccountRow)}
        assert {(WECOM_APP, "ZhangWei"), (WECOM_APP, "LiMing")} <= accounts, "the platform's writing is kept once it is seen"
        before = len(accounts)
        move_in(settings, written)
        accounts = {(row.channel, row.address) for row in await rows(story.bot, AccountRow)}
        assert len(accounts) == before
        assert (WECOM_APP, "ZhangWei") in accounts, "the next roster leaves it so"
        assert (WECOM_AIBOT, "zhangwei") in accounts


@pytest.mark.parametrize("wrong", ["@all", "ZhangWei|liming"])
async def test_a_userid_that_means_several_people_reaches_none(settings: Settings, wrong: str) -> None:
    """From a roster of before it was checked: what is for one person must not be read by others."""
    async with told_to_the_app(only_jobs(settings), userids=USERIDS | {"张伟": wrong}) as story:
        await story.tell("张伟", "你母亲的事，周书记今天过来")
        assert [message for who in USERIDS for message in story.fake.seen_by(USERIDS[who])] == []
        (row,) = await rows(story.bot, NoticeRow)
        assert (row.state, row.reason) == (NoticeState.FAILED, "invalid_user_id")


async def test_what_somebody_said_before_the_roster_had_their_account_is_written_down_once_it_has(settings: Settings) -> None:
    settings = only_jobs(settings)
    async with told_to_the_app(settings, userids={**USERIDS, "张伟": ""}) as story:
        await story.say("张伟", "37.9，咳嗽")
        assert "你说的我先留着" in story.read_by("张伟")[0]
        assert await rows(story.bot, CaseRow) == []
        move_in(settings, {**USERIDS, "张伟": "zhangwei"}, story.now())
        await story.bot.office.reload_if_changed()
        await story.later(seconds=2)
        assert story.read_by("张伟")[-1].startswith("记下了：37.9℃")
        assert any("37.9" in text for text in story.read_by("李明")), "and the leader hears of it"
        (message,) = await rows(story.bot, MessageRow)
        assert message.status == "handled"
        move_in(settings, {**USERIDS, "张伟": "zhangwei"}, story.now())
        await story.later(seconds=2)
        assert len(await rows(story.bot, CaseRow)) == 1, "the next roster says it no second time"
