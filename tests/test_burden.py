"""负担: what the bot asks of people in a week, in numbers of groups and never of one person."""

from datetime import timedelta

import pytest

from bot.settings import Settings
from models.outbox import NoticeKind, Priority
from models.roster import Role
from models.tables.unit import MemberRow
from services import burden
from services.work import Work
from tests.own_accord import quiet_settings, tell_all
from tests.stage import changed, only_jobs, starting, told
from tests.story import Story

NOT_FOR_YOU = "“负担”要组长或书记才能用。想看自己的记录就发“我的”。"


async def burden_of(story: Story, who: str) -> list[str]:
    await story.say(who, "负担")
    return (await story.last_to(who)).splitlines()


async def dismiss(story: Story, *names: str) -> None:
    """Some members leave the unit."""

    def act(work: Work) -> None:
        for name in names:
            person = work.directory.named(name)
            assert person is not None
            work.session.get_one(MemberRow, person.id).active = False
        work.directory_changed = True

    await story.bot.office.write(act)


async def test_a_leader_reads_messages_minutes_and_what_costs_most_of_the_own_group(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        for name, value in (("张伟", "36.5"), ("王磊", "36.6"), ("高强", "36.4")):
            await story.say(name, f"{value} 正常")
        await story.say("张伟", "工作：保养了水带\n打算：明天体能训练\n想法：一切都好")
        await tell_all(story, "赵云飞", "一", "二", "三")
        await tell_all(story, "刘洋", "别组的")
        assert await burden_of(story, "李明") == [
            "【负担】6 人，最近 7 天",
            "小微私下发了 7 条：平均每人每天 0.2 条，最多的一天 3 条",
            "大家写了打卡 3 次、日报 1 份",
            "估计每人一周花 1 分钟，花得最多的：都不到一分钟",
        ]


async def test_what_was_too_much_shows_with_what_to_drop(settings: Settings) -> None:
    async with told(quiet_settings(settings, 2)) as story:
        for hour in range(9, 13):
            await story.at(f"{hour:02}:00")
            await tell_all(story, "王磊", f"第{hour}件")
        await tell_all(story, "高强", "一", "二", expires_at=story.bot.office.clock.now() + timedelta(hours=2))
        await story.at("20:31")
        await tell_all(story, "高强", "三", expires_at=story.bot.office.clock.now() + timedelta(hours=1))
        await story.at("07:00", "2026-03-03")
        lines = await burden_of(story, "李明")
        assert lines[1] == "小微私下发了 4 条：平均每人每天 0.1 条，最多的一天 2 条"
        assert lines[2] == "有 2 人次一天里太多（上限 2 条），攒成了一条；1 条等到没用了，没有发"
        assert lines[-1].startswith("可以少一点：小微说自己的消息最多")


async def test_a_week_with_lessons_names_them_and_says_what_could_be_less(settings: Settings) -> None:
    async with told(changed(only_jobs(settings, lesson={"days": "daily"}), policies={"budget": None})) as story:
        await story.at("12:40", "2026-03-08")
        for number in range(60):
            await tell_all(story, "王磊", f"第{number}件", kind=NoticeKind.HEALTH_WELL)
        lines = await burden_of(story, "李明")
        assert lines[3] == "估计每人一周花 17 分钟，花得最多的：微党课 14 分钟、看提醒 3 分钟"
        assert len(lines) == 4, "not much, so nothing is proposed"
        for person in ("李明", "张伟", "高强"):
            for number in range(100):
                await tell_all(story, person, f"第{number}件", kind=NoticeKind.HEALTH_WELL)
        lines = await burden_of(story, "李明")
        assert lines[-1] == "可以少一点：提醒最多。少催一次，或者把提醒的时间往后放，多数人自己会报。"


async def test_a_secretary_and_a_deputy_read_their_branch_by_groups_and_the_duty_officer_all(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        await tell_all(story, "王小磊", "一", "二")
        for who in ("周建国", "孙丽"):
            lines = await burden_of(story, who)
            assert lines[0] == "【负担】18 人，最近 7 天", "the two of the branch's staff are too few to be looked at"
            assert sorted(line.partition("：")[0] for line in lines[4:]) == [
                "第一党小组（6 人）",
                "第三党小组（6 人）",
                "第二党小组（6 人）",
            ]
            assert lines[4].startswith("第二党小组（6 人）：每人每天 0.0 条"), "who is asked most comes first"
            await story.forget()
        lines = await burden_of(story, "于海")
        assert lines[0] == "【负担】28 人，最近 7 天"
        assert any(line.startswith("其他人（4 人）") for line in lines)
        assert any(line.startswith("机关党小组（6 人）") for line in lines)


async def test_members_may_not_ask_and_another_branch_is_not_shown(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        await story.say("张伟", "负担")
        assert await story.last_to("张伟") == NOT_FOR_YOU
        await story.say("张伟", "负担", "g1")
        assert await story.heard_in("g1") == [], "in a room it is just a word"
        await tell_all(story, "徐正常", "一")
        assert (await burden_of(story, "周建国"))[1].startswith("小微私下发了 1 条"), "that 张伟 was answered"


async def test_a_room_hears_two_numbers(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        await tell_all(story, "王磊", "一", "二", "三")
        await story.say("李明", "负担", "g1")
        assert await story.heard_in("g1") == ["最近 7 天，小微平均每人每天私下发 0.1 条，估计每人一周花 0 分钟。详细的已私信。"]
        assert (await story.last_to("李明")).startswith("【负担】6 人")


async def test_two_people_are_never_a_number_of_their_own(settings: Settings) -> None:
    async with told(quiet_settings(settings)) as story:
        await dismiss(story, "赵云飞", "陈一", "高强")
        assert (await burden_of(story, "李明"))[0] == "【负担】3 人，最近 7 天"
        await dismiss(story, "张伟")
        assert await burden_of(story, "李明") == ["人太少（不到 3 人），说数就等于说人，不统计。"]
        await story.say("李明", "负担", "g1")
        assert await story.heard_in("g1") == ["人太少（不到 3 人），说数就等于说人，不统计。"]
        lines = await burden_of(story, "周建国")
        assert lines[0] == "【负担】16 人，最近 7 天"
        assert any(line.startswith("其他人（4 人）") for line in lines), "the two of the group and the two of the branch's staff"
        assert not any("第一党小组" in line for line in lines)


async def test_only_seven_days_count_by_the_units_midnight(settings: Settings) -> None:
    async with told(starting(quiet_settings(settings), "2026-03-02T21:00")) as story:
        await tell_all(story, "王磊", "一")
        await story.at("00:30", "2026-03-03")
        await tell_all(story, "王磊", "二", priority=Priority.ALERT)
        await story.at("08:00", "2026-03-08")
        assert (await burden_of(story, "李明"))[1].startswith("小微私下发了 2 条")
        await story.at("08:00", "2026-03-09")
        lines = await burden_of(story, "李明")
        assert lines[1] == "小微私下发了 2 条：平均每人每天 0.0 条，最多的一天 1 条", "an alert counts, and an answer"


@pytest.mark.parametrize("role", list(Role))
async def test_whoever_answers_for_nobody_has_no_circle(settings: Settings, role: Role) -> None:
    async with told(quiet_settings(settings)) as story:

        def sizes(work: Work) -> list[int]:
            reader = next(person for person in work.directory.people.values() if person.role is role)
            return [len(circle.people) for circle in burden.circles(work, reader)]

        expected = {
            Role.MEMBER: [],
            Role.LEADER: [6],
            Role.DEPUTY: [6, 6, 6],
            Role.SECRETARY: [6, 6, 6],
            Role.DUTY_OFFICER: [6, 6, 6, 6, 4],
        }
        assert await story.bot.office.read(sizes) == expected[role]
