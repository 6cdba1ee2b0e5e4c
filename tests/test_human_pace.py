"""An ordinary account speaks as a person would: with a pause after each message, never the same twice, and alerts at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.channel import Limit
from bot.channels.settings import Wechaty
from bot.channels.wechaty.pace import limits
from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.directory import Room
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.queue import NoticeRow
from services.notify import answer_account, post, tell
from services.work import Work
from tests.stage import Courier, Ways, hire, only_jobs, rows, seconds, told
from tests.story import Story

HUMAN = limits(Wechaty())
ACCOUNT = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS)
STEADY = (Limit(1, timedelta(seconds=2), whole=True),)
MINUTE = timedelta(minutes=1)


async def decided(story: Story, *acts: Callable[[Work], object]) -> None:
    """The bot decides to say all of it at once."""

    def act(work: Work) -> None:
        for each in acts:
            each(work)

    await story.bot.office.write(act)
    await story.later("PT0S")


def to(account: str, text: str) -> Callable[[Work], None]:
    return lambda work: answer_account(work, "sandbox", account, text)


def into(room: str, text: str, priority: Priority = Priority.ANSWER) -> Callable[[Work], object]:
    return lambda work: post(work, Room("sandbox", room, "group", room), text, NoticeKind.OPERATION, priority)


def keeps_the_pace(courier: Courier) -> None:
    """No minute has more than it may, of a chat and of all."""
    for at, outgoing in courier.sent:
        minute = [other for moment, other in courier.sent if at - MINUTE < moment <= at]
        assert len(minute) <= 20
        assert sum(other.conversation == outgoing.conversation for other in minute) <= 8


async def test_fifty_receipts_for_fifty_people_go_out_in_order_as_if_typed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch, limits=HUMAN)
    async with told(only_jobs(settings)) as story:
        await decided(story, *[to(f"客{number}", "记下了") for number in range(50)])
        (courier,) = couriers
        assert len(courier.sent) == 1
        await story.later("PT10M")
        assert [outgoing.address for _, outgoing in courier.sent] == [f"客{number}" for number in range(50)]
        times = [at for at, _ in courier.sent]
        gaps = seconds(times)
        assert min(gaps) >= 2
        assert len(set(gaps)) == 49, "no two pauses are the same"
        assert times[-1] - times[0] <= timedelta(minutes=3, seconds=45)
        keeps_the_pace(courier)
        assert {(row.state, row.attempts) for row in await rows(story, NoticeRow)} == {(NoticeState.SENT, 1)}


async def test_what_is_said_into_one_room_is_said_together_and_holds_up_nobody_else(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers = hire(monkeypatch, limits=HUMAN)
    async with told(only_jobs(settings)) as story:
        people = [to(f"客{number}", "记下了") for number in range(6)]
        await decided(story, into("大群", "0"), *people, *[into("大群", str(number)) for number in range(1, 8)])
        await story.later("PT1M")
        (courier,) = couriers
        assert [outgoing.address for _, outgoing in courier.sent if outgoing.address] == [f"客{number}" for number in range(6)]
        in_room = [outgoing.text for _, outgoing in courier.sent if outgoing.room]
        assert in_room == ["\n\n".join(map(str, range(8)))]
        keeps_the_pace(courier)


async def test_an_alert_goes_out_at_once_and_on_its_own_way_amid_the_pauses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wechaty=ACCOUNT)
    ways.limits = HUMAN
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        account = ways.couriers["wechaty"]

        def everybody(work: Work) -> None:
            for person in work.directory.people.values():
                tell(work, person, "一条普通通知", NoticeKind.OPERATION)

        await decided(story, everybody)
        await story.later("PT20S")
        waiting = len(account.sent)
        assert waiting < 12
        await story.say("张伟", "38.5，咳嗽")
        now = story.bot.office.clock.now()
        alerts = [(at, outgoing.address) for at, outgoing in account.sent if "咳嗽" in outgoing.text]
        assert sorted(alerts) == sorted((now, name) for name in ("李明", "周建国")), "both at once"
        assert [m for m in await story.heard() if m.to in {"李明", "周建国"}] == []
        await story.later("PT5M")
        ordinary = [at for at, outgoing in account.sent if "咳嗽" not in outgoing.text]
        assert min(seconds(ordinary)) >= 2
        assert min(at for at in ordinary if at >= now) - now >= timedelta(seconds=2), "what an alert sent counts"
        assert len(ordinary) == len(story.bot.office.directory.people)
        keeps_the_pace(account)


async def test_only_a_minute_that_is_full_for_alerts_sends_one_another_way(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, wechaty=ACCOUNT)
    ways.limits = (Limit(3, MINUTE, reserved=1, whole=True), *STEADY)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await story.say("张伟", "38.5，咳嗽")
        await story.say("高强", "38.6，咳嗽")
        alerts = [outgoing for _, outgoing in ways.couriers["wechaty"].sent if "咳嗽" in outgoing.text]
        assert len(alerts) == 3
        assert len([m for m in await story.heard() if m.to in {"李明", "周建国"}]) == 1


async def test_nothing_comes_between_the_parts_of_a_long_notice_but_alerts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch, limits=HUMAN)
    async with told(only_jobs(settings)) as story:
        (courier,) = couriers
        courier.max_bytes = 200
        await decided(story, into("大群", "今天的汇总有点长，请慢慢看。" * 10, Priority.DIGEST))
        assert len(courier.sent) == 1
        await decided(story, into("大群", "答一句"), to("客", "答一句"))
        await story.say("张伟", "38.5，咳嗽")
        await story.later("PT1M")
        ordinary = [outgoing.text for _, outgoing in courier.sent if "咳嗽" not in outgoing.text and outgoing.address != "张伟"]
        assert [text[-5:] for text in ordinary[:3]] == ["(1/3)", "(2/3)", "(3/3)"]
        assert ordinary[3:] == ["答一句", "答一句"]
        assert min(seconds([at for at, outgoing in courier.sent if "咳嗽" not in outgoing.text])) >= 2
        assert [outgoing.text[-5:] for _, outgoing in courier.sent].index("(2/3)") > 1, "the alert went at once"


async def test_a_restart_is_no_excuse_for_haste(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch, limits=(Limit(2, timedelta(hours=1), whole=True),))
    async with told(only_jobs(settings)) as story:
        await decided(story, to("客1", "一"), to("客2", "二"))
        await story.restart()
        await decided(story, to("客3", "三"))
        await story.later("PT59M")
        assert couriers[-1].sent == []
        await story.later("PT1M")
        assert [outgoing.address for _, outgoing in couriers[-1].sent] == ["客3"]


async def test_the_sender_looks_again_when_a_pause_ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    hire(monkeypatch, limits=STEADY)
    async with told(only_jobs(settings)) as story:
        (sender,) = story.bot._senders
        assert (sender._poll(), sender.opens()) == (1.0, None)
        await decided(story, to("客", "记下了"))
        assert sender._poll() == 1.0
        await story.later("PT1.75S")
        assert sender._poll() == 0.25
        await story.later("PT0.25S")
        assert (sender._poll(), sender.opens()) == (1.0, None)
