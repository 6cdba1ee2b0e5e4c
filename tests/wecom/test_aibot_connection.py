"""The long connection stays up: through every close, lost heartbeats and outages, and it gives way to nobody but its own successor."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.channel import SendError
from bot.channels.wecom.errors import WeComError, error_of, no_answer
from bot.channels.wecom_aibot.connection import Connection, Patience, wait_before_next
from bot.channels.wecom_aibot.wire import Callback, Frame
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Rules
from tests.wecom.aibot_unit import HASTE

CHAT = "wr-Demo-Chat"


class Office:
    """The bot's end: what the connection heard, and what humans were told."""

    def __init__(self, fake: FakeWeCom, patience: Patience, secret: str) -> None:
        self.heard: list[tuple[str, Callback]] = []
        self.told: list[str] = []
        self.busy = False
        credentials = {"bot_id": fake.company.bot.bot_id, "secret": secret}
        self.connection = Connection(fake.ws_url, credentials, self._hear, self._tell, patience)

    def _hear(self, req_id: str, callback: Callback) -> None:
        self.heard.append((req_id, callback))
        if callback.words == "@小微 炸了":
            raise ZeroDivisionError

    async def _tell(self, reason: str) -> None:
        self.told.append(reason)
        if self.busy:
            raise OSError("database is locked")

    def texts(self) -> list[str]:
        return [callback.words for _, callback in self.heard]

    async def push(self, words: str) -> None:
        body = {"chatid": CHAT, "chat_type": 2, "msgtype": "markdown", "markdown": {"content": words}}
        await self.connection.ask("aibot_send_msg", body)

    async def answer(self, req_id: str, name: str, words: str) -> None:
        body = {"msgtype": "stream", "stream": {"id": name, "finish": True, "content": words}}
        await self.connection.ask("aibot_respond_msg", body, answers=req_id)


@asynccontextmanager
async def connecting(fake: FakeWeCom, secret: str = "bot-SECRET", **changes: Any) -> AsyncIterator[Office]:
    office = Office(fake, replace(HASTE, **changes), secret)
    await office.connection.start()
    try:
        yield office
    finally:
        await office.connection.stop()


@asynccontextmanager
async def connected(fake: FakeWeCom, **changes: Any) -> AsyncIterator[Office]:
    async with connecting(fake, **changes) as office:
        await fake.until(lambda: office.connection.ready)
        yield office


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def fake(clock: MovedClock) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(now=clock, rules=Rules(subscribes_per_minute=1000)) as fake:
        fake.meet(CHAT)
        yield fake


def subscriptions(fake: FakeWeCom) -> int:
    return len(fake.calls("aibot_subscribe"))


async def again(fake: FakeWeCom, office: Office, since: int) -> None:
    """Wait until there is another subscription, and everything works."""
    await fake.until(lambda: subscriptions(fake) > since and office.connection.ready)
    await office.push("我在")
    await fake.mention("lisi", CHAT, "@小微 在吗")
    await fake.until(lambda: office.texts()[-1:] == ["@小微 在吗"])


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 1008, 4000])
async def test_it_comes_back_whatever_code_it_was_closed_with(fake: FakeWeCom, code: int) -> None:
    async with connected(fake) as office:
        before = subscriptions(fake)
        fake.drop_connection(code)
        await again(fake, office, before)
        assert office.told == []


async def test_it_comes_back_after_an_outage_and_comes_up_after_one(clock: MovedClock) -> None:
    fake = FakeWeCom(now=clock)
    await fake.start()
    await fake.stop()
    async with connecting(fake) as office:
        with pytest.raises(SendError) as refused:
            await office.push("没人在")
        assert (refused.value.reason, refused.value.retry, refused.value.tried) == ("not_connected", True, False)
        await fake.start()
        fake.meet(CHAT)
        await fake.until(lambda: office.connection.ready)
        before = subscriptions(fake)
        await fake.stop()
        await fake.until(lambda: not office.connection.ready)
        await fake.start()
        await again(fake, office, before)
    await fake.stop()


async def test_two_heartbeats_without_an_answer_are_a_dead_link_and_one_is_not(fake: FakeWeCom) -> None:
    async with connected(fake, ping=0.01, ack=0.8) as office:
        await fake.until(lambda: fake.calls("ping"))
        for _ in range(2):
            fake.fail("ping", silent=True)
            seen = len(fake.calls("ping"))
            await fake.until(lambda: len(fake.calls("ping")) >= seen + 4)  # noqa: B023  (asked at once)
        assert subscriptions(fake) == 1
        fake.fail("ping", silent=True, times=2)
        await again(fake, office, 1)


