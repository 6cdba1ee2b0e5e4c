"""The gateway is away, dies, hangs or talks nonsense: the bot comes back to it by itself, and nothing is lost or said twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels.wechaty.rpc import Rpc
from bot.settings import Settings
from tests.gateway.trouble import IMPATIENT, as_before, back, come_in, decided, down, quiet_unit, readings, ready
from tests.gateway.unit import GatewayStory, account_of, chat_of

NOTED = "记下了：36.5℃，正常"


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[GatewayStory]:
    async with quiet_unit(settings) as story:
        yield story


@pytest.fixture
async def impatient(settings: Settings) -> AsyncIterator[GatewayStory]:
    """A unit whose bot soon finds that a gateway hangs."""
    async with quiet_unit(settings, patience=IMPATIENT) as story:
        yield story


async def test_a_bot_that_starts_before_its_gateway_waits_for_it(unit: GatewayStory) -> None:
    await unit.close()
    await unit.gateway.kill()
    await unit.open()
    assert await ready(unit) == (503, "connecting")
    async with unit.http.get("/healthz") as response:
        assert response.status == 200, "its pages answer"
    await unit.gateway.start()
    await unit.online()
    assert await ready(unit) == (200, "online")
    await unit.say("张伟", "36.5 正常")
    assert await unit.heard_by("张伟") == [NOTED]


async def test_a_gateway_that_dies_takes_nothing_with_it_that_was_heard(unit: GatewayStory) -> None:
    await unit.say("张伟", "36.5 正常", "g1")
    await unit.gateway.kill()
    await down(unit)
    assert await ready(unit) == (503, "connecting")
    await unit.gateway.say(account_of("王磊"), "36.6 正常", chat_of("g1"), at=unit.now())
    await unit.gateway.start()
    await unit.online()
    assert await ready(unit) == (200, "online")
    await unit.say("高强", "36.7 正常", "g1")
    assert await readings(unit) == [("张伟", 36.5), ("高强", 36.7)], "what was said meanwhile is never told"


async def test_what_was_announced_but_not_fetched_when_it_died_is_fetched_afterwards(unit: GatewayStory) -> None:
    await unit.gateway.payload_fails(2)
    await come_in(unit, ("张伟", "36.4 正常"), ("王磊", "36.5 正常"))
    await unit.gateway.kill()
    assert await readings(unit) == []
    await down(unit)
    await unit.gateway.start()
    await back(unit)
    assert await readings(unit) == [("张伟", 36.4), ("王磊", 36.5)]


async def test_notices_wait_for_the_gateway_and_alerts_go_first(unit: GatewayStory) -> None:
    await unit.gateway.kill()
    await down(unit)
    await decided(unit, "张伟", "36.5 正常", 1)
    await decided(unit, "马腾", "39.6，胸口疼，喘不上气", 2)
    await unit.later("PT1S")
    assert unit.gateway.outbox() == []
    await unit.gateway.start()
    await back(unit)
    heard = [(m.to, m.text) for m in await unit.heard()]
    alerts = [text.startswith("【紧急") for _, text in heard]
    assert True in alerts
    assert alerts == sorted(alerts, reverse=True)
    assert ("张伟", NOTED) in heard
    assert len(heard) == len(set(heard))


async def test_what_arrived_without_an_answer_when_the_gateway_died_is_not_sent_again(unit: GatewayStory) -> None:
    await unit.gateway.swallow_sends(1)
    saying = asyncio.create_task(unit.say("张伟", "36.5 正常"))
    await unit.until(lambda: unit._came_in["sent-1"])
    await unit.gateway.kill()
    await saying
    await unit.gateway.start()
    await back(unit)
    await unit.later("PT10M")
    assert await unit.heard_by("张伟") == [NOTED]


async def test_what_was_lost_with_the_gateway_is_sent_afterwards(unit: GatewayStory, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, send_text = list[str](), Rpc.send_text

    async def noted(rpc: Rpc, conversation: str, text: str, mentions: list[str]) -> str:
        sent.append(text)
        return await send_text(rpc, conversation, text, mentions)

    monkeypatch.setattr(Rpc, "send_text", noted)
    await unit.gateway.lose_sends(1)
    saying = asyncio.create_task(unit.say("张伟", "36.5 正常"))
    await unit.until(lambda: sent)
    await unit.gateway.kill()
    await saying
    await unit.gateway.start()
    await back(unit)
    await unit.later("PT10M")
    assert await unit.heard_by("张伟") == [NOTED]


async def test_a_gateway_that_hangs_is_found_out_and_everything_goes_on_when_it_wakes(impatient: GatewayStory) -> None:
    unit = impatient
    with capture_logs() as logs:
        await unit.gateway.freeze()
        await down(unit)
    assert "the gateway hangs" in [line["event"] for line in logs]
    assert await ready(unit) == (503, "connecting")
    await decided(unit, "张伟", "36.5 正常")
    await unit.later("PT1S")
    await unit.gateway.thaw()
    await back(unit)
    await unit.later("PT10M")
    assert await ready(unit) == (200, "online")
    assert await unit.heard_by("张伟") == [NOTED]
    await unit.say("王磊", "36.6 正常", "g1")
    assert await readings(unit) == [("张伟", 36.5), ("王磊", 36.6)]


async def test_what_was_on_its_way_when_the_gateway_hung_arrives_once_and_what_was_said_meanwhile_is_heard(impatient: GatewayStory) -> None:
    unit = impatient
    await unit.gateway.freeze()
    await decided(unit, "张伟", "36.5 正常")
    await down(unit)
    await unit.gateway.thaw()
    await unit.gateway.say(account_of("王磊"), "36.6 正常", chat_of("g1"), at=unit.now())
    await back(unit)
    await unit.later("PT10M")
    assert await unit.heard_by("张伟") == [NOTED]
    await unit.until(lambda: unit._came_in)
    await unit.settled()
    assert await readings(unit) == [("张伟", 36.5), ("王磊", 36.6)]


async def test_a_gateway_that_hangs_for_a_moment_gets_nothing_twice(unit: GatewayStory) -> None:
    await unit.gateway.freeze()
    await decided(unit, "张伟", "36.5 正常")  # the call has timed out, and no echo came
    rpc = as_before(unit.channel)
    await unit.gateway.thaw()
    await unit.gateway.until(lambda outbox: len(outbox) == 1)
    await unit.later("PT10M")
    await unit.settled()
    assert as_before(unit.channel) == rpc
    assert await unit.heard_by("张伟") == [NOTED]


async def test_a_gateway_without_heartbeats_that_answers_is_not_taken_for_dead(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, ding = list[None](), Rpc.ding

    async def noted(rpc: Rpc) -> None:
        asked.append(None)
        await ding(rpc)

    monkeypatch.setattr(Rpc, "ding", noted)
    async with quiet_unit(settings, patience=replace(IMPATIENT, sign=2.0)) as unit:  # it takes a second to answer
        await unit.gateway.beats(False)
        rpc = as_before(unit.channel)
        with capture_logs() as logs:
            await unit.until(lambda: len(asked) >= 3)
        assert [line["event"] for line in logs if line["log_level"] != "info"] == [], logs
        assert as_before(unit.channel) == rpc


async def test_an_error_is_not_the_end_and_its_words_are_not_kept(unit: GatewayStory) -> None:
    rpc = as_before(unit.channel)
    with capture_logs() as logs:
        await unit.gateway.error("cannot send 我妈住院了 to wxid_zhang")
        await unit.say("张伟", "36.5 正常", "g1")
    assert [line["event"] for line in logs if line["log_level"] != "info"] == ["the gateway had an error"]
    assert "住院" not in str(logs)
    assert as_before(unit.channel) == rpc
    assert await readings(unit) == [("张伟", 36.5)]


async def test_what_makes_no_sense_is_passed_over(unit: GatewayStory) -> None:
    rpc = as_before(unit.channel)
    odd: tuple[object, ...] = ({}, [], "", 5, {"messageId": ""}, {"messageId": 7}, {"messageId": {"a": 1}}, {"roomId": "g1@chatroom"})
    for kind in ("message", "login", "scan", "friendship", "room-join", "room-leave", "room-topic", "room-invite", "ready"):
        for payload in odd:
            await unit.gateway._emit(kind, payload)
    await unit.gateway._emit("message", {"messageId": "nobody said that"})
    await unit.say("张伟", "36.5 正常", "g1")
    assert as_before(unit.channel) == rpc
    assert await ready(unit) == (200, "online")
    assert await readings(unit) == [("张伟", 36.5)]
