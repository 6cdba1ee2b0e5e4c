"""A burst: 20,000 messages at once over a real gateway, and a bot that is far behind."""

import asyncio
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from signal import SIGTERM
from typing import Final, NamedTuple

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.bot import Bot
from bot.channels.channel import Outgoing, State
from bot.channels.wechaty import listener
from bot.channels.wechaty.wire import NAME
from bot.config import REPOSITORY
from bot.desk import Outcome
from bot.settings import Settings
from bot.wiring import open_store
from models import promises
from models.clock import ManualClock
from models.message import Message
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow, ReportRow
from models.tables.unit import AccountRow
from tests.gateway.alone import Alone, alone
from tests.gateway.gateway import Gateway, running_gateway
from tests.gateway.unit import HASTE, GatewayStory, account_of, chat_of, move_in, people_the_world, told_in_wechat
from tests.stage import notices, only_jobs, rows
from tests.wecom.app_unit import receiver_of

MESSAGES: Final = 20_000
WARM_UP: Final = 600
BEHIND: Final = 2000
GROWS_LESS: Final = 60.0
"""In MB."""
ROOMS: Final = ("g1", "g2", "g3", "g4", "b1", "org")
HARDSHIP: Final = "我妈住院没人陪护，请组织帮帮忙"
SECONDS: Final = 200.0
"""A machine that does nothing else needs a tenth of it."""
POLL: Final = 0.2


class Said(NamedTuple):
    """Who said what, and where (None: in private)."""

    who: str
    text: str
    room: str | None

    @property
    def checks_in(self) -> bool:
        """Whether it is a check-in."""
        return self.text.startswith("36.")

    @property
    def reports(self) -> bool:
        """Whether it is a daily report."""
        return self.text.startswith("今日工作")

    @property
    def stays(self) -> bool:
        """Whether it leaves a trace."""
        return self.checks_in or self.reports or self.text == HARDSHIP


