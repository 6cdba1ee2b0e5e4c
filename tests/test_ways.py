"""Which way a notice goes: the channel that can, the next one where that fails, in parts where it is long."""

from datetime import timedelta

import pytest

from bot.channels.channel import Limit, Outgoing, SendError
from bot.settings import Settings
from models import rooms
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import NoticeRow
from models.tables.unit import AccountRow
from services.notify import post, reply_in, tell
from services.work import Work
from tests.ordinary import ORDINARY
from tests.stage import Ways, notices, only_jobs, rows, told
from tests.story import Story

BUSY = SendError("busy", retry=True)
CLOSED = SendError("not_in_scope", retry=False)
APP = Capabilities(hears=Hears.NOTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)
AIBOT = Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.AFTER_TALK, people=Push.AFTER_TALK)


async def say_to(story: Story, name: str, text: str, kind: NoticeKind = NoticeKind.OPERATION) -> None:
    """The bot says something to a member, and sends it."""

    def act(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        tell(work, person, text, kind)

    await story.bot.office.write(act)
    await story.later("PT0S")


async def test_an_alert_that_the_platform_does_not_take_goes_another_way_at_once_and_a_receipt_waits(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        ways.couriers["wecom_app"].fails(BUSY)
        await story.say("张伟", "38.5，咳嗽")
        assert any("咳嗽" in text for text in await story.heard_by("李明")), "the alert came through the sandbox"
        assert await story.heard_by("张伟") != [], "张伟 spoke in the sandbox and is answered there"
        await say_to(story, "王磊", "一条普通通知")
        assert await story.heard_by("王磊") == []
        ways.couriers["wecom_app"].works()
        await story.later("PT5S")
        assert [text for _, text in ways.couriers["wecom_app"].received("王磊")] == ["一条普通通知"]
        assert ways.couriers["wecom_app"].received("李明") == [], "nobody is alerted twice"


async def test_a_way_that_is_closed_for_somebody_leads_to_the_next_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        ways.couriers["wecom_app"].fails(CLOSED, to="王磊")
        await say_to(story, "王磊", "一条普通通知")
        await say_to(story, "高强", "一条普通通知")
        assert await story.heard_by("王磊") == ["一条普通通知"]
        assert await story.heard_by("高强") == []
        (row,) = [row for row in await notices(story, NoticeKind.OPERATION) if row.address == "王磊"]
        assert (row.channel, row.tried, row.state) == ("sandbox", "wecom_app", NoticeState.SENT)


async def test_when_no_way_works_every_way_is_tried_again_with_growing_waits_until_one_does(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP, wecom_aibot=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await story.bot.office.write(lambda work: _forget_sandbox(work, "周建国"))
        for courier in ways.couriers.values():
            courier.fails(BUSY)
        await story.say("张伟", "孩子高烧40度没人送医院，急")
        await story.later("PT1M")
        assert {len(c.tries) > 2 for c in ways.couriers.values()} == {True}
        ways.couriers["wecom_aibot"].works()
        await story.later("PT10M")
        alerts = [row for row in await notices(story, NoticeKind.ALERT) if row.address == "周建国"]
        arrived = [outgoing.notice_id for _, outgoing in ways.couriers["wecom_aibot"].sent if outgoing.address == "周建国"]
        assert arrived != []
        assert sorted(arrived) == [row.id for row in alerts], "each of them once"
        assert {row.state for row in alerts} == {NoticeState.SENT}


def _forget_sandbox(work: Work, name: str) -> None:
    row = work.session.query(AccountRow).filter_by(channel="sandbox", address=name).one()
    work.session.delete(row)
    work.directory_changed = True


async def test_a_full_window_keeps_its_last_places_for_alerts_and_then_sends_them_another_way(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    ways.limits = (Limit(4, timedelta(minutes=1), reserved=2),)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        for number in range(5):
            await say_to(story, "李明", f"通知{number}")
        app = ways.couriers["wecom_app"]
        assert [text for _, text in app.received("李明")] == ["通知0", "通知1"]
        for who in ("张伟", "高强", "王磊"):
            await story.say(who, "38.5，咳嗽")
        assert sum("咳嗽" in text for _, text in app.received("李明")) == 2
        assert len([text for text in await story.heard_by("李明") if "咳嗽" in text]) == 1, "the third alert found the window full"
        await story.later("PT2M")
        assert [text for _, text in app.received("李明")][-1] == "通知2\n\n通知3\n\n通知4", "what waited is said at once"


async def test_what_was_sent_before_a_restart_still_counts_for_the_pace(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    ways.limits = (Limit(2, timedelta(hours=1)),)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await say_to(story, "李明", "一")
        await say_to(story, "李明", "二")
        await story.restart()
        await say_to(story, "李明", "三")
        assert ways.couriers["wecom_app"].received("李明") == []
        await story.later("PT1H")
        assert [text for _, text in ways.couriers["wecom_app"].received("李明")] == ["三"]


async def test_a_long_text_comes_in_numbered_parts_and_after_a_failure_only_the_rest_is_sent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    ways.max_bytes = 200
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        app = ways.couriers["wecom_app"]

        async def only_the_first(outgoing: Outgoing) -> None:
            if outgoing.part > 0:
                raise BUSY

        app.trouble = only_the_first
        sentence = "今天的汇总有点长，请慢慢看。"
        await say_to(story, "李明", sentence * 10)
        assert len(app.received("李明")) == 1
        app.works()
        await story.later("PT5S")
        texts = [text for _, text in app.received("李明")]
        assert len(texts) == 3
        assert [text[-5:] for text in texts] == ["(1/3)", "(2/3)", "(3/3)"]
        assert all(len(text.encode()) <= 200 for text in texts)
        assert "".join(text.rsplit("\n\n(", 1)[0] for text in texts) == sentence * 10


async def test_where_the_bot_was_never_spoken_to_it_does_not_try_to_speak(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wecom_aibot=AIBOT)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await say_to(story, "李明", "一条普通通知")
        assert await story.heard_by("李明") == ["一条普通通知"]
        assert ways.couriers["wecom_aibot"].tries == []


async def test_an_alert_goes_where_its_answer_is_heard_if_it_can(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = APP.model_copy(update={"private": False})
    ways = Ways(monkeypatch, wecom_app=deaf, wecom_aibot=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await say_to(story, "李明", "一条要回的通知")
        assert [text for _, text in ways.couriers["wecom_aibot"].received("李明")] == ["一条要回的通知"]
        ways.couriers["wecom_aibot"].fails(CLOSED)
        await story.bot.office.write(lambda work: _forget_sandbox(work, "李明"))
        await say_to(story, "李明", "又一条")
        assert [text for _, text in ways.couriers["wecom_app"].received("李明")] == ["又一条"], "better said than not"


async def test_a_notice_that_nobody_can_be_told_is_seen_as_failed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await story.bot.office.write(lambda work: _forget_sandbox(work, "王磊"))
        ways.couriers["wecom_app"].fails(CLOSED, to="王磊")
        await say_to(story, "王磊", "一条普通通知")
        (row,) = await rows(story, NoticeRow)
        assert (row.state, row.reason) == (NoticeState.FAILED, "not_in_scope")


async def test_a_platform_that_says_nothing_is_asked_once_and_holds_up_no_alert(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wecom_app=APP)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        app = ways.couriers["wecom_app"]
        app.fails(SendError("timeout", retry=True, answered=False))

        def all_at_once(work: Work) -> None:
            for person in list(work.directory.people.values())[:10]:
                tell(work, person, "一条普通通知", NoticeKind.OPERATION)

        await story.bot.office.write(all_at_once)
        await story.later("PT0S")
        assert len(app.tries) == 1, "the others would only have waited for an answer one after the other"
        await story.say("张伟", "38.5，咳嗽")
        assert any("咳嗽" in text for text in await story.heard_by("李明"))
        app.works()
        await story.later("PT1M")
        assert sorted(outgoing.notice_id for _, outgoing in app.sent) == list(range(1, 11)), "all arrive, each once"


async def say_in_room(story: Story, account: str, text: str) -> None:
    """Somebody says something to the bot in a room of an ordinary account's channel, and all that it leads to is done."""
    now = story.bot.office.clock.now()
    message = Message(channel="wechaty", id=f"{account} {text} {now}", room="R1", account=account, sent_at=now, text=text, addressed=True)
    await story.bot.door.receive(message)
    await story.later("PT0S")


async def bind_room(story: Story, channel: str, address: str) -> None:
    """A chat is that of 第一党小组."""

    def act(work: Work) -> None:
        rooms.bind(work.session, channel, address, "group", "g1")
        work.directory_changed = True

    await story.bot.office.write(act)


async def test_an_answer_in_a_room_mentions_the_one_to_whom_it_is_said_and_what_is_for_all_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wechaty=ORDINARY)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await bind_room(story, "wechaty", "R1")
        await say_in_room(story, "张伟", "@小微 36.5 正常")
        await say_in_room(story, "王磊", "@小微 你说呢")
        await say_in_room(story, "wx-0077", "@小微 帮助")
        (room,) = story.bot.office.directory.rooms_of("group", "g1")[1:]
        await story.bot.office.write(lambda work: post(work, room, "大家辛苦了", NoticeKind.LESSON))
        await story.later("PT0S")
        said = [(outgoing.text[:3], outgoing.mention) for _, outgoing in ways.couriers["wechaty"].sent if outgoing.room == "R1"]
        assert said == [("张伟 ", "张伟"), ("王磊 ", "王磊"), ("你好，", "wx-0077"), ("大家辛", None)]


async def test_what_is_said_together_mentions_somebody_only_where_all_of_it_is_said_to_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wechaty=ORDINARY)
    ways.limits = (Limit(1, timedelta(minutes=1)),)
    async with told(only_jobs(settings)) as story:

        async def answer(*accounts: str) -> Outgoing:
            """The bot answers some people in the room at once, and has but one message for it."""

            def act(work: Work) -> None:
                for account in accounts:
                    reply_in(work, "wechaty", "R1", f"{account} 记下了 ✓", mention=account)

            await story.bot.office.write(act)
            await story.later("PT1M")
            return ways.couriers["wechaty"].sent[-1][1]

        of_one = await answer("张伟", "张伟")
        assert (of_one.text.count("记下了"), of_one.mention) == (2, "张伟")
        of_two = await answer("王磊", "高强")
        assert (of_two.text.count("记下了"), of_two.mention) == (2, None)


async def test_a_mention_is_in_the_first_part_and_is_not_taken_along_to_another_channel(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, wechaty=ORDINARY, wecom_aibot=ORDINARY)
    ways.max_bytes = 60
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await bind_room(story, "wechaty", "R1")
        await bind_room(story, "wecom_aibot", "G1")
        await say_in_room(story, "张伟", "@小微 你说呢")
        parts = [outgoing for _, outgoing in ways.couriers["wechaty"].sent if outgoing.room == "R1"]
        assert len(parts) > 1
        assert [outgoing.mention for outgoing in parts] == ["张伟"] + [None] * (len(parts) - 1)
        ways.couriers["wechaty"].fails(CLOSED)
        await say_in_room(story, "王磊", "@小微 你说呢")
        moved = [outgoing for _, outgoing in ways.couriers["wecom_aibot"].sent if outgoing.room == "G1"]
        assert moved[0].text.startswith("王磊")
        assert {outgoing.mention for outgoing in moved} == {None}
