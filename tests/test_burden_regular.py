"""What looks too regular is told the leader as a sign that the daily question costs too much: a number of people, now and then."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings
from models.tables.queue import NoticeRow, StateRow
from services import regular
from services.regular import always_the_same, plain, repeats_itself, repeats_others
from services.work import Work
from tests.stage import changed, only_jobs, rows, starting, told
from tests.story import Story
from tests.test_burden import dismiss

FIRST = date(2026, 3, 2)
SIGN = "太累了，不是谁的错"
GROUP = ("李明", "张伟", "王磊", "高强", "赵云飞", "陈一")


@pytest.mark.parametrize(
    ("same", "others", "expected"),
    [
        (10, 0, True),
        (9, 0, False),
        (9, 1, False),
        (10, 1, True),
        (10, 2, False),
        (11, 2, False),
        (12, 1, True),
        (13, 1, True),
        (12, 2, False),
    ],
)
def test_ten_days_and_nine_of_ten_make_it_always_the_same(same: int, others: int, expected: bool) -> None:
    values = ["36.5"] * same + [f"36.{number}" for number in range(6, 6 + others)]
    assert always_the_same(values) is expected
    assert always_the_same(values[::-1]) is expected


def test_of_nothing_nothing_is_the_same() -> None:
    assert not always_the_same([])
    assert not always_the_same(["36.5"])


@given(st.lists(st.sampled_from(["36.4", "36.5", "36.6"]), max_size=14))
def test_the_order_of_the_days_does_not_matter(values: list[str]) -> None:
    assert always_the_same(values) == always_the_same(sorted(values))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("保养了水带，一切正常。", "保养了水带 一切正常"),
        ("ＡＢＣ １２", "abc12"),
        ("今天\n训练", "今天训练！"),
    ],
)
def test_spaces_marks_and_wide_letters_do_not_make_it_another_report(one: str, other: str) -> None:
    assert plain(one, None, None) == plain(other, None, "")


def test_other_words_numbers_and_parts_do() -> None:
    assert plain("训练 3 小时") != plain("训练 2 小时")
    assert plain("训练", "保养") != plain("训练保养", "")
    assert plain(None, "。。", " ") == ""


def week(*texts: str) -> dict[date, str]:
    """Reports of days that follow each other, the last one last."""
    return {FIRST + timedelta(days=number): text for number, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("aaaaaa", True),  # five of them are the one before
        ("aaaaa", False),
        ("aaaaaab", True),
        ("aaaaaabc", True),
        ("aaaaaabcd", False),  # of the last seven only four
        ("abababab", False),
        ("", False),
    ],
)
def test_five_of_the_last_seven_reports_that_repeat_the_one_before(texts: str, expected: bool) -> None:
    assert repeats_itself(week(*texts)) is expected


def test_the_report_before_is_the_one_of_the_last_day_on_which_there_was_one() -> None:
    assert repeats_itself({FIRST + timedelta(days=3 * number): "a" for number in range(6)})


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [("abcd", "abcd", True), ("abcd", "abcx", False), ("abcdefgh", "abcdxxxx", False), ("abcd", "dcba", False)],
)
def test_four_of_the_last_seven_reports_that_are_somebody_elses(own: str, other: str, expected: bool) -> None:
    assert repeats_others(week(*own), [week(*other)]) is expected
    assert not repeats_others(week(*own), [])


def test_whose_they_are_may_change_from_day_to_day() -> None:
    assert repeats_others(week(*"abcd"), [week(*"abxx"), week(*"xxcd")])


def fridays(settings: Settings) -> Settings:
    return starting(only_jobs(settings, open_day={}, burden={}), "2026-03-02T05:59")


async def workdays(story: Story, count: int, temperatures: dict[str, str], reports: dict[str, str] | None = None) -> None:
    """On so many working days people report each the same; the hour changes, so that nobody is always at the same minute."""
    day, done = date.fromisoformat(story.day), 0
    while done < count:
        if day.weekday() < 5:
            await story.at("07:00", day.isoformat())
            for number, (name, value) in enumerate(temperatures.items()):
                await story.at(f"07:{(done * 7) % 50 + number:02}", day.isoformat())
                await story.say(name, f"{value} 正常".replace("?", str(done % 4)))
            for name, text in (reports or {}).items():
                await story.say(name, text.replace("?", "一二三四五六七八九十甲乙丙丁戊"[done]))
            done += 1
        day += timedelta(days=1)


async def signs(story: Story, who: str = "李明") -> list[str]:
    return [text for text in await story.heard_by(who) if SIGN in text or "当成了差事" in text]


async def test_three_of_a_group_whose_temperature_never_changes_are_a_number_to_their_leader_alone(settings: Settings) -> None:
    async with told(fridays(settings)) as story:
        await workdays(story, 10, {"张伟": "36.5", "王磊": "36.6", "高强": "36.4", "陈一": "36.?"})
        await story.at("16:19", "2026-03-13")
        assert await signs(story) == []
        await story.at("16:20")
        assert await signs(story) == ["这两周有 3 个人的体温几乎天天一样。多半是每天报太累了，不是谁的错：要不要改成有不舒服才报？"]
        told_to = {m.to or m.room for m in await story.heard() if SIGN in m.text}
        assert told_to == {"李明"}
        (row,) = [row for row in await rows(story, NoticeRow) if SIGN in row.text]
        assert not any(name in row.text for name in GROUP)
        assert {s.key: s.value for s in await rows(story, StateRow) if "too_much" in s.key} == {"too_much:g1": "2026-03-13"}


async def test_two_people_nine_days_or_another_day_say_nothing(settings: Settings) -> None:
    async with told(fridays(settings)) as story:
        await workdays(story, 9, {"张伟": "36.5", "王磊": "36.6", "高强": "36.4"})
        await story.at("17:00", "2026-03-13")
        assert await signs(story) == [], "on nine days only"
        await workdays(story, 1, {"张伟": "36.5", "王磊": "36.6"})
        await story.at("17:00", "2026-03-13")
        assert await signs(story) == [], "of two people only"


async def test_it_is_said_once_in_two_weeks_and_only_on_fridays(settings: Settings) -> None:
    async with told(fridays(settings)) as story:
        same = {"张伟": "36.5", "王磊": "36.6", "高强": "36.4"}
        await workdays(story, 10, same)
        await story.at("17:00", "2026-03-13")
        assert len(await signs(story)) == 1
        await story.restart()
        for friday in ("2026-03-20", "2026-03-26"):
            await story.at("06:30", (date.fromisoformat(friday) - timedelta(days=4)).isoformat())
            await workdays(story, 5 if friday == "2026-03-20" else 4, same)
            await story.at("17:00", friday)
            assert len(await signs(story)) == 1, friday
        await story.at("07:00", "2026-03-27")
        await workdays(story, 1, same)
        await story.at("17:00", "2026-03-27")
        assert len(await signs(story)) == 2


async def test_a_group_of_four_is_not_looked_at(settings: Settings) -> None:
    async with told(fridays(settings)) as story:
        await dismiss(story, "赵云飞", "陈一")
        await workdays(story, 10, {"张伟": "36.5", "王磊": "36.6", "高强": "36.4"})
        await story.at("17:00", "2026-03-13")
        assert await signs(story) == []


async def test_reports_that_repeat_themselves_or_each_other_are_a_sign_and_what_they_say_is_kept_nowhere_else(
    settings: Settings,
) -> None:
    async with told(fridays(settings)) as story:
        reports = {
            "张伟": "工作：保养了水带\n打算：体能训练\n想法：一切都好",
            "王磊": "工作：第?号车\n打算：检查装备\n想法：没有",
            "高强": "工作：第?号车\n打算：检查装备\n想法：没有",
            "陈一": "工作：值班第?天\n打算：休整\n想法：还行",
        }
        await workdays(story, 10, {}, reports)
        await story.at("17:00", "2026-03-13")
        assert await signs(story) == ["这两周有 3 个人的日报几乎都是同样的话。多半是每天写太累了，不是谁的错：要不要改成有事才写？"]
        assert not any("水带" in row.value for row in await rows(story, StateRow))


async def test_whoever_is_always_at_the_same_minute_and_what_others_reported_for_them(settings: Settings) -> None:
    async with told(fridays(settings)) as story:
        day, done = FIRST, 0
        while done < 10:
            if day.weekday() < 5:
                await story.at("07:00", day.isoformat())
                for name in ("张伟", "王磊", "高强"):
                    await story.say(name, f"36.{done % 5} 正常")
                await story.say("李明", "赵云飞 36.5 正常")
                done += 1
            day += timedelta(days=1)
        await story.at("17:00", "2026-03-13")
        (text,) = await signs(story)
        assert text.startswith("这两周有 3 个人总在同一分钟打卡")


async def test_a_leader_whose_day_is_full_reads_it_in_the_last_word(settings: Settings) -> None:
    settings = changed(fridays(settings), policies={"budget": 1})
    async with told(settings) as story:
        await workdays(story, 10, {"张伟": "36.5", "王磊": "36.6", "高强": "36.4"})
        await story.at("20:29", "2026-03-13")
        assert await signs(story) == []
        await story.at("20:30")
        assert len(await signs(story)) == 1


def names(work: Work) -> Sequence[str]:
    return [person.name for person in work.directory.group_members("g1")]


async def test_the_group_of_these_stories_is_that_of_the_demo(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        assert sorted(await story.bot.office.read(names)) == sorted(GROUP)
        assert regular.SAME_DAYS <= regular.CHECKIN_DAYS