def chatter() -> list[str]:
    """What people say among each other."""
    lines = (REPOSITORY / "tests" / "corpus" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [one["text"] for one in map(json.loads, lines) if "chatter" in one["tags"] and "小微" not in one["text"]]


def talk(names: list[str], count: int, chance: random.Random) -> Iterator[Said]:
    """One message of ten is a check-in, now and then one is a report, the others are chatter; a hardship comes near the end."""
    idle = chatter()
    for number in range(count):
        who, room = chance.choice(names), chance.choice(ROOMS)
        if number == count - count // 50:
            yield Said(who, HARDSHIP, None)
        elif number % 500 == 499:
            yield Said(who, f"今日工作：第{number}号装备清点；明日计划：体能训练", room)
        elif number % 10 == 0:
            yield Said(who, f"36.{chance.randrange(10)} 正常", room)
        else:
            yield Said(who, chance.choice(idle), room)


def told_of(count: int, chance: random.Random) -> Iterator[int]:
    """The order in which a gateway tells of so many messages: a tenth of them twice, at once or long after."""
    for place in range(count):
        yield place
        if place % 10 == 0:
            yield max(0, place - chance.choice((0, 10, 2000)))


class Crowd:
    """Everybody of the unit, and all that they said so far: by the ids of the messages, in order."""

    def __init__(self, gateway: Gateway, bot: Alone, names: list[str]) -> None:
        self._gateway = gateway
        self._bot = bot
        self._names = names
        self._chance = random.Random(20_000)
        self.said: dict[str, Said] = {}
        self.alert_after = 0.0

    async def talks(self, count: int) -> float:
        """Say so much at once; returns after how many seconds the bot had heard all of it, and notes when the alert was out."""
        self._gateway.forget()
        said = list(talk(self._names, count, self._chance))
        told = list(told_of(count, self._chance))
        heard = sum((await self._bot.counted()).values())
        start = time.monotonic()
        ids = await self._gateway.flood([(account_of(one.who), one.text, one.room and chat_of(one.room)) for one in said], told)
        self.said |= dict(zip(ids, said, strict=True))
        alerted = all_heard = 0.0
        while not (alerted and all_heard):
            passed, counted = time.monotonic() - start, await self._bot.counted()
            assert passed < SECONDS, (
                f"alert after {alerted}",
                f"heard {heard} + {len(told)} after {all_heard}",
                counted,
                self._bot.log[-9:],
            )
            if not alerted and any(HARDSHIP in sent.text for sent in self._gateway.outbox()):
                alerted = passed
            if not all_heard and sum(counted.values()) == heard + len(told):
                all_heard = passed
            await asyncio.sleep(POLL)
        self.alert_after = alerted
        return all_heard


async def test_a_burst_is_recorded_in_order_and_once_in_little_memory_and_an_alert_waits_for_no_receipt(settings: Settings) -> None:
    settings = only_jobs(settings)
    start = settings.clock.start
    assert start is not None
    async with running_gateway(clock=lambda: start) as gateway:
        names = move_in(settings)
        await people_the_world(gateway, names)
        with alone(settings, gateway) as bot:
            await bot.ready()
            crowd = Crowd(gateway, bot, names)
            await crowd.talks(WARM_UP)  # what is loaded once and stays
            bot.forget_peak()
            before, worked = bot.memory(), bot.processor()
            seconds = await crowd.talks(MESSAGES)
            peak, worked = bot.memory("VmHWM"), bot.processor() - worked
            counted = await bot.counted()
            assert "connection ended" not in [line["event"] for line in bot.log]
            bot.notify(SIGTERM)
            assert await bot.ended() == 0
    print(  # noqa: T201
        f"\n{MESSAGES} messages in {seconds:.1f} s, {MESSAGES / seconds:.0f} a second, {worked / MESSAGES * 1000:.2f} ms of the processor"
        f" for each; an alert after {crowd.alert_after:.1f} s; {before:.1f} MB before, {peak:.1f} MB at the highest point; {counted}"
    )
    assert peak - before < GROWS_LESS
    store = open_store(settings)
    try:
        store.read_now(lambda session: look_at_records(session, crowd.said))
    finally:
        store.close()


def look_at_records(session: Session, said: dict[str, Said]) -> None:
    """Everything that reports is there once, in order, what came last counts, and receipts wait while alerts are out."""
    messages = list(session.scalars(select(MessageRow).order_by(MessageRow.id)))
    assert [row.external_id for row in messages] == [name for name, one in said.items() if one.stays]
    assert {row.status for row in messages} == {"handled"}
    members = {row.address: row.member_id for row in session.scalars(select(AccountRow).where(AccountRow.channel == NAME))}
    last = {members[account_of(one.who)]: float(one.text.split()[0]) for one in said.values() if one.checks_in}
    checkins = list(session.scalars(select(CheckinRow)))
    assert {row.member_id: row.temperature for row in checkins if row.ended_at is None} == last
    assert len(checkins) == len({row.message_id for row in checkins})
    assert session.scalar(select(func.count()).select_from(ReportRow)) == sum(one.reports for one in said.values())
    alerts = list(session.scalars(select(NoticeRow.state).where(NoticeRow.kind == NoticeKind.ALERT)))
    assert set(alerts) == {NoticeState.SENT}
    waiting = select(func.count()).where(NoticeRow.kind == NoticeKind.RECEIPT, NoticeRow.state == NoticeState.WAITING)
    assert session.scalar(waiting), "all receipts were sent: this burst was none"


async def behind(story: GatewayStory, count: int = BEHIND) -> list[str]:
    """Members check in, more than the bot can read at once: it was told of all, and has read few. Returns the ids of the messages."""
    names = [person.name for person in story.bot.office.directory.people.values()]
    said = [(account_of(names[n % len(names)]), f"36.{n % 10} 正常", chat_of(ROOMS[n % len(ROOMS)])) for n in range(count)]
    ids = await story.gateway.flood(said, at=story.now())
    await story.until(lambda: ids[-1] in story._came_in)
    assert story.channel._listener.intake.unread > count // 10
    return ids


async def test_a_bot_that_is_far_behind_still_hears_the_heart_of_the_gateway_and_speaks(settings: Settings) -> None:
    patience = replace(HASTE, silence=1.0, sign=1.0)
    async with told_in_wechat(only_jobs(settings), patience=patience, paced=True) as story:
        await story.gateway.beats(100)
        with capture_logs() as log:
            await behind(story)
            sent = await story.channel.send(Outgoing(1, chat_of("g1"), None, "我在"))
            assert story.channel._listener.intake.unread
            assert sent.platform_ids
            async with asyncio.timeout(SECONDS):
                await story.channel._listener.intake.idle()
        assert story.channel.state is State.ONLINE
        assert "connection ended" not in [line["event"] for line in log]


async def test_what_a_bot_had_not_read_when_it_stopped_belongs_to_the_gap(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "LAST_SECONDS", 0.0)
    async with told_in_wechat(only_jobs(settings), paced=True) as story:
        await story.later("PT1M")
        first = await story.say("张伟", "36.5 正常", "g1")
        await story.later("PT1M")
        said = await behind(story)
        with capture_logs() as log:
            async with asyncio.timeout(SECONDS):
                await story.close()
        unread = next(line["messages"] for line in log if line["event"] == "stopped before every message was fetched")
        bot = Bot(story.settings, receiver_of(story.settings.organization))
        assert isinstance(bot.office.clock, ManualClock)
        bot.office.clock.set(story.now() + timedelta(minutes=2))
        await story.open(bot)
        await story.online()
        stored = [row.external_id for row in await rows(story, MessageRow)]
        assert stored == [first, *said[: len(stored) - 1]]
        lost = len(said) - (len(stored) - 1)
        assert 0 < lost <= unread <= lost + len(story.gateway.outbox()), "its own words come back to it too"
        told = await notices(story, NoticeKind.OPERATION)
        assert told
        # its own first answer may not have been read either: that was said at 06:06
        assert all(notice.text.startswith(("06:06–06:09", "06:07–06:09")) for notice in told)


async def test_what_could_not_be_stored_yet_counts_as_not_heard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_message: Message) -> Outcome:
        raise OSError

    async with told_in_wechat(only_jobs(settings)) as story:
        await story.gateway.beats(50)
        started = story.now()
        monkeypatch.setattr(story.bot.desk, "submit", full)
        await story.say("张伟", "36.5 正常", "g1")
        for _ in range(3):
            await story.later("PT1M")
            await asyncio.sleep(0.1)  # some beats
            await story.settled()
        assert await story.bot.store.read(lambda session: promises.get_moment(session, f"hears.{NAME}")) == started
