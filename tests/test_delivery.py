"""Delivery is honest: when a notice was decided, handed over, accepted and answered; who was told of a case; what did not arrive."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from bot.channels.channel import Outgoing, SendError
from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.outbox import NoticeKind
from models.tables.queue import NoticeRow
from models.tables.unit import AccountRow
from services.notify import tell
from services.work import Work
from tests.stage import Courier, Ways, hire, notices, only_jobs, told
from tests.story import Story

NO_CARER = "我妈住院没人陪护，请组织帮帮忙"
WATERS = "媳妇羊水破了，我在站里值班，120还没到，家里没人"
CLOSED = SendError("not_in_scope", retry=False)
BUSY = SendError("busy", retry=True)
APP = Capabilities(hears=Hears.NOTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)


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


def lose(name: str) -> Callable[[Work], None]:
    """A member has no account any more."""

    def act(work: Work) -> None:
        work.session.execute(delete(AccountRow).where(AccountRow.address == name))
        work.directory_changed = True

    return act


def lose_in_sandbox(name: str) -> Callable[[Work], None]:
    """A member has no account in the sandbox any more."""

    def act(work: Work) -> None:
        work.session.execute(delete(AccountRow).where(AccountRow.channel == "sandbox", AccountRow.address == name))
        work.directory_changed = True

    return act


def find(name: str) -> Callable[[Work], None]:
    """A member has an account in the sandbox again."""

    def act(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        work.session.add(AccountRow(channel="sandbox", address=name, member_id=person.id, confirmed_at=work.now))
        work.directory_changed = True

    return act


def greet(name: str) -> Callable[[Work], None]:
    """The bot says something to a member."""

    def act(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        tell(work, person, "你好", NoticeKind.OPERATION)

    return act


async def answer(story: Story, who: str, words: str) -> list[str]:
    """The lines of what the bot answers."""
    await story.say(who, words)
    return (await story.last_to(who)).splitlines()


async def test_a_case_shows_who_was_told_when_and_who_answered(each_story: Story) -> None:
    story = each_story
    number = await story.case_of(await story.say("郑凯", WATERS))
    await story.at("06:17")
    assert await answer(story, "周建国", f"事项 {number}") == [
        f"事项 {number}（紧急困难，郑凯）待响应，06:05 起。告诉过：",
        "06:05 书记周建国：已送达",
        "06:05 组长吴静：已送达",
        "06:05 副书记孙丽：已送达",
        "06:15 值班员于海：已送达",
    ]
    await story.say("于海", f"收到 {number}")
    await story.later("PT1H59M59S")
    assert (await answer(story, "吴静", f"事项{number}"))[0] == f"事项 {number}（紧急困难，郑凯）处理中：于海，06:17 起。告诉过："
    assert await answer(story, "郑凯", f"事项 {number}") == [
        f"事项 {number}（紧急困难）处理中：于海，06:17 起。告诉过：",
        "06:05 书记：已送达",
        "06:05 组长：已送达",
        "06:05 副书记：已送达",
        "06:15 值班员：已送达，06:17 回了话",
    ]
    await story.later("PT1S")
    lines = await answer(story, "周建国", f"事项 {number}")
    assert lines[0] == f"事项 {number}（紧急困难，郑凯）待响应，08:17 起。告诉过："
    assert lines[4:] == [
        "06:15 值班员于海：已送达，06:17 回了话",
        *(f"08:17 {who}：已送达" for who in ("书记周建国", "组长吴静", "副书记孙丽", "值班员于海")),
    ]
    await story.at("06:00", "2026-03-03")
    later = await answer(story, "周建国", f"事项 {number}")
    assert later[1] == "3月2日 06:05 书记周建国：已送达"
    assert "值班员于海：已送达，共提醒" in later[-1]


@pytest.mark.parametrize("who", ["张伟", "李明", "冯雪", "钱志远"])
async def test_to_whoever_has_nothing_to_do_with_it_a_case_does_not_exist(story: Story, who: str) -> None:
    number = await story.case_of(await story.say("郑凯", WATERS))
    assert await answer(story, who, f"事项 {number}") == [f"没有找到你能看的事项 {number}。"]


async def test_a_confidential_case_does_not_exist_for_the_leader(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", NO_CARER + "，只跟书记说"))
    assert await answer(story, "李明", f"事项 {number}") == [f"没有找到你能看的事项 {number}。"]
    assert (await answer(story, "周建国", f"事项 {number}"))[1:] == ["06:05 书记周建国：已送达"]


async def test_a_case_shows_the_other_way_and_the_delay_and_no_word_of_what_was_said(
    each_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(each_settings)) as story:
        await ways.give_accounts(story)
        await story.bot.office.write(lose_in_sandbox("孙丽"))
        app = ways.couriers["wecom_app"]
        app.fails(BUSY)
        number = await story.case_of(await story.say("张伟", WATERS))
        assert await answer(story, "李明", f"事项 {number}") == [
            f"事项 {number}（紧急困难，张伟）待响应，06:05 起。告诉过：",
            "06:05 书记周建国：自建应用没送到，改走试用网页，已送达",
            "06:05 组长李明：自建应用没送到，改走试用网页，已送达",
            "06:05 副书记孙丽：还没送到（平台没收下），会接着发",
        ]
        await story.later("PT4M")
        app.works()
        await story.at("06:20")
        lines = await answer(story, "李明", f"事项 {number}")
        assert lines[3] == "06:05 副书记孙丽：06:10 送达，晚了 5 分钟"
        assert "羊水" not in "".join(lines)
        assert "06:05 副书记：06:10 送达，晚了 5 分钟" in await answer(story, "张伟", f"事项 {number}")


async def test_an_alert_that_no_channel_takes_is_seen_in_the_case_and_climbs_at_once(
    each_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(each_settings)) as story:
        await ways.give_accounts(story)
        for name in ("周建国", "李明"):
            await story.bot.office.write(lose_in_sandbox(name))
        await story.bot.office.write(lose("李明"))
        ways.couriers["wecom_app"].fails(CLOSED, to="周建国")
        number = await story.case_of(await story.say("张伟", NO_CARER))
        await story.later("PT1M")
        assert await answer(story, "于海", f"事项 {number}") == [
            f"事项 {number}（困难，张伟）待响应，06:05 起。告诉过：",
            "06:05 书记周建国：没送到（平台上找不到这个账号）",
            "06:05 组长李明：没送到（没有能私聊的账号）",
            "06:06 副书记孙丽：已送达",
            "06:06 值班员于海：已送达",
        ]
        assert "06:05 组长：没送到" in await answer(story, "张伟", f"事项 {number}")
        assert await answer(story, "于海", "未达") == [
            "最近 7 天没送到、还要管的，2 人：",
            f"李明：事项 {number} 的告警没送到（06:05），没有能私聊的账号。请本人私聊小微一句“我是 李明”。",
            f"周建国：事项 {number} 的告警没送到（06:05），平台上找不到这个账号。请管理员核对名册里的账号。",
        ]
        await story.say("张伟", f"解决了 {number}")
        assert "告警" in "".join(await answer(story, "于海", "未达")), "nothing has arrived at them since"


async def test_what_did_not_arrive_is_listed_until_something_does(each_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(each_settings, nudge_checkin={})) as story:
        await story.bot.office.write(lose("谢天"))
        couriers[0].fails(SendError("not_a_friend", retry=False), to="马腾")
        await story.at("09:00")
        await story.say("刘洋", "未达")
        await story.at("09:05")
        text = [text for _, text in couriers[0].received("刘洋")][-1]
        assert text.splitlines() == [
            "最近 7 天没送到、还要管的，2 人：",
            "马腾：提醒没送到（08:25），不是小微的好友。请本人加小微好友，私聊一句，说什么都行。",
            "谢天：提醒没送到（08:25），没有能私聊的账号。请本人私聊小微一句“我是 谢天”。",
        ]
        await story.say("李明", "未达")
        assert [text for _, text in couriers[0].received("李明")][-1] == "最近 7 天没有送不到的消息。", "another group is not theirs"
        couriers[0].works()
        await story.say("马腾", "36.5 正常")
        await story.later("PT1S")
        await story.say("周建国", "未达")
        assert [text[:2] for text in couriers[0].received("周建国")[-1][1].splitlines()] == ["最近", "谢天"]
        await story.say("刘洋", "未达", "g2")
        assert [outgoing.text for _, outgoing in couriers[0].sent if outgoing.room == "g2"] == ["消息没送到的有 1 人，名单已私信。"]
        await story.at("08:30", "2026-03-10")
        await story.say("周建国", "未达")
        assert "谢天：提醒没送到（08:25）" in couriers[0].received("周建国")[-1][1]


async def test_what_a_leader_may_not_know_of_is_only_a_message(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(settings)) as story:
        number = await story.case_of(await story.say("张伟", NO_CARER + "，只跟书记说"))
        couriers[0].fails(CLOSED, to="张伟")
        await story.at("06:10")
        await story.say("周建国", f"收到 {number}")
        await story.say("李明", "未达")
        assert couriers[0].received("李明")[-1][1].splitlines()[1:] == [
            "张伟：消息没送到（06:10），平台上找不到这个账号。请管理员核对名册里的账号。"
        ]
        await story.say("周建国", "未达")
        assert f"张伟：事项 {number} 的消息没送到" in couriers[0].received("周建国")[-1][1]


async def test_the_list_is_ten_lines_at_most_and_alerts_come_first(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(settings, nudge_checkin={})) as story:
        couriers[0].fails(CLOSED, to="钱志远")
        number = await story.case_of(await story.say("沈冬", WATERS))
        await fails_but_for(couriers[0], "于海", "黄敏")
        await story.at("09:00")
        await story.say("于海", "未达")
        lines = couriers[0].received("于海")[-1][1].splitlines()
        assert len(lines) == 10
        assert lines[1].startswith(f"钱志远：事项 {number} 的告警没送到（06:05）")
        assert lines[-1] == "还有 16 人没列出来，处理几个再发一次“未达”。"


async def fails_but_for(courier: Courier, *names: str) -> None:
    async def trouble(outgoing: Outgoing) -> None:
        if outgoing.address not in names:
            raise CLOSED

    courier.trouble = trouble


async def test_what_is_late_and_still_tried_is_counted(each_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(each_settings)) as story:
        couriers[0].fails(SendError("busy", retry=True, after=timedelta(hours=1)), to="张伟")
        await story.say("张伟", "36.5 正常")
        await story.say("李明", "未达")
        await story.later("PT2M")
        await story.say("李明", "未达")
        await story.say("刘洋", "未达")
        none = "最近 7 天没有送不到的消息。"
        assert [text for _, text in couriers[0].received("李明")] == [none, none + "\n另有 1 条晚了，还在发，最早的是 06:05 的。"]
        assert [text for _, text in couriers[0].received("刘洋")] == [none]


async def test_an_alert_matters_until_its_reader_knows_or_the_case_is_over_and_anything_else_for_a_week(
    each_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers = hire(monkeypatch)
    async with told(only_jobs(each_settings)) as story:

        async def missed(who: str = "李明") -> list[str]:
            await story.say(who, "未达")
            return [line.partition("：")[0] for line in couriers[0].received(who)[-1][1].splitlines()[1:]]

        async def alert_is_lost(to: str, of: str) -> int:
            """The alert of a case does not arrive at somebody, at whom something else arrives a minute later; the number of the case."""
            couriers[0].fails(CLOSED, to=to)
            number = await story.case_of(await story.say(of, WATERS))
            couriers[0].works()
            await story.later("PT1M")
            await story.bot.office.write(greet(to))
            await story.later("PT1M")
            return number

        await alert_is_lost("周建国", of="张伟")
        assert await missed("孙丽") == ["周建国"]
        await story.bot.office.write(lose("于海"))
        await story.at("06:15")
        assert await missed("孙丽") == [], "nobody is on duty, and those who heard first are told again"
        await story.bot.office.write(find("于海"))
        number = await alert_is_lost("孙丽", of="郑凯")
        assert await missed("周建国") == ["孙丽"]
        await story.say("郑凯", f"解决了 {number}")
        assert await missed("周建国") == []

        couriers[0].fails(CLOSED, to="王磊")
        await story.say("王磊", "36.5 正常")
        await story.bot.office.write(lose("高强"))
        await story.bot.office.write(greet("高强"))
        assert await missed() == ["高强", "王磊"]
        await story.bot.office.write(find("高强"))
        assert await missed() == ["王磊"]
        await story.later("P6DT23H")
        assert await missed() == ["王磊"]
        await story.later("PT2H")
        assert await missed() == []
