"""Delivery is honest: when a notice was decided, handed over, accepted and answered; who was told of a case; what did not arrive."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind
from models.tables.queue import NoticeRow
from tests.conftest import story_settings
from tests.stage import hire, notices, only_jobs, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
WATERS = "媳妇羊水破了，我在站里值班，120还没到，家里没人"


@pytest.fixture
def each_settings(each_database: str, tmp_path: Path) -> Settings:
    """The settings of a story, for every kind of database that is there."""
    return story_settings(each_database, tmp_path)


def times(row: NoticeRow) -> tuple[str, ...]:
    """Decided, handed over, accepted, answered."""
    return tuple(local(at) for at in (row.created_at, row.sent_at, row.finished_at, row.answered_at))


def local(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}"


async def to(story: Story, kind: NoticeKind, name: str) -> list[NoticeRow]:
    """The notices of a kind to one member."""
    person = story.bot.office.directory.named(name)
    assert person is not None
    return [row for row in await notices(story, kind) if row.member_id == person.id]


async def test_an_alert_has_its_four_times_and_is_answered_by_whoever_acts_on_it(each_story: Story) -> None:
    story = each_story
    number = await story.case_of(await story.say("郑凯", WATERS))
    await story.at("06:12")
    await story.say("周建国", f"收到 {number}")
    (secretary,), (leader,) = await to(story, NoticeKind.ALERT, "周建国"), await to(story, NoticeKind.ALERT, "吴静")
    assert times(secretary) == ("06:05", "06:05", "06:05", "06:12")
    assert times(leader) == ("06:05", "06:05", "06:05", "")
    await story.at("06:20")
    await story.say("周建国", f"办结 {number} 已送医")
    await story.at("06:30")
    await story.say("郑凯", "是")
    (question,) = await to(story, NoticeKind.QUESTION, "郑凯")
    assert times(question) == ("06:20", "06:20", "06:20", "06:30")
    assert times((await to(story, NoticeKind.ALERT, "周建国"))[0])[3] == "06:12", "the first answer counts"


async def test_a_reminder_is_answered_by_whoever_reports_after_it_and_not_by_who_reports_for_them(each_settings: Settings) -> None:
    async with told(only_jobs(each_settings, nudge_checkin={}, nudge_report={})) as story:
        await story.at("09:00")
        await story.say("张伟", "36.5 正常")
        await story.say("李明", "王磊 36.6 正常")
        await story.say("高强", "昨天的补一下 36.4")
        await story.at("09:30")
        await story.say("张伟", "更正：36.6")
        answers = [local((await to(story, NoticeKind.NUDGE_CHECKIN, name))[0].answered_at) for name in ("张伟", "王磊", "高强")]
        assert answers == ["09:00", "", ""]
        await story.at("20:00")
        await story.say("张伟", "今天保养了两台车，明天打算练绳索")
        assert local((await to(story, NoticeKind.NUDGE_REPORT, "张伟"))[0].answered_at) == "20:00"
        assert (await to(story, NoticeKind.NUDGE_REPORT, "王磊"))[0].answered_at is None


async def test_what_is_taken_late_was_handed_over_when_it_was_first_tried(each_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(each_settings)) as story:
        couriers[0].fails(SendError("too_many", retry=True, after=timedelta(minutes=7)))
        await story.say("张伟", "36.5 正常")
        couriers[0].works()
        await story.at("06:30")
        assert times((await to(story, NoticeKind.RECEIPT, "张伟"))[0]) == ("06:05", "06:05", "06:12", "")


async def test_what_no_platform_was_asked_about_was_not_handed_over(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(settings)) as story:
        couriers[0].fails(SendError("not_connected", retry=True, after=timedelta(minutes=7), tried=False))
        await story.say("张伟", "36.5 正常")
        assert times((await to(story, NoticeKind.RECEIPT, "张伟"))[0]) == ("06:05", "", "", "")
        couriers[0].works()
        await story.at("06:30")
        assert times((await to(story, NoticeKind.RECEIPT, "张伟"))[0]) == ("06:05", "06:12", "06:12", "")
