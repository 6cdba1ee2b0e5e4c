"""What the app says to people: it reaches anybody, arrives once whatever the platform answers, and goes another way where it does not."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.channel import Outgoing
from bot.channels.wecom.errors import WeComError
from bot.channels.wecom_app.wire import NAME
from bot.settings import Settings
from models import rooms
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.queue import NoticeRow, SandboxMessageRow
from services.notify import reply_in
from tests.fakes.wecom_server.company import App
from tests.stage import changed, only_jobs, rows
from tests.wecom.app_unit import APP, COMPANY, USERIDS, told_to_the_app

LOST_ANSWERS: dict[str, dict[str, Any]] = {
    "busy": {"errcode": -1},
    "a gateway fails": {"status": 502},
    "no answer": {"silent": True},
    "cut off": {"close": 1006},
    "garbled": {"malformed": True},
}


async def test_whoever_never_said_anything_is_reminded_in_private(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings, nudge_checkin={})) as story:
        await story.at("2026-03-02T08:25")
        assert [text.startswith("王磊") for text in story.read_by("王磊")] == [True]
        notices = {row.address: row for row in await rows(story.bot, NoticeRow)}
        assert notices["wanglei"].platform_id == story.fake.seen_by("wanglei")[0].msgid, "so that it can be recalled"
        assert {row.state for row in notices.values() if row.address} == {NoticeState.SENT}


@pytest.mark.parametrize("trouble", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not accepted"])
async def test_what_the_platform_took_without_saying_so_is_read_once_and_what_it_did_not_take_too(
    settings: Settings, trouble: dict[str, Any], accepted: bool
) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.lose_an_answer(accepted=accepted, **trouble)
        await story.tell("张伟", "今天下午两点打扫车库")
        await story.later(minutes=5)
        assert story.read_by("张伟") == ["今天下午两点打扫车库"]
        (row,) = await rows(story.bot, NoticeRow)
        assert row.state == NoticeState.SENT


async def test_the_same_words_that_are_meant_twice_are_read_twice(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        for _ in range(2):
            await story.tell("张伟", "记下了")
            await story.later(minutes=4)
        assert story.read_by("张伟") == ["记下了"] * 2
        await story.close()
        await story.open()
        await story.tell("张伟", "记下了")
        assert story.read_by("张伟") == ["记下了"] * 3, "also over a restart"
        await story.later(minutes=31)
        await story.tell("张伟", "记下了")
        assert story.read_by("张伟") == ["记下了"] * 4
        assert story.fake.dropped() == []


async def test_a_repeat_of_words_that_were_meant_twice_is_not_swallowed(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("张伟", "记下了")
        story.fake.fail("message/send", status=502)
        await story.tell("张伟", "记下了")
        await story.later(minutes=1)
        assert story.read_by("张伟") == ["记下了"] * 2


@pytest.mark.parametrize("trouble", ["revoked", "expired"])
async def test_a_token_that_ends_in_the_middle_is_fetched_once_for_all(settings: Settings, trouble: str) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("李明", "早")
        (story.fake.revoke_token if trouble == "revoked" else story.fake.expire_token)()
        people = list(USERIDS.values())
        await asyncio.gather(*(story.channel.send(Outgoing(900 + n, None, userid, "开会")) for n, userid in enumerate(people)))
        assert [len(story.fake.seen_by(userid)) for userid in people].count(1) == len(people) - 1
        assert len(story.fake.calls("gettoken")) == 2


async def test_who_is_out_of_scope_or_not_licensed_is_told_on_the_next_channel_and_the_others_on_this_one(settings: Settings) -> None:
    seen = tuple(userid for userid in USERIDS.values() if userid != "wanglei")
    users = tuple(replace(user, licensed=user.userid != "gaoqiang") for user in COMPANY.users)
    company = replace(COMPANY, users=users, apps=(App(APP.agent_id, APP.secret, departments=(), users=seen),))
    async with told_to_the_app(only_jobs(settings), company, sandbox=True) as story:
        for who in ("王磊", "高强", "张伟"):
            await story.decide(who, "下午打扫车库")
        with capture_logs() as lines:
            for _ in range(2):
                await story.later(seconds=1)
        assert [len(story.read_by(who)) for who in ("王磊", "高强", "张伟")] == [0, 0, 1]
        assert [row.address for row in await rows(story.bot, SandboxMessageRow)] == ["王磊", "高强"]
        assert [(line["notice"], line["reason"]) for line in lines] == [(1, "no_valid_recipient"), (2, "unlicensed_user")]


async def test_one_of_several_people_who_is_not_reached_is_named(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        with pytest.raises(WeComError, match="invalid_user"):
            await story.channel._client.send("liming|NoBody", {"msgtype": "text", "text": {"content": "早"}}, once=True)


async def test_an_app_that_may_not_call_any_more_is_told_of_once_and_everything_arrives_when_it_may(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True) as story:
        story.fake.trust_only(["203.0.113.7"])
        for number in range(3):
            await story.tell("张伟", f"第 {number} 条")
        await story.later(minutes=5)
        told = [row.text for row in await rows(story.bot, SandboxMessageRow) if row.address == "于海"]
        assert len(told) == 1
        assert "不在企业可信IP里" in told[0]
        story.fake.trust_only(None)
        await story.later(minutes=11)
        assert sorted(story.read_by("张伟")) == ["第 0 条", "第 1 条", "第 2 条"]


async def test_a_long_text_arrives_whole_also_where_the_platform_fails_in_the_middle(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.fake.fail("message/send", delay=0.001, times=2)
        story.fake.fail("message/send", errcode=45009)
        lines = [f"* 第{number}项：[说明](https://example.com/{number})，**请**逐条看完" for number in range(120)]
        await story.tell("张伟", "\n".join(lines))
        await story.later(minutes=2)
        texts = story.read_by("张伟")
        assert max(len(text.encode()) for text in texts) <= 2048
        for number in range(120):
            assert sum(f"第{number}项：说明（https://example.com/{number}），请逐条看完" in text for text in texts) == 1
        (row,) = await rows(story.bot, NoticeRow)
        assert (row.reason, row.state) == (None, NoticeState.SENT)
        assert row.platform_id is not None
        assert row.platform_id.split() == [message.msgid for message in story.fake.seen_by("ZhangWei")]


async def test_nobodys_words_call_anybody_or_hide_where_a_link_leads(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        room = await story.channel._client.make_room("一班", "liming", ["liming", "ZhangWei"], "ownRoom")
        words = '<a href="http://evil.example/">领补贴</a> <**@all**> <@liming>'
        shown = '(a href="http://evil.example/")领补贴(/a) (@all) (@liming)'
        await story.tell("张伟", words)
        await story.bot.office.write(lambda work: reply_in(work, NAME, room, words))
        await story.later(seconds=0)
        assert story.read_by("张伟") == [shown]
        assert [message.text for message in story.fake.seen_in(room)] == [shown]


async def test_what_came_along_from_a_word_processor_keeps_nobody_from_being_told(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("张伟", "病假\x0b两天\x1b[0m，写作 \\u000b 或 \\\\u000b")
        assert story.read_by("张伟") == ["病假 两天 [0m，写作 \\u000b 或 \\\\u000b"]


async def test_nothing_is_swallowed_for_being_too_much_and_an_alert_does_not_wait(settings: Settings) -> None:
    async with told_to_the_app(changed(only_jobs(settings), policies={"budget": None})) as story:
        for number in range(45):
            await story.decide("张伟", f"第 {number} 条", NoticeKind.LESSON, Priority.DIGEST)
        await story.later(seconds=0)
        await story.tell("张伟", "着火了", NoticeKind.OPERATION, Priority.ALERT)
        assert story.read_by("张伟")[-1] == "着火了"
        await story.later(minutes=3)
        assert story.fake.dropped() == []
        read = "\n".join(story.read_by("张伟"))
        assert all(read.count(f"第 {number} 条") == 1 for number in range(45))


@pytest.mark.parametrize("trouble", ["none", "busy", "revoked", "the upload's answer is lost", "the sending's answer is lost"])
async def test_a_lesson_with_its_picture_arrives_and_the_picture_is_uploaded_once_for_all(settings: Settings, trouble: str) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("李明", "早")
        match trouble:
            case "busy":
                story.fake.fail("media/upload", errcode=-1)
            case "revoked":
                story.fake.revoke_token()
            case "the upload's answer is lost":
                story.fake.fail("media/upload", status=502, accepted=True)
            case "the sending's answer is lost":
                story.fake.fail("message/send", delay=0.0)  # the text
                story.fake.fail("message/send", status=502, accepted=True)
        for who in ("张伟", "王磊"):
            await story.decide(who, "【微党课】口罩戴严", NoticeKind.LESSON, Priority.DIGEST, image="lessons/01-mask-and-decon.png")
        await story.later(minutes=1)
        for who in ("张伟", "王磊"):
            seen = story.fake.seen_by(USERIDS[who])
            assert [message.msgtype for message in seen] == ["text", "image"]
        media = {message.content["media_id"] for who in ("张伟", "王磊") for message in story.fake.seen_by(USERIDS[who])[1:]}
        assert len(media) == 1
        assert (
            story.fake._platform.medias[media.pop()].data == (settings.organization.content / "lessons/01-mask-and-decon.png").read_bytes()
        )


async def test_a_group_of_the_apps_that_is_gone_is_told_of_once(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True) as story:
        await story.bot.store.write(lambda session: rooms.bind(session, "wecom_app", "nowhere", "group", "g1"))
        await story.bot.office.reload()
        for number in range(2):
            with pytest.raises(WeComError, match="chat_not_found"):
                await story.channel.send(Outgoing(900 + number, "nowhere", None, "早"))
        await story.later(seconds=1)
        told = [row.text for row in await rows(story.bot, SandboxMessageRow) if row.address == "于海"]
        assert len(told) == 1
        assert "chat_not_found" in told[0]


async def test_no_log_line_says_to_whom_or_what(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.fake.fail("message/send", errcode=60111)
        with capture_logs() as lines:
            await story.tell("张伟", "我娘病了")
        assert [line["reason"] for line in lines] == ["unknown_user"]
        assert not any(word in str(lines) for word in ("我娘病了", "ZhangWei", APP.secret, "access_token"))


async def test_of_many_hardships_in_one_minute_none_is_dropped_by_the_platform_without_a_word(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        long = "医院说押金要三万，我手头不够，" * 12  # more than a card shows, so that its text goes before it
        for number in range(24):
            who = ("张伟", "王磊", "高强", "赵云飞")[number % 4]
            answer = await story.fake.app_says(story.url, USERIDS[who], f"我爸住院要做手术，家里没人照顾，{long}第{number}件")
            assert answer.accepted
        for _ in range(2):
            await story.later(seconds=65)
        read = story.read_by("周建国")
        assert [number for number in range(24) if not any(f"第{number}件" in text for text in read)] == []
        sent = [row for row in await rows(story.bot, NoticeRow) if (row.address, row.state) == (USERIDS["周建国"], NoticeState.SENT)]
        assert len(sent) == len(story.cards_of("周建国")) == 24, "what counts as sent was seen"


async def test_a_wrong_secret_that_nobody_could_be_told_of_is_told_at_the_next_try(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True, secret=SecretStr("wrong")) as story:
        with monkeypatch.context() as busy:
            busy.setattr("bot.door.outages.out_of_order", store_is_busy)
            await story.tell("张伟", "今晚七点开会")
        assert [row for row in await rows(story.bot, NoticeRow) if row.kind == NoticeKind.OUTAGE] == []
        await story.later(minutes=10)
        (told,) = [row.text for row in await rows(story.bot, NoticeRow) if row.kind == NoticeKind.OUTAGE]
        assert told.startswith("企业微信不认自建应用的企业ID 或 Secret，现在私下发不出消息。")


def store_is_busy(*_work: object) -> None:
    """Another process holds it for too long."""
    raise OSError


async def test_a_limit_of_the_day_is_waited_for_and_not_tried_every_minute(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.at("2026-03-02T15:00")
        story.fake.fail("message/send", errcode=45009, times=None)
        await story.decide("张伟", "今晚七点开会")
        await story.decide("王磊", "明天轮到你洗消")
        await story.at("2026-03-02T23:59")
        assert len(story.fake.calls("message/send")) <= 8, "a minute, ten, an hour, and then not before the day is over"
        story.fake.works("message/send")
        await story.at("2026-03-03T05:59")
        assert story.read_by("张伟") == [], "and nobody is woken for it"
        await story.at("2026-03-03T06:30")
        assert (story.read_by("张伟"), story.read_by("王磊")) == (["今晚七点开会"], ["明天轮到你洗消"])


async def test_a_limit_that_is_only_one_of_the_minute_holds_nothing_up_for_longer(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        story.fake.fail("message/send", errcode=45009)
        await story.decide("张伟", "今晚七点开会")
        await story.decide("王磊", "明天轮到你洗消")
        await story.later(minutes=2)
        assert (story.read_by("张伟"), story.read_by("王磊")) == (["今晚七点开会"], ["明天轮到你洗消"])


async def test_while_the_limit_is_spent_what_would_wait_for_hours_goes_by_the_next_channel_and_an_alert_at_once(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True) as story:
        await story.at("2026-03-02T15:00")
        story.fake.fail("message/send", errcode=45009, times=None)
        await story.decide("张伟", "今晚七点开会")
        await story.later(minutes=90)
        others = [row for row in await rows(story.bot, SandboxMessageRow) if row.address != "于海"]
        assert [(row.address, row.text) for row in others] == [("张伟", "今晚七点开会")]
        for words in ("带上本子", "别迟到"):
            await story.decide("张伟", words)
            for _ in range(2):
                await story.later(seconds=1)
        others = [row.text for row in await rows(story.bot, SandboxMessageRow) if row.address == "张伟"]
        assert others == ["今晚七点开会", "带上本子", "别迟到"], "what comes to the same person afterwards too"
        (told,) = [row.text for row in await rows(story.bot, SandboxMessageRow) if row.address == "于海"]
        assert told.startswith("企业微信今天不让自建应用再发了")
        await story.decide("王磊", "三班车库冒烟，马上集合", NoticeKind.ALERT, Priority.ALERT)
        for _ in range(2):
            await story.later(seconds=1)
        assert [row.text for row in await rows(story.bot, SandboxMessageRow) if row.address == "王磊"] == ["三班车库冒烟，马上集合"]


async def test_an_alert_that_has_no_other_way_is_tried_while_all_else_waits(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.at("2026-03-02T15:00")
        story.fake.fail("message/send", errcode=45009, times=None)
        await story.decide("张伟", "今晚七点开会")
        await story.later(hours=3)
        await story.decide("王磊", "三班车库冒烟，马上集合", NoticeKind.ALERT, Priority.ALERT)
        await story.later(minutes=5)
        story.fake.works("message/send")
        await story.later(minutes=10)
        assert story.read_by("王磊") == ["三班车库冒烟，马上集合"]
