"""Who is not entitled any more hears nothing more of a case: what was decided for them is withdrawn, and somebody else is told."""

from datetime import timedelta

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.unit import MemberRow
from services.work import Work
from tests.stage import Courier, notices, only_jobs, starting, told
from tests.story import Story

DEBT = "我欠了网贷八万还不上了，只跟书记说"


async def happens(story: Story, name: str, **changes: object) -> None:
    """Somebody leaves the unit, or goes to another group."""

    def change(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        row = work.session.get_one(MemberRow, person.id)
        for key, value in changes.items():
            setattr(row, key, value)
        work.directory_changed = True

    await story.bot.office.write(change)


async def test_a_stand_in_of_yesterday_hears_no_more_of_what_was_told_in_confidence(story: Story) -> None:
    await story.say("周建国", "今天由刘洋代")
    number = await story.case_of(await story.say("张伟", DEBT))
    assert "网贷" in await story.last_to("刘洋")
    await story.say("刘洋", f"收到 {number}")
    await story.at("09:00", "2026-03-03")
    await story.forget()
    await story.say("张伟", "那笔网贷还是还不上，催收天天打电话")
    assert "催收" in await story.last_to("周建国")
    await story.say("刘洋", f"办结 {number} 问过了")
    assert await story.heard_by("刘洋") == [f"没有找到要你处理的事项 {number}。"]
    await story.say("张伟", f"好了 {number}")
    assert "已办结" in await story.last_to("周建国")
    assert len(await story.heard_by("刘洋")) == 1


async def test_a_leader_of_another_group_hears_no_more_of_the_cases_of_the_old_one(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    assert "陪护" in await story.last_to("李明")
    await happens(story, "李明", group_id="g3")
    await story.forget()
    await story.say("周建国", f"收到 {number}")
    await story.say("张伟", f"好了 {number}")
    assert await story.heard_by("李明") == []


async def test_an_alert_that_waits_for_somebody_who_leaves_is_withdrawn_and_others_are_told_at_once(settings: Settings) -> None:
    async with told(starting(only_jobs(settings), "2026-03-02T23:30:00")) as story:
        await story.say("张伟", "38.1，只跟书记说")
        await happens(story, "周建国", active=False)
        await story.at("07:01", "2026-03-03")
        assert await story.heard_by("周建国") == []
        (row, *others) = await notices(story, NoticeKind.ALERT)
        assert (row.state, row.reason) == (NoticeState.DROPPED, "gone")
        assert len(others) == 2
        assert "38.1" in await story.last_to("孙丽")
        assert "38.1" in await story.last_to("于海")
        assert await story.heard_by("李明") == []


async def test_an_alert_that_is_tried_again_is_not_for_who_has_another_group_by_then(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings)) as story:
        (courier,) = couriers
        courier.fails(SendError("down", retry=True, after=timedelta(minutes=5)), to="李明")
        await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙")
        await happens(story, "李明", group_id="g3")
        courier.works()
        await story.later("PT10M")
        assert courier.received("李明") == []
        rows = await notices(story, NoticeKind.ALERT)
        assert sorted((row.state, row.reason) for row in rows) == [(NoticeState.DROPPED, "not_theirs"), (NoticeState.SENT, None)]