async def test_it_beats_often_enough_for_a_platform_that_closes_silent_links(clock: MovedClock) -> None:
    beat = [0.0]
    async with FakeWeCom(now=clock, monotonic=lambda: beat[0]) as fake, connected(fake, ping=0.02) as office:
        for beat[0] in (60.0, 120.0, 180.0, 240.0):
            seen = len(fake.calls("ping"))
            await fake.until(lambda: len(fake.calls("ping")) >= seen + 2)  # noqa: B023  (asked at once)
        assert subscriptions(fake) == 1
        assert office.connection.ready


async def test_a_subscription_that_was_lost_while_the_socket_stays_open_is_made_again(fake: FakeWeCom) -> None:
    async with connected(fake) as office:
        fake.lose_subscription()
        with pytest.raises(WeComError, match=r"^not_subscribed \(846609\)$"):
            await office.push("还在吗")
        await again(fake, office, 1)


async def test_a_second_connection_of_the_same_bot_ends_the_first_for_good(fake: FakeWeCom) -> None:
    async with connected(fake) as office, ClientSession() as http, http.ws_connect(fake.ws_url) as other:
        body = {"bot_id": "aib-demo", "secret": "bot-SECRET"}
        await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "s"}, "body": body})
        await fake.until(lambda: office.told)
        assert office.told == ["taken_over"]
        running = office.connection._running
        assert running is not None
        await asyncio.wait_for(running, 5)
        assert subscriptions(fake) == 2, "the other one stays"
        with pytest.raises(SendError, match="not_connected"):
            await office.push("我呢")
        assert (await other.receive_json())["errcode"] == 0
        await fake.mention("lisi", CHAT, "@小微 在吗")
        assert (await other.receive_json())["cmd"] == "aibot_msg_callback"


async def test_a_goodbye_with_empty_fields_is_one_all_the_same(fake: FakeWeCom) -> None:
    async with connected(fake) as office:
        body = {"msgid": None, "from": None, "chatid": None, "msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        await fake.send_frame({"cmd": "aibot_event_callback", "headers": {"req_id": "r"}, "body": body})
        await fake.until(lambda: office.told)
        assert office.told == ["taken_over"]
        assert subscriptions(fake) == 1, "whoever took its place is not sent away in turn"


def test_an_acknowledgement_with_an_empty_body_is_one() -> None:
    assert Frame.model_validate_json('{"headers": {"req_id": "r"}, "errcode": 0, "errmsg": "ok", "body": null}').body == {}


async def test_a_wrong_secret_is_told_of_once_and_tried_again_slowly(fake: FakeWeCom) -> None:
    async with connecting(fake, secret="wrong", refused_wait=60.0) as office:
        await fake.until(lambda: office.told)
        await asyncio.sleep(0.05)
        assert subscriptions(fake) == 3, "the usual waits are over by now"
    async with connecting(fake, secret="wrong", refused_wait=0.01) as office:
        await fake.until(lambda: subscriptions(fake) >= 3 + 6)
        assert office.told == ["invalid_bot_credentials"]


@pytest.mark.parametrize("code", [853000, 93019, 853006])
async def test_what_an_administrator_sets_right_works_again_and_later_trouble_is_told_of_anew(fake: FakeWeCom, code: int) -> None:
    fake.fail("aibot_subscribe", errcode=code, times=5)
    async with connected(fake, refused_wait=0.01) as office:
        assert len(office.told) == 1
        await again(fake, office, 0)
        fake.fail("aibot_subscribe", errcode=code, times=3)
        before = subscriptions(fake)
        fake.drop_connection(1006)
        await again(fake, office, before + 3)
        assert len(office.told) == 2


async def test_it_goes_on_although_nobody_could_be_told_and_tells_it_once_somebody_can(fake: FakeWeCom) -> None:
    fake.fail("aibot_subscribe", errcode=853000, times=7)
    async with connecting(fake, refused_wait=0.01) as office:
        office.busy = True
        await fake.until(lambda: len(office.told) > 1)
        office.busy = False
        await again(fake, office, 7)
        assert 2 < len(office.told) < 5, "each time until it was told"


async def test_somebody_is_told_of_a_second_connection_although_the_store_was_busy_then(fake: FakeWeCom) -> None:
    async with connected(fake) as office, ClientSession() as http, http.ws_connect(fake.ws_url) as other:
        office.busy = True
        body = {"bot_id": "aib-demo", "secret": "bot-SECRET"}
        await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "s"}, "body": body})
        await fake.until(lambda: office.told)
        office.busy = False
        await fake.until(lambda: len(office.told) > 1)
        assert office.told == ["taken_over"] * 2


