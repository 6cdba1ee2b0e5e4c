"""What the clock does: every job at its hour, for those whom it concerns, on the days on which people work."""

import time
from collections import Counter
from datetime import date
from datetime import time as hours
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from models.lesson import EVERYBODY
from models.tables.queue import SlotRow
from models.tables.records import GroupDayRow, ReportRow
from models.workdays import is_workday
from tests.stage import changed, only_jobs, rows, starting, told
from tests.story import Story

NUDGE, REPORT = "今天的健康还没报", "收工了吗"


def people(story: Story) -> dict[str, list[str]]:
    """The names of a group's members, of the leaders, of the secretaries, and the rooms of the groups."""
    directory = story.bot.office.directory
    members = directory.people.values()
    return {
        "in groups": [p.name for p in members if p.group_id],
        "leaders": [p.name for p in members if p.role == "leader"],
        "secretaries": [p.name for p in members if p.role == "secretary"],
        "rooms": list(directory.group_names),  # a group's room goes by its id
    }


async def test_every_job_comes_at_its_hour_to_those_whom_it_concerns_and_nothing_a_minute_before(story: Story) -> None:
    whom = people(story)
    assert [len(names) for names in whom.values()] == [24, 4, 2, 4]
    await story.at("05:59")
    assert await rows(story, GroupDayRow) == []
    await story.at("06:00")
    opened = await rows(story, GroupDayRow)
    assert [(row.group_id, row.day, len(row.members)) for row in opened] == [(g, date(2026, 3, 2), 6) for g in ("g1", "g2", "g3", "g4")]
    for before, hour, names, words in (
        ("08:24", "08:25", whom["in groups"], NUDGE),
        ("09:04", "09:05", whom["leaders"], "3月2日健康汇总"),
        ("09:19", "09:20", whom["secretaries"], "3月2日健康汇总"),
        ("12:39", "12:40", whom["rooms"], "【微党课】"),
        ("17:49", "17:50", whom["in groups"], REPORT),
        ("20:09", "20:10", whom["leaders"], "3月2日晚汇总"),
        ("20:24", "20:25", whom["secretaries"], "3月2日晚汇总"),
    ):
        await story.at(before)
        assert await story.heard() == [], before
        await story.at(hour)
        heard = await story.heard()
        assert sorted(m.to or m.room or "" for m in heard) == sorted(names), hour
        assert all(words in m.text and "晚了" not in m.text and f"{m.at:%H:%M}" == hour for m in heard), hour
        await story.forget()
    await story.at("05:59", "2026-03-03")
    assert await story.heard() == []


async def test_whoever_reported_or_is_on_leave_is_not_nudged(story: Story) -> None:
    await story.say("张伟", "36.5 正常", "g1")
    await story.say("高强", "37.8，咳嗽")
    await story.say("谢天", "2日到8日出差", "g2")
    await story.forget()
    await story.at("08:25")
    nudged = {m.to for m in await story.heard() if NUDGE in m.text}
    assert len(nudged) == 21
    assert nudged.isdisjoint({"张伟", "高强", "谢天"})

    await story.say("张伟", "工作：保养了水带\n打算：明天体能训练\n想法：一切都好")
    assert [row.work for row in await rows(story, ReportRow)] == ["保养了水带"]
    await story.forget()
    await story.at("17:50")
    nudged = {m.to for m in await story.heard() if REPORT in m.text}
    assert len(nudged) == 22
    assert nudged.isdisjoint({"张伟", "谢天"})  # 高强 has reported his health, but not his day

    await story.forget()
    await story.at("08:25", "2026-03-09")  # he is back
    assert "谢天" in {m.to for m in await story.heard() if NUDGE in m.text and f"{m.at:%d}" == "09"}


async def test_each_room_gets_every_lesson_for_its_people_before_any_comes_again(settings: Settings) -> None:
    settings = starting(only_jobs(settings, lesson={}), "2026-03-02T06:00")
    async with told(settings) as story:
        lessons = story.bot.office.unit.lessons
        posts = {room: {m["post"] for m in (await story.get("/demo/unit"))["members"] if m["group"] == room} for room in ("g1", "g4")}
        fitting = {
            room: {lesson.title for lesson in lessons if EVERYBODY in lesson.audience or here & set(lesson.audience)}
            for room, here in posts.items()
        }
        assert fitting["g4"] < fitting["g1"], "some lessons are for fighters only, or this story proves nothing"
        await story.at("23:00", "2026-03-27")  # 20 working days
        for room in ("g1", "g4"):
            given = [text.split("】")[1].split("（")[0] for text in await story.heard_in(room)]
            first = len(fitting[room])
            assert len(given) == 20
            assert set(given[:first]) == fitting[room]
            assert set(given) == fitting[room]
            assert max(Counter(given).values()) == -(-20 // first), "none comes a third time before all came twice"


FEBRUARY = [f"2026-02-{day:02}" for day in (9, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28)]
"""Working days: Saturday the 14th and the 28th are worked for the spring festival of the 15th to the 23rd."""


async def test_weekends_and_holidays_are_quiet_and_worked_saturdays_are_not(settings: Settings) -> None:
    async with told(starting(only_jobs(settings, nudge_checkin={}, digest_group={}), "2026-02-09T06:00")) as story:
        await story.at("23:00", "2026-03-02")
        heard = [m for m in await story.heard() if m.to == "李明"]
        assert [f"{m.at:%Y-%m-%d}" for m in heard if "健康汇总" in m.text] == [*FEBRUARY, "2026-03-02"]
        assert [f"{m.at:%Y-%m-%d}" for m in heard if NUDGE in m.text] == [*FEBRUARY, "2026-03-02"]


async def test_a_unit_sets_days_and_hours_and_turns_jobs_off(settings: Settings) -> None:
    hour = {"at": hours(7, 13), "days": "daily"}
    async with told(starting(only_jobs(settings, digest_group=hour), "2026-02-14T06:00")) as story:
        await story.at("23:00", "2026-02-17")
        heard = await story.heard()
        assert [m.text for m in heard if "健康汇总" not in m.text] == [], "the other jobs are off"
        assert [f"{m.at:%d %H:%M}" for m in heard if m.to == "李明"] == ["14 07:13", "15 07:13", "16 07:13", "17 07:13"]
        assert {row.job for row in await rows(story, SlotRow)} == {"digest_group"}


async def test_an_hour_is_one_of_the_units_zone_wherever_the_machine_is(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        for zone, hour in (("Asia/Shanghai", "08:25"), ("Asia/Urumqi", "10:25")):
            away = only_jobs(settings, nudge_checkin={})
            url = settings.database.url.replace("sanwei.db", f"{hour[:2]}.db")
            away = changed(away, organization={"timezone": ZoneInfo(zone)}, database={"url": url})
            async with told(away) as story:
                await story.at("23:59")
                assert {f"{m.at.astimezone(ZoneInfo('Asia/Shanghai')):%d %H:%M}" for m in await story.heard()} == {f"02 {hour}"}
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-14", True),
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-03-07", False),
        ("2026-10-01", False),
        ("2090-01-06", True),  # a Friday of a year whose holidays nobody knows
        ("2090-01-07", False),
    ],
)
def test_the_chinese_calendar_says_who_works(day: str, *, worked: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is worked
