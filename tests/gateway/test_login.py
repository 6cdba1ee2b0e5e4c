"""The account is logged out, must be scanned, is refused or has a rival: whoever is on duty hears what to do, and that it is done."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import State
from bot.channels.wechaty.login import as_text
from bot.channels.wechaty.rpc import Rpc
from bot.settings import Settings
from tests.gateway.client import client_of
from tests.gateway.trouble import OFFICER, as_before, back, come_in, decided, down, is_state, on_page, quiet_unit, readings, ready
from tests.gateway.unit import HASTE, GatewayStory, chat_of

LINK = "https://login.weixin.qq.com/l/IdQGkcfbBg=="
BACK = "微信恢复了，攒着的消息接着发。"


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[GatewayStory]:
    """The unit in WeChat; whoever is on duty reads the page for trying things out as well."""
    async with quiet_unit(settings, sandbox=True) as story:
        yield story


async def page(story: GatewayStory) -> str:
    """What the page shows on which the code is scanned."""
    async with story.http.get("/wechaty") as response:
        assert response.status == 200
        return await response.text()


async def test_a_logout_and_a_scan_are_states_that_are_told_once_each(unit: GatewayStory) -> None:
    with capture_logs() as logs:
        await unit.gateway.logout()
        await is_state(unit, State.LOGGED_OUT)
        assert await ready(unit) == (200, "logged_out"), "the page for trying things out hears people still"
        await unit.gateway.scan(LINK)
        await is_state(unit, State.WAITS_FOR_SCAN)
        assert await ready(unit) == (200, "waits_for_scan")
        assert "<svg" in await page(unit)
        await unit.gateway.scan(LINK)
        await unit.gateway.scan(f"{LINK}2")
        await unit.until(lambda: unit.channel.login.qrcode == f"{LINK}2")
        await unit.settled()
    first, second = await on_page(unit, OFFICER)
    assert "微信机器人账号掉线了" in first
    assert "要重新扫码登录" in second
    shown = [line for line in logs if "link" in line]
    assert [line["link"] for line in shown] == [LINK, f"{LINK}2"]
    assert as_text(LINK) in shown[0]["code"]
    await unit.gateway.login()
    await is_state(unit, State.ONLINE)
    assert await ready(unit) == (200, "online")
    assert await on_page(unit, OFFICER) == [first, second, BACK]
    shows = await page(unit)
    assert "已经登录" in shows
    assert "<svg" not in shows


async def test_while_nobody_is_logged_in_nothing_is_sent_and_nothing_lost(settings: Settings) -> None:
    async with quiet_unit(settings) as unit:
        await unit.gateway.logout()
        await is_state(unit, State.LOGGED_OUT)
        assert await ready(unit) == (503, "logged_out")
        await decided(unit, "张伟", "36.5 正常")
        await unit.later("PT1S")
        assert unit.gateway.outbox() == []
        await unit.gateway.login()
        await back(unit)
        assert await unit.heard_by("张伟") == ["记下了：36.5℃，正常"]
        await unit.say("王磊", "36.6 正常", "g1")
        assert await readings(unit) == [("张伟", 36.5), ("王磊", 36.6)]


async def test_another_account_that_logs_in_is_the_bot_from_then_on(settings: Settings) -> None:
    async with quiet_unit(settings) as unit:
        await unit.gateway.login("bot2", "小微二号")
        await unit.until(lambda: unit.channel.login.account == "bot2")
        await unit.settled()
        await unit.gateway.join(chat_of("g1"), "bot2")
        await unit.say("张伟", "@小微二号\u2005 36.5 正常", "g1", mentions=["bot2"])
        assert await readings(unit) == [("张伟", 36.5)]
        await unit.gateway.say("bot2", "36.8 正常", chat_of("g1"), at=unit.now())
        await unit.until(lambda: len(unit.channel._listener.intake) == 0)
        await unit.settled()
        assert await readings(unit) == [("张伟", 36.5)], "its own words are nobody's"


def waits(logs: Sequence[Mapping[str, Any]]) -> list[float]:
    """How long the bot waited whenever its token was refused."""
    return [line["seconds_until_next"] for line in logs if line["event"] == "connection ended" and line["reason"] == "unauthenticated"]


async def test_a_wrong_token_is_told_and_tried_seldom_until_it_is_right(settings: Settings) -> None:
    patience = replace(HASTE, refused_wait=0.5, unreached=60.0)
    async with quiet_unit(settings, sandbox=True, patience=patience) as unit:
        gateway, right = unit.gateway, unit.gateway.token
        await gateway.kill()
        gateway.token = "another-token"
        with capture_logs() as logs:
            await gateway.start()
            await is_state(unit, State.REFUSED)
            await unit.until(lambda: len(waits(logs)) == 2)
        assert waits(logs) == [0.5, 0.5]
        assert await ready(unit) == (200, "refused")
        await unit.settled()
        assert right not in str(logs)
        told = await on_page(unit, OFFICER)
        assert len(told) == 1
        assert "核对 channels.wechaty 的 token" in told[0]
        await gateway.kill()
        gateway.token = right
        await gateway.start()
        await is_state(unit, State.ONLINE)
        assert await on_page(unit, OFFICER) == [*told, BACK]
        await unit.say("张伟", "36.5 正常", "g1")
        assert await readings(unit) == [("张伟", 36.5)]


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When the bot logged the account out to send another program away."""
    found, stop = list[float](), Rpc.stop

    async def noted(rpc: Rpc) -> None:
        found.append(asyncio.get_running_loop().time())
        await stop(rpc)

    monkeypatch.setattr(Rpc, "stop", noted)
    return found