async def test_who_subscribed_too_often_waits_much_longer(fake: FakeWeCom) -> None:
    fake.fail("aibot_subscribe", errcode=45009)
    async with connecting(fake, frequency_wait=60.0):
        await fake.until(lambda: subscriptions(fake) == 1)
        await asyncio.sleep(0.05)
        assert subscriptions(fake) == 1, "the usual waits are over by now"
    fake.fail("aibot_subscribe", errcode=45009)
    async with connecting(fake, frequency_wait=0.01) as office:
        await again(fake, office, 2)
        assert office.told == []


async def test_an_unanswered_subscription_is_made_again_on_a_new_socket(fake: FakeWeCom) -> None:
    fake.fail("aibot_subscribe", silent=True)
    async with connected(fake, ack=0.3) as office:
        await again(fake, office, 1)


def test_the_waits_grow_to_half_a_minute_and_are_minutes_where_the_platform_wants_peace() -> None:
    patience = Patience()
    for failed, seconds in enumerate((1, 2, 4, 8, 16, 30, 30, 30), 1):
        waits = {wait_before_next(patience, no_answer("connection_lost"), failed, 0) for _ in range(50)}
        assert 0.75 * seconds <= min(waits) < max(waits) <= 1.25 * seconds
    assert wait_before_next(patience, no_answer("connection_lost"), 10_000, 0) < 40
    assert wait_before_next(patience, error_of(45009), 1, 0) >= 120
    assert wait_before_next(patience, error_of(853000), 2, 2) < 5
    assert wait_before_next(patience, error_of(853000), 3, 3) == 600


async def test_a_withheld_acknowledgement_is_an_error_and_nothing_else_waits_for_it(fake: FakeWeCom) -> None:
    async with connected(fake, ack=1.0) as office:
        fake.fail("aibot_send_msg", silent=True, accepted=True)
        slow = asyncio.create_task(office.push("没有回执"))
        await fake.until(lambda: fake.seen_in(CHAT))
        await office.push("第二条")
        assert not slow.done()
        with pytest.raises(WeComError, match=r"^timeout$") as error:
            await slow
        assert (error.value.answered, error.value.retry) == (False, True)
        assert [message.text for message in fake.seen_in(CHAT)] == ["没有回执", "第二条"]


async def test_answers_under_one_message_go_one_after_the_other(fake: FakeWeCom) -> None:
    async with connected(fake) as office:
        said = await fake.mention("lisi", CHAT, "@小微 在吗")
        await fake.until(office.texts)
        fake.fail("aibot_respond_msg", delay=0.05)
        await asyncio.gather(*(office.answer(said.req_id, f"s-{n}", f"第{n}条") for n in range(3)))
        assert [message.text for message in fake.seen_in(CHAT)] == ["第0条", "第1条", "第2条"]
        fake.fail("aibot_respond_msg", delay=0.05)
        fake.fail("aibot_respond_msg", errcode=40201)
        first, second = await asyncio.gather(
            office.answer(said.req_id, "s-3", "好"), office.answer(said.req_id, "s-4", "不好"), return_exceptions=True
        )
        assert first is None, "its acknowledgement is not taken for the other's"
        assert isinstance(second, WeComError)
        assert second.code == 40201


async def test_who_waits_for_an_acknowledgement_hears_at_once_that_the_link_is_gone(fake: FakeWeCom) -> None:
    async with connected(fake, ack=5.0) as office:
        fake.fail("aibot_send_msg", close=1011, accepted=True)
        with pytest.raises(WeComError, match=r"^connection_lost$") as error:
            await asyncio.wait_for(office.push("发出去了吗"), 2)
        assert (error.value.retry, error.value.answered) == (True, False)
        await again(fake, office, 1)


async def test_what_is_unknown_or_broken_is_passed_over(fake: FakeWeCom) -> None:
    async with connected(fake) as office:
        for frame in (
            {"cmd": "aibot_dance", "headers": {"req_id": "r"}, "body": {}},
            {"cmd": "aibot_msg_callback", "headers": {"req_id": "r"}, "body": {"msgid": 7, "from": "lisi"}},
            {"headers": {"req_id": "nobody's"}, "errcode": 0},
            {"headers": {"req_id": "nobody's"}},
            {"cmd": "aibot_msg_callback"},
            {"cmd": 5},
        ):
            await fake.send_frame(frame)
        fake.fail("aibot_msg_callback", malformed=True)
        await fake.mention("lisi", CHAT, "@小微 断了")
        await fake.mention("lisi", CHAT, "@小微 炸了")
        await fake.mention("lisi", CHAT, "@小微 在吗", fields={"mood": {"deep": ["nested"]}})
        await fake.until(lambda: "@小微 在吗" in office.texts())
        assert subscriptions(fake) == 1


async def test_frames_are_utf8_without_escapes(fake: FakeWeCom) -> None:
    async with connected(fake) as office:
        await office.push("半个字\ud83d和整个字😀")
        (message,) = fake.seen_in(CHAT)
        assert message.text == "半个字?和整个字😀"
