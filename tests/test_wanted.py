"""Looking again before speaking: what is no longer wanted when its turn comes is not said, and its row tells why."""

from datetime import timedelta
from pathlib import Path

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from tests.conftest import story_settings
from tests.stage import Courier, changed, notices, only_jobs, told


async def test_whoever_reported_meanwhile_is_not_nudged_and_a_nudge_that_is_too_late_is_dropped(
    settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(settings, nudge_checkin={})) as story:
        (courier,) = couriers
        courier.fails(SendError("down", retry=True, after=timedelta(minutes=10)))
        await story.at("08:25")
        await story.say("张伟", "36.5 正常")
        await story.at("08:34")
        courier.works()
        courier.fails(SendError("down", retry=True, after=timedelta(minutes=30)), to="王磊")
        await story.at("09:30")
        nudges = {row.member_id: row for row in await notices(story, NoticeKind.NUDGE_CHECKIN)}
        names = {person.id: person.name for person in story.bot.office.directory.people.values()}
        dropped = {names[member or 0]: row.reason for member, row in nudges.items() if row.state == NoticeState.DROPPED}
        assert dropped == {"张伟": "reported", "王磊": "expired"}
        assert len([row for row in nudges.values() if row.state == NoticeState.SENT]) == 22
        assert len([text for _, text in courier.received("张伟") if "还没报" in text]) == 0


async def test_whoever_wrote_the_report_meanwhile_is_not_nudged_for_it(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings, nudge_report={})) as story:
        couriers[0].fails(SendError("down", retry=True, after=timedelta(minutes=10)))
        await story.at("17:50")
        await story.say("张伟", "工作：保养了水带\n打算：明天体能训练\n想法：一切都好")
        couriers[0].works()
        await story.at("18:10")
        assert [text for _, text in couriers[0].received("张伟") if "收工了吗" in text] == []
        assert len([text for _, text in couriers[0].received("高强") if "收工了吗" in text]) == 1


async def test_nobody_is_called_for_a_case_that_somebody_took_meanwhile(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings)) as story:
        (courier,) = couriers
        case = await story.case_of(await story.say("马腾", "39.6，头疼", "g2"))
        courier.fails(SendError("down", retry=True, after=timedelta(minutes=2)), to="于海")
        await story.later("PT11M")
        assert [row.state for row in await notices(story, NoticeKind.CLIMB)] == [NoticeState.WAITING]
        await story.say("刘洋", f"收到 {case}")
        courier.works()
        await story.later("PT1H")
        assert [(row.state, row.reason) for row in await notices(story, NoticeKind.CLIMB)] == [(NoticeState.DROPPED, "acknowledged")]
        assert not any(text.startswith("已经") for _, text in courier.received("于海"))


async def test_a_hardship_of_which_no_alert_could_be_delivered_climbs_at_once(settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(settings)) as story:
        (courier,) = couriers
        courier.fails(SendError("blocked", retry=False), to="周建国")
        case = await story.case_of(await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2"))
        await story.later("PT1H")
        assert courier.received("于海") == [], "刘洋 has heard of it"

        await story.say("刘洋", f"转交 {case} 周建国")
        await story.later("PT5M")
        (climb,) = courier.received("于海")
        assert climb[1].startswith("已经1 分钟没人接手")
        assert f"【困难 {case}】马腾" in climb[1]
        assert [text for _, text in courier.received("孙丽")] == [climb[1]]
        await story.later("PT30M")
        assert len(courier.received("于海")) == 1, "that step was brought forward, not told twice"


async def test_after_an_outage_nobody_is_told_each_of_the_climbs_they_have_missed(
    each_database: str, tmp_path: Path, couriers: list[Courier]
) -> None:
    async with told(only_jobs(story_settings(each_database, tmp_path))) as story:
        (courier,) = couriers
        courier.fails(SendError("no_internet", retry=True))
        number = await story.case_of(await story.say("张伟", "我不想活了"))
        await story.later("PT1H")
        courier.works()
        await story.later("PT9M")
        (climb,) = [text for _, text in courier.received("于海") if "没人接手" in text]
        assert climb.startswith("已经1 小时没人接手"), "the newest"
        climbs = [(row.state, row.reason) for row in await notices(story, NoticeKind.CLIMB)]
        assert set(climbs[:-1]) == {(NoticeState.DROPPED, "outdated")}
        assert len([text for _, text in courier.received("周建国") if "张伟" in text]) == 1
        await story.say("于海", f"事项 {number}")
        assert "晚" in courier.received("于海")[-1][1], "how late is counted from the first"


async def test_the_alert_of_a_case_that_nobody_has_is_tried_on_for_days(settings: Settings, couriers: list[Courier]) -> None:
    async with told(changed(only_jobs(settings), queue={"attempts": 8})) as story:
        (courier,) = couriers
        courier.fails(SendError("no_internet", retry=True))
        await story.say("张伟", "我不想活了")
        await story.say("王磊", "36.5 正常")
        await story.later("PT30M")
        assert [row.state for row in await notices(story, NoticeKind.RECEIPT)] == [NoticeState.FAILED] * 2
        assert {row.state for row in await notices(story, NoticeKind.ALERT)} == {NoticeState.WAITING}
        courier.works()
        await story.later("PT10M")
        assert [text for _, text in courier.received("周建国") if "张伟" in text]