async def test_what_listens_in_our_place_is_sent_away_once_it_stays(settings: Settings, stops: list[float]) -> None:
    async with quiet_unit(settings, sandbox=True, patience=replace(HASTE, taken=0.5)) as unit:
        await unit.close()
        async with client_of(unit.gateway) as left_over:
            begun = asyncio.get_running_loop().time()
            await unit.open()
            assert await left_over.ended() is None
            await is_state(unit, State.ONLINE)
            assert [moment - begun > 0.5 for moment in stops] == [True]
        await unit.say("张伟", "36.5 正常", "g1")
        assert await readings(unit) == [("张伟", 36.5)]
        assert await on_page(unit, OFFICER) == [], "nobody need do anything"


async def test_one_that_leaves_by_itself_is_not_sent_away(unit: GatewayStory, stops: list[float]) -> None:
    await unit.close()
    with capture_logs() as logs:
        async with client_of(unit.gateway):
            await unit.open()
            await unit.until(lambda: "taken_over" in [line.get("reason") for line in logs])
        await is_state(unit, State.ONLINE)
    assert stops == []


async def test_one_that_sends_us_away_and_goes_leaves_us_the_place(unit: GatewayStory, stops: list[float]) -> None:
    rpc = as_before(unit.channel)
    async with client_of(unit.gateway, listen=False) as other:
        await other.ask.stop()
    await unit.until(lambda: as_before(unit.channel) not in (rpc, id(None)))
    await is_state(unit, State.ONLINE)
    assert stops == []
    await unit.say("张伟", "36.5 正常", "g1")
    assert await readings(unit) == [("张伟", 36.5)]


async def test_one_that_sends_us_away_and_stays_is_left_alone_and_whoever_is_on_duty_hears(unit: GatewayStory, stops: list[float]) -> None:
    await unit.close()
    async with client_of(unit.gateway, listen=False) as other:
        unit._patience = replace(HASTE, first_wait=0.5, longest_wait=0.6)
        await unit.open()
        await unit.online()
        await other.ask.stop()
        await other.ask.start()
        other.listen()
        await other.hears("heartbeat")
        await down(unit)
        await unit.until(lambda: unit.bot.door._said)
        await unit.settled()
        (told,) = await on_page(unit, OFFICER)
        assert "另有一个程序连上了同一个微信网关" in told
        assert stops == []
    await is_state(unit, State.ONLINE)
    assert await on_page(unit, OFFICER) == [told, BACK]
    await come_in(unit, ("张伟", "36.5 正常"))
    await unit.settled()
    assert await readings(unit) == [("张伟", 36.5)]


async def test_two_bots_at_one_gateway_do_not_send_each_other_away_for_ever(
    settings: Settings, unit: GatewayStory, stops: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("other")
    other = GatewayStory(
        unit.settings.model_copy(
            update={"database": unit.settings.database.model_copy(update={"url": f"sqlite:///{folder}/other.db"})},
        ),
        unit.gateway,
    )
    with capture_logs() as logs:
        await other.open()
        try:
            await other.online()
            await down(unit)
            ends = [line for line in logs if line["event"] == "connection ended"]
            await unit.until(lambda: len([line for line in logs if line["event"] == "connection ended"]) > len(ends) + 5)
            assert len(stops) == 1
            assert other.channel.state is State.ONLINE
            assert unit.bot.door._said == {"wechaty": "taken_over"}
        finally:
            await other.close()
    await is_state(unit, State.ONLINE)
    assert len(stops) == 1
